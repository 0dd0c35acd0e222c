/** The whole system into one file and out of it again, on two databases. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAccount } from '../../server/accounts/accounts.ts';
import { headOf as head, sealOf, SEAL_BYTES, type Header } from '../../server/backup/format.ts';
import { openBackup } from '../../server/backup/read.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { headOf } from '../../server/log/read.ts';
import { migrateTo, NEWEST_MIGRATION } from '../../server/log/schema.ts';
import { adoptPopulation, packPopulation } from '../../server/population/adopt.ts';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../setup/database.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { estimatesIn, replayOf, stateOf } from '../setup/replay.ts';
import { startServer, TEST_PASSWORD, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { until } from '../setup/until.ts';

const ELSEWHERE = 'name another';

let folder: string;
let source: TestDatabase;
let server: TestServer;
let file: string;
let header: Header;
/** What the log had when the backup was begun and when it was done. */
let between: [number, number];

beforeAll(async () => {
  folder = await temporaryFolder('backup');
  source = await freshDatabase();
  server = await startServer(source);
  for (let i = 0; i < 20; i++) await addStation(server);
  await usePopulation();
  await server.post({
    type: 'node.add',
    key: 'before-1',
    level: 'communal',
    unit: '00001',
    ...named,
  });
  const scenario = await fetch(`${server.url}/api/scenarios`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie: server.cookie },
    body: JSON.stringify({ name: 'Dải lõm sóng', content: {} }),
  });
  if (!scenario.ok) throw new Error(await scenario.text());
  // Values that a careless format would trip over.
  await source.pool.query(
    `insert into accounts (name, password, role) values (E'tab\\t\\\\N "dấu"\\nxuống dòng', '', 'editor')`,
  );

  let writing = true;
  const writers = Array.from({ length: 4 }, async () => {
    while (writing) await addStation(server);
  });
  const began = await headOf(source.pool);
  await until('the writers write', async () => (await headOf(source.pool)) > began + 20);
  file = path.join(folder, 'everything.backup');
  const client = await source.pool.connect();
  header = await writeBackup(client, file);
  client.release();
  await until('they have gone on', async () => (await headOf(source.pool)) > header.seq);
  between = [began, await headOf(source.pool)];
  writing = false;
  await Promise.all(writers);
});
afterAll(async () => {
  await server.close();
  await source.close();
  await rm(folder, { recursive: true, force: true });
});

const [lon, lat] = centreOfSmall('00001');
const named = { name: 'Nút xã', lon, lat, status: 'up' };
let keys = 0;
async function addStation({ post }: TestServer): Promise<number> {
  const { status, body } = await post({
    ...{
      type: 'station.add',
      key: `backup-${++keys}`,
      name: `Trạm ${keys}`,
      lon,
      lat,
      heightM: 30,
    },
    ...{ operator: 'viettel', technology: '5g', band: 'n41', status: 'on_air' },
  });
  expect(status).toBe(200);
  return (body as { seq: number }).seq;
}

async function usePopulation(): Promise<void> {
  const { live, follower } = server;
  const people = live.ground?.grid.people.slice().reverse() ?? new Int32Array();
  const about = { file: 'nguoi.csv', kind: 'cells', date: '2025-07-28', name: 'Điều tra' } as const;
  const population = await packPopulation(live.ground?.territory.hash ?? '', about, people);
  const { seq } = await adoptPopulation(source.pool, population, 'test');
  await follower.reached(seq, 10_000);
}

async function restoreInto(database: TestDatabase, backup = file): Promise<void> {
  const opened = await openBackup(backup);
  const client = await database.pool.connect();
  try {
    await restoreBackup(client, opened, ELSEWHERE);
  } finally {
    client.release(true);
  }
}

/** All rows of a table as text, in order. */
async function rowsOf({ pool }: TestDatabase, table: string, where = 'true'): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(
    `select t::text as row from ${table} t where ${where} order by 1`,
  );
  return rows.map(({ row }) => row);
}

