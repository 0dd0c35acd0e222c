/**
 * How a proposal ends. Its row is held while it is decided, so that no two people decide it; and the
 * log, where an accepted one has a key of its own, is asked before anything else is believed, so that
 * a server which died between the log and the row leaves nothing in doubt.
 */
import type { Pool, PoolClient } from 'pg';
import type { Account } from '../../data/model/account.ts';
import { mayDecide, type ProvinceOf } from '../../data/wire/authority.ts';
import type { Accepted, CommandAnswer, Refusal } from '../../data/wire/commands.ts';
import type { Proposal } from '../../data/wire/review.ts';
import type { Commands } from '../commands/handle.ts';
import { together } from '../database/together.ts';
import { InTurn } from '../gaps/slices.ts';
import { answerTo } from '../log/read.ts';
import { keyOfProposal, type Review } from './review.ts';
import { closeProposal, holdProposal, readProposal, type KeptProposal } from './store.ts';

export interface Decisions {
  /** Does what was proposed, in its author's name; `outdated` where it came too late. */
  accept(id: number, approver: Account, word: string): Promise<Accepted | 'outdated' | Refusal>;
  returnTo(id: number, approver: Account, word: string): Promise<'done' | Refusal>;
  withdraw(id: number, author: Account): Promise<'done' | Refusal>;
  /** Proposes an outdated one again on the thing as it is now; does it where nobody asks any more. */
  renew(id: number, author: Account, base: number): Promise<CommandAnswer>;
}

export function createDecisions(options: {
  pool: Pool;
  commands: Commands;
  review: Review;
  provinceOf: ProvinceOf;
  /** Whether its thing went without an event of its own: with the territory. */
  isGone: (proposal: KeptProposal) => boolean;
}): Decisions {
  const { pool, commands, review, provinceOf, isGone } = options;
  /** A decision holds a connection while its command uses others: one at a time, they never run out. */
  const turn = new InTurn();

  /** Decides while the proposal is held; whoever is concerned is told when it is done. */
  function deciding<T>(
    id: number,
    decide: (proposal: KeptProposal, client: PoolClient) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return turn.do(async () => {
      const { proposal, answer } = await together(pool, async (client) => {
        const proposal = await holdProposal(client, id);
        return { proposal, answer: proposal ? await decide(proposal, client) : noProposal(id) };
      });
      if (proposal) await review.tell({ id, author: proposal.author, units: proposal.units });
      return answer;
    });
  }

  /** Notes what the log says already, where a server died before it could; else undefined. */
  async function inLog(
    { id, author }: KeptProposal,
    client: PoolClient,
  ): Promise<Accepted | undefined> {
    const done = await answerTo(pool, keyOfProposal(id));
    if (done) await closeProposal(client, id, { state: 'accepted', by: author, seq: done.seq });
    return done;
  }

  /**
   * Whether the thing has been changed since, and then notes it. The log is asked, not this server's
   * country, which may be behind: and nobody's place, for the thing may have left it.
   */
  async function tooLate(
    proposal: KeptProposal,
    { name }: Account,
    client: PoolClient,
  ): Promise<boolean> {
    const outdatedBy = await laterThan(pool, proposal);
    if (!outdatedBy && !isGone(proposal)) return false;
    await closeProposal(client, proposal.id, { state: 'outdated', by: name, outdatedBy });
    return true;
  }

  return {
    accept: (id, approver, word) =>
      deciding(id, async (proposal, client) => {
        if (!mayDecide(approver, proposal, provinceOf))
          return notYours(approver, proposal, 'approver');
        if (proposal.state === 'accepted')
          return (await answerTo(pool, keyOfProposal(id))) ?? CLOSED;
        if (proposal.state !== 'open') return closed(proposal);
        const done = await inLog(proposal, client);
        if (done) return done;
        if (await tooLate(proposal, approver, client)) return 'outdated';
        const { author, command } = proposal;
        const answer = await commands.handle({ ...command, key: keyOfProposal(id) }, approver, {
          author,
          approvedBy: approver.name,
        });
        if ('proposal' in answer) throw new Error('what was accepted has been proposed again');
        if ('error' in answer)
          return (await tooLate(proposal, approver, client)) ? 'outdated' : answer.error;
        const { seq } = answer;
        await closeProposal(client, id, { state: 'accepted', by: approver.name, word, seq });
        return answer;
      }),

    returnTo: (id, approver, word) =>
      deciding(id, async (proposal, client) => {
        if (!mayDecide(approver, proposal, provinceOf))
          return notYours(approver, proposal, 'approver');
        if (proposal.state === 'returned' && proposal.decidedBy === approver.name) return 'done';
        if (proposal.state !== 'open') return closed(proposal);
        if (await inLog(proposal, client)) return closed({ ...proposal, state: 'accepted' });
        await closeProposal(client, id, { state: 'returned', by: approver.name, word });
        return 'done';
      }),

    withdraw: (id, author) =>
      deciding(id, async (proposal, client) => {
        if (proposal.author !== author.name) return notYours(author, proposal, 'author');
        if (proposal.state === 'withdrawn') return 'done';
        if (proposal.state !== 'open') return closed(proposal);
        if (await inLog(proposal, client)) return closed({ ...proposal, state: 'accepted' });
        await closeProposal(client, id, { state: 'withdrawn', by: author.name });
        return 'done';
      }),

    renew: (id, author, base) =>
      turn.do(async () => {
        const proposal = await readProposal(pool, id);
        if (!proposal) return { error: noProposal(id) };
        if (proposal.author !== author.name) return { error: notYours(author, proposal, 'author') };
        if (proposal.state === 'open') return { proposal: id };
        if (proposal.state !== 'outdated') return { error: closed(proposal) };
        const wish = { ...proposal.command, key: keyOfProposal(id), base };
        const answer = await commands.handle(wish, author, { author: author.name, renews: id });
        if ('seq' in answer)
          await closeProposal(pool, id, { state: 'accepted', by: author.name, seq: answer.seq });
        return answer;
      }),
  };
}

/** The first change of a thing after the version that a proposal saw; null where there is none. */
async function laterThan(
  pool: Pool,
  { subject, base }: KeptProposal,
): Promise<Proposal['outdatedBy']> {
  const { rows } = await pool.query<{ by: string; at: Date; version: number }>(
    `select by, at, version from events where subject = $1 and version > $2
     order by version limit 1`,
    [subject, base],
  );
  const [first] = rows;
  return first ? { by: first.by, at: first.at.toISOString(), version: first.version } : null;
}

export function noProposal(id: number | string): Refusal {
  return {
    code: 'not_found',
    message: `There is no proposal ${id}.`,
    reason: { is: 'no_such', what: 'proposal', id },
  };
}

/** `path` says whose it would be. */
function notYours(
  { name }: Account,
  { id, author, units }: KeptProposal,
  path: 'approver' | 'author',
): Refusal {
  const whose = `Proposal ${id} is ${author}'s and happens in ${units.join(', ')}`;
  return { code: 'forbidden', message: `${whose}: ${name} may not do that with it.`, path };
}

const CLOSED: Refusal = {
  code: 'in_use',
  message: 'It is accepted already.',
  reason: { is: 'closed', state: 'accepted' },
};

function closed({ id, state, decidedBy }: KeptProposal): Refusal {
  const by = decidedBy === null ? '' : ` by ${decidedBy}`;
  return {
    code: 'in_use',
    message: `Proposal ${id} is ${state}${by} already.`,
    reason: { is: 'closed', state },
  };
}
