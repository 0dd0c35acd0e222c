/** The country as it was an hour ago, asked of the server each minute, for what changed since. */
import type { PastState } from '../../data/wire/past.ts';
import { ask } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { now } from '../view/now.svelte.ts';
import { HOUR_MS } from './last-hour.ts';

const AGAIN_MS = 60_000;

export class HourAgo {
  /** Null while it is not known, or the log is younger than that. Reactive. */
  state = $state.raw<PastState | null>(null);

  /** To be made within a component. */
  constructor() {
    $effect(() => {
      const asking = new AbortController();
      const again = async (): Promise<void> => {
        if (live.line.state !== 'live') return;
        const at = new Date(now.ms - HOUR_MS).toISOString();
        try {
          const address = `/api/state?at=${at}&clock=recorded`;
          this.state = await ask<PastState>(address, { signal: asking.signal });
        } catch {
          // Nothing is said of the hour, then; the figures themselves are live.
          if (!asking.signal.aborted) this.state = null;
        }
      };
      const isLive = live.line.state === 'live';
      if (isLive) void again();
      const timer = setInterval(() => void again(), AGAIN_MS);
      return () => {
        clearInterval(timer);
        asking.abort();
      };
    });
  }
}
