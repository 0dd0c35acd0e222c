/**
 * From what somebody sends to the event that it wants, or why not: the shape by its schema, the
 * version that it was based on, and whether the thing makes sense as a whole and where it stands.
 * Nothing is written here. A single command and each row of an imported file come the same way.
 */
import * as v from 'valibot';
import { ONLY_ONE, TABLE_OF, type EventType, type Noun } from '../../data/log/event.ts';
import type { Country, CoverageInUse } from '../../data/model/country.ts';
import { ownFields } from '../../data/model/fields.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import {
  Definition,
  Duty,
  Facility,
  Hamlet,
  IndicatorValue,
  NetworkLink,
  NetworkNode,
  Programme,
  Report,
  Station,
} from '../../data/model/things.ts';
import { Command, refusedBy, type Refusal } from '../../data/wire/commands.ts';
import type { Ground } from '../country/ground.ts';
import type { NewEvent } from '../log/append.ts';
import { wrongStep } from '../reports/steps.ts';
import { setApart } from './beside.ts';
import { wrongAfter, wrongIn } from './meaning.ts';
import { notFound, stale, staleAgainst } from './refusals.ts';
import type { Meant } from './restore.ts';

/** What a command is checked against. */
export interface Scene {
  country: Country;
  ground: Ground | undefined;
  /** The day on which a command takes effect that does not say. */
  today: string;
}

const SCHEMA = {
  station: Station,
  hamlet: Hamlet,
  node: NetworkNode,
  link: NetworkLink,
  facility: Facility,
  indicator: IndicatorValue,
  report: Report,
  programme: Programme,
  duty: Duty,
  definition: Definition,
} as const satisfies Record<Noun, v.GenericSchema>;

type CoverageCommand = Extract<Command, { type: 'coverage.configure' }>;

/** What was sent, as a command; or what about its shape is wrong. */
export function readCommand(input: unknown): Command | Refusal {
  const parsed = v.safeParse(Command, input, { abortPipeEarly: true });
  return parsed.success ? parsed.output : refusedBy(parsed.issues[0], 'command');
}

/** The event that a command wants, or why it is refused. */
export function prepareEvent(
  { command, again }: Meant,
  by: string,
  scene: Scene,
): NewEvent | Refusal {
  if (command.type === 'coverage.configure') return prepareCoverage(command, by, scene);
  const { type, key, effective, ...given } = command;
  const { fields: rest, beside } = setApart(given as Fields);
  // The event names a photo, so that whoever reads the log finds it; the thing does not hold it.
  const shown = beside.photo === undefined ? {} : { photo: beside.photo };
  const [noun, verb] = type.split('.') as [Noun, string];
  const day = effective ?? scene.today;
  const event = { type: type as EventType, by, key, effective: day };
  if (verb === 'add' || verb === 'report') {
    // What comes back was let in before.
    const whole = complete(scene, noun, rest, again ? rest : {});
    if ('code' in whole) return whole;
    if (!again) return { ...event, version: 1, fields: { ...whole.fields, ...shown } };
    const { id, version, simulated } = again;
    return { ...event, id, version, fields: { ...whole.fields, simulated } };
  }
  const { id, base, ...wished } = rest as Fields & { id: number; base: number };
  const table: Table = scene.country.tables[TABLE_OF[noun]];
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
    const { country, ground } = scene;
    const wrong = wrongIn({ verb, noun, id, fields: {}, country, ground });
    if (wrong) return wrong;
  } else {
    if (Object.keys({ ...change, ...shown }).length === 0)
      return {
        code: 'invalid',
        message: `${type} ${id} changes nothing: give it a field.`,
        reason: { is: 'nothing_changed' },
      };
    const checked = complete(
      scene,
      noun,
      withoutNulls({ ...ownFields(table.record(row)), ...change }),
      table.record(row),
      id,
    );
    if ('code' in checked) return checked;
    // Only what was asked for goes into the event, in the form that the check gave it.
    for (const name of Object.keys(change))
      if (change[name] !== null) change[name] = checked.fields[name];
  }
  return { ...event, id, version: base + 1, fields: { ...change, ...shown } };
}

function prepareCoverage(
  command: CoverageCommand,
  by: string,
  { country: { coverage }, today }: Scene,
): NewEvent | Refusal {
  const { type, key, effective, base, linkBudget } = command;
  if (coverage.version !== base) return staleCoverage(coverage);
  return {
    ...{ type, by, key, effective: effective ?? today },
    id: ONLY_ONE.coverage,
    version: base + 1,
    fields: { linkBudget: JSON.stringify(linkBudget) },
  };
}

/**
 * Checks a whole thing: each field, and whether they make sense together, where they are and after
 * what it was before.
 */
function complete(
  { country, ground, today }: Scene,
  noun: Noun,
  fields: Fields,
  before: Fields,
  id?: number,
): { fields: Fields } | Refusal {
  const parsed = v.safeParse(SCHEMA[noun], fields);
  if (!parsed.success) return refusedBy(parsed.issues[0], 'command');
  const whole = parsed.output as Fields;
  const verb = id === undefined ? 'add' : 'change';
  return (
    wrongIn({ verb, noun, id, fields: whole, country, ground }) ??
    wrongAfter({ noun, id, fields: whole, before, country, ground, today }) ?? { fields: whole }
  );
}

export function staleCoverage({ version, linkBudget }: CoverageInUse): Refusal {
  return staleAgainst({ id: ONLY_ONE.coverage, version, linkBudget });
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
