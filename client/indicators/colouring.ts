/** The map coloured by an indicator: the class of each unit's value, and what the ends stand for. */
import type { Indicator } from '../../data/country/indicators.ts';
import { levelOf } from '../../data/model/unit.ts';
import { RAMP_STEPS, rampClass } from '../theme/palette.ts';

export interface ValueClasses {
  /** Index into the palette's ramp; -1 for a unit of which nothing is known. */
  classOf(unit: string): number;
  least: number;
  most: number;
}

/**
 * Shares go by the steps of the ramp; everything else in equal steps from the least value to the most.
 * A commune that has no such indicator is shown with its province.
 *
 * @param valueOf the value in a unit; null for none
 */
export function classesOf(
  { unit: measure, scope }: Pick<Indicator, 'unit' | 'scope'>,
  units: Iterable<string>,
  valueOf: (unit: string) => number | null,
  provinceOf: (commune: string) => string | null,
): ValueClasses {
  const holderOf = (unit: string): string | null =>
    levelOf(unit) === 'commune' && !scope.includes('commune') ? provinceOf(unit) : unit;
  let least = Infinity;
  let most = -Infinity;
  for (const unit of units) {
    const value = valueOf(unit);
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const steps = RAMP_STEPS.length;
  return {
    least: measure === 'share' ? 0 : least,
    most: measure === 'share' ? 1 : most,
    classOf(unit) {
      const holder = holderOf(unit);
      const value = holder === null ? null : valueOf(holder);
      if (value === null) return -1;
      if (measure === 'share') return rampClass(value);
      if (most === least) return value === 0 ? 0 : steps - 1;
      const part = (value - least) / (most - least);
      return Math.min(steps - 1, Math.max(0, Math.floor(part * steps)));
    },
  };
}
