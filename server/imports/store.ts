/** Imports as they are kept: what was found, what each row comes to, and what became of it. */
import type { ClientBase, Pool } from 'pg';
import type { Kind } from '../../data/imports/kinds.ts';
import {
  NO_MAPPING,
  type ImportCounts,
  type ImportFailure,
  type ImportHead,
  type ImportJob,
  type ImportMapping,
  type ImportProposed,
  type ImportState,
} from '../../data/wire/imports.ts';
import type { Sight } from './seeing.ts';
import { keepable, keepableJson } from './sheet.ts';
import type { Standing } from './standing.ts';

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
  checked: Standing | null;
  proposal: ImportProposed | null;
}

/** An import, and what only the server is concerned with. */
export interface KeptImport {
  job: ImportJob;
  /** Units in which its rows happen; null where that was never noted. */
  units: readonly string[] | null;
  /** What its rows were checked against; null where that was never noted. */
  checked: Standing | null;
}

const COLUMNS = `id, kind, name, unit, author, made, state, progress, head, mapping, counts, failure,
  applied, undone, units, checked, extract(epoch from now() - touched) * 1000 as idle_ms,
  (select jsonb_build_object('id', p.id, 'state', p.state, 'author', p.author, 'made', p.made,
            'say', p.file -> 'say', 'word', p.word, 'decidedBy', p.decided_by)
   from proposals p where p.id = imports.proposal) as proposal`;
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
  return rows[0] && keptOf(rows[0]);
}

/** Newest first; those that somebody sees, or (null) all. */
export async function listImports(pool: Pool, sight: Sight | null): Promise<KeptImport[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from imports
     where $1::text is null or author = $1
       or ($2::text[] is null and (unit is not null or units <> '{}'))
       or unit = any($2) or (units <> '{}' and units <@ $2)
       or ($4 and state = 'proposed' and units && $2)
     order by id desc limit $3`,
    [sight?.author ?? null, sight?.units ?? null, MOST_LISTED, sight?.approves ?? false],
  );
  return rows.map(keptOf);
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
     where applied is null and state <> 'proposed' and touched < now() - make_interval(days => $1)`,
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
      checked: Standing;
      proposal: number;
    }
  >,
): Promise<void> {
  const names = Object.keys(known);
  const values = Object.values(known).map((value: unknown) =>
    typeof value === 'object' && value !== null ? keepableJson(value) : value,
  );
  await database.query(
    `update imports set touched = now()${names.map((name, i) => `, ${name} = $${i + 2}`).join('')}
     where id = $1`,
    [id, ...values],
  );
}

/**
 * Goes from one state to another, for one of those who ask at once; false for the others. It leaves
 * the state `stuck` too, where whoever brought it there is gone.
 */
export async function enter(
  database: Database,
  id: number,
  from: readonly ImportState[],
  to: ImportState,
  stuck: ImportState = to,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `update imports set state = $3, progress = 0, touched = now()
     where id = $1 and (state = any($2) or (state = $4
       and touched < now() - make_interval(secs => $5)))`,
    [id, from, to, stuck, ABANDONED_MS / 1000],
  );
  return rowCount === 1;
}

function keptOf(row: Row): KeptImport {
  const { units, checked } = row;
  return { job: jobOf(row), units, checked };
}

function jobOf(row: Row): ImportJob {
  const { proposal } = row;
  const { id, kind, name, unit, author, made, head, mapping, counts, applied, undone } = row;
  const isAbandoned = Number(row.idle_ms) > ABANDONED_MS;
  const failed = row.state === 'reading' && isAbandoned;
  const state = !isAbandoned
    ? row.state
    : ((
        {
          ...({ reading: 'failed', undoing: 'applied' } as const),
          applying: proposal?.state === 'open' ? 'proposed' : 'ready',
        } as const
      )[row.state as 'reading' | 'applying' | 'undoing'] ?? row.state);
  return {
    ...{ id, kind, name, unit, author, made: made.toISOString(), state, progress: row.progress },
    ...{ rows: counts, head, mapping, applied, undone },
    proposal: proposal && { ...proposal, made: new Date(proposal.made).toISOString() },
    failure: failed
      ? { code: 'abandoned', message: 'The server that read the file ended: send it again.' }
      : row.failure,
  };
}
