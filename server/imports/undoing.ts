/** Takes an applied import back out of the log, as one. */
import type { Pool } from 'pg';
import { NOUN_OF } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import { TABLE_OF } from '../../data/log/event.ts';
import type { Account } from '../../data/model/account.ts';
import type { Table } from '../../data/model/table.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { ImportJob } from '../../data/wire/imports.ts';
import type { Scene } from '../commands/prepare.ts';
import { Slices } from '../gaps/slices.ts';
import { appendStaged, Conflict, type StagedEvent } from '../log/append.ts';
import { headOf } from '../log/read.ts';
import { askingProvinces } from '../review/required.ts';
import { askingFor, asksForApproval } from '../review/review.ts';
import { APPLIED_WITHIN_MS, TRIES, type Applying } from './applying.ts';
import { prepareRow, reasonOf, sceneOf } from './checking.ts';
import type { KeptRow } from './kept-rows.ts';
import { enter, note, readImport, readKept } from './store.ts';

/** Takes an applied import back: what it added goes, what it changed is as it was before. */
export async function undoImport(
  { id }: ImportJob,
  account: Account,
  applying: Applying,
): Promise<{ seq: number; undone: number; left: number } | Refusal> {
  const { pool, live, follower, now } = applying;
  const kept = await readKept(pool, id);
  const job = kept?.job;
  const units = kept?.units ?? [...(await askingProvinces(pool))];
  const asking = await askingFor(pool, account, units, live);
  if (asking.length > 0) return asksForApproval(asking);
  if (!job?.applied || job.undone || !(await enter(pool, id, ['applied'], 'undoing')))
    return {
      code: 'in_use',
      message: `Import ${id} is ${job?.state ?? 'gone'}: only what is applied can be undone.`,
    };
  try {
    // What the import did must be known here before it can be taken back.
    await follower.reached(job.applied.to, APPLIED_WITHIN_MS);
    for (let tries = 1; ; tries++) {
      const scene = sceneOf(live, now);
      const { events, left } = await undoing(job, account, scene, pool);
      const at = new Date(now()).toISOString();
      if (events.length === 0) {
        await keepLeft(pool, id, left);
        const undone = { from: 0, to: 0, at, left: left.length };
        await note(pool, id, { state: 'undone', progress: 1, undone });
        return { seq: live.country.seq, undone: 0, left: left.length };
      }
      try {
        const { to } = await appendStaged(pool, events, undefined, {
          async alongside(client, batch) {
            const undone = { ...batch, at, left: left.length };
            await keepLeft(client, id, left);
            await note(client, id, { state: 'undone', progress: 1, undone });
          },
          appended: (ahead) => follower.bring(ahead),
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
      const prepared = prepareRow(
        before
          ? { type: `${noun}.change`, ...base, ...before }
          : { type: `${noun}.remove`, ...base },
        account,
        scene,
      );
      if ('code' in prepared) left.push({ row, reason: reasonOf(prepared, { id: Number(thing) }) });
      else events.push(prepared.event);
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
