/**
 * Two people changed one thing: what the later one wants, beside what the earlier one saved, field by
 * field, to be chosen from.
 */
import type { Fields } from '../../data/model/table.ts';

export type Side = 'mine' | 'theirs';

/** A field in which the two differ; a place is one field. */
export interface Difference {
  name: string;
  mine: Fields;
  theirs: Fields;
  /** What is taken when nobody chooses: the side that changed it, mine where both did. */
  chosen: Side;
}

const PLACE = ['lon', 'lat'] as const;

/**
 * @param base what both began with
 * @param mine what would be saved
 * @param theirs what is saved now
 */
export function differences(base: Fields, mine: Fields, theirs: Fields): Difference[] {
  const names = [...new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])];
  const groups = [
    ...(names.includes('lon') ? [{ name: 'place', parts: PLACE as readonly string[] }] : []),
    ...names
      .filter((name) => name !== 'lon' && name !== 'lat')
      .map((name) => ({ name, parts: [name] as readonly string[] })),
  ];
  return groups
    .filter(({ parts }) => !same(parts, mine, theirs))
    .map(({ name, parts }) => ({
      name,
      mine: only(parts, mine),
      theirs: only(parts, theirs),
      chosen: same(parts, base, mine) ? 'theirs' : 'mine',
    }));
}

/** The thing with what was chosen of each difference. */
export function merged(theirs: Fields, chosen: readonly Difference[]): Fields {
  const parts = chosen.map((one) => (one.chosen === 'mine' ? one.mine : one.theirs));
  return Object.assign({}, theirs, ...parts) as Fields;
}

function same(parts: readonly string[], a: Fields, b: Fields): boolean {
  return parts.every((part) => (a[part] ?? null) === (b[part] ?? null));
}

function only(parts: readonly string[], fields: Fields): Fields {
  return Object.fromEntries(parts.map((part) => [part, fields[part] ?? null]));
}
