/**
 * Takes an import into the log, and takes it back out: in one transaction each, all or nothing. Every
 * row is checked once more before, because the country went on since it was looked at.
 */
import type { Pool } from 'pg';
import { NOUN_OF } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import { TABLE_OF } from '../../data/log/event.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { ApplyImport, ImportApplied, ImportJob } from '../../data/wire/imports.ts';
import type { Account } from '../../data/model/account.ts';
import type { Scene } from '../commands/prepare.ts';
import type { LiveCountry } from '../country/live.ts';
import { Slices } from '../gaps/slices.ts';
import { appendBatch, appendStaged, Conflict, type StagedEvent } from '../log/append.ts';
import type { Follower } from '../log/follow.ts';
import { headOf } from '../log/read.ts';
import { eventFor, reasonOf } from './checking.ts';
import {
  enter,
  note,
  readImport,
  refuseRows,
  rememberMapping,
  rowsToApply,
  type KeptRow,
} from './store.ts';

export interface Applying {
  pool: Pool;
  live: LiveCountry;
  follower: Pick<Follower, 'ring' | 'reached'>;
  now: () => number;
}

const PORTION = 2_000;
const APPLIED_WITHIN_MS = 120_000;
const TRIES = 3;

/** Applies an import that is ready; one that is applied already answers as it did. */
export async function applyImport(
  { id }: ImportJob,
  wish: ApplyImport,
  account: Account,
  applying: Applying,
): Promise<ImportApplied | Refusal> {
  const { pool, follower } = applying;
  const job = await readImport(pool, id);
  if (!job) return { code: 'not_found', message: `There is no import ${id}.` };
  if (job.applied) return answerOf(job.applied, follower);
  if (wish.mode === 'all' && job.rows.refused > 0) return notAll(job.rows.refused);
  if (!(await enter(pool, id, ['ready'], 'applying')))
    return { code: 'in_use', message: `Import ${id} is ${job.state}.` };
  try {
    for (let tries = 1; ; tries++) {
      const wrong = await checkAgain(job, wish, account, applying);
      if (wrong) {
        await note(pool, id, { state: 'ready', progress: 1 });
        return wrong;
      }
      try {
        const applied = await append(job, wish, account, applying);
        await rememberMapping(pool, job).catch((error: unknown) => console.error(error));
        follower.ring();
        return await answerOf(applied, follower);
      } catch (error) {
        // Somebody changed one of the things between the check and the log: look again.
        if (!(error instanceof Conflict) || tries >= TRIES) throw error;
        await follower.reached(await headOf(pool), APPLIED_WITHIN_MS);
      }
    }
  } catch (error) {
    const now = await readImport(pool, id);
    if (!now?.applied) await note(pool, id, { state: 'ready', progress: 1 });
    throw error;
  }
}

async function answerOf(
  { from, to }: { from: number; to: number },
  follower: Applying['follower'],
): Promise<ImportApplied> {
  await follower.reached(to, APPLIED_WITHIN_MS);
  return { seq: to, from, applied: to - from + 1 };
}

/** Every row as the country is now; refuses those that came too late, and with `all` everything. */
async function checkAgain(
  { id, kind, rows: counts }: ImportJob,
  { mode, skipDuplicates }: ApplyImport,
  account: Account,
  { pool, live, now }: Applying,
): Promise<Refusal | undefined> {
  const scene = sceneOf(live, now);
  const refused: { row: number; reason: Reason }[] = [];
  const slices = new Slices();
  let good = 0;
  for await (const portion of rowsToApply(pool, id, skipDuplicates, PORTION)) {
    for (const row of portion) {
      const event = eventFor(commandOf(id, row), account, scene);
      if ('code' in event) refused.push({ row: row.row, reason: reasonOf(event, idOf(row)) });
      else good++;
      if (slices.over) await slices.rest();
    }
    await note(pool, id, { progress: (0.5 * good) / Math.max(1, counts.new + counts.changed) });
  }
  if (refused.length > 0) await refuseRows(pool, id, refused);
  if (refused.length > 0 && mode === 'all') return notAll(refused.length);
  if (good === 0)
    return {
      code: 'invalid',
      reason: 'nothing',
      message: `Nothing in the file is new or different: there is nothing to apply to the ${kind}.`,
    };
  return undefined;
}

/** One `insert … select` from the rows that are kept: they never leave the database. */
async function append(
  { id }: ImportJob,
  { skipDuplicates }: ApplyImport,
  account: Account,
  { pool, now }: Applying,
): Promise<{ from: number; to: number }> {
  return appendBatch(
    pool,
    async (client) => {
      await client.query(
        `insert into staged
         select row_number() over (order by row), $2::date, $3, type, subject, null,
                coalesce(base, 0) + 1, 'import:' || import || ':' || row, data, null
         from import_rows
         where import = $1 and outcome in ('new', 'changed') and not (near and $4)`,
        [id, dayInVietnam(now()), account.name, skipDuplicates],
      );
    },
    async (client, { from, to }) => {
      const applied = { from, to, at: new Date(now()).toISOString() };
      await note(client, id, { state: 'applied', progress: 1, applied });
    },
  );
}