describe('a backup taken under writing load and restored into an empty database', () => {
  let target: TestDatabase;
  beforeAll(async () => {
    target = await emptyDatabase();
    await restoreInto(target);
  });
  afterAll(() => target.close());

  it('is of one instant while the writers went on', () => {
    expect(header.seq).toBeGreaterThanOrEqual(between[0]);
    expect(header.seq).toBeLessThan(between[1]);
    expect(header.tables.find(({ name }) => name === 'events')?.rows).toBe(header.seq);
  });

  it('has every table that the database has', async () => {
    const { rows } = await source.pool.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`,
    );
    expect(header.tables.map(({ name }) => name).sort()).toEqual(
      rows.map(({ name }) => name).sort(),
    );
  });

  it('has every row of every table, the log up to its instant', async () => {
    for (const { name } of header.tables) {
      const upTo = name === 'events' ? `seq <= ${header.seq}` : 'true';
      if (name === 'head') continue;
      expect([name, await rowsOf(target, name)]).toEqual([name, await rowsOf(source, name, upTo)]);
    }
    expect(await headOf(target.pool)).toBe(header.seq);
  });

  it('is served as the country that its log tells, and the next command gets the next number', async () => {
    const again = await startServer(target);
    const { country, estimates } = again.live.snapshot();
    expect(country.tables.stations.count).toBeGreaterThan(20);
    expect(country.population?.source).toBe('Điều tra');
    expect(stateOf(country, estimatesIn(estimates))).toEqual(await replayOf(target));
    expect(await addStation(again)).toBe(header.seq + 1);
    await again.close();
  });

  it('lets the same people in with the same passwords', async () => {
    expect(await isAccount(target.pool, 'bientap', TEST_PASSWORD)).toBe(true);
    expect(await isAccount(target.pool, 'bientap', 'một mật khẩu khác')).toBe(false);
  });

  it('goes on counting where it was, so that no number of a scenario comes twice', async () => {
    const made = await target.pool.query<{ id: number }>(
      `insert into scenarios (name, author, changed_by, body) values ('sau', 'x', 'x', '{}') returning id`,
    );
    expect(made.rows[0]?.id).toBe(2);
  });

  it('has an append-only log again', async () => {
    await expect(target.pool.query('delete from events')).rejects.toThrow(/append-only/);
    await expect(target.pool.query('update head set seq = 0')).rejects.toThrow(/only with its/);
    await expect(
      target.pool.query(
        `insert into events select seq + 2, at, '2025-01-01', 'x', 'x', 1, 1, 99, 'hole', '{}' from head`,
      ),
    ).rejects.toThrow(/do not follow the head/);
  });
});

describe('an older backup', () => {
  it('is restored with the tables that it knew, which are then brought up to date', async () => {
    const older = await emptyDatabase();
    const client = await older.pool.connect();
    await migrateTo(client, 1);
    await client.query(`insert into accounts (name, password, role) values ('xua', 'x', 'editor')`);
    const old = path.join(folder, 'older.backup');
    expect((await writeBackup(client, old)).migration).toBe(1);
    client.release();
    await older.close();

    const target = await emptyDatabase();
    await restoreInto(target, old);
    expect(await rowsOf(target, 'scenarios')).toEqual([]);
    expect(await rowsOf(target, 'accounts')).toEqual([expect.stringMatching(/^\(xua,x,editor/)]);
    expect(await rowsOf(target, 'migrations')).toHaveLength(NEWEST_MIGRATION);
    await target.close();
  });
});

describe('what is refused, and changes nothing', () => {
  let target: TestDatabase;
  beforeAll(async () => {
    target = await emptyDatabase();
  });
  afterAll(async () => {
    const { rows } = await target.pool.query('select from pg_tables where schemaname = $1', [
      'public',
    ]);
    expect(rows).toEqual([]);
    await target.close();
  });

  const broken = async (name: string, bytes: Uint8Array): Promise<string> => {
    const place = path.join(folder, name);
    await writeFile(place, bytes);
    return place;
  };

  it('a file that was cut off', async () => {
    const whole = await readFile(file);
    for (const length of [20, whole.length >> 1, whole.length - 1]) {
      const cut = await broken('cut.backup', whole.subarray(0, length));
      await expect(restoreInto(target, cut)).rejects.toThrow(
        /cut\.backup is not whole: its end is/,
      );
    }
  });

  it('a file in which a single bit is wrong, wherever', async () => {
    const whole = await readFile(file);
    for (const at of [19, 60, whole.length >> 1, whole.length - 33 - 8, whole.length - 1]) {
      const bytes = Uint8Array.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      const wrong = await broken('wrong.backup', bytes);
      await expect(restoreInto(target, wrong)).rejects.toThrow(/wrong\.backup is damaged/);
    }
  });

  it('a file of something else, an empty one, a folder, none', async () => {
    const other = await broken('other.zip', Buffer.from('PK\x03\x04'.padEnd(5_000, 'x')));
    const empty = await broken('empty', new Uint8Array());
    for (const place of [other, empty])
      await expect(restoreInto(target, place)).rejects.toThrow(
        `${place} is not a backup of Phủ Sóng.`,
      );
    await expect(restoreInto(target, folder)).rejects.toThrow(/is a folder, not a backup/);
    await expect(restoreInto(target, path.join(folder, 'none'))).rejects.toThrow(/no such file/);
  });

  /** The backup with another header, sealed as if it had been written so. */
  async function rewritten(name: string, change: (header: Header) => object): Promise<string> {
    const whole = await readFile(file);
    const body = whole.subarray(head(header).length, whole.length - SEAL_BYTES);
    const begin = head({ ...header, ...change(header) });
    const bytes = Buffer.concat([begin, body]);
    const seal = sealOf(bytes.length, createHash('sha256').update(bytes).digest());
    return broken(name, Buffer.concat([bytes, seal]));
  }

  it('one that a newer version wrote', async () => {
    for (const change of [
      { migration: NEWEST_MIGRATION + 1 },
      { format: 2, tables: 'otherwise' },
    ]) {
      const newer = await rewritten('newer.backup', () => ({ ...change, product: '9.1.0' }));
      await expect(restoreInto(target, newer)).rejects.toThrow(
        /newer\.backup was written by a newer Phủ Sóng \(9\.1\.0\)/,
      );
    }
  });

  it('one with a table that this version does not have, or with rows that are missing', async () => {
    const alien = await rewritten('alien.backup', ({ tables }) => ({
      tables: [...tables, { name: 'pizza', columns: ['size'], rows: 0 }],
    }));
    await expect(restoreInto(target, alien)).rejects.toThrow(/has no table pizza/);
    const fewer = await rewritten('fewer.backup', ({ tables }) => ({
      tables: tables.map((table) => ({
        ...table,
        rows: table.rows + (table.name === 'events' ? 1 : 0),
      })),
    }));
    await expect(restoreInto(target, fewer)).rejects.toThrow(/damaged: events has \d+ rows/);
    const longer = await rewritten('longer.backup', ({ tables }) => ({
      tables: [...tables, { name: 'migrations', columns: ['number'], rows: 0 }],
    }));
    await expect(restoreInto(target, longer)).rejects.toThrow();
  });

  it('a system that holds anything', async () => {
    const held = await freshDatabase();
    await held.pool.query(
      `insert into accounts (name, password, role) values ('chu', 'x', 'operator')`,
    );
    await expect(restoreInto(held)).rejects.toThrow(
      'The system is not empty (accounts: 1), and a restore never writes over anything: name another.',
    );
    await held.close();
    const foreign = await emptyDatabase();
    await foreign.pool.query('create table invoices (number integer)');
    await expect(restoreInto(foreign)).rejects.toThrow(/tables of something else \(invoices\)/);
    await foreign.close();
  });

  it('a system on which a server runs', async () => {
    await expect(restoreInto(source)).rejects.toThrow(
      /A Phủ Sóng server runs on this database: stop/,
    );
  });

  it('a place for a backup where another file, or nothing, is', async () => {
    const client = await source.pool.connect();
    const letter = await broken('thư.txt', Buffer.from('thân gửi'));
    await expect(writeBackup(client, letter)).rejects.toThrow(
      /thư\.txt is there already and is no/,
    );
    expect(await readFile(letter, 'utf8')).toBe('thân gửi');
    await expect(writeBackup(client, folder)).rejects.toThrow(/is a folder: name the file/);
    await expect(writeBackup(client, path.join(folder, 'no/where'))).rejects.toThrow(/no folder/);
    client.release();
  });

  it('a database without a system has nothing to back up', async () => {
    const client = await target.pool.connect();
    await expect(writeBackup(client, path.join(folder, 'nothing'))).rejects.toThrow(
      /nothing to back/,
    );
    client.release();
  });
});

describe('an empty system whose tables are there already', () => {
  it('takes a backup too', async () => {
    const target = await freshDatabase();
    await restoreInto(target);
    expect(await headOf(target.pool)).toBe(header.seq);
    expect(await replayOf(target)).toMatchObject({ seq: header.seq });
    await target.close();
  });
});
