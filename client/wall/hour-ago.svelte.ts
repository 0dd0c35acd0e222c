/** The country as it was an hour ago, asked of the server each minute, for what changed since. */
import type { PastState, Timeline } from '../../data/wire/past.ts';
import { ask } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { now } from '../view/now.svelte.ts';
import { HOUR_MS, stateAddress } from './last-hour.ts';

const MINUTE_MS = 60_000;

export class HourAgo {
  /** Null while it is not known, or the log is younger than that. Reactive. */
  state = $state.raw<PastState | null>(null);

  /** When the log begins, ms since 1970. */
  #from: number | undefined;

  /** To be made within a component. */
  constructor() {
    $effect(() => {
      const asking = new AbortController();
      const { signal } = asking;
      const again = async (): Promise<void> => {
        if (live.line.state !== 'live') return;
        const ms = now.ms - HOUR_MS;
        try {
          this.#from ??= await this.#logBegins(signal);
          // A simulated past is written in a minute: what was before that minute says nothing.
          if (ms < this.#from + MINUTE_MS) return;
          this.state = await ask<PastState>(stateAddress(ms), { signal });
        } catch {
          // Nothing is said of the hour, then; the figures themselves are live.
          if (!signal.aborted) this.state = null;
        }
      };
      const isLive = live.line.state === 'live';
      if (isLive) void again();
      const timer = setInterval(() => void again(), MINUTE_MS);
      return () => {
        clearInterval(timer);
        asking.abort();
      };
    });
  }

  async #logBegins(signal: AbortSignal): Promise<number> {
    const { recordedFrom } = await ask<Timeline>('/api/timeline', { signal });
    return recordedFrom === null ? Infinity : Date.parse(recordedFrom);
  }
}
