import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../data/log/event.ts';
import { append, appendStaged, Conflict, type NewEvent } from '../../server/log/append.ts';
import { followLog } from '../../server/log/follow.ts';
import { answerTo, headOf, readEvents } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = database.pool;
});
afterAll(() => database.close());

let keys = 0;
const event = (more: Partial<NewEvent> = {}): NewEvent => ({
  type: 'facility.add',
  by: 'test',
  key: `key-${++keys}`,
  effective: '2025-07-28',
  version: 1,
  fields: { name: 'Trung tâm dữ liệu' },
  ...more,
});

describe('the log in the database', () => {
  it('gives numbers without a gap, and a thing the number of the event that added it', async () => {
    const before = await headOf(pool);
    const [first, second] = await append(pool, [event(), event()]);
    expect(first).toEqual({ seq: before + 1, id: before + 1, version: 1 });
    expect(second?.seq).toBe(before + 2);
    const change = event({ type: 'facility.change', id: first?.id ?? 0, version: 2 });
    expect(await append(pool, [change])).toEqual([{ seq: before + 3, id: first?.id, version: 2 }]);
  });

  it('refuses to change, delete or empty what is written', async () => {
    await append(pool, [event()]);
    await expect(pool.query("update events set by = 'other'")).rejects.toThrow(/append-only/);
    await expect(pool.query('delete from events')).rejects.toThrow(/append-only/);
    await expect(pool.query('truncate events')).rejects.toThrow(/append-only/);
    await expect(pool.query('delete from head')).rejects.toThrow(/append-only/);
    await expect(pool.query('update head set seq = 0')).rejects.toThrow(/only with its events/);
  });

  it('refuses a number that does not follow the head, whoever writes it', async () => {
    const insert = (seq: number): Promise<unknown> =>
      pool.query(
        `insert into events values ($1, now(), '2025-01-01', 'x', 'facility.add', 1, $1, 1, $2, '{}')`,
        [seq, `direct-${seq}`],
      );
    const head = await headOf(pool);
    await expect(insert(head + 2)).rejects.toThrow(/do not follow the head/);
    await expect(insert(head)).rejects.toThrow();
    expect(await headOf(pool)).toBe(head);
  });

  it('never lets the instant go back, though the clock does', async () => {
    const [done] = await append(pool, [event()]);
    const head = await headOf(pool);
    await expect(
      pool.query(
        `insert into events values ($1, '2001-01-01', '2025-01-01', 'x', 'facility.add', 1, $1, 1, 'old', '{}')`,
        [head + 1],
      ),
    ).rejects.toThrow(/do not follow the head/);
    expect(done?.seq).toBe(head);
  });

  it('answers a repeated key with a conflict that leads to the first answer', async () => {
    const once = event();
    const [first] = await append(pool, [once]);
    await expect(append(pool, [once])).rejects.toMatchObject({ on: 'key' });
    expect(await answerTo(pool, once.key)).toEqual(first);
    expect(await answerTo(pool, 'never-sent')).toBeUndefined();
  });

  it('lets one of two changes of the same version through, and takes no number for the other', async () => {
    const [thing] = await append(pool, [event()]);
    const change = (): NewEvent =>
      event({ type: 'facility.change', id: thing?.id ?? 0, version: 2 });
    const head = await headOf(pool);
    const results = await Promise.allSettled([append(pool, [change()]), append(pool, [change()])]);
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((one) => one.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(Conflict);
    expect(refused?.reason).toMatchObject({ on: 'version' });
    expect(await headOf(pool)).toBe(head + 1);
  });

  it('appends a staged batch as one, and turns its inner references into ids', async () => {
    const head = await headOf(pool);
    const staged = (more: object) => ({ ...event(), ...more });
    const { from, to } = await appendStaged(pool, [
      staged({ type: 'node.add' }),
      staged({ type: 'node.add' }),
      staged({ type: 'link.add', references: { from: 0, to: 1 } }),
      staged({ type: 'node.change', of: 1, version: 2 }),
    ]);
    expect([from, to]).toEqual([head + 1, head + 4]);
    const [a, b, link, change] = await readEvents(pool, head, 10);
    expect(link).toMatchObject({ from: a?.id, to: b?.id });
    expect(change).toMatchObject({ type: 'node.change', id: b?.id, version: 2 });
  });

  it('appends nothing of a batch in which one event is refused', async () => {
    const known = event();
    await append(pool, [known]);
    const head = await headOf(pool);
    await expect(appendStaged(pool, [event(), known])).rejects.toBeInstanceOf(Conflict);
    await expect(append(pool, [event(), known])).rejects.toBeInstanceOf(Conflict);
    expect(await headOf(pool)).toBe(head);
  });
});

describe('following the log', () => {
  it('misses no number with concurrent writers, rollbacks and two servers', async () => {
    const start = await headOf(pool);
    const seen: Event[][] = [[], []];
    const followers = seen.map((events) =>
      followLog({
        pool,
        url: database.url,
        seq: start,
        take: async (batch) => void events.push(...batch),
        failed: (error) => {
          throw error;
        },
      }),
    );
    const WRITERS = 6;
    const EACH = 60;
    const write = async (writer: number): Promise<void> => {
      for (let i = 0; i < EACH; i++) {
        if (i % 5 === 4) await rolledBack(pool);
        await append(pool, [event()]);
        followers[writer % 2]?.ring();
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    const end = await headOf(pool);
    expect(end).toBe(start + WRITERS * EACH);
    await Promise.all(followers.map((follower) => follower.reached(end, 10_000)));
    const expected = Array.from({ length: end - start }, (_, i) => start + 1 + i);
    for (const events of seen) expect(events.map((one) => one.seq)).toEqual(expected);
    const instants = seen[0]?.map((one) => one.at) ?? [];
    expect(instants).toEqual([...instants].sort());
    await Promise.all(followers.map((follower) => follower.close()));
  });

  it('does not read what it is brought, and hands it on in its place', async () => {
    const head = await headOf(pool);
    await append(pool, [event(), event(), event(), event()]);
    const brought = (await readEvents(pool, head + 1, 2)).map((one) => ({ ...one, by: 'brought' }));
    const seen: Event[] = [];
    const follower = followLog({
      pool,
      url: database.url,
      seq: head,
      take: async (batch) => void seen.push(...batch),
      failed: () => undefined,
    });
    follower.bring(brought);
    await follower.reached(head + 4, 10_000);
    expect(seen.map(({ seq }) => seq - head)).toEqual([1, 2, 3, 4]);
    expect(seen.map(({ by }) => by === 'brought')).toEqual([false, true, true, false]);
    await follower.close();
  });

  it('says of each batch whether more are there, and of the last that there are none', async () => {
    const head = await headOf(pool);
    const { to } = await appendStaged(
      pool,
      Array.from({ length: 5_000 }, () => event()),
    );
    const taken: [number, boolean][] = [];
    const follower = followLog({
      pool,
      url: database.url,
      seq: head,
      take: async (batch, more) => void taken.push([batch.length, more]),
      failed: () => undefined,
    });
    await follower.reached(to, 30_000);
    await expect
      .poll(() => taken)
      .toEqual([
        [5_000, true],
        [0, false],
      ]);
    await follower.close();
  });

  it('goes on by itself when its bell is cut off', async () => {
    const events: Event[] = [];
    const follower = followLog({
      pool,
      url: database.url,
      seq: await headOf(pool),
      take: async (batch) => void events.push(...batch),
      failed: () => undefined,
    });
    await expect
      .poll(
        async () =>
          (
            await pool.query(
              `select pg_terminate_backend(pid) from pg_stat_activity
               where query like '%advisory_lock_shared%' and datname = current_database()
                 and pid <> pg_backend_pid()`,
            )
          ).rowCount,
      )
      .toBeGreaterThan(0);
    const [done] = await append(pool, [event()]);
    await follower.reached(done?.seq ?? 0, 10_000);
    expect(events.at(-1)?.seq).toBe(done?.seq);
    await follower.close();
  });

  it('stops and says so when an event cannot be applied, rather than leave a hole', async () => {
    const failures: unknown[] = [];
    const follower = followLog({
      pool,
      url: database.url,
      seq: await headOf(pool),
      take: async () => {
        throw new Error('cannot be applied');
      },
      failed: (error) => failures.push(error),
    });
    await append(pool, [event()]);
    follower.ring();
    await expect.poll(() => failures).toHaveLength(1);
    await follower.close();
  });
});

async function rolledBack(pool: Pool): Promise<void> {
  const client = await pool.connect();
  await client.query('begin');
  await client.query(
    `insert into events
     select seq + 1, clock_timestamp(), '2025-01-01', 'x', 'facility.add', 1, seq + 1, 1, 'rolled-back', '{}'
     from (select seq from head for update) as head`,
  );
  await client.query('rollback');
  client.release();
}
