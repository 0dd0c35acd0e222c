/** Which unit lies in which. */
import type { Unit } from '../live/live.ts';
import { communeNumberOf, levelOf, NATION } from '../../data/model/unit.ts';

type Parents = ReadonlyMap<string, Pick<Unit, 'parent'>>;

/** Whether a thing that stands in a commune (its number; 0 for none) is in the unit. */
export function insideOf(unit: string, units: Parents): (commune: number) => boolean {
  if (levelOf(unit) === 'nation') return () => true;
  if (levelOf(unit) === 'commune') {
    const own = communeNumberOf(unit);
    return (commune) => commune === own;
  }
  const communes = new Set<number>();
  for (const [code, { parent }] of units) if (parent === unit) communes.add(communeNumberOf(code));
  return (commune) => communes.has(commune);
}

/** The unit above; the nation for what is not known, null for the nation itself. */
export function parentOf(unit: string, units: Parents): string | null {
  return unit === NATION ? null : (units.get(unit)?.parent ?? NATION);
}

/** From the nation down to the unit itself. */
export function pathTo(unit: string, units: Parents): string[] {
  const parent = parentOf(unit, units);
  return parent === null ? [unit] : [...pathTo(parent, units), unit];
}
