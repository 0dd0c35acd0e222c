/**
 * What covering each cell is worth for a goal. "First" is a weight so large that nothing else makes
 * up for it: one uncovered hamlet outweighs all the people that any site reaches, one person of a
 * specially disadvantaged commune a thousand elsewhere.
 */
import type { PlanGoal } from '../../data/wire/plans.ts';
import type { PeopleField } from '../coverage/field.ts';

/** People whom a hamlet weighs: more than there are in the country. */
const HAMLET_WEIGHT = 1_000_000_000;
/** People elsewhere whom one of a specially disadvantaged commune weighs. */
const DISADVANTAGED_WEIGHT = 1_000;

export interface Need {
  /** 1 for each cell that has the signal, or lies outside. */
  done: Uint8Array;
  /** Uncovered hamlets in each cell. */
  hamlets: Uint8Array;
}

/** Weights by cell of the field; `disadvantaged` by commune. */
export function weightsFor(
  goal: PlanGoal,
  field: PeopleField,
  { done, hamlets }: Need,
  disadvantaged: Uint8Array,
): Float64Array {
  const weights = new Float64Array(field.count);
  for (let cell = 0; cell < field.count; cell++) {
    const people = done[cell] === 1 ? 0 : (field.people[cell] ?? 0);
    if (goal === 'disadvantaged')
      weights[cell] =
        people * (disadvantaged[field.commune[cell] ?? 0] === 1 ? DISADVANTAGED_WEIGHT : 1);
    else if (goal === 'hamlets') weights[cell] = people + HAMLET_WEIGHT * (hamlets[cell] ?? 0);
    else weights[cell] = people;
  }
  return weights;
}

/** A cell's centre is at most so far from any point of its commune's land, metres. */
const NEAR_M = 1_000;

/** The cell whose centre is nearest to a point, degrees; undefined where none is near. */
export function cellAt(field: PeopleField, lon: number, lat: number): number | undefined {
  const east = Math.cos((lat * Math.PI) / 180);
  let nearest: number | undefined;
  let least = Infinity;
  const count = field.within(lon, lat, NEAR_M);
  for (let i = 0; i < count; i++) {
    const cell = field.found[i] ?? 0;
    const distance = Math.hypot((field.lonOf(cell) - lon) * east, field.latOf(cell) - lat);
    if (distance < least) [nearest, least] = [cell, distance];
  }
  return nearest;
}
