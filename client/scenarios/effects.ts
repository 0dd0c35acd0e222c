/** What an answer says, put into the order in which people read it. */
import { METHODS, type Method } from '../../data/model/estimate.ts';
import { levelOf, NATION, type UnitLevel } from '../../data/model/unit.ts';
import type { Outcome, UnitMoved, WhatIfAnswer } from '../../data/wire/scenarios.ts';

/** From here on provinces say more than their communes do. */
const FEW_PROVINCES = 3;

export interface UnitEffect {
  code: string;
  moved: UnitMoved;
}

/** How many more people; less than nought for fewer. */
export function netOf({ gained, lost }: { gained: number; lost: number }): number {
  return gained - lost;
}

/**
 * The units in which people gain or lose, most first: those right below the open one, but communes
 * where the whole country is open and only a few provinces are touched.
 */
export function unitEffects(
  { units }: Outcome,
  open: string,
  provinceOf: (commune: string) => string | null | undefined,
): UnitEffect[] {
  const all = Object.entries(units).map(([code, moved]) => ({ code, moved }));
  const provinces = all.filter(({ code }) => levelOf(code) === 'province');
  const level: UnitLevel =
    open === NATION && provinces.length > FEW_PROVINCES ? 'province' : 'commune';
  const within = (code: string): boolean =>
    open === NATION || code === open || provinceOf(code) === open;
  return all
    .filter(({ code }) => levelOf(code) === level && within(code))
    .sort((a, b) => size(b.moved) - size(a.moved) || a.code.localeCompare(b.code));
}

function size({ gained, lost }: UnitMoved): number {
  return gained + lost;
}

export interface MethodEffect {
  method: Method;
  gained: number;
  lost: number;
  /** Of the unit's people (0–1); null where nobody is moved, so that the answer does not tell. */
  shares: { before: number; after: number } | null;
}

/** What every method says of a unit, in their order. */
export function methodEffects(answer: WhatIfAnswer, unit: string): MethodEffect[] {
  return METHODS.flatMap((method) => {
    const outcome = answer.methods[method];
    if (!outcome) return [];
    const moved = outcome.units[unit];
    return {
      method,
      gained: moved?.gained ?? 0,
      lost: moved?.lost ?? 0,
      shares: moved ? { before: moved.shareBefore, after: moved.share } : null,
    };
  });
}

/** By how much the share of a unit is another (−1…1), in one answer or in the second against the first. */
export function shareDifference(
  unit: string,
  answer: WhatIfAnswer,
  against: WhatIfAnswer | null,
): number {
  const of = (one: WhatIfAnswer): number => {
    const moved = one.units[unit];
    return moved ? moved.share - moved.shareBefore : 0;
  };
  return of(answer) - (against ? of(against) : 0);
}
