/** Applying an import to a country that went on since its preview: nothing unchecked comes into it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../data/model/account.ts';
import type { ImportApplied, ImportJob, ImportRows } from '../../data/wire/imports.ts';
import { append, type NewEvent } from '../../server/log/append.ts';
import { headOf, readEvents } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { importing } from './import-client.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const { send, get, post, preview, rows, apply } = importing(() => server);
const stations = () => server.live.country.tables.stations;
const heightOf = (id: number) => stations().record(stations().rowOf(id) ?? -1)['heightM'];
let made = 0;

/** Two stations, in the west and in the east, made one by one. */
let west: number;
let east: number;
beforeEach(async () => {
  [west, east] = [await built('00001'), await built('03001')];
});
async function built(commune: string): Promise<number> {
  const [lon, lat] = centreOfSmall(commune);
  const { body } = await server.post({
    ...{
      type: 'station.add',
      key: `built-once-${++made}`,
      name: `Trạm ${made}`,
      operator: 'viettel',
    },
    ...{ technology: '5g', band: 'n41', lon, lat, heightM: 30, status: 'planned' },
  });
  expect(body).toHaveProperty('id');
  return (body as { id: number }).id;
}
const higher = () => `id,heightM\n${west},60\n${east},60\n`;
const changed = (id: number) =>
  server.post({ type: 'station.change', key: `changed-${++made}`, id, base: 1, heightM: 44 });
const refusedOf = async (id: number, cookie?: string) =>
  (await get<ImportRows>(`${id}/rows?outcome=refused`, cookie)).rows.map(({ row, reasons }) => [
    row,
    ...reasons.map(({ code }) => code),
  ]);

/** Ids of the stations that are looked at from here on; applying an event looks at none. */
function lookedAt() {
  const spy = vi.spyOn(stations(), 'record');
  const ids = () => new Set(spy.mock.results.map(({ value }) => (value as { id: number }).id));
  return { has: (id: number) => ids().has(id) };
}
afterEach(() => vi.restoreAllMocks());

describe('a row whose thing was changed since the preview', () => {
  it('is looked at again and refused, and what nobody touched is not', async () => {
    const job = await preview('a.csv', higher());
    await changed(west);
    const looked = lookedAt();
    expect((await apply(job.id, { mode: 'all' })).status).toBe(409);
    expect(looked.has(west)).toBe(true);
    expect(looked.has(east)).toBe(false);
    expect(await refusedOf(job.id)).toEqual([[2, 'stale']]);
    expect((await apply(job.id, { mode: 'good' })).body).toMatchObject({ applied: 1 });
    expect([heightOf(west), heightOf(east)]).toEqual([44, 60]);
  });

  it('keeps nothing else from being applied as it was shown', async () => {
    const other = await built('00002');
    const job = await preview('b.csv', higher());
    await changed(other);
    const looked = lookedAt();
    expect((await apply(job.id)).body).toMatchObject({ applied: 2 });
    expect([looked.has(west), looked.has(east)]).toEqual([false, false]);
    expect([heightOf(west), heightOf(east), heightOf(other)]).toEqual([60, 60, 44]);
  });

  it('is refused where it is gone', async () => {
    const job = await preview('c.csv', higher());
    await server.post({ type: 'station.remove', key: `removed-${++made}`, id: west, base: 1 });
    expect((await apply(job.id)).status).toBe(409);
    expect(await refusedOf(job.id)).toEqual([[2, 'not_found']]);
  });
});

describe('a link', () => {
  it('is refused where a node that it joins went since the preview', async () => {
    const node = async (commune: string) => {
      const [lon, lat] = centreOfSmall(commune);
      const { body } = await server.post({
        ...{ type: 'node.add', key: `node-made-${++made}`, name: `Nút ${made}`, level: 'communal' },
        ...{ unit: commune, lon, lat, status: 'up' },
      });
      return (body as { id: number }).id;
    };
    const [a, b, c] = [await node('00001'), await node('00002'), await node('00003')];
    const line = (from: number, to: number) => `${from},${to},VNPT,100,up`;
    const text = `from,to,provider,bandwidthMbps,status\n${line(a, b)}\n${line(b, c)}\n`;
    const job = await preview('tuyến.csv', text, { kind: 'links' });
    expect(job.rows).toMatchObject({ new: 2, refused: 0 });
    await server.post({ type: 'node.remove', key: `node-gone-${++made}`, id: a, base: 1 });
    expect((await apply(job.id)).status).toBe(409);
    expect(await refusedOf(job.id)).toEqual([[2, 'not_node']]);
    expect((await apply(job.id, { mode: 'good' })).body).toMatchObject({ applied: 1 });
  });
});

describe('every row is looked at again', () => {
  it.each([
    ['on another day', { today: '2025-07-28' }],
    ['under another territory', { territory: 0 }],
    ['by another version of the checks', { rules: 'older' }],
    ['of an import of which nothing of it is known', null],
  ])('%s', async (_, noted) => {
    const job = await preview('d.csv', higher());
    await database.pool.query(
      'update imports set checked = case when $2::jsonb is null then null else checked || $2 end where id = $1',
      [job.id, noted && JSON.stringify(noted)],
    );
    const looked = lookedAt();
    expect((await apply(job.id)).body).toMatchObject({ applied: 2 });
    expect([looked.has(west), looked.has(east)]).toEqual([true, true]);
  });
});

