/** Round numbers for an axis, from 0 to the last one at or below `most`; at most `wanted` steps. */
export function ticksTo(most: number, wanted: number): number[] {
  if (!(most > 0)) return [0];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((by) => by * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}
