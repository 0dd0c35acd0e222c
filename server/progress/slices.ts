/** Long work in slices, so that a server goes on answering between two of them. */

/** Well below what a person, or a stream that sends ten times a second, would notice. */
const SLICE_MS = 15;

/** Lets everything else have its turn. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let until = performance.now() + SLICE_MS;
  for (const item of items) {
    work(item);
    if (performance.now() < until) continue;
    await othersTurn();
    until = performance.now() + SLICE_MS;
  }
}