describe('an account', () => {
  const EDITOR: Account = { name: 'hai.tinh', role: 'editor', units: ['01', '11'] };
  let cookie: string;
  beforeEach(async () => {
    cookie = await server.signIn(EDITOR);
    await rightsIn(['01', '11']);
  });
  const rightsIn = (units: readonly string[]) =>
    database.pool.query('update accounts set units = $2 where name = $1', [EDITOR.name, units]);
  async function previewed(): Promise<ImportJob> {
    const { body } = await send('e.csv', higher(), {}, cookie);
    await expect.poll(async () => (await get<ImportJob>(`${body.id}`, cookie)).state).toBe('ready');
    return get<ImportJob>(`${body.id}`, cookie);
  }

  it('that lost a province since the preview changes nothing there any more', async () => {
    const job = await previewed();
    await rightsIn(['11']);
    expect((await post(`${job.id}/apply`, { mode: 'all' }, cookie)).status).toBe(409);
    expect(await refusedOf(job.id, cookie)).toEqual([[2, 'forbidden']]);
    const { body } = await post<ImportApplied>(`${job.id}/apply`, { mode: 'good' }, cookie);
    expect(body).toMatchObject({ applied: 1 });
    expect([heightOf(west), heightOf(east)]).toEqual([30, 60]);
  });

  it('that loses it while the import waits for the log changes nothing there', async () => {
    const job = await previewed();
    const { answer } = await whileWaiting(
      () => post<ImportApplied>(`${job.id}/apply`, { mode: 'good' }, cookie),
      () => rightsIn(['11']).then(() => []),
    );
    expect(answer.body).toMatchObject({ applied: 1 });
    expect(await refusedOf(job.id, cookie)).toEqual([[2, 'forbidden']]);
    expect([heightOf(west), heightOf(east)]).toEqual([30, 60]);
  });
});

describe('what comes into the log while an import waits for it', () => {
  it('is seen before the import comes behind it', async () => {
    const job = await preview('f.csv', higher());
    const { answer } = await whileWaiting(
      () => apply(job.id, { mode: 'all' }),
      () => Promise.resolve([changeOf(west)]),
    );
    expect(answer.status).toBe(409);
    expect(await refusedOf(job.id)).toEqual([[2, 'stale']]);
    expect((await get<ImportJob>(`${job.id}`)).state).toBe('ready');
    expect([heightOf(west), heightOf(east)]).toEqual([44, 30]);
  });

  it('stands before it, where it touches nothing of it', async () => {
    const other = await built('00002');
    const job = await preview('g.csv', higher());
    const { answer, seq } = await whileWaiting(
      () => apply(job.id, { mode: 'all' }),
      () => Promise.resolve([changeOf(other)]),
    );
    expect(answer.body).toMatchObject({ from: seq + 1, applied: 2 });
    const [first] = await readEvents(database.pool, seq, 1);
    expect(first).toMatchObject({ id: west, version: 2, heightM: 60, by: 'bientap' });
    expect(await headOf(database.pool)).toBe(server.live.country.seq);
  });

  function changeOf(id: number): NewEvent {
    return {
      ...{
        type: 'station.change',
        by: 'bientap',
        key: `meanwhile-${++made}`,
        effective: '2025-07-28',
      },
      ...{ id, version: 2, fields: { heightM: 44 } },
    };
  }
});

/**
 * Begins something that appends while nobody can; when it waits for that, does something else and
 * appends what that answers; only then may the first go on.
 */
async function whileWaiting<T>(
  begin: () => Promise<T>,
  meanwhile: () => Promise<NewEvent[]>,
): Promise<{ answer: T; seq: number }> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query('select from head for update');
    const begun = begin();
    await expect
      .poll(async () => {
        const { rowCount } = await database.pool.query(
          `select from pg_stat_activity where datname = current_database()
             and wait_event_type = 'Lock' and query like '%from head for update%'`,
        );
        return rowCount;
      })
      .toBe(1);
    const events = await meanwhile();
    const [done] = events.length > 0 ? await append(client, events) : [];
    await client.query('commit');
    return { answer: await begun, seq: done?.seq ?? 0 };
  } finally {
    client.release();
  }
}

describe('a file of the size of the country', () => {
  it('is in the log as this server heard it from itself, and a colleague’s command comes behind it', async () => {
    const names = Array.from({ length: 6_000 }, (_, i) => {
      const [lon, lat] = [105.005 + (i % 80) * 0.0011, 21.105 + Math.floor(i / 80) * 0.0011];
      return `Loạt ${i},Viettel,5G,n41,${lon.toFixed(6)},${lat.toFixed(6)},30,Kế hoạch`;
    });
    const head = 'name,operator,technology,band,lon,lat,heightM,status';
    const job = await preview('lớn.csv', [head, ...names].join('\n'));
    const [applied] = await Promise.all([apply(job.id), changed(west)]);
    const { from, seq, applied: count } = applied.body;
    expect([count, seq - from]).toEqual([6_000, 5_999]);
    const kept = new Map(
      server.live.recent.map(({ event }) => [event.seq, { ...event, commune: undefined }]),
    );
    for (const event of await readEvents(database.pool, from - 1, 6_000))
      expect(kept.get(event.seq)).toEqual({ ...event, commune: undefined });
    expect((await rows(job.id, 'outcome=refused')).total).toBe(0);
  });
});
