/** The register of hamlets in the order that a person chose. */
import type { RegisteredHamlet } from '../../data/wire/gaps.ts';

export const HAMLET_ORDERS = ['name', 'people', 'daysLeft'] as const;
export type HamletOrder = (typeof HAMLET_ORDERS)[number];

/** Those without a deadline come last, whichever way. */
export function inOrder(
  hamlets: readonly RegisteredHamlet[],
  order: HamletOrder,
  descending: boolean,
): RegisteredHamlet[] {
  const way = descending ? -1 : 1;
  const compare = (a: RegisteredHamlet, b: RegisteredHamlet): number => {
    if (order === 'name') return way * a.name.localeCompare(b.name, 'vi');
    if (order === 'people') return way * (a.people - b.people);
    if (a.daysLeft === null || b.daysLeft === null)
      return Number(a.daysLeft === null) - Number(b.daysLeft === null);
    return way * (a.daysLeft - b.daysLeft);
  };
  return hamlets.toSorted((a, b) => compare(a, b) || b.people - a.people || a.id - b.id);
}
