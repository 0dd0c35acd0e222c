/** What the screens of indicators stand on: reports as they come, counts at the pace of the figures. */
import { countByUnit, type CountedFigures } from '../../data/indicators/counted.ts';
import type { TableName } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import { daysOf } from '../../data/model/days.ts';
import { shareIn } from '../../data/model/estimate.ts';
import { live } from '../live/live.svelte.ts';
import { now } from '../view/now.svelte.ts';
import { followed } from '../view/pace.svelte.ts';
import { view } from '../view/view.svelte.ts';
import type { Known } from './standing.ts';

/** Counting goes over every station: it is done at most so often, ms. */
const COUNT_MS = 2_000;

const OF_REPORTS: ReadonlySet<TableName> = new Set(['indicators', 'definitions']);

interface Counted {
  figures: ReadonlyMap<string, CountedFigures>;
  /** The day of the simulation where there is one, else today's; days since 1970-01-01. */
  today: number;
}

export class KnownNow {
  /** Grows when something was reported, withdrawn or defined. Reactive. */
  #reports = $state(0);
  #counted: Counted | null = null;
  #countedAt = -Infinity;

  /** To be made within a component. */
  constructor() {
    $effect(() =>
      live.onTouched((touched) => {
        const isReport = touched.some(
          (one) => one.kind === 'all' || ('table' in one && OF_REPORTS.has(one.table)),
        );
        if (isReport) this.#reports++;
        if (touched.some(({ kind }) => kind === 'all')) this.#countedAt = -Infinity;
      }),
    );
  }

  /** Null before there is a country. Reactive, at the pace of the figures. */
  get known(): Known | null {
    void this.#reports;
    return followed(() => {
      const { country, units } = live;
      if (!country) return null;
      const { method } = view;
      const counted = this.#count(country);
      return {
        definitions: country.tables.definitions,
        values: country.tables.indicators,
        counted: counted.figures,
        shareOf: (unit) => {
          const row = live.estimatesOf(unit)?.[method];
          return row ? shareIn(row, '5g') : null;
        },
        communesIn: (unit) => {
          let count = 0;
          for (const { level, parent } of units.values())
            if (level === 'commune' && (unit === parent || unit === 'vn')) count++;
          return count || 1;
        },
        provinces: [...units.values()]
          .filter(({ level }) => level === 'province')
          .map(({ code }) => code),
        today: counted.today,
      };
    });
  }

  /** What goes over every station: it is done at most each `COUNT_MS`. */
  #count(country: Country): Counted {
    const at = performance.now();
    if (this.#counted && at - this.#countedAt < COUNT_MS) return this.#counted;
    this.#countedAt = at;
    const provinceOf = (commune: string): string | undefined =>
      live.units.get(commune)?.parent ?? undefined;
    const { today, simulated } = daysOf(country, now.ms);
    this.#counted = {
      figures: countByUnit(country, provinceOf, today),
      today: simulated ?? today,
    };
    return this.#counted;
  }
}