/** Takes an applied import back: what it added goes, what it changed is as it was before. */
export async function undoImport(
  { id }: ImportJob,
  account: Account,
  applying: Applying,
): Promise<{ seq: number; undone: number; left: number } | Refusal> {
  const { pool, live, follower, now } = applying;
  const job = await readImport(pool, id);
  if (!job?.applied || job.undone || !(await enter(pool, id, ['applied'], 'undoing')))
    return {
      code: 'in_use',
      message: `Import ${id} is ${job?.state ?? 'gone'}: only what is applied can be undone.`,
    };
  try {
    // What the import did must be known here before it can be taken back.
    await follower.reached(job.applied.to, APPLIED_WITHIN_MS);
    for (let tries = 1; ; tries++) {
      const { events, left } = await undoing(job, account, sceneOf(live, now), pool);
      const at = new Date(now()).toISOString();
      if (events.length === 0) {
        await keepLeft(pool, id, left);
        const undone = { from: 0, to: 0, at, left: left.length };
        await note(pool, id, { state: 'undone', progress: 1, undone });
        return { seq: live.country.seq, undone: 0, left: left.length };
      }
      try {
        const { to } = await appendStaged(pool, events, undefined, async (client, batch) => {
          const undone = { ...batch, at, left: left.length };
          await keepLeft(client, id, left);
          await note(client, id, { state: 'undone', progress: 1, undone });
        });
        follower.ring();
        await follower.reached(to, APPLIED_WITHIN_MS);
        return { seq: to, undone: events.length, left: left.length };
      } catch (error) {
        if (!(error instanceof Conflict) || tries >= TRIES) throw error;
        await follower.reached(await headOf(pool), APPLIED_WITHIN_MS);
      }
    }
  } catch (error) {
    const after = await readImport(pool, id);
    if (!after?.undone) await note(pool, id, { state: 'applied', progress: 1 });
    throw error;
  }
}

interface Left {
  row: number;
  reason: Reason;
}

async function undoing(
  { id, kind, applied }: ImportJob,
  account: Account,
  scene: Scene,
  pool: Pool,
): Promise<{ events: StagedEvent[]; left: Left[] }> {
  const table: Table = scene.country.tables[TABLE_OF[NOUN_OF[kind]]];
  const { rows } = await pool.query<KeptRow & { thing: string; version: number }>(
    `select r.row, r.outcome, r.before, e.subject as thing, e.version
     from events e join import_rows r
       on r.import = $1 and e.key = 'import:' || r.import || ':' || r.row
     where e.seq between $2 and $3 order by e.seq desc`,
    [id, applied?.from ?? 0, applied?.to ?? -1],
  );
  const events: StagedEvent[] = [];
  const left: Left[] = [];
  const slices = new Slices();
  for (const { row, before, thing, version } of rows) {
    const at = table.rowOf(Number(thing));
    if (at === undefined || table.versions[at] !== version)
      left.push({ row, reason: { code: 'changed_since', about: Number(thing) } });
    else {
      const base = { id: Number(thing), base: version, key: `import:${id}:${row}:undo` };
      const noun = NOUN_OF[kind];
      const event = eventFor(
        before
          ? { type: `${noun}.change`, ...base, ...before }
          : { type: `${noun}.remove`, ...base },
        account,
        scene,
      );
      if ('code' in event) left.push({ row, reason: reasonOf(event, { id: Number(thing) }) });
      else events.push(event);
    }
    if (slices.over) await slices.rest();
  }
  return { events, left };
}

async function keepLeft(
  database: Pick<Pool, 'query'>,
  id: number,
  left: readonly Left[],
): Promise<void> {
  if (left.length === 0) return;
  await database.query(
    `update import_rows as r set remains = n.reason
     from unnest($2::int[], $3::jsonb[]) as n(row, reason)
     where r.import = $1 and r.row = n.row`,
    [id, left.map(({ row }) => row), left.map(({ reason }) => JSON.stringify(reason))],
  );
}

/** The command that a kept row is. */
function commandOf(id: number, { row, type, data, subject, base }: KeptRow): unknown {
  const { simulated, ...fields } = data;
  void simulated;
  return {
    ...{ type, key: `import:${id}:${row}` },
    ...(subject === null ? {} : { id: Number(subject), base }),
    ...fields,
  };
}

function idOf({ data, subject }: KeptRow): Fields {
  return { ...data, ...(subject === null ? {} : { id: Number(subject) }) };
}

function sceneOf({ country, ground }: LiveCountry, now: () => number): Scene {
  return { country, ground, today: dayInVietnam(now()) };
}

function notAll(refused: number): Refusal {
  return {
    code: 'stale',
    reason: 'refused_rows',
    path: 'mode',
    message:
      `${refused} rows are refused: correct them and send the file again, ` +
      'or apply the good rows only.',
  };
}
