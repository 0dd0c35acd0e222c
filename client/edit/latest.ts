/** The newest thing that happened to a thing, as the server tells it. */
import type { History, HistoryEntry } from '../../data/wire/history.ts';
import { ask } from '../live/ask.ts';

/** Null where the server is not reached: it is a help, and nothing waits for it. */
export async function latestChange(id: number): Promise<HistoryEntry | null> {
  try {
    const { entries } = await ask<History>(`/api/history/${id}?limit=1`);
    return entries[0] ?? null;
  } catch {
    return null;
  }
}
