/** Imports as they are kept: what was found, what each row comes to, and what became of it. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase, Pool } from 'pg';
import * as v from 'valibot';
import type { Kind } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import type { Fields } from '../../data/model/table.ts';
import {
  ImportMapping,
  NO_MAPPING,
  OUTCOMES,
  type ImportCounts,
  type ImportFailure,
  type ImportHead,
  type ImportJob,
  type ImportPoint,
  type ImportRow,
  type ImportRows,
  type ImportState,
  type Outcome,
} from '../../data/wire/imports.ts';
import type { CheckedRow } from './checking.ts';
import type { Sight } from './seeing.ts';
import { keepable } from './sheet.ts';

type Database = Pick<Pool, 'query'> | ClientBase;

interface Row {
  id: number;
  kind: Kind;
  name: string;
  unit: string | null;
  author: string;
  made: Date;
  state: ImportState;
  idle_ms: string;
  progress: number;
  head: ImportHead | null;
  mapping: ImportMapping;
  counts: ImportCounts;
  failure: ImportFailure | null;
  applied: ImportJob['applied'];
  undone: ImportJob['undone'];
  units: string[] | null;
}

/** An import, and the units in which its rows happen; null where that was never noted. */
export interface KeptImport {
  job: ImportJob;
  units: readonly string[] | null;
}

const COLUMNS = `id, kind, name, unit, author, made, state, progress, head, mapping, counts, failure,
  applied, undone, units, extract(epoch from now() - touched) * 1000 as idle_ms`;
const PART = 1024 * 1024;
/** Whoever worked on it gives a sign of life far more often. */
const ABANDONED_MS = 120_000;
const MOST_LISTED = 100;
const KEPT_DAYS = 7;

export const NO_COUNTS: ImportCounts = { new: 0, changed: 0, same: 0, refused: 0, duplicates: 0 };

export async function makeImport(
  pool: Pool,
  wish: { kind: Kind; name: string; unit: string | null; author: string },
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into imports (kind, name, unit, author, mapping) values ($1, $2, $3, $4, $5)
     returning id`,
    [wish.kind, keepable(wish.name), wish.unit, wish.author, NO_MAPPING],
  );
  if (!rows[0]) throw new Error('an import was put in and did not come back');
  return rows[0].id;
}

/** The import of an id; undefined for none. One whose worker is gone has failed, or can begin anew. */
export async function readImport(pool: Pool, id: number): Promise<ImportJob | undefined> {
  return (await readKept(pool, id))?.job;
}

export async function readKept(pool: Pool, id: number): Promise<KeptImport | undefined> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from imports where id = $1`, [id]);
  return rows[0] && { job: jobOf(rows[0]), units: rows[0].units };
}

