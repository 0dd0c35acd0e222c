/** What a thing was at an earlier version, by its history. Pure. */
import type { Fields } from '../../data/model/table.ts';
import type { HistoryEntry } from '../../data/wire/history.ts';
import { withChange } from '../offline/queue.ts';

/**
 * What a thing held at a version: what it holds `now`, and back through what each later version made
 * different. Null where that is not known: it is gone, or not all of the later versions are there.
 * @param entries newest first, without a gap
 */
export function standingAt(
  version: number,
  entries: readonly HistoryEntry[],
  now: Fields | null,
): Fields | null {
  const later = entries.filter((entry) => entry.version > version);
  const isWhole = later.length < entries.length && !later.some(isEnd);
  return now && isWhole ? later.reduce((then, { before }) => withChange(then, before), now) : null;
}

/** Where a thing was removed, its history does not say what it held. */
function isEnd({ type }: HistoryEntry): boolean {
  return type.endsWith('.remove');
}
