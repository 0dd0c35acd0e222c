/** What the country stands on: a territory made ready, opened, with its people unpacked. */
import { NATION } from '../../data/model/unit.ts';
import type { Elevation } from '../terrain/elevation.ts';
import type { PeopleGrid, Territory } from '../territory/territory.ts';

/** What a ground is made of, by the hashes that the log names. */
export interface GroundInUse {
  territory: string;
  population: string | null;
  terrain: string | null;
}

export interface Ground {
  territory: Territory;
  grid: PeopleGrid;
  /** Heights of the land; null where no elevation model is in use. */
  elevation: Elevation | null;
  /** Code of the commune that holds a point, degrees; undefined outside. */
  communeAt(lon: number, lat: number): string | undefined;
  /** Code of a commune's province; undefined for anything that is no commune here. */
  provinceOf(commune: string): string | undefined;
  /** Whether there is such a unit: the nation, a province or a commune. */
  hasUnit(code: string): boolean;
}

export function makeGround(
  territory: Territory,
  grid: PeopleGrid,
  elevation: Elevation | null,
): Ground {
  const provinceOf = new Map(territory.communes.map(({ code, province }) => [code, province]));
  const provinces = new Set(territory.provinces.map(({ code }) => code));
  return {
    territory,
    grid,
    elevation,
    communeAt: territory.communeAt,
    provinceOf: (commune) => provinceOf.get(commune),
    hasUnit: (code) => code === NATION || provinces.has(code) || provinceOf.has(code),
  };
}
