/** Proposals over HTTP, and which provinces ask for approval. */
import { json, Router, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { TABLE_OF } from '../../data/log/event.ts';
import { authorForAnybody, type Account } from '../../data/model/account.ts';
import type { Method } from '../../data/model/estimate.ts';
import { Id } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import { mayDecide, mayDecideFile, mayRequireReview } from '../../data/wire/authority.ts';
import type { CommandAnswer, Refusal } from '../../data/wire/commands.ts';
import {
  AcceptProposal,
  EffectQuery,
  ProposalsQuery,
  RequireReview,
  ReturnProposal,
  type FileEffect,
  type Proposal,
  type ProposalsAnswer,
} from '../../data/wire/review.ts';
import type { Commands } from '../commands/handle.ts';
import { isRestore, meantBy } from '../commands/restore.ts';
import type { LiveCountry } from '../country/live.ts';
import { InTurn, Slices } from '../gaps/slices.ts';
import { accountOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { createDecisions, noProposal, type ProposedFiles } from './decide.ts';
import { effectOf, fieldsIn } from './effect.ts';
import { fileEffectOf } from './file-effect.ts';
import { readRequired, writeRequired } from './required.ts';
import type { Review } from './review.ts';
import {
  countWaiting,
  listProposals,
  readConcerning,
  type KeptChange,
  type KeptProposal,
} from './store.ts';

const Address = v.object({ id: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.toNumber(), Id) });
const Nothing = v.strictObject({});
/** Version of the thing as its author sees it now. */
const Renew = v.strictObject({ base: v.pipe(v.number(), v.integer(), v.minValue(1)) });

export function reviewRoutes(options: {
  pool: Pool;
  live: LiveCountry;
  commands: Commands;
  review: Review;
  files: ProposedFiles;
}): Router {
  const { pool, live, commands, review, files } = options;
  const router = Router();
  /** Counting what a file does takes a while, and memory: one at a time. */
  const counting = new InTurn();
  const body = json({ limit: '4kb' });
  const provinceOf = (commune: string): string | undefined => live.ground?.provinceOf(commune);
  const decisions = createDecisions({
    ...{ pool, commands, review, files, provinceOf },
    isGone: (proposal) =>
      proposal.subject !== null &&
      !isRestore(proposal.command) &&
      proposal.subject <= live.country.seq &&
      versionOf(proposal) === null,
  });

  router.get('/review', async (request, response) => {
    const required = await readRequired(pool);
    const named = await accountOfRequest(pool, request);
    response
      .set('Cache-Control', 'no-store')
      .json(named ? required : required.map((one) => ({ ...one, by: authorForAnybody(one.by) })));
  });

  router.post('/review/:province', body, async (request, response) => {
    const account = await signedIn(request, response);
    const wish = account && read(RequireReview, request, response);
    if (!account || !wish) return;
    const province = String(request.params['province']);
    if (!live.ground?.territory.provinces.some(({ code }) => code === province))
      refuse(response, {
        code: 'not_found',
        message: `There is no province ${province}.`,
        reason: { is: 'no_such', what: 'unit', id: province },
      });
    else if (!mayRequireReview(account, province))
      refuse(response, {
        code: 'forbidden',
        message: `Whether province ${province} asks for approval is said by its approvers; ${account.name} is ${account.role} of ${account.units.join(', ')}.`,
        path: 'approver',
      });
    else {
      if (await writeRequired(pool, province, wish.required, account.name))
        await review.tell({ id: null });
      response.json(await readRequired(pool));
    }
  });

  router.get('/proposals', async (request, response) => {
    const account = await signedIn(request, response);
    if (!account) return;
    const query = v.safeParse(ProposalsQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { proposals, total } = await listProposals(pool, account, query.output);
    const answer: ProposalsAnswer = { proposals: [], total };
    const slices = new Slices();
    for (const kept of proposals) {
      answer.proposals.push(await told(kept, account, query.output.method));
      if (slices.over) await slices.rest();
      if (response.closed) return;
    }
    response.set('Cache-Control', 'no-store').json(answer);
  });

  router.get('/proposals/waiting', async (request, response) => {
    const account = await signedIn(request, response);
    if (account) response.set('Cache-Control', 'no-store').json(await countWaiting(pool, account));
  });

  router.get('/proposals/:id/effect', async (request, response) => {
    const account = await signedIn(request, response);
    if (!account) return;
    const query = v.safeParse(EffectQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const address = v.safeParse(Address, request.params);
    const kept = address.success
      ? await readConcerning(pool, account, address.output.id)
      : undefined;
    if (!kept) {
      refuse(response, noProposal(String(request.params['id'])));
      return;
    }
    const { method } = query.output;
    const effect = await counting.do(async () => {
      if (kept.state !== 'open' || response.closed) return 'unknown';
      if (kept.what === 'file') return fileEffectOf(pool, kept, method, live);
      const one = await effectOf(kept, method, live);
      return typeof one === 'string' ? one : [one];
    });
    response.set('Cache-Control', 'no-store').json({ effect } satisfies FileEffect);
  });

  router.post('/proposals/:id/accept', body, async (request, response) => {
    const asked = await addressed(AcceptProposal, request, response);
    if (!asked) return;
    const answer = await decisions.accept(asked.id, asked.account, asked.wish.word);
    if (answer === 'outdated') response.json({ outdated: true });
    else if ('code' in answer) refuse(response, answer);
    else response.json(answer);
  });

  router.post('/proposals/:id/return', body, async (request, response) => {
    const asked = await addressed(ReturnProposal, request, response);
    if (asked) ended(response, await decisions.returnTo(asked.id, asked.account, asked.wish.word));
  });

  router.post('/proposals/:id/withdraw', body, async (request, response) => {
    const asked = await addressed(Nothing, request, response);
    if (asked) ended(response, await decisions.withdraw(asked.id, asked.account));
  });

  router.post('/proposals/:id/renew', body, async (request, response) => {
    const asked = await addressed(Renew, request, response);
    if (!asked) return;
    const answer: CommandAnswer = await decisions.renew(asked.id, asked.account, asked.wish.base);
    if ('error' in answer) refuse(response, answer.error);
    else response.json(answer);
  });

  /** A proposal as it is told to an account. */
  async function told(kept: KeptProposal, account: Account, method: Method): Promise<Proposal> {
    const { id, state, author, units, word, decidedBy, seq } = kept;
    const isOpen = state === 'open';
    const isAuthor = author === account.name;
    const said = {
      ...{ id, state, author, word, decidedBy, seq },
      made: kept.made.toISOString(),
      decided: kept.decided?.toISOString() ?? null,
    };
    const withdraw = isOpen && isAuthor;
    if (kept.what === 'file')
      return {
        ...{ ...said, what: 'file', file: kept.file },
        units: units.length === 1 ? units : kept.provinces,
        may: { decide: isOpen && mayDecideFile(account, kept, provinceOf), withdraw, renew: false },
      };
    const { type, noun, subject, before } = kept;
    return {
      ...{ ...said, what: 'change', type, noun, subject, before, units },
      fields: await fieldsOf(kept),
      // What was removed is to be there again: it has no version until then.
      stale: isOpen && versionOf(kept) !== (isRestore(kept.command) ? null : kept.base),
      outdatedBy: kept.outdatedBy,
      effect: isOpen ? await effectOf(kept, method, live) : null,
      may: {
        decide: isOpen && mayDecide(account, { type, units, author }, provinceOf),
        withdraw,
        renew: state === 'outdated' && isAuthor,
      },
    };
  }

  /** What it sets; of what is to be there again, what it was. */
  async function fieldsOf({ command }: KeptChange): Promise<Fields> {
    const meant = isRestore(command)
      ? await meantBy(command, {
          pool,
          country: () => live.country,
          reached: () => Promise.resolve(),
        })
      : { command };
    return fieldsIn(('code' in meant ? command : meant.command) as unknown as Fields);
  }

  /** The version at which its thing is; null for one that is not there. */
  function versionOf({ noun, subject }: KeptChange): number | null {
    const table = live.country.tables[TABLE_OF[noun]];
    const row = subject === null ? undefined : table.rowOf(subject);
    return row === undefined ? null : (table.versions[row] ?? null);
  }

  async function signedIn(request: Request, response: Response): Promise<Account | undefined> {
    const account = await accountOfRequest(pool, request);
    if (!account) refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
    return account;
  }

  /** Who asks, which proposal, and what; undefined where it has been refused. */
  async function addressed<S extends v.GenericSchema>(
    schema: S,
    request: Request,
    response: Response,
  ): Promise<{ account: Account; id: number; wish: v.InferOutput<S> } | undefined> {
    const account = await signedIn(request, response);
    const wish = account && read(schema, request, response);
    if (!account || wish === undefined) return undefined;
    const address = v.safeParse(Address, request.params);
    if (address.success) return { account, id: address.output.id, wish };
    const id = String(request.params['id']);
    refuse(response, noProposal(id));
    return undefined;
  }

  return router;
}

function read<S extends v.GenericSchema>(
  schema: S,
  request: Request,
  response: Response,
): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, request.body ?? {});
  if (parsed.success) return parsed.output;
  refuseInvalid(response, parsed.issues);
  return undefined;
}

function ended(response: Response, answer: 'done' | Refusal): void {
  if (answer === 'done') response.json({});
  else refuse(response, answer);
}
