/**
 * Takes an import into the log, in one transaction, all or nothing; or proposes it, where a province
 * asks for approval. Nothing is applied that was not checked against the very state that it lands on.
 */
import type { Pool } from 'pg';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Account } from '../../data/model/account.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { ApplyImport, ImportApplied, ImportJob } from '../../data/wire/imports.ts';
import { readAccount } from '../accounts/accounts.ts';
import type { LiveCountry } from '../country/live.ts';
import { appendBatch, Conflict, type Batch } from '../log/append.ts';
import type { Follower } from '../log/follow.ts';
import { headOf } from '../log/read.ts';
import { askingFor, type Review } from '../review/review.ts';
import { closeProposal } from '../review/store.ts';
import { checkAgain, mustHold, notAll, type Checked } from './checking-again.ts';
import { TO_APPLY } from './kept-rows.ts';
import { rememberMapping } from './mappings.ts';
import { proposeImport } from './proposing.ts';
import { enter, note, readKept, type KeptImport } from './store.ts';

export interface Applying {
  pool: Pool;
  live: LiveCountry;
  follower: Pick<Follower, 'ring' | 'reached' | 'bring'>;
  review: Pick<Review, 'tell'>;
  now: () => number;
}

export const APPLIED_WITHIN_MS = 120_000;
/** Times that somebody else may be first. */
export const TRIES = 5;

/** Applies an import that is ready; one that is applied already answers as it did. */
export async function applyImport(
  { id }: ImportJob,
  wish: ApplyImport,
  account: Account,
  applying: Applying,
): Promise<ImportApplied | { proposal: number } | Refusal> {
  const { pool, live, follower } = applying;
  const kept = await readKept(pool, id);
  if (!kept) return { code: 'not_found', message: `There is no import ${id}.` };
  const { job } = kept;
  if (job.applied) return answerOf(job.applied, follower);
  if (job.state === 'proposed' && job.proposal?.author === account.name)
    return { proposal: job.proposal.id };
  if (wish.mode === 'all' && job.rows.refused > 0) return notAll(job.rows.refused);
  if (job.state === 'proposed' || !(await enter(pool, id, ['ready'], 'applying')))
    return { code: 'in_use', message: `Import ${id} is ${job.state}.` };
  return orBack(id, 'ready', applying, () =>
    whileItHolds(kept, wish, account, applying, async (checked, by) => {
      const asking = await askingFor(pool, by, checked.units, live);
      if (asking.length > 0) return proposeImport(job, wish, by, checked, applying);
      return append(job, wish, { by, author: by.name }, checked, applying);
    }),
  );
}

/** Applies what was proposed, in its author's name, accepted by an approver. */
export async function applyProposed(
  { id }: ImportJob,
  wish: ApplyImport,
  accepted: { approver: Account; author: string; proposal: number; word: string },
  applying: Applying,
): Promise<ImportApplied | Refusal> {
  const kept = await readKept(applying.pool, id);
  if (kept?.job.proposal?.id !== accepted.proposal || kept.job.applied)
    return { code: 'in_use', message: `Import ${id} is not what was proposed any more.` };
  if (!(await enter(applying.pool, id, ['proposed'], 'applying')))
    return { code: 'in_use', message: `Import ${id} is ${kept.job.state}.` };
  const { approver, author } = accepted;
  return orBack(id, 'proposed', applying, () =>
    whileItHolds(kept, wish, approver, applying, (checked, by) =>
      append(kept.job, wish, { by, author, accepted }, checked, applying),
    ),
  );
}

/** Does something with an import; where that is refused or fails, it is what it was before. */
async function orBack<T extends object>(
  id: number,
  state: 'ready' | 'proposed',
  { pool }: Applying,
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const back = (): Promise<boolean> => enter(pool, id, ['applying'], state);
  try {
    const answer = await work();
    if ('code' in answer) await back();
    return answer;
  } catch (error) {
    await back();
    throw error;
  }
}

/** Checks again and goes on, once more where somebody was first in between. */
async function whileItHolds<T>(
  kept: KeptImport,
  wish: ApplyImport,
  account: Account,
  applying: Applying,
  goOn: (checked: Checked, account: Account) => Promise<T>,
): Promise<T | Refusal> {
  const { pool, follower } = applying;
  let now: KeptImport | undefined = kept;
  let by: Account | undefined = account;
  for (let tries = 1; ; tries++) {
    const checked = await checkAgain(now, wish, by, applying);
    if ('code' in checked) return checked;
    try {
      return await goOn(checked, by);
    } catch (error) {
      if (!(error instanceof Conflict) || tries >= TRIES) throw error;
    }
    await follower.reached(await headOf(pool), APPLIED_WITHIN_MS);
    [now, by] = await Promise.all([readKept(pool, kept.job.id), readAccount(pool, account.name)]);
    if (!now || !by)
      return { code: 'forbidden', message: `${account.name} may not do that any more.` };
  }
}

/** One `insert … select` from the rows that are kept: they never leave the database. */
async function append(
  job: ImportJob,
  { skipDuplicates }: ApplyImport,
  who: { by: Account; author: string; accepted?: { proposal: number; word: string } },
  checked: Checked,
  { pool, follower, now }: Applying,
): Promise<ImportApplied> {
  const { id } = job;
  const { by, author, accepted } = who;
  const approved = accepted ? { approvedBy: by.name } : {};
  const batch = await appendBatch(pool, {
    async fill(client) {
      await client.query(
        `insert into staged
         select row_number() over (order by row), $3::date, $4, type, subject, null,
                coalesce(base, 0) + 1, 'import:' || import || ':' || row, data || $5::jsonb, null
         from import_rows where ${TO_APPLY}`,
        [id, skipDuplicates, dayInVietnam(now()), author, JSON.stringify(approved)],
      );
      await note(pool, id, { progress: 0.7 });
    },
    held: (client, last) => mustHold(client, job, checked, by, last),
    async alongside(client, { from, to }) {
      // Where this server was thought to be gone, somebody else may have decided otherwise.
      if (!(await enter(client, id, ['applying'], 'applied')))
        throw new Error(`import ${id} was given up before it was in the log`);
      await note(client, id, {
        progress: 1,
        applied: { from, to, at: new Date(now()).toISOString() },
      });
      if (accepted) {
        const { proposal, word } = accepted;
        await closeProposal(client, proposal, { state: 'accepted', by: by.name, word, seq: to });
      }
    },
    appended: (events) => follower.bring(events),
  });
  follower.ring();
  await rememberMapping(pool, job).catch((error: unknown) => console.error(error));
  return answerOf(batch, follower);
}

async function answerOf(
  { from, to }: Batch,
  follower: Applying['follower'],
): Promise<ImportApplied> {
  await follower.reached(to, APPLIED_WITHIN_MS);
  return { seq: to, from, applied: to - from + 1 };
}
