/**
 * The feed of a busy night: stations, nodes and links that fail and come back, in batches as large as
 * the stream still tells event by event. Nothing is added, so that a screen has no reason to grow; what
 * failed in one batch comes back in the next.
 */
import type { Pool } from 'pg';
import type { Country } from '../../data/model/country.ts';
import { EVENT_FORMAT } from '../../data/log/event.ts';
import { LINE_STATUSES, STATION_STATUSES } from '../../data/model/things.ts';
import { together } from '../../server/database/together.ts';
import { Random } from '../../server/demo/random.ts';

/** Of two such batches at once the stream still tells each event, with what else happens meanwhile. */
const BATCH = 1_900;

interface Change {
  type: 'station.change' | 'node.change' | 'link.change';
  id: number;
  status: string;
}

export class FullFeed {
  readonly #pool: Pool;
  readonly #random: Random;
  readonly #run: string;
  /** What is on air or up, of each kind. */
  readonly #working: Record<Change['type'], number[]>;
  #failed: Change[] = [];
  #told = 0;

  /** @param run tells the events of one run from those of another */
  constructor(pool: Pool, { tables }: Country, run: string) {
    const { stations, nodes, links } = tables;
    const onAir = STATION_STATUSES.indexOf('on_air');
    const up = LINE_STATUSES.indexOf('up');
    const those = (ids: Iterable<number>, holds: (row: number) => boolean): number[] =>
      [...ids].filter((_id, row) => holds(row));
    this.#pool = pool;
    this.#random = new Random(1, 'full feed');
    this.#run = run;
    this.#working = {
      'station.change': those(
        stations.ids.subarray(0, stations.count),
        (row) => stations.columns.status[row] === onAir,
      ),
      'node.change': those(
        nodes.ids.subarray(0, nodes.count),
        (row) => nodes.columns.status[row] === up,
      ),
      'link.change': those(
        links.ids.subarray(0, links.count),
        (row) => links.columns.status[row] === up,
      ),
    };
  }

  /** Appends a batch of so many events, and tells every server; answers the number of the last one. */
  async append(count: number): Promise<number> {
    const back = this.#failed.slice(0, Math.ceil(count / 2));
    const failing = this.#fail(count - back.length);
    this.#failed = [...this.#failed.slice(back.length), ...failing];
    return this.#write([
      ...back.map(({ type, id }) => ({ type, id, status: workingOf(type) })),
      ...failing,
    ]);
  }

  /**
   * Appends so many events as fast as they arrive: never more than two batches are on their way to the
   * one who is watched.
   * @param reached resolves once an event has arrived there
   */
  async flood(count: number, reached: (seq: number) => Promise<void>): Promise<void> {
    let before = 0;
    for (let left = count; left > 0; left -= BATCH) {
      const last = await this.append(Math.min(BATCH, left));
      await reached(before);
      before = last;
    }
    await reached(before);
  }

  /** Brings everything back that is still down; answers the number of the last event. */
  mend(): Promise<number> {
    const back = this.#failed.map(({ type, id }) => ({ type, id, status: workingOf(type) }));
    this.#failed = [];
    return this.#write(back);
  }

  #fail(count: number): Change[] {
    const taken = new Set(this.#failed.map(({ id }) => id));
    const failing: Change[] = [];
    while (failing.length < count) {
      const luck = this.#random.next();
      const type = luck < 0.9 ? 'station.change' : luck < 0.95 ? 'node.change' : 'link.change';
      const id = this.#random.pick(this.#working[type]);
      if (taken.has(id)) continue;
      taken.add(id);
      failing.push({ type, id, status: 'down' });
    }
    return failing;
  }

  /** The version of each thing is looked up while nobody else can append. */
  #write(changes: readonly Change[]): Promise<number> {
    const first = this.#told;
    this.#told += changes.length;
    return together(this.#pool, async (client) => {
      await client.query('select from head for update');
      await client.query(
        `insert into events (seq, at, effective, by, type, format, subject, version, key, data)
         select h.seq + n.ord, greatest(h.at, date_trunc('milliseconds', clock_timestamp())),
                current_date, 'soak', n.type, $5, n.id,
                (select max(version) + 1 from events where subject = n.id),
                $4 || ($6::bigint + n.ord), jsonb_build_object('status', n.status)
         from head as h, unnest($1::text[], $2::bigint[], $3::text[]) with ordinality
              as n(type, id, status, ord)`,
        [
          changes.map(({ type }) => type),
          changes.map(({ id }) => id),
          changes.map(({ status }) => status),
          `soak-${this.#run}-`,
          EVENT_FORMAT,
          first,
        ],
      );
      await client.query('notify phusong_log');
      const { rows } = await client.query<{ seq: string }>('select seq from head');
      return Number(rows[0]?.seq);
    });
  }
}

function workingOf(type: Change['type']): string {
  return type === 'station.change' ? 'on_air' : 'up';
}
