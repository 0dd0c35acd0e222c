/** What was done step by step, to be undone and done again. Values are never changed in place. */
export interface Steps<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
}

const MOST = 200;

export function begin<T>(now: T): Steps<T> {
  return { past: [], now, future: [] };
}

/** Does something; what had been undone is gone. Doing nothing is no step. */
export function step<T>({ past, now, future }: Steps<T>, next: T): Steps<T> {
  if (next === now) return { past, now, future };
  return { past: [...past, now].slice(-MOST), now: next, future: [] };
}

export function undo<T>({ past, now, future }: Steps<T>): Steps<T> {
  const last = past.at(-1);
  if (last === undefined) return { past, now, future };
  return { past: past.slice(0, -1), now: last, future: [now, ...future] };
}

export function redo<T>({ past, now, future }: Steps<T>): Steps<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, now, future };
  return { past: [...past, now], now: next, future: rest };
}
