/**
 * Which rows of a column on the graphics card are older than the column in memory, as few ranges:
 * writing a small gap along costs less than another call.
 */
export type RowRange = readonly [from: number, to: number];

/** Rows between two changed ones that are written along, to save a call: 2 KB of colours. */
const GAP = 512;
/** More ranges than this are written as one: a country's colours are less than half a megabyte. */
const MOST_RANGES = 24;

/** Ranges `[from, to)` that cover `rows` below `count`, in order. */
export function rangesOf(rows: Iterable<number>, count: number): RowRange[] {
  const sorted = Uint32Array.from(rows)
    .filter((row) => row < count)
    .sort();
  const ranges: [number, number][] = [];
  let last: [number, number] | undefined;
  for (const row of sorted) {
    if (last && row - last[1] <= GAP) last[1] = row + 1;
    else ranges.push((last = [row, row + 1]));
  }
  const first = ranges[0];
  if (ranges.length > MOST_RANGES && first && last) return [[first[0], last[1]]];
  return ranges;
}
