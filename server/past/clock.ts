/** From an instant to the last event before it, and back. */
import type { Pool } from 'pg';
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { ClockName, Moment } from '../../data/wire/past.ts';
import type { LiveCountry } from '../country/live.ts';
import { SIMULATION } from '../progress/calendar.ts';
import { ToldDays, type DayStart } from './told-days.ts';

export class LogClock {
  readonly #pool: Pool;
  readonly #live: LiveCountry;
  /** The days of the simulation on a territory, which begins anew with each. */
  #told: { territory: number; days: Promise<ToldDays> } | undefined;
  /** The first instant of the log, ms since 1970; it never changes. */
  #first: number | undefined;

  constructor(pool: Pool, live: LiveCountry) {
    this.#pool = pool;
    this.#live = live;
    live.onApplied((applied) => {
      const told = this.#told;
      if (!told) return;
      if (told.territory !== live.country.territory?.seq) this.#told = undefined;
      else void told.days.then((days) => applied.forEach(({ event }) => days.take(event)));
    });
  }

  /** The last event there is. */
  get head(): number {
    return this.#live.country.seq;
  }

  /** The clock that people read the log with: that of the simulation where there is one. */
  async ordinary(): Promise<ClockName> {
    return (await this.days()) ? 'told' : 'recorded';
  }

  /** The days of the simulation; undefined where nothing is simulated. */
  async days(): Promise<ToldDays | undefined> {
    const territory = this.#live.country.territory?.seq;
    if (territory === undefined) return undefined;
    if (this.#told?.territory !== territory) {
      const days = this.#readDays(territory);
      days.catch(() => (this.#told = undefined));
      this.#told = { territory, days };
    }
    const days = await this.#told.days;
    return days.days.length > 0 ? days : undefined;
  }

  /** When the log begins on a clock, ms since 1970; undefined while it is empty. */
  async first(clock: ClockName): Promise<number | undefined> {
    if (this.head === 0) return undefined;
    if (clock === 'recorded') return (this.#first ??= await this.#recordedAt(1));
    const days = await this.days();
    return days?.msOf(days.days[0]?.seq ?? 1, this.head);
  }

  /** When the newest event happened on a clock, ms since 1970. */
  async last(clock: ClockName): Promise<number> {
    const { country } = this.#live;
    if (clock === 'recorded') return Date.parse(country.at);
    return (await this.days())?.msOf(country.seq, country.seq) ?? NaN;
  }

  /** The last event at or before an instant; undefined before the first. */
  async seqAt(ms: number, clock: ClockName): Promise<number | undefined> {
    const { head } = this;
    if (clock === 'told') return (await this.days())?.seqAt(ms, head);
    // Numbers have no gap and instants never decrease: the log is its own index.
    let [low, high] = [0, head];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((await this.#recordedAt(middle)) <= ms) low = middle;
      else high = middle - 1;
    }
    return low === 0 ? undefined : low;
  }

  /** An event as a place in time; `seq` must be one of the log. */
  async momentOf(seq: number): Promise<Moment> {
    const days = await this.days();
    const told = days && seq >= (days.days[0]?.seq ?? Infinity) ? days.msOf(seq, this.head) : null;
    return {
      seq,
      at: new Date(await this.#recordedAt(seq)).toISOString(),
      told: told === null ? null : new Date(told).toISOString(),
    };
  }

  /** Instants of some events on a clock, ms since 1970. */
  async instantsOf(seqs: readonly number[], clock: ClockName): Promise<number[]> {
    if (clock === 'told') {
      const days = await this.days();
      return seqs.map((seq) => days?.msOf(seq, this.head) ?? NaN);
    }
    const { rows } = await this.#pool.query<{ seq: string; at: Date }>(
      'select seq, at from events where seq = any($1)',
      [seqs],
    );
    const known = new Map(rows.map(({ seq, at }) => [Number(seq), at.getTime()]));
    return seqs.map((seq) => known.get(seq) ?? NaN);
  }

  async #recordedAt(seq: number): Promise<number> {
    const { rows } = await this.#pool.query<{ at: Date }>({
      name: 'recorded-at',
      text: 'select at from events where seq = $1',
      values: [seq],
    });
    return rows[0]?.at.getTime() ?? NaN;
  }

  async #readDays(territory: number): Promise<ToldDays> {
    const { rows } = await this.#pool.query<{ day: string; seq: string }>(
      `select effective::text as day, min(seq) as seq from events
       where by = any($1) and seq > $2 and seq <= $3 group by effective order by effective`,
      [[...SIMULATION], territory, this.head],
    );
    const firsts = rows.map(({ day, seq }): DayStart => ({
      day: dayNumberOf(day),
      seq: Number(seq),
    }));
    return new ToldDays(firsts);
  }
}
