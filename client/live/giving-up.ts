/**
 * When to wait no longer for an answer: a line that is cut without a word leaves what was asked over
 * it without one, for minutes or for ever.
 */

/** A line that is away this long does not bring what was asked before it went. */
const AWAY_MS = 15_000;

let away: 'no' | 'lately' | 'long' = 'no';
let timer: ReturnType<typeof setTimeout> | undefined;
let waitsForLine = new AbortController();

/** To be told whenever the server is out of reach, and when it is reached again. */
export function lineIsAway(isAway: boolean): void {
  if (isAway === (away !== 'no')) return;
  clearTimeout(timer);
  away = isAway ? 'lately' : 'no';
  if (!isAway) return;
  timer = setTimeout(() => {
    away = 'long';
    waitsForLine.abort();
    waitsForLine = new AbortController();
  }, AWAY_MS);
}

/** Aborts what is asked now when its answer is not to be waited for any more. */
export function worthWaiting(): AbortSignal {
  return away === 'long' ? AbortSignal.timeout(AWAY_MS) : waitsForLine.signal;
}
