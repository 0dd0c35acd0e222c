/** Units as `GET /api/units` tells them. */
import { NATION, type UnitLevel } from '../../data/model/unit.ts';
import type { Territory } from '../territory/pack.ts';

export interface UnitRecord {
  code: string;
  name: string;
  nameEn: string;
  level: UnitLevel;
  parent: string | null;
  type: string;
  population: number;
  areaKm2: number;
  speciallyDisadvantaged?: boolean;
  centre: [number, number];
  bounds: [number, number, number, number];
}

export function unitsOf(territory: Territory, level: UnitLevel, province?: string): UnitRecord[] {
  if (level === 'nation') return [nation(territory)];
  const records =
    level === 'province'
      ? territory.provinces.map((unit) => ({ ...unit, parent: NATION as string }))
      : territory.communes
          .filter((unit) => province === undefined || unit.province === province)
          .map(({ province: parent, ...unit }) => ({ ...unit, parent }));
  return records.map((unit) => ({
    ...unit,
    level,
    centre: territory.centreOf(unit.code),
    bounds: territory.boundsOf(unit.code),
  }));
}

function nation(territory: Territory): UnitRecord {
  const sum = (of: (unit: { population: number; areaKm2: number }) => number): number =>
    territory.provinces.reduce((total, unit) => total + of(unit), 0);
  const [west, south, east, north] = territory.bounds;
  return {
    code: NATION,
    name: 'Việt Nam',
    nameEn: 'Viet Nam',
    level: 'nation',
    parent: null,
    type: 'nation',
    population: sum((unit) => unit.population),
    areaKm2: Math.round(sum((unit) => unit.areaKm2) * 100) / 100,
    centre: [(west + east) / 2, (south + north) / 2],
    bounds: territory.bounds,
  };
}
