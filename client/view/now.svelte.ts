/** The time it is, by the server's clock, once a second. */
import { live } from '../live/live.svelte.ts';

class Now {
  /** Instant in ms since 1970. Reactive. */
  ms = $state(Date.now());
}

export const now = new Now();

/** Begins to tick; answers how to stop. */
export function startClock(): () => void {
  const tick = (): void => {
    now.ms = Date.now() + live.clockOffsetMs;
  };
  const timer = setInterval(tick, 1_000);
  return () => clearInterval(timer);
}
