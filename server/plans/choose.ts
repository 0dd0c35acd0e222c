/** The choice that the guarantee is given for (guarantee.ts). */
import { lazyGreedy, type Choice, type Task } from './greedy.ts';

/** The greedy; with a budget the best single candidate instead, where that alone is worth more. */
export function choose(task: Task, onTaken?: (taken: number) => void): Choice {
  const greedy = lazyGreedy(task, onTaken);
  const { atMost, limits } = task;
  const { budget } = limits;
  if (!budget) return greedy;
  const single = lazyGreedy({
    ...task,
    atMost: (candidate) =>
      budget.costOf(candidate) > budget.all ? 0 : (atMost?.(candidate) ?? Infinity),
    limits: { count: Math.min(1, limits.count) },
  });
  return worthOf(single) > worthOf(greedy) ? { ...single, ended: 'budget' } : greedy;
}

function worthOf({ taken }: Choice): number {
  return taken.reduce((sum, { gain }) => sum + gain, 0);
}
