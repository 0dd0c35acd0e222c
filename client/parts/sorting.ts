/** How a column says that rows are in its order, for `aria-sort`. */
export type Sorted = 'ascending' | 'descending' | 'none';

/** @param isBy whether it is the column by which they are in order */
export function sortedBy(isBy: boolean, descending: boolean): Sorted {
  if (!isBy) return 'none';
  return descending ? 'descending' : 'ascending';
}
