/** Units that an account is bound to, as they are chosen: what is held already is not held twice. */
import { NATION } from '../../data/model/unit.ts';
import type { Unit } from '../live/live.ts';

/** Whether a unit is among those chosen, itself or by what holds it. */
export function isHeld(
  code: string,
  chosen: readonly string[],
  units: ReadonlyMap<string, Unit>,
): boolean {
  if (chosen.includes(NATION) || chosen.includes(code)) return true;
  const parent = units.get(code)?.parent;
  return typeof parent === 'string' && chosen.includes(parent);
}

/** With one more; communes of a province that is chosen now go, and all others with the nation. */
export function withUnit(
  code: string,
  chosen: readonly string[],
  units: ReadonlyMap<string, Unit>,
): string[] {
  if (isHeld(code, chosen, units)) return [...chosen];
  if (code === NATION) return [NATION];
  return [...chosen.filter((other) => units.get(other)?.parent !== code), code];
}
