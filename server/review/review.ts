/**
 * Between a command that was found right and its event: where a province asks for approval, what an
 * editor or a reporter sends is kept as a proposal. Whoever shows proposals is told, on every server.
 */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import type { Account } from '../../data/model/account.ts';
import { ownFields } from '../../data/model/fields.ts';
import type { Table } from '../../data/model/table.ts';
import { happensIn, proposes, provincesOf } from '../../data/wire/authority.ts';
import type { Command, Proposed, Refusal } from '../../data/wire/commands.ts';
import { actOf, type Scene } from '../commands/authority.ts';
import type { Meant } from '../commands/restore.ts';
import { listenTo } from '../database/listen.ts';
import { askingProvinces } from './required.ts';
import { keepProposal, proposalOfKey, renewProposal, type NewProposal } from './store.ts';

const CHANNEL = 'phusong_proposals';
/** Letters that PostgreSQL carries with a notification, and a little less. */
const MOST_TOLD = 7_900;
const RESERVED = 'proposal:';

/** What the handler is told of a command that comes out of the review. */
export type Reviewed = {
  /** In whose name it is done. */
  author: string;
} & (
  | { approvedBy: string; renews?: undefined }
  /** The outdated proposal that is to be open again. */
  | { approvedBy?: undefined; renews: number }
);

/** That a proposal was made or has ended, or (`id` null) that something about them may be different. */
export interface ProposalNews {
  id: number | null;
  /** Whom it concerns: its author, and who holds one of the units; everybody where it says none. */
  author?: string;
  units?: readonly string[];
}

export interface Review {
  /** The first answer to a key, where it is a proposal's. */
  answerTo(key: string): Promise<Proposed | undefined>;
  /**
   * Keeps a command as a proposal where it needs one; undefined where it is to be done at once. It
   * has been checked already: `meant` is what a restoring comes to, and anything else itself.
   */
  propose(
    wish: { sent: Command; meant: Meant },
    account: Account,
    scene: Scene,
    renews?: number,
  ): Promise<Proposed | undefined>;
  /** Tells every server. */
  tell(news: ProposalNews): Promise<void>;
  /** Called with what any server tells; answers how to stop. */
  onNews(listener: (news: ProposalNews) => void): () => void;
  close(): Promise<void>;
}

/** `url` is for the connection that hears what other servers tell. */
export function openReview(pool: Pool, url: string): Review {
  const listeners = new Set<(news: ProposalNews) => void>();
  const hear = (news: ProposalNews): void => {
    for (const listener of listeners) listener(news);
  };
  const stop = listenTo({
    url,
    channel: CHANNEL,
    heard: (payload) => hear(JSON.parse(payload) as ProposalNews),
    // What was told while the line was down is not known.
    opened: () => hear({ id: null }),
  });

  async function tell(news: ProposalNews): Promise<void> {
    const whole = JSON.stringify(news);
    // Of a file of the whole country there would be too many units: then everybody looks.
    const told = whole.length < MOST_TOLD ? whole : JSON.stringify({ id: news.id });
    await pool.query('select pg_notify($1, $2)', [CHANNEL, told]);
  }

  return {
    async answerTo(key) {
      const id = await proposalOfKey(pool, key);
      return id === undefined ? undefined : { proposal: id };
    },
    async propose(wish, account, scene, renews) {
      // A step with a report changes nothing of the country, and its reporter waits for it.
      if (wish.sent.type === 'report.change') return undefined;
      const made = proposalOf(wish, account, scene);
      if ((await askingFor(pool, account, made.units, scene)).length === 0) return undefined;
      if (renews !== undefined && !(await renewProposal(pool, renews, made)))
        throw new Error(`proposal ${renews} is not there to be renewed`);
      const id = renews ?? (await keepProposal(pool, made));
      await tell({ id, author: made.author, units: made.units });
      return { proposal: id };
    },
    tell,
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stop,
  };
}

/** Provinces that stand between an account and doing something in some units; none mostly. */
export async function askingFor(
  pool: Pool,
  account: Account,
  units: readonly string[],
  { ground }: Pick<Scene, 'ground'>,
): Promise<string[]> {
  if (!proposes(account)) return [];
  const asking = await askingProvinces(pool);
  return provincesOf(units, (commune) => ground?.provinceOf(commune)).filter((province) =>
    asking.has(province),
  );
}

/**
 * Why something that is done in one piece, and so cannot be proposed, is refused to an account:
 * undefined where none of its commands needs an approval. Every bulk entrance asks it.
 */
export async function refusedWithoutReview(
  pool: Pool,
  account: Account,
  commands: readonly Command[],
  scene: Scene,
): Promise<Refusal | undefined> {
  const units = new Set(commands.flatMap((command) => happensIn(actOf(command, scene))));
  const provinces = await askingFor(pool, account, [...units], scene);
  return provinces.length === 0 ? undefined : asksForApproval(provinces);
}

export function asksForApproval(provinces: readonly string[]): Refusal {
  return {
    code: 'forbidden',
    message: `Province ${provinces.join(', ')} asks for approval, and this cannot be proposed as a whole: an approver there can do it, or send the changes one by one.`,
    path: 'review',
  };
}

/** Keys of the review's own commands begin like this: nobody else can take them beforehand. */
export function reservedKey(key: string, reviewed: Reviewed | undefined): Refusal | undefined {
  if (reviewed || !key.startsWith(RESERVED)) return undefined;
  return {
    code: 'invalid',
    message: `key: must not begin with ${RESERVED}`,
    path: 'key',
    reason: { is: 'format' },
  };
}

/** A key for a proposal that no command has made. */
export function newKey(): string {
  return `${RESERVED}${randomUUID()}`;
}

/** The key under which a proposal is in the log once it is accepted. */
export function keyOfProposal(id: number): string {
  return `${RESERVED}${id}`;
}

function proposalOf(
  { sent, meant }: { sent: Command; meant: Meant },
  { name }: Account,
  scene: Scene,
): NewProposal {
  const { country, ground } = scene;
  const units = happensIn(actOf(meant.command, scene));
  // A restoring is kept as the change that it comes to; only one of what was removed is no plain one.
  const command: Command = meant.again ? sent : meant.command;
  const noun = command.type.split('.')[0] as Noun;
  const subject = 'id' in command ? command.id : null;
  const table: Table = country.tables[TABLE_OF[noun]];
  const row = subject === null ? undefined : table.rowOf(subject);
  return {
    ...{ key: command.key, author: name, command, noun, subject },
    units,
    provinces: provincesOf(units, (commune) => ground?.provinceOf(commune)),
    base: 'base' in command ? command.base : null,
    before: row === undefined ? null : ownFields(table.record(row)),
  };
}
