/**
 * Writes a backup while the server goes on: everything is read in one transaction that sees one
 * instant, and goes through compression to the disk piece by piece, never as a whole in memory.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { escapeIdentifier, type ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { sync } from '../database/making.ts';
import { codeOf } from '../errors.ts';
import { migrationOf } from '../log/schema.ts';
import {
  BACKUP_FORMAT,
  END_OF_TABLE,
  FIRST_LINE,
  headOf,
  lengthOf,
  sealOf,
  type Header,
} from './format.ts';
import { BackupRefused } from './refusal.ts';
import { columnsOf, sequencesIn, tablesIn } from './tables.ts';

/** Told the table at work, its rows that are done and all of its rows. */
export type OnProgress = (table: string, done: number, of: number) => void;

/** Numbers and instants are written so that every PostgreSQL reads the same out of them. */
const PLAIN = `set local datestyle = 'ISO'; set local timezone = 'UTC';
  set local intervalstyle = 'postgres'; set local extra_float_digits = 3;`;
const COMPRESSION = { level: 4 };
const NEWLINE = 0x0a;

/**
 * Writes everything that the database holds into `file`, which appears whole or not at all; an older
 * backup there is replaced, any other file is left alone.
 *
 * @throws {BackupRefused} when there is nothing to back up or the file cannot be written.
 */
export async function writeBackup(
  client: ClientBase,
  file: string,
  onProgress: OnProgress = () => undefined,
): Promise<Header> {
  await refuseToReplace(file);
  const draft = `${file}.part`;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(PLAIN);
    const header = await headerOf(client);
    await writeDraft(client, header, draft, onProgress);
    await client.query('commit');
    await rename(draft, file);
    await sync(path.dirname(path.resolve(file)));
    return header;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    await rm(draft, { force: true }).catch(() => undefined);
    throw asRefusal(error, file);
  }
}

async function headerOf(client: ClientBase): Promise<Header> {
  const migration = await migrationOf(client);
  if (migration === 0)
    throw new BackupRefused('There is nothing to back up: this database holds no Phủ Sóng yet.');
  const named = await tablesIn(client);
  // As long as we read, nobody may change what the tables look like.
  await client.query(
    `lock table ${named.map(({ name }) => escapeIdentifier(name)).join(', ')} in access share mode`,
  );
  const tables: Header['tables'] = [];
  for (const table of named) {
    const counted = await client.query<{ rows: string }>(
      `select count(*) as rows from ${escapeIdentifier(table.name)}`,
    );
    tables.push({ ...table, rows: Number(counted.rows[0]?.rows) });
  }
  const { rows } = await client.query<{ seq: string; taken: Date; bytes: string }>(
    'select seq, now() as taken, pg_database_size(current_database()) as bytes from head',
  );
  return {
    format: BACKUP_FORMAT,
    product: await productVersion(),
    migration,
    seq: Number(rows[0]?.seq),
    taken: rows[0]?.taken.toISOString() ?? '',
    bytes: Number(rows[0]?.bytes),
    tables,
    sequences: await sequencesIn(client),
  };
}

async function writeDraft(
  client: ClientBase,
  header: Header,
  draft: string,
  onProgress: OnProgress,
): Promise<void> {
  const sha256 = createHash('sha256');
  let length = 0;
  const sealed = (piece: Buffer): Buffer => {
    sha256.update(piece);
    length += piece.length;
    return piece;
  };
  await pipeline(
    piecesOf(client, header, onProgress),
    createGzip(COMPRESSION),
    async function* (compressed: AsyncIterable<Buffer>) {
      yield sealed(headOf(header));
      for await (const piece of compressed) yield sealed(piece);
      yield sealOf(length, sha256.digest());
    },
    createWriteStream(draft, { mode: 0o600 }),
  );
  await sync(draft);
}

async function* piecesOf(
  client: ClientBase,
  { tables }: Header,
  onProgress: OnProgress,
): AsyncGenerator<Buffer> {
  for (const table of tables) {
    onProgress(table.name, 0, table.rows);
    let done = 0;
    const copy = client.query(copyTo(`copy ${columnsOf(table)} to stdout`));
    for await (const piece of copy as AsyncIterable<Buffer>) {
      yield lengthOf(piece);
      yield piece;
      done += linesIn(piece);
      onProgress(table.name, done, table.rows);
    }
    yield END_OF_TABLE;
    if (copy.rowCount !== table.rows)
      throw new Error(`${table.name}: ${copy.rowCount} rows came, ${table.rows} were counted`);
  }
}

/** COPY ends each row with a line feed and writes those inside of values another way. */
function linesIn(piece: Buffer): number {
  let lines = 0;
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/** A backup may take the place of an older one, and of nothing else. */
async function refuseToReplace(file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there === undefined) return;
  if (there.isDirectory())
    throw new BackupRefused(`${file} is a folder: name the file that the backup is to be.`);
  const handle = await open(file).catch(() => undefined);
  const begins = await handle?.read(Buffer.alloc(FIRST_LINE.length), 0, FIRST_LINE.length, 0);
  await handle?.close();
  if (!begins?.buffer.equals(FIRST_LINE))
    throw new BackupRefused(`${file} is there already and is no backup: name another file.`);
}

function asRefusal(error: unknown, file: string): unknown {
  const folder = path.dirname(path.resolve(file));
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new BackupRefused(`${file} cannot be written: there is no folder ${folder}.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BackupRefused(`${file} cannot be written: this user may not write in ${folder}.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new BackupRefused(
        `The disk of ${folder} is full: nothing was written; make room or name a file on another disk.`,
      );
    default:
      return error;
  }
}

async function productVersion(): Promise<string> {
  const file = path.resolve(import.meta.dirname, '../../package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version;
}
