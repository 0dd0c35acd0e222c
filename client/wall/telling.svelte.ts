/** What the ticker tells, and where it was: a few things at a time, changed at a pace for reading. */
import type { Noun } from '../../data/log/event.ts';
import { NATION } from '../../data/model/unit.ts';
import { nameOfThing } from '../changes/names.ts';
import { wordChange, type Change } from '../changes/wording.ts';
import { downloadChanges } from '../live/download.ts';
import { live } from '../live/live.svelte.ts';
import { whereaboutsOf } from '../view/going.ts';
import { unitInFull } from '../view/names.ts';
import { now } from '../view/now.svelte.ts';
import { view } from '../view/view.svelte.ts';
import { words } from '../words/words.svelte.ts';
import type { Ringed } from './drawing.ts';
import { LastHour, toTell } from './last-hour.ts';

/** So many stand beside each other, and change so often. */
const TOLD = 3;
const PACE_MS = 6_000;
const MOST_OLDER = 200;

export interface Told {
  seq: number;
  text: string;
  mood: Change['mood'];
  /** Instant in ms since 1970. */
  at: number;
  place: string;
  ring: Ringed | null;
}

export class Telling {
  /** Newest first. Reactive. */
  told = $state.raw<readonly Told[]>([]);
  /** Where that was. Reactive. */
  readonly places = $derived(this.told.flatMap(({ ring }) => ring ?? []));
  readonly #hour = new LastHour();

  /** To be made within a component. */
  constructor() {
    $effect(() => live.today.onTouched((_touched, events) => this.#hour.add(events)));
    $effect(() => {
      if (live.line.state !== 'live') return;
      const asking = new AbortController();
      void downloadChanges(NATION, MOST_OLDER, asking.signal)
        .then((older) => {
          this.#hour.addOlder(older);
          this.#tell();
        })
        .catch(() => undefined);
      return () => asking.abort();
    });
    $effect(() => {
      void view.language;
      this.#tell();
      const timer = setInterval(() => this.#tell(), PACE_MS);
      return () => clearInterval(timer);
    });
  }

  #tell(): void {
    const w = words();
    // Also while a film of the past is on.
    const country = live.today.country();
    if (!country) return;
    const nameOf = (noun: Noun, id: number) => nameOfThing(country.tables, noun, id, w);
    const changes = this.#hour.events.map((event) => ({
      ...wordChange(event, nameOf, w),
      key: `${event.type.split('.')[0]} ${event.id}`,
    }));
    this.told = toTell(changes, now.ms, TOLD).map(({ seq, text, mood, at, thing }) => {
      const found = thing && whereaboutsOf(country.tables, thing);
      return {
        ...{ seq, text, mood, at },
        place: found?.commune ? unitInFull(found.commune, live.units, view.language) : '',
        ring: found ? { lon: found.lon, lat: found.lat, mood } : null,
      };
    });
  }
}
