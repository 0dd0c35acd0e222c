/** The tour that the address names, and where it is: what the wall shows now. */
import { untrack } from 'svelte';
import type { Tour } from '../../data/wire/tours.ts';
import {
  ORDINARY_TOUR,
  positionAt,
  stopsOf,
  TourCode,
  type Position,
  type Scene,
  type Stop,
  type TimedStop,
} from '../../data/wall/tour.ts';
import * as v from 'valibot';
import { ask, Refused } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { now } from '../view/now.svelte.ts';

/** Somebody may change the tour while the wall shows it: it is asked for so often. */
const AGAIN_MS = 30_000;

export class Touring {
  /** A tour that the address names and nobody has made; null where that is not so. Reactive. */
  missing = $state<string | null>(null);
  #scenes = $state.raw<readonly Scene[]>(ORDINARY_TOUR);
  readonly #stops = $derived(stopsOf(this.#scenes, provinces()));
  /** Reactive, each second. */
  readonly position: Position = $derived(positionAt(this.#stops, now.ms));
  /** Reactive: the same until the next one comes. */
  readonly index = $derived(this.position.index);
  /** When the next one comes, ms since 1970, also where it is the same once more. Reactive. */
  readonly until = $derived(Math.round(this.position.until));
  readonly stop: Stop | null = $derived(this.#stops[this.index]?.stop ?? null);

  /** The view that is shown at an instant, ms since 1970, and where the tour is then. */
  at(ms: number): (TimedStop & Position) | null {
    const position = positionAt(this.#stops, ms);
    const found = this.#stops[position.index];
    return found ? { ...found, ...position } : null;
  }

  /** To be made within a component. @param code as the address has it; null for none */
  constructor(code: string | null) {
    if (code === null) return;
    if (!v.safeParse(TourCode, code).success) {
      this.missing = code.slice(0, 60);
      return;
    }
    $effect(() => {
      // Asked anew when the line comes back.
      if (live.line.state !== 'live') return;
      const asking = new AbortController();
      const read = async (): Promise<void> => {
        try {
          const { scenes } = await ask<Tour>(`/api/tours/${code}`, { signal: asking.signal });
          this.missing = null;
          if (JSON.stringify(scenes) !== JSON.stringify(this.#scenes)) this.#scenes = scenes;
        } catch (error) {
          const isGone = error instanceof Refused && error.refusal.code === 'not_found';
          if (!isGone) return;
          this.missing = code;
          this.#scenes = ORDINARY_TOUR;
        }
      };
      untrack(() => void read());
      const timer = setInterval(() => void read(), AGAIN_MS);
      return () => {
        clearInterval(timer);
        asking.abort();
      };
    });
  }
}

/** Codes of the provinces from north to south, so that the map goes a short way each time. */
function provinces(): string[] {
  return [...live.units.values()]
    .filter(({ level }) => level === 'province')
    .sort((a, b) => b.centre[1] - a.centre[1] || (a.code < b.code ? -1 : 1))
    .map(({ code }) => code);
}
