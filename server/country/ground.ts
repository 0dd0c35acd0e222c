/** What the country stands on: a territory made ready, opened, with its people unpacked. */
import { NATION } from '../../data/model/unit.ts';
import type { PeopleGrid, Territory } from '../territory/territory.ts';

export interface Ground {
  territory: Territory;
  grid: PeopleGrid;
  /** Code of the commune that holds a point, degrees; undefined outside. */
  communeAt(lon: number, lat: number): string | undefined;
  /** Code of a commune's province; undefined for anything that is no commune here. */
  provinceOf(commune: string): string | undefined;
  /** Whether there is such a unit: the nation, a province or a commune. */
  hasUnit(code: string): boolean;
}

export function makeGround(territory: Territory, grid: PeopleGrid): Ground {
  const provinceOf = new Map(territory.communes.map(({ code, province }) => [code, province]));
  const provinces = new Set(territory.provinces.map(({ code }) => code));
  return {
    territory,
    grid,
    communeAt: territory.communeAt,
    provinceOf: (commune) => provinceOf.get(commune),
    hasUnit: (code) => code === NATION || provinces.has(code) || provinceOf.has(code),
  };
}
