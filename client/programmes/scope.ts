/** Which units a screen of programmes is about. */
import { NATION } from '../../data/model/unit.ts';
import { liesIn } from '../../data/programmes/units.ts';
import type { Unit } from '../live/live.ts';

type Parents = ReadonlyMap<string, Pick<Unit, 'parent'>>;

/** The province of a commune; undefined for anything else. */
export function provinceOf(unit: string, units: Parents): string | undefined {
  const parent = units.get(unit)?.parent ?? NATION;
  return parent === NATION ? undefined : parent;
}

/** Whether a unit lies in another. */
export function insideOf(unit: string, units: Parents): (code: string) => boolean {
  return (code) => liesIn(code, unit, (commune) => provinceOf(commune, units));
}

/**
 * The unit whose duties of a programme are shown: the open one, or its province where a commune is open,
 * so that it stands among its neighbours; all of the programme where the open unit has no part in it.
 */
export function scopeOf(open: string, programme: string, units: Parents): string {
  const wide = provinceOf(open, units) ?? open;
  return insideOf(programme, units)(wide) ? wide : programme;
}
