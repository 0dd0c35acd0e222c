/** The same thing done to many, a few at a time, until it is done or stopped. */
import type { Refusal } from '../../data/wire/commands.ts';

/** So many under way: the server takes 64 from one line, and others are waiting too. */
const AT_ONCE = 8;

/** How far it is, and how each of those ended that did not go as they should. */
export interface BulkRun<Key> {
  of: number;
  finished: number;
  went: number;
  /** Those that wait for approval. */
  proposed: number;
  /** Those that wait on this machine for the line. */
  kept: number;
  refused: { key: Key; refusal: Refusal }[];
  state: 'running' | 'done';
  stop: AbortController;
}

/** A run over so many items of which none was begun. */
export function freshRun<Key>(of: number): BulkRun<Key> {
  const none = { finished: 0, went: 0, proposed: 0, kept: 0, refused: [] };
  return { of, ...none, state: 'running', stop: new AbortController() };
}

/**
 * Does `one` to each item. After `signal` aborts nothing new is begun; what is under way is waited
 * for. `progress` is told how many are finished.
 */
export async function doToEach<T>(
  items: readonly T[],
  one: (item: T) => Promise<void>,
  { signal, progress }: { signal: AbortSignal; progress: (finished: number) => void },
): Promise<void> {
  let next = 0;
  let finished = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && !signal.aborted) {
      const item = items[next++];
      if (item !== undefined) await one(item);
      progress(++finished);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
}
