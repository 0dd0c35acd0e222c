/**
 * Takes a source in, one unit at a time: checks its records, gathers its rings, and puts everything
 * in the order of codes, so that a pack does not depend on the order in which files were read.
 */
import { RingCollector, type Repairs, type Rings } from './rings.ts';
import { TerritoryRefused } from './refusal.ts';
import type { Commune, Province, TerritorySource } from './territory.ts';

export interface Collected {
  provinces: Province[];
  communes: Commune[];
  /** Units: communes, then the neighbours. */
  rings: Rings;
  /** For messages, one per unit of `rings`. */
  names: string[];
  repairs: { unit: string; name: string; repairs: Repairs }[];
  positions: number;
}

/** Throws TerritoryRefused for unknown or repeated units, bad records and bad boundaries. */
export async function collect(
  source: TerritorySource,
  onProgress: (done: number, of: number) => void,
): Promise<Collected> {
  const provinces = source.provinces.toSorted((a, b) => compare(a.code, b.code));
  const provinceCodes = new Set<string>();
  for (const province of provinces) {
    if (!/^\d{2}$/.test(province.code))
      throw new TerritoryRefused(`Province code "${province.code}" is not two digits.`);
    if (provinceCodes.has(province.code))
      throw new TerritoryRefused(`Province ${province.code} (${province.name}) is there twice.`);
    provinceCodes.add(province.code);
    checkNumbers(province, `Province ${province.code} (${province.name})`);
  }

  const rings = new RingCollector();
  const taken: { commune: Commune; name: string; repairs: Repairs; ring: number }[] = [];
  const fromOf = new Map<string, string>();
  for await (const { commune, geometry, from } of source.communes) {
    const unit = `unit ${commune.code} (${commune.name})`;
    const name = from === undefined ? unit : `${from}: ${unit}`;
    checkCommune(commune, name, provinceCodes);
    const earlier = fromOf.get(commune.code);
    if (earlier !== undefined)
      throw new TerritoryRefused(`${name}: this unit is there twice, first as ${earlier}.`);
    fromOf.set(commune.code, name);
    taken.push({ commune, name, repairs: rings.add(geometry, name), ring: taken.length });
    onProgress(taken.length, 0);
  }
  for (const { code, name } of provinces)
    if (!taken.some(({ commune }) => commune.province === code))
      throw new TerritoryRefused(`Province ${code} (${name}) has no commune.`);

  for (const { name, geometry } of source.neighbours)
    rings.add(geometry, `neighbouring land "${name}"`);
  taken.sort((a, b) => compare(a.commune.code, b.commune.code));
  const all = rings.finish();
  const positions = rings.given;
  return {
    provinces,
    communes: taken.map(({ commune }) => commune),
    rings: {
      ...all,
      units: [...taken.map(({ ring }) => all.units[ring] ?? []), ...all.units.slice(taken.length)],
    },
    names: [
      ...taken.map(({ name }) => name),
      ...source.neighbours.map(({ name }) => `neighbouring land "${name}"`),
    ],
    repairs: taken
      .filter(({ repairs }) => Object.keys(repairs).length > 0)
      .map(({ commune, repairs }) => ({ unit: commune.code, name: commune.name, repairs })),
    positions,
  };
}

function checkCommune(commune: Commune, name: string, provinces: ReadonlySet<string>): void {
  if (!/^\d{5}$/.test(commune.code))
    throw new TerritoryRefused(`${name}: a commune's code has five digits.`);
  if (!provinces.has(commune.province))
    throw new TerritoryRefused(`${name}: its province "${commune.province}" is not known.`);
  checkNumbers(commune, name);
}

function checkNumbers(unit: Province | Commune, name: string): void {
  const { population, areaKm2 } = unit;
  if (!Number.isNaN(population) && (!Number.isSafeInteger(population) || population < 0))
    throw new TerritoryRefused(`${name}: its population ${population} is not a whole number ≥ 0.`);
  if (!Number.isNaN(areaKm2) && !(areaKm2 > 0 && areaKm2 < Infinity))
    throw new TerritoryRefused(`${name}: its area ${areaKm2} km² is not a number > 0.`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
