/**
 * How a proposal ends. Its row is held while it is decided, so that no two people decide it; and the
 * log, where an accepted one has a key of its own, is asked before anything else is believed, so that
 * a server which died between the log and the row leaves nothing in doubt.
 */
import type { Pool, PoolClient } from 'pg';
import type { Account } from '../../data/model/account.ts';
import { mayDecide, mayDecideFile, type ProvinceOf } from '../../data/wire/authority.ts';
import type { Accepted, CommandAnswer, Refusal } from '../../data/wire/commands.ts';
import type { ImportApplied } from '../../data/wire/imports.ts';
import type { ProposedChange } from '../../data/wire/review.ts';
import type { Commands } from '../commands/handle.ts';
import { together } from '../database/together.ts';
import { InTurn } from '../gaps/slices.ts';
import { answerTo } from '../log/read.ts';
import { keyOfProposal, type Review } from './review.ts';
import {
  closeProposal,
  holdProposal,
  readProposal,
  type KeptChange,
  type KeptFile,
  type KeptProposal,
} from './store.ts';

export interface Decisions {
  /** Does what was proposed, in its author's name; `outdated` where it came too late. */
  accept(
    id: number,
    approver: Account,
    word: string,
  ): Promise<Accepted | ImportApplied | 'outdated' | Refusal>;
  returnTo(id: number, approver: Account, word: string): Promise<'done' | Refusal>;
  withdraw(id: number, author: Account): Promise<'done' | Refusal>;
  /** Proposes an outdated one again on the thing as it is now; does it where nobody asks any more. */
  renew(id: number, author: Account, base: number): Promise<CommandAnswer>;
}

/** What becomes of the file behind a proposal. */
export interface ProposedFiles {
  /**
   * Applies it, which closes the proposal, or answers as it was applied; `outdated` where rows came too
   * late, and nothing is done.
   */
  accept(
    proposal: KeptFile,
    approver: Account,
    word: string,
  ): Promise<ImportApplied | 'outdated' | Refusal>;
  /** Gives it back to its author, within the transaction that closes the proposal; false if it is taken. */
  release(client: PoolClient, proposal: KeptFile): Promise<boolean>;
}

export function createDecisions(options: {
  pool: Pool;
  commands: Commands;
  review: Review;
  files: ProposedFiles;
  provinceOf: ProvinceOf;
  /** Whether its thing went without an event of its own: with the territory. */
  isGone: (proposal: KeptChange) => boolean;
}): Decisions {
  const { pool, commands, review, files, provinceOf, isGone } = options;
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
    proposal: KeptChange,
    { name }: Account,
    client: PoolClient,
  ): Promise<boolean> {
    const outdatedBy = await laterThan(pool, proposal);
    if (!outdatedBy && !isGone(proposal)) return false;
    await closeProposal(client, proposal.id, { state: 'outdated', by: name, outdatedBy });
    return true;
  }

  function mayBeDecidedBy(approver: Account, proposal: KeptProposal): boolean {
    return proposal.what === 'file'
      ? mayDecideFile(approver, proposal, provinceOf)
      : mayDecide(approver, proposal, provinceOf);
  }

  /**
   * A file is not held as a proposal while it is applied, which takes a while: its import knows what
   * is being done to it, and others decide about other things meanwhile.
   */
  async function acceptFile(
    proposal: KeptFile,
    approver: Account,
    word: string,
  ): Promise<ImportApplied | 'outdated' | Refusal> {
    const { id, author, units, state } = proposal;
    if (!mayBeDecidedBy(approver, proposal)) return notYours(approver, proposal, 'approver');
    if (state !== 'open' && state !== 'accepted') return closed(proposal);
    const answer = await files.accept(proposal, approver, word);
    if (answer !== 'outdated') {
      if (!('code' in answer)) await review.tell({ id, author, units });
      return answer;
    }
    return deciding(id, async (held, client) => {
      if (held.what !== 'file' || held.state !== 'open') return closed(held);
      if (!(await files.release(client, held))) return taken(id);
      await closeProposal(client, id, { state: 'outdated', by: approver.name, word });
      return 'outdated';
    });
  }

  /** Gives a file back to its author before its proposal is closed; why not, where it is being applied. */
  async function released(
    proposal: KeptProposal,
    client: PoolClient,
  ): Promise<Refusal | undefined> {
    const isFree = proposal.what === 'change' || (await files.release(client, proposal));
    return isFree ? undefined : taken(proposal.id);
  }

  return {
    async accept(id, approver, word) {
      const proposal = await readProposal(pool, id);
      return proposal?.what === 'file'
        ? acceptFile(proposal, approver, word)
        : acceptChange(id, approver, word);
    },

    returnTo: (id, approver, word) =>
      deciding(id, async (proposal, client) => {
        if (!mayBeDecidedBy(approver, proposal)) return notYours(approver, proposal, 'approver');
        if (proposal.state === 'returned' && proposal.decidedBy === approver.name) return 'done';
        if (proposal.state !== 'open') return closed(proposal);
        if (await inLog(proposal, client)) return closed({ ...proposal, state: 'accepted' });
        const wrong = await released(proposal, client);
        if (wrong) return wrong;
        await closeProposal(client, id, { state: 'returned', by: approver.name, word });
        return 'done';
      }),

    withdraw: (id, author) =>
      deciding(id, async (proposal, client) => {
        if (proposal.author !== author.name) return notYours(author, proposal, 'author');
        if (proposal.state === 'withdrawn') return 'done';
        if (proposal.state !== 'open') return closed(proposal);
        if (await inLog(proposal, client)) return closed({ ...proposal, state: 'accepted' });
        const wrong = await released(proposal, client);
        if (wrong) return wrong;
        await closeProposal(client, id, { state: 'withdrawn', by: author.name });
        return 'done';
      }),

    renew: (id, author, base) =>
      turn.do(async () => {
        const proposal = await readProposal(pool, id);
        if (!proposal) return { error: noProposal(id) };
        if (proposal.author !== author.name) return { error: notYours(author, proposal, 'author') };
        if (proposal.state === 'open') return { proposal: id };
        // A file is proposed again by applying its import again.
        if (proposal.what === 'file' || proposal.state !== 'outdated')
          return { error: closed(proposal) };
        const wish = { ...proposal.command, key: keyOfProposal(id), base };
        const answer = await commands.handle(wish, author, { author: author.name, renews: id });
        if ('seq' in answer)
          await closeProposal(pool, id, { state: 'accepted', by: author.name, seq: answer.seq });
        return answer;
      }),
  };

  function acceptChange(
    id: number,
    approver: Account,
    word: string,
  ): Promise<Accepted | 'outdated' | Refusal> {
    return deciding(id, async (proposal, client) => {
      if (proposal.what === 'file' || !mayBeDecidedBy(approver, proposal))
        return notYours(approver, proposal, 'approver');
      if (proposal.state === 'accepted') return (await answerTo(pool, keyOfProposal(id))) ?? CLOSED;
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
    });
  }
}

/** The first change of a thing after the version that a proposal saw; null where there is none. */
async function laterThan(
  pool: Pool,
  { subject, base }: KeptChange,
): Promise<ProposedChange['outdatedBy']> {
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

function taken(id: number): Refusal {
  return { code: 'in_use', message: `The file of proposal ${id} is being applied just now.` };
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
