/** The plain ways that the lazy greedy is held against: look at everything, every time. */
import type { Limits, Taken, Task } from '../../../server/plans/greedy.ts';

/** The greedy without its laziness: every candidate is looked at before each choice. */
export function exhaustiveGreedy({ candidates, weights, cellsOf, limits }: Task): Taken[] {
  const left = weights.slice();
  const taken: Taken[] = [];
  const out = new Set<number>();
  while (taken.length < limits.count) {
    let best: { candidate: number; gain: number; worth: number } | undefined;
    for (let candidate = 0; candidate < candidates; candidate++) {
      if (out.has(candidate) || !fits(limits, [...out, candidate])) continue;
      const gain = cellsOf(candidate).reduce((sum, cell) => sum + (left[cell] ?? 0), 0);
      const worth = limits.budget ? gain / limits.budget.costOf(candidate) : gain;
      if (worth > (best?.worth ?? 0)) best = { candidate, gain, worth };
    }
    if (!best) break;
    for (const cell of cellsOf(best.candidate)) left[cell] = 0;
    out.add(best.candidate);
    taken.push({ candidate: best.candidate, gain: best.gain });
  }
  return taken;
}

/** Whether all of these may be taken together. */
export function fits({ count, groups = [], budget }: Limits, taken: readonly number[]): boolean {
  if (taken.length > count) return false;
  const cost = taken.reduce((sum, each) => sum + (budget?.costOf(each) ?? 0), 0);
  if (cost > (budget?.all ?? Infinity)) return false;
  return groups.every(({ of, most }) =>
    taken.every(
      (each) => taken.filter((other) => of(other) === of(each)).length <= (most[of(each)] ?? 0),
    ),
  );
}

/** The most that any set of candidates within the limits is worth: all of them are tried. */
export function trueOptimum(task: Task): number {
  let most = 0;
  for (let set = 0; set < 1 << task.candidates; set++) {
    const taken = Array.from({ length: task.candidates }, (_, i) => i).filter(
      (i) => set & (1 << i),
    );
    if (fits(task.limits, taken)) most = Math.max(most, worthOf(task, taken));
  }
  return most;
}

/** What candidates are worth together. */
export function worthOf({ weights, cellsOf }: Task, taken: readonly number[]): number {
  const cells = new Set(taken.flatMap((candidate) => [...cellsOf(candidate)]));
  return [...cells].reduce((sum, cell) => sum + (weights[cell] ?? 0), 0);
}
