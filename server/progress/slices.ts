/** Long work in slices, so that a server goes on answering between two of them. */

/** Well below what a person, or a stream that sends ten times a second, would notice. */
const SLICE_MS = 15;

/** Lets everything else have its turn. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Does some work on each item; `tell` hears, between slices and in the end, how much is done, 0–1. */
export async function inSlices<T>(
  items: readonly T[],
  work: (item: T) => void,
  tell: (share: number) => void,
): Promise<void> {
  let until = performance.now() + SLICE_MS;
  for (const [index, item] of items.entries()) {
    work(item);
    if (performance.now() < until) continue;
    tell((index + 1) / items.length);
    await othersTurn();
    until = performance.now() + SLICE_MS;
  }
  tell(1);
}
