/**
 * The pace at which numbers on the screen follow the country: a person reads at most two a second,
 * while events come ten times as fast. The map follows every batch; the figures follow this.
 */
import { live } from '../live/live.svelte.ts';

const STEP_MS = 500;

class Pace {
  /** Grows after `live.revision` did. Reactive. */
  revision = $state(0);
}

const pace = new Pace();

/** Reads something of the country that is not reactive itself, anew at each step of the pace. */
export function followed<T>(read: () => T): T {
  void pace.revision;
  return read();
}

/** Begins to follow; to be called within a component. */
export function keepPace(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let steppedAt = -Infinity;
  const step = (): void => {
    timer = undefined;
    steppedAt = performance.now();
    pace.revision++;
  };
  $effect(() => {
    void live.revision;
    timer ??= setTimeout(step, Math.max(0, steppedAt + STEP_MS - performance.now()));
  });
  $effect(() => () => clearTimeout(timer));
}
