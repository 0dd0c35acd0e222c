/** The rows of an import as they are kept: what each comes to, until they are applied, and why not. */
import type { Pool } from 'pg';
import type { Reason } from '../../data/imports/reasons.ts';
import type { Fields } from '../../data/model/table.ts';
import {
  OUTCOMES,
  type ImportPoint,
  type ImportRow,
  type ImportRows,
  type Outcome,
} from '../../data/wire/imports.ts';
import type { CheckedRow } from './checking.ts';
import { keepable, keepableJson } from './sheet.ts';
import { NO_COUNTS, note } from './store.ts';

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
      column(({ fields }) => keepableJson(fields)),
      column(({ before }) => before && keepableJson(before)),
      column(({ reasons }) => keepableJson(reasons)),
      // What may yet be refused goes back with its cells.
      column(({ raw, outcome }) => keepableJson(outcome === 'same' ? [] : raw)),
    ],
  );
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

/** Of the rows of import $1 those that are applied; without those that are perhaps there already, if $2. */
export const TO_APPLY = `import = $1 and outcome in ('new', 'changed') and not (near and $2)`;

/** What the rows to be applied come to. */
export interface ToApply {
  adds: number;
  changes: number;
  /** Around all that have a place, degrees. */
  box: [west: number, south: number, east: number, north: number] | null;
}

export async function countToApply(pool: Pool, id: number, skipNear: boolean): Promise<ToApply> {
  const { rows } = await pool.query<ToApply>(
    `select count(*) filter (where outcome = 'new')::int as adds,
            count(*) filter (where outcome = 'changed')::int as changes,
            case when count(lon) > 0 then array[min(lon), min(lat), max(lon), max(lat)] end as box
     from import_rows where ${TO_APPLY}`,
    [id, skipNear],
  );
  return rows[0] ?? { adds: 0, changes: 0, box: null };
}

/** Rows to be applied, in their order, in portions; only of things touched since a number of the log. */
export async function* rowsToApply(
  pool: Pool,
  id: number,
  {
    skipNear,
    touchedSince,
    portion,
  }: {
    skipNear: boolean;
    touchedSince?: number;
    portion: number;
  },
): AsyncGenerator<KeptRow[]> {
  const portionAfter = (row: number) => {
    const answer = pool.query<KeptRow>(
      `select ${KEPT} from import_rows
       where ${TO_APPLY} and row > $3
         and ($5::bigint is null or subject in (select subject from events where seq > $5))
       order by row limit $4`,
      [id, skipNear, row, portion, touchedSince ?? null],
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
    [id, refused.map(({ row }) => row), refused.map(({ reason }) => keepableJson(reason))],
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
