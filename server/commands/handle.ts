/**
 * The one handler of commands, whichever way they come. It checks shape, authority and the version
 * that the command was based on, appends to the log, and answers once the event is durable and
 * applied here, so that the writer reads its own write.
 */
import type { Pool } from 'pg';
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Account } from '../../data/model/account.ts';
import type { Table } from '../../data/model/table.ts';
import type { Command, CommandAnswer, Refusal } from '../../data/wire/commands.ts';
import type { Ground } from '../country/ground.ts';
import { Conflict, type NewEvent } from '../log/append.ts';
import type { Follower } from '../log/follow.ts';
import { answerTo } from '../log/read.ts';
import { reservedKey, type Review, type Reviewed } from '../review/review.ts';
import { refusedTo } from './authority.ts';
import { appendBeside, besideOf, wrongBeside } from './beside.ts';
import { prepareEvent, readCommand, staleCoverage } from './prepare.ts';
import { notFound, stale } from './refusals.ts';
import { isRestore, meantBy } from './restore.ts';

export interface Commands {
  /**
   * Does one command for an account; never throws for what a sender can get wrong. `reviewed` is of
   * what comes out of the review, whose keys nobody else may use.
   */
  handle(input: unknown, account: Account | undefined, reviewed?: Reviewed): Promise<CommandAnswer>;
}

const APPLIED_WITHIN_MS = 10_000;

export function createCommands(options: {
  pool: Pool;
  follower: Pick<Follower, 'ring' | 'reached'>;
  country: () => Country;
  ground: () => Ground | undefined;
  review: Review;
  now: () => number;
}): Commands {
  const { pool, follower, country, ground, review, now } = options;
  const restoring = {
    pool,
    country,
    reached: (seq: number) => follower.reached(seq, APPLIED_WITHIN_MS),
  };

  /** What a command is checked against: the country as it is now. */
  const standing = () => ({ country: country(), ground: ground(), today: dayInVietnam(now()) });

  async function handle(
    input: unknown,
    account: Account | undefined,
    reviewed?: Reviewed,
  ): Promise<CommandAnswer> {
    const command = readCommand(input);
    if ('code' in command) return { error: command };
    if (!account) return { error: refusedTo(account, command, standing()) ?? signInFirst };
    const reserved = reservedKey(command.key, reviewed);
    if (reserved) return { error: reserved };
    const [before, proposed] = await Promise.all([
      answerTo(pool, command.key),
      review.answerTo(command.key),
    ]);
    if (before) return applied(before);
    if (proposed) return proposed;

    const meant = isRestore(command) ? await meantBy(command, restoring) : { command };
    if ('code' in meant) return { error: meant };
    const scene = standing();
    const forbidden = refusedTo(account, meant.command, scene);
    if (forbidden) return { error: forbidden };
    const author = reviewed?.author ?? account.name;
    const event = prepareEvent(meant, author, scene);
    if ('code' in event) return { error: event };
    const beside = besideOf(command);
    const missing = await wrongBeside(pool, beside, author);
    if (missing) return { error: missing };
    if (reviewed?.approvedBy !== undefined) event.fields['approvedBy'] = reviewed.approvedBy;
    else {
      const instead = await review.propose(
        { sent: command, meant },
        account,
        scene,
        reviewed?.renews,
      );
      if (instead) return instead;
    }
    try {
      const done = await appendBeside(pool, event, beside);
      if (!done) throw new Error('the log answered nothing for an event');
      follower.ring();
      return await applied(done);
    } catch (error) {
      if (error instanceof Conflict) return afterConflict(error, command, event);
      throw error;
    }
  }

  async function applied(answer: { seq: number; id: number; version: number }) {
    await follower.reached(answer.seq, APPLIED_WITHIN_MS);
    return answer;
  }

  async function afterConflict(
    conflict: Conflict,
    command: Command,
    event: NewEvent,
  ): Promise<CommandAnswer> {
    if (conflict.on === 'key') {
      const first = await answerTo(pool, command.key);
      if (first) return applied(first);
    }
    // Somebody else's version is in the log: show it, as soon as it is applied here.
    const id = event.id ?? 0;
    const behind = await pool.query<{ seq: string }>(
      'select max(seq) as seq from events where subject = $1',
      [id],
    );
    follower.ring();
    await follower.reached(Number(behind.rows[0]?.seq ?? 0), APPLIED_WITHIN_MS);
    if (command.type === 'coverage.configure') return { error: staleCoverage(country().coverage) };
    const noun = command.type.split('.')[0] as Noun;
    const table: Table = country().tables[TABLE_OF[noun]];
    const row = table.rowOf(id);
    return { error: row === undefined ? notFound(noun, id) : stale(table, row) };
  }

  return { handle };
}

const signInFirst: Refusal = { code: 'unauthenticated', message: 'Sign in first.' };