/** Newest first; those that somebody sees, or (null) all. */
export async function listImports(pool: Pool, sight: Sight | null): Promise<KeptImport[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from imports
     where $1::text is null or author = $1
       or ($2::text[] is null and (unit is not null or units <> '{}'))
       or unit = any($2) or (units <> '{}' and units <@ $2)
     order by id desc limit $3`,
    [sight?.author ?? null, sight?.units ?? null, MOST_LISTED],
  );
  return rows.map((row) => ({ job: jobOf(row), units: row.units }));
}

/** Notes where the rows of an import happen. */
export async function noteUnits(pool: Pool, id: number, units: ReadonlySet<string>): Promise<void> {
  await pool.query('update imports set units = $2 where id = $1', [id, [...units].sort()]);
}

export async function deleteImport(pool: Pool, id: number): Promise<void> {
  await pool.query('delete from imports where id = $1', [id]);
}

/** Takes away what nobody took into the log within a week. */
export async function forgetOld(pool: Pool): Promise<void> {
  await pool.query(
    `delete from imports
     where applied is null and touched < now() - make_interval(days => $1)`,
    [KEPT_DAYS],
  );
}

/** Writes what is known now; what is not named stays. */
export async function note(
  database: Database,
  id: number,
  known: Partial<
    Pick<
      ImportJob,
      'state' | 'progress' | 'head' | 'mapping' | 'failure' | 'applied' | 'undone'
    > & {
      counts: ImportCounts;
    }
  >,
): Promise<void> {
  const names = Object.keys(known);
  const values = Object.values(known).map((value: unknown) =>
    typeof value === 'object' && value !== null ? json(value) : value,
  );
  await database.query(
    `update imports set touched = now()${names.map((name, i) => `, ${name} = $${i + 2}`).join('')}
     where id = $1`,
    [id, ...values],
  );
}

/** Goes from one state to another, for one of those who ask at once; false for the others. */
export async function enter(
  pool: Pool,
  id: number,
  from: readonly ImportState[],
  to: ImportState,
): Promise<boolean> {
  const stuck = { reading: 'reading', applying: 'applying', undoing: 'undoing' }[to as string];
  const { rowCount } = await pool.query(
    `update imports set state = $3, progress = 0, touched = now()
     where id = $1 and (state = any($2) or (state = $4
       and touched < now() - make_interval(secs => $5)))`,
    [id, from, to, stuck ?? '', ABANDONED_MS / 1000],
  );
  return rowCount === 1;
}

/** Keeps the file, piece by piece. */
export async function keepFile(pool: Pool, id: number, file: string): Promise<void> {
  await pool.query('delete from import_parts where import = $1', [id]);
  let part = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: PART }))
    await pool.query('insert into import_parts (import, part, bytes) values ($1, $2, $3)', [
      id,
      part++,
      bytes,
    ]);
}

/** Brings the file back; false where it is not kept any more. */
export async function bringFile(pool: Pool, id: number, to: string): Promise<boolean> {
  let parts = 0;
  async function* bytes(): AsyncGenerator<Buffer> {
    for (;;) {
      const { rows } = await pool.query<{ bytes: Buffer }>(
        'select bytes from import_parts where import = $1 and part = $2',
        [id, parts],
      );
      if (!rows[0]) return;
      parts++;
      yield rows[0].bytes;
    }
  }
  await pipeline(Readable.from(bytes()), createWriteStream(to));
  return parts > 0;
}

export async function clearRows(pool: Pool, id: number): Promise<void> {
  await pool.query('delete from import_rows where import = $1', [id]);
}

export async function keepRows(pool: Pool, id: number, rows: readonly CheckedRow[]): Promise<void> {
  const column = <T>(of: (row: CheckedRow) => T): T[] => rows.map(of);
  await pool.query(
    `insert into import_rows
       (import, row, outcome, near, label, lon, lat, subject, base, type, data, before, reasons, raw)
     select $1, * from unnest($2::int[], $3::text[], $4::bool[], $5::text[], $6::float8[],
       $7::float8[], $8::bigint[], $9::int[], $10::text[], $11::jsonb[], $12::jsonb[],
       $13::jsonb[], $14::jsonb[])`,
    [
      id,
      column(({ row }) => row),
      column(({ outcome }) => outcome),
      column(({ near }) => near),
      column(({ label }) => keepable(label)),
      column(({ lon }) => lon),
      column(({ lat }) => lat),
      column((row) => row.id),
      column(({ base }) => base),
      column(({ type }) => type),
      column(({ fields }) => json(fields)),
      column(({ before }) => before && json(before)),
      column(({ reasons }) => json(reasons)),
      // What may yet be refused goes back with its cells.
      column(({ raw, outcome }) => json(outcome === 'same' ? [] : raw)),
    ],
  );
}

/** As JSON that PostgreSQL takes; what is in files mostly is so from the beginning. */
function json(value: unknown): string {
  const written = JSON.stringify(value);
  return /\\u(0000|d[89a-f])/.test(written)
    ? JSON.stringify(value, (_, part: unknown) =>
        typeof part === 'string' ? keepable(part) : part,
      )
    : written;
}

export interface RowsAsked {
  /** An outcome; `near`: new and perhaps there already; `left`: not taken back; absent: all. */
  outcome?: Outcome | 'near' | 'left' | undefined;
  /** A row: its page is wanted, and not the one at `offset`. */
  holding?: number | undefined;
  offset: number;
  limit: number;
}

const IS_ASKED = `import = $1 and ($2::text is null or outcome = $2 or ($2 = 'near' and near)
  or ($2 = 'left' and remains is not null))`;

export async function readRows(
  pool: Pool,
  id: number,
  { outcome, holding, offset: asked, limit }: RowsAsked,
): Promise<ImportRows> {
  const counted = await pool.query<{ total: string; before: string }>(
    `select count(*) as total, count(*) filter (where row < $3) as before
     from import_rows where ${IS_ASKED}`,
    [id, outcome ?? null, holding ?? 0],
  );
  const { total = 0, before = 0 } = counted.rows[0] ?? {};
  const offset =
    holding === undefined ? asked : Number(before) - (Number(before) % Math.max(1, limit));
  const { rows } = await pool.query<KeptRow>(
    `select ${KEPT} from import_rows where ${IS_ASKED} order by row offset $3 limit $4`,
    [id, outcome ?? null, offset, limit],
  );
  return { total: Number(total), offset, rows: rows.map(rowOf) };
}

const KEPT = 'row, outcome, subject, base, type, label, lon, lat, data, before, reasons, remains';
export interface KeptRow {
  row: number;
  outcome: Outcome;
  subject: string | null;
  base: number | null;
  type: string | null;
  label: string;
  lon: number | null;
  lat: number | null;
  data: Fields;
  before: Fields | null;
  reasons: Reason[];
  remains: Reason | null;
}

/** Rows to be applied, in their order, in portions. */
export async function* rowsToApply(
  pool: Pool,
  id: number,
  skipNear: boolean,
  portion: number,
): AsyncGenerator<KeptRow[]> {
  const portionAfter = (row: number) => {
    const answer = pool.query<KeptRow>(
      `select ${KEPT} from import_rows
       where import = $1 and row > $2 and outcome in ('new', 'changed') and not (near and $3)
       order by row limit $4`,
      [id, row, skipNear, portion],
    );
    // Whoever stops in the middle does not ask for it any more.
    answer.catch(() => undefined);
    return answer;
  };
  // The next portion is on its way while one is worked on.
  for (let next = portionAfter(-1); ;) {
    const { rows } = await next;
    const last = rows.at(-1);
    if (!last) return;
    next = portionAfter(last.row);
    yield rows;
  }
}

export async function* refusedRows(
  pool: Pool,
  id: number,
  portion: number,
): AsyncGenerator<{ row: number; raw: string[]; reasons: Reason[] }[]> {
  for (let after = -1; ;) {
    const { rows } = await pool.query<{ row: number; raw: string[]; reasons: Reason[] }>(
      `select row, raw, reasons from import_rows
       where import = $1 and row > $2 and outcome = 'refused' order by row limit $3`,
      [id, after, portion],
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.row ?? Infinity;
    yield rows;
  }
}

/** Refuses rows that were good when they were looked at. */
export async function refuseRows(
  pool: Pool,
  id: number,
  refused: readonly { row: number; reason: Reason }[],
): Promise<void> {
  await pool.query(
    `update import_rows as r set outcome = 'refused', near = false, reasons = jsonb_build_array(n.reason)
     from unnest($2::int[], $3::jsonb[]) as n(row, reason)
     where r.import = $1 and r.row = n.row`,
    [id, refused.map(({ row }) => row), refused.map(({ reason }) => json(reason))],
  );
  const { rows } = await pool.query<{ outcome: Outcome; count: string; near: string }>(
    `select outcome, count(*), count(*) filter (where near) as near
     from import_rows where import = $1 group by outcome`,
    [id],
  );
  const counts = { ...NO_COUNTS };
  for (const { outcome, count, near } of rows) {
    counts[outcome] = Number(count);
    counts.duplicates += Number(near);
  }
  await note(pool, id, { counts });
}

/** Every row that has a place; the outcome as an index into `OUTCOMES`. */
export async function readPoints(pool: Pool, id: number): Promise<ImportPoint[]> {
  const { rows } = await pool.query<{ row: number; lon: number; lat: number; outcome: Outcome }>(
    `select row, lon, lat, outcome from import_rows
     where import = $1 and lon is not null and outcome <> 'same' order by row`,
    [id],
  );
  return rows.map(({ row, lon, lat, outcome }) => [row, lon, lat, OUTCOMES.indexOf(outcome)]);
}

/** How the columns of a unit's files of a kind were last understood. */
export async function rememberedMapping(
  pool: Pool,
  unit: string,
  kind: Kind,
): Promise<ImportMapping | undefined> {
  const { rows } = await pool.query<{ mapping: unknown }>(
    'select mapping from import_mappings where unit = $1 and kind = $2',
    [unit, kind],
  );
  const parsed = rows[0] && v.safeParse(ImportMapping, rows[0].mapping);
  return parsed?.success ? parsed.output : undefined;
}

/** Adds the columns of this file to those that are remembered. */
export async function rememberMapping(
  pool: Pool,
  { unit, kind, mapping, author }: Pick<ImportJob, 'unit' | 'kind' | 'mapping' | 'author'>,
): Promise<void> {
  const { encoding, decimal, sheet, ...kept } = mapping;
  void [encoding, decimal, sheet];
  await pool.query(
    `insert into import_mappings (unit, kind, mapping, author) values ($1, $2, $3, $4)
     on conflict (unit, kind) do update set
       mapping = excluded.mapping || jsonb_build_object('columns',
         (import_mappings.mapping -> 'columns') || (excluded.mapping -> 'columns')),
       author = excluded.author, changed = now()`,
    [unit ?? 'vn', kind, json(kept), author],
  );
}

function jobOf(row: Row): ImportJob {
  const { id, kind, name, unit, author, made, head, mapping, counts, applied, undone } = row;
  const isAbandoned = Number(row.idle_ms) > ABANDONED_MS;
  const failed = row.state === 'reading' && isAbandoned;
  const state = !isAbandoned
    ? row.state
    : (({ reading: 'failed', applying: 'ready', undoing: 'applied' } as const)[
        row.state as 'reading' | 'applying' | 'undoing'
      ] ?? row.state);
  return {
    ...{ id, kind, name, unit, author, made: made.toISOString(), state, progress: row.progress },
    ...{ rows: counts, head, mapping, applied, undone },
    failure: failed
      ? { code: 'abandoned', message: 'The server that read the file ended: send it again.' }
      : row.failure,
  };
}

function rowOf({
  row,
  outcome,
  subject,
  label,
  lon,
  lat,
  data,
  before,
  ...kept
}: KeptRow): ImportRow {
  return {
    ...{ row, outcome, id: subject === null ? null : Number(subject), label, lon, lat },
    fields: data as ImportRow['fields'],
    before: before as ImportRow['before'],
    reasons: kept.remains ? [kept.remains] : kept.reasons,
  };
}
