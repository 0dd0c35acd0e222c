/** A past of the small country, made up at random but the same for the same seed. */
import { dayOf } from '../../../data/model/scalars.ts';
import type { Fields } from '../../../data/model/table.ts';
import { Random } from '../../../server/demo/random.ts';
import { append, type NewEvent } from '../../../server/log/append.ts';
import type { TestDatabase } from '../../setup/database.ts';
import type { TestServer } from '../../setup/server.ts';

const BANDS = ['n28', 'n41', 'n77', 'n78'] as const;
const OPERATORS = ['viettel', 'vinaphone', 'mobifone'] as const;
const SIMULATED = { simulated: true, source: 'mô phỏng' };
/** Changes that are made of a thing before another one is thought of. */
const STATUSES = ['planned', 'building', 'on_air', 'down', 'retired'] as const;

export class SmallPast {
  readonly #database: TestDatabase;
  readonly #server: TestServer;
  readonly #random: Random;
  readonly #things: { id: number; version: number; noun: 'station' | 'hamlet' }[] = [];
  #keys = 0;

  constructor(database: TestDatabase, server: TestServer, seed: number) {
    this.#database = database;
    this.#server = server;
    this.#random = new Random(seed, 'small past');
  }

  /** Writes events into the log, and waits until the server has applied them. */
  async write(events: readonly Omit<NewEvent, 'key'>[]): Promise<number[]> {
    const keyed = events.map((event) => ({ ...event, key: `past-${++this.#keys}` }));
    const done = await append(this.#database.pool, keyed);
    this.#server.follower.ring();
    await this.#server.follower.reached(done.at(-1)?.seq ?? 0, 30_000);
    return done.map(({ id }) => id);
  }

  /** Some of everything that may happen, on one day (days since 1970). */
  async live(day: number, count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.#happen(dayOf(day));
  }

  async #happen(effective: string): Promise<void> {
    const random = this.#random;
    const by = 'feed';
    const thing = random.chance(0.6) ? random.pick(this.#things) : undefined;
    if (!thing) {
      const noun = random.chance(0.2) ? 'hamlet' : 'station';
      const fields = noun === 'station' ? this.#station() : this.#hamlet();
      const type = `${noun}.add` as const;
      const [id = 0] = await this.write([{ type, by, effective, version: 1, fields }]);
      this.#things.push({ id, version: 1, noun });
      return;
    }
    const { id, noun } = thing;
    const version = ++thing.version;
    if (random.chance(0.05)) {
      this.#things.splice(this.#things.indexOf(thing), 1);
      await this.write([{ type: `${noun}.remove`, by, effective, id, version, fields: {} }]);
    } else if (noun === 'station') {
      const fields = random.chance(0.2) ? this.#place() : { status: random.pick(STATUSES) };
      await this.write([{ type: 'station.change', by, effective, id, version, fields }]);
    } else {
      const fields = { solution: 'station', resolvedOn: effective };
      await this.write([{ type: 'hamlet.resolve', by, effective, id, version, fields }]);
    }
  }

  #place(): Fields {
    const at = (from: number, to: number): number =>
      Math.round(this.#random.between(from, to) * 1e6) / 1e6;
    return { lon: at(105.001, 105.399), lat: at(21.001, 21.199) };
  }

  #station(): Fields {
    return {
      ...SIMULATED,
      ...this.#place(),
      name: 'Trạm',
      operator: this.#random.pick(OPERATORS),
      technology: '5g',
      band: this.#random.pick(BANDS),
      heightM: 40,
      status: this.#random.pick(STATUSES),
      plannedFor: dayOf(20_000 + this.#random.below(300)),
    };
  }

  #hamlet(): Fields {
    return {
      ...SIMULATED,
      ...this.#place(),
      name: 'Thôn',
      households: 20,
      people: 90,
      gridPower: true,
      speciallyDisadvantaged: true,
      status: 'uncovered',
    };
  }
}
