/** The place of a feature as two cells beside its attributes. */
import type { Reason } from '../../../data/imports/reasons.ts';
import type { Cell } from '../sheet.ts';

/** Heads of the columns in which a geometry stands; no attribute can be called so. */
export const GEOMETRY = ['geometry: x', 'geometry: y'] as const;

export type Point = [number, number] | 'none' | 'other';

/** `needsPlace`: what is no point cannot be placed, and a row of that kind must be. */
export function placeCells(
  point: Point,
  needsPlace: boolean,
): { cells: [Cell, Cell]; reason?: Reason } {
  if (typeof point === 'object') return { cells: point };
  const nothing: [Cell, Cell] = [null, null];
  return point === 'other' && needsPlace
    ? { cells: nothing, reason: { code: 'geometry' } }
    : { cells: nothing };
}
