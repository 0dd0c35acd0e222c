/**
 * Restores a backup into an empty system, in one transaction: the tables are made as they were when
 * it was written, filled, and brought up to date; if anything fails, nothing has happened.
 */
import { pipeline } from 'node:stream/promises';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isFollowed } from '../log/bell.ts';
import { migrateTo, migrationOf, NEWEST_MIGRATION, oneAtATime } from '../log/schema.ts';
import type { Header } from './format.ts';
import { tableReader, type Backup } from './read.ts';
import { BackupRefused } from './refusal.ts';
import { columnsOf, tablesIn } from './tables.ts';
import type { OnProgress } from './write.ts';

/**
 * @param elsewhere how a person names an empty system instead, for the refusal
 * @throws {BackupRefused} when the system is not empty, is in use, or does not fit the backup.
 */
export async function restoreBackup(
  client: ClientBase,
  backup: Backup,
  elsewhere: string,
  onProgress: OnProgress = () => undefined,
): Promise<void> {
  const { file, header } = backup;
  if (await isFollowed(client))
    throw new BackupRefused(`A Phủ Sóng server runs on this database: stop it, or ${elsewhere}.`);
  await oneAtATime(client, async () => {
    await client.query('begin');
    await ensureEmpty(client, header, elsewhere);
    await migrateTo(client, header.migration);
    await ensureFits(client, backup);
    const triggers = await switchTriggersOff(client, header);
    await fill(client, backup, onProgress);
    for (const { name, last } of header.sequences)
      await client.query('select setval($1::regclass, $2)', [escapeIdentifier(name), last]);
    for (const statement of triggers) await client.query(statement);
    await ensureLogIsWhole(client, file);
    await migrateTo(client, NEWEST_MIGRATION);
    await client.query('commit');
  });
}

async function ensureEmpty(client: ClientBase, header: Header, elsewhere: string): Promise<void> {
  const tables = await tablesIn(client);
  const migration = await migrationOf(client);
  if (migration === 0 && tables.length > 0)
    throw new BackupRefused(
      `This database holds tables of something else (${tables.map(({ name }) => name).join(', ')}): ${elsewhere}.`,
    );
  const found: string[] = [];
  for (const { name } of tables) {
    await client.query(`lock table ${escapeIdentifier(name)}`);
    // The head of an empty log is a row too, and goes with its events.
    if (name === 'head') continue;
    const { rows } = await client.query<{ rows: string }>(
      `select count(*) as rows from ${escapeIdentifier(name)}`,
    );
    if (Number(rows[0]?.rows) > 0) found.push(`${name}: ${rows[0]?.rows}`);
  }
  if (found.length > 0)
    throw new BackupRefused(
      `The system is not empty (${found.join(', ')}), and a restore never writes over anything: ${elsewhere}.`,
    );
  if (migration > header.migration)
    throw new BackupRefused(
      `The system is empty, but its tables are newer than those of the backup: ${elsewhere}.`,
    );
}

/** The tables as their migration made them must be those of the backup, column for column. */
async function ensureFits(client: ClientBase, { file, header }: Backup): Promise<void> {
  const here = new Map((await tablesIn(client)).map(({ name, columns }) => [name, columns]));
  for (const { name, columns } of header.tables) {
    const missing = columns.filter((column) => !here.get(name)?.includes(column));
    if (!here.has(name) || missing.length > 0)
      throw new BackupRefused(
        `${file} cannot be restored: this Phủ Sóng has no table ${name}` +
          (here.has(name) ? ` with a column ${missing.join(', ')}.` : '.'),
      );
  }
}

/**
 * The log's own rules hold for what is appended, not for what comes back as it was: they are off
 * within this transaction, which nobody else sees. Answers what puts them back on, each as it was.
 */
async function switchTriggersOff(client: ClientBase, { tables }: Header): Promise<string[]> {
  const { rows } = await client.query<{ table: string; trigger: string; enabled: string }>(
    `select c.relname as table, t.tgname as trigger, t.tgenabled as enabled
       from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace
        and c.relname = any($1)`,
    [tables.map(({ name }) => name)],
  );
  for (const name of new Set(rows.map(({ table }) => table)))
    await client.query(`alter table ${escapeIdentifier(name)} disable trigger user`);
  return rows.flatMap(({ table, trigger, enabled }) => {
    const how = { O: 'enable', R: 'enable replica', A: 'enable always' }[enabled];
    return how === undefined
      ? []
      : [`alter table ${escapeIdentifier(table)} ${how} trigger ${escapeIdentifier(trigger)}`];
  });
}

async function fill(client: ClientBase, backup: Backup, onProgress: OnProgress): Promise<void> {
  const { file, header } = backup;
  // What the migrations themselves put in is in the backup as it was.
  for (const { name } of [...header.tables].reverse())
    await client.query(`delete from ${escapeIdentifier(name)}`);
  const reader = tableReader(backup);
  try {
    for (const table of header.tables) {
      onProgress(table.name, 0, table.rows);
      const copy = client.query(copyFrom(`copy ${columnsOf(table)} from stdin`));
      await pipeline(reader.nextTable(), copy);
      onProgress(table.name, copy.rowCount, table.rows);
      if (copy.rowCount !== table.rows)
        throw new BackupRefused(
          `${file} is damaged: ${table.name} has ${copy.rowCount} rows and not the ${table.rows} that it should have.`,
        );
    }
  } finally {
    reader.close();
  }
}

async function ensureLogIsWhole(client: ClientBase, file: string): Promise<void> {
  const { rows } = await client.query<{ whole: boolean }>(
    `select coalesce(max(e.seq), 0) = h.seq and count(e.seq) = h.seq as whole
       from head h left join events e on true group by h.seq`,
  );
  if (rows[0]?.whole !== true)
    throw new BackupRefused(`${file} cannot be restored: the log in it has a gap.`);
}
