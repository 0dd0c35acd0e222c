/**
 * The one handler of commands, whichever way they come. It checks shape, authority and the version
 * that the command was based on, appends to the log, and answers once the event is durable and
 * applied here, so that the writer reads its own write.
 */
import * as v from 'valibot';
import type { Pool } from 'pg';
import { ONLY_ONE, TABLE_OF, type EventType, type Noun } from '../../data/log/event.ts';
import type { Country, CoverageInUse } from '../../data/model/country.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import {
  Facility,
  Hamlet,
  IndicatorValue,
  NetworkLink,
  NetworkNode,
  Report,
  Station,
} from '../../data/model/things.ts';
import { Command, type CommandAnswer, type Refusal } from '../../data/wire/commands.ts';
import type { Account } from '../../data/model/account.ts';
import type { Ground } from '../country/ground.ts';
import { Conflict, type NewEvent } from '../log/append.ts';
import type { Follower } from '../log/follow.ts';
import { answerTo } from '../log/read.ts';
import { wrongStep } from '../reports/steps.ts';
import { refusedTo } from './authority.ts';
import { appendBeside, setApart, wrongBeside } from './beside.ts';
import { wrongIn } from './meaning.ts';

export interface Commands {
  /** Does one command for an account; never throws for what a sender can get wrong. */
  handle(input: unknown, account: Account | undefined): Promise<CommandAnswer>;
}

const SCHEMA = {
  station: Station,
  hamlet: Hamlet,
  node: NetworkNode,
  link: NetworkLink,
  facility: Facility,
  indicator: IndicatorValue,
  report: Report,
} as const satisfies Record<Noun, v.GenericSchema>;

type CoverageCommand = Extract<Command, { type: 'coverage.configure' }>;

const APPLIED_WITHIN_MS = 10_000;

export function createCommands(options: {
  pool: Pool;
  follower: Pick<Follower, 'ring' | 'reached'>;
  country: () => Country;
  ground: () => Ground | undefined;
  now: () => number;
}): Commands {
  const { pool, follower, country, ground, now } = options;

  async function handle(input: unknown, account: Account | undefined): Promise<CommandAnswer> {
    const parsed = v.safeParse(Command, input, { abortPipeEarly: true });
    if (!parsed.success) return { error: invalid(parsed.issues[0]) };
    const command = parsed.output;
    const forbidden = refusedTo(account, command, { country: country(), ground: ground() });
    if (forbidden || !account) return { error: forbidden ?? signInFirst };

    const before = await answerTo(pool, command.key);
    if (before) return applied(before);

    const event = prepare(command, account.name);
    if ('code' in event) return { error: event };
    const { beside } = setApart(command as unknown as Fields);
    const missing = await wrongBeside(pool, beside, account.name);
    if (missing) return { error: missing };
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

  /** The command as the event that it wants, or why not. */
  function prepare(command: Command, by: string): NewEvent | Refusal {
    if (command.type === 'coverage.configure') return prepareCoverage(command, by);
    const { type, key, effective, ...given } = command;
    const { fields: rest, beside } = setApart(given as Fields);
    const shown = beside.photo === undefined ? {} : { photo: beside.photo };
    const [noun, verb] = type.split('.') as [Noun, string];
    const today = dayInVietnam(now());
    const day = effective ?? today;
    const event = { type: type as EventType, by, key, effective: day };
    if (verb === 'add' || verb === 'report') {
      const whole = complete(noun, rest);
      if ('code' in whole) return whole;
      return { ...event, version: 1, fields: { ...whole.fields, ...shown } };
    }
    const { id, base, ...wished } = rest as Fields & { id: number; base: number };
    const table: Table = country().tables[TABLE_OF[noun]];
    const row = table.rowOf(id);
    if (row === undefined) return notFound(noun, id);
    if (table.versions[row] !== base) return stale(table, row);
    const change: Fields =
      verb === 'resolve' ? { ...wished, resolvedOn: wished['resolvedOn'] ?? day } : wished;
    if (noun === 'report') {
      const before = table.record(row);
      const wrong = wrongStep(before, change, beside.answer);
      if (wrong) return wrong;
      change['answeredOn'] = before['answeredOn'] ?? day;
    }
    if (verb === 'remove') {
      const wrong = wrongIn({ verb, noun, id, fields: {}, country: country(), ground: ground() });
      if (wrong) return wrong;
    } else {
      if (Object.keys({ ...change, ...shown }).length === 0)
        return { code: 'invalid', message: `${type} ${id} changes nothing: give it a field.` };
      const checked = complete(noun, withoutNulls({ ...fieldsIn(table, row), ...change }), id);
      if ('code' in checked) return checked;
      // Only what was asked for goes into the event, in the form that the check gave it.
      for (const name of Object.keys(change))
        if (change[name] !== null) change[name] = checked.fields[name];
    }
    return { ...event, id, version: base + 1, fields: { ...change, ...shown } };
  }

  function prepareCoverage(command: CoverageCommand, by: string): NewEvent | Refusal {
    const { type, key, effective, base, linkBudget } = command;
    const { coverage } = country();
    if (coverage.version !== base) return staleCoverage(coverage);
    return {
      ...{ type, by, key, effective: effective ?? dayInVietnam(now()) },
      id: ONLY_ONE.coverage,
      version: base + 1,
      fields: { linkBudget: JSON.stringify(linkBudget) },
    };
  }

  /** Checks a whole thing: each field, and whether they make sense together and where they are. */
  function complete(noun: Noun, fields: Fields, id?: number): { fields: Fields } | Refusal {
    const parsed = v.safeParse(SCHEMA[noun], fields);
    if (!parsed.success) return invalid(parsed.issues[0]);
    const whole = parsed.output as Fields;
    const wrong = wrongIn({
      verb: id === undefined ? 'add' : 'change',
      noun,
      id,
      fields: whole,
      country: country(),
      ground: ground(),
    });
    return wrong ?? { fields: whole };
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

function invalid(issue: v.BaseIssue<unknown>): Refusal {
  const path = v.getDotPath(issue);
  const where = path ?? 'command';
  return {
    code: 'invalid',
    message: `${where}: ${issue.message}`,
    ...(path === null ? {} : { path }),
  };
}

function notFound(noun: Noun, id: number): Refusal {
  return { code: 'not_found', message: `There is no ${noun} ${id}.`, path: 'id' };
}

function stale(table: Table, row: number): Refusal {
  return staleAgainst(table.record(row));
}

function staleCoverage({ version, linkBudget }: CoverageInUse): Refusal {
  return staleAgainst({ id: ONLY_ONE.coverage, version, linkBudget });
}

function staleAgainst(current: { version: number } & Record<string, unknown>): Refusal {
  return {
    code: 'stale',
    message: `It was changed meanwhile: it is at version ${current.version} now.`,
    path: 'base',
    current,
  };
}

/** A thing's own fields, without its id, its version and what is derived. */
function fieldsIn(table: Table, row: number): Fields {
  const { id, version, commune, ...fields } = table.record(row);
  void [id, version, commune];
  return fields;
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
