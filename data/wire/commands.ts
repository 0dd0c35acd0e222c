/**
 * Commands: what people and programs ask for. Flat like events: `type`, `key`, then `base` and `id`
 * where a thing is changed, then its fields. One schema each, and that is also the type.
 */
import * as v from 'valibot';
import { Day, Id, PhotoId, Text } from '../model/scalars.ts';
import { LinkBudgetParameters } from '../radio/link-budget.ts';
import {
  Definition,
  Duty,
  Facility,
  Hamlet,
  HAMLET_SOLUTIONS,
  IndicatorValue,
  NetworkLink,
  NetworkNode,
  Programme,
  REPORT_STATUSES,
  Station,
} from '../model/things.ts';
import { reasonOf, type Reason } from './reason.ts';

/** Chosen by the sender, once per wish; the same key again gets the first answer again. */
const Key = v.pipe(v.string(), v.regex(/^[\w.:-]{8,64}$/, 'must be 8–64 of A–Z a–z 0–9 _ . : -'));

const every = {
  key: Key,
  /** Day on which it takes effect; today in Viet Nam when absent. */
  effective: v.optional(Day),
};
const existing = {
  ...every,
  id: Id,
  /** Version of the thing that the sender saw; a later one makes the command stale. */
  base: v.pipe(v.number(), v.integer(), v.minValue(1)),
};

/** What a person may set: what is simulated is the simulation's own business. */
type Entries = v.ObjectEntries;
function settable<E extends Entries & { simulated: unknown }>(entries: E): Omit<E, 'simulated'> {
  const { simulated, ...rest } = entries;
  void simulated;
  return rest;
}

type Changeable<E extends Entries> = {
  [K in keyof E]: E[K] extends v.OptionalSchema<infer S, unknown>
    ? v.OptionalSchema<v.NullableSchema<S, undefined>, undefined>
    : v.OptionalSchema<E[K], undefined>;
};

/** Every field may be left out; `null` clears one that the thing can be without. */
function changeable<E extends Entries>(entries: E): Changeable<E> {
  const changed = Object.entries(entries).map(([name, schema]) => [
    name,
    schema.type === 'optional' && 'wrapped' in schema
      ? v.optional(v.nullable(schema.wrapped as v.GenericSchema))
      : v.optional(schema as v.GenericSchema),
  ]);
  return Object.fromEntries(changed) as Changeable<E>;
}

function add<T extends string, E extends Entries & { simulated: unknown }>(type: T, entries: E) {
  return v.strictObject({ type: v.literal(type), ...every, ...settable(entries) });
}
function change<T extends string, E extends Entries & { simulated: unknown }>(type: T, entries: E) {
  return v.strictObject({
    type: v.literal(type),
    ...existing,
    ...changeable(settable(entries)),
  });
}
/** A photo of the thing, stored before: the event names it, the thing does not hold it. */
function withPhoto<E extends Entries>(command: v.StrictObjectSchema<E, undefined>) {
  return v.strictObject({ ...command.entries, photo: v.optional(PhotoId) });
}
function remove<T extends string>(type: T) {
  return v.strictObject({ type: v.literal(type), ...existing });
}
/** Brings a thing back to what it was at a version, whether it is still there or was removed. */
function restore<T extends string>(type: T) {
  const { id, base } = existing;
  return v.strictObject({ type: v.literal(type), key: Key, id, base, version: base });
}

export const Command = v.variant('type', [
  withPhoto(add('station.add', Station.entries)),
  withPhoto(change('station.change', Station.entries)),
  remove('station.remove'),
  restore('station.restore'),
  add('hamlet.add', Hamlet.entries),
  change('hamlet.change', Hamlet.entries),
  v.strictObject({
    type: v.literal('hamlet.resolve'),
    ...existing,
    solution: v.picklist(HAMLET_SOLUTIONS),
    /** The effective day when absent. */
    resolvedOn: v.optional(Day),
  }),
  remove('hamlet.remove'),
  restore('hamlet.restore'),
  add('node.add', NetworkNode.entries),
  change('node.change', NetworkNode.entries),
  remove('node.remove'),
  restore('node.restore'),
  add('link.add', NetworkLink.entries),
  change('link.change', NetworkLink.entries),
  remove('link.remove'),
  restore('link.restore'),
  add('facility.add', Facility.entries),
  change('facility.change', Facility.entries),
  remove('facility.remove'),
  restore('facility.restore'),
  add('indicator.report', IndicatorValue.entries),
  remove('indicator.remove'),
  add('programme.add', Programme.entries),
  change('programme.change', Programme.entries),
  remove('programme.remove'),
  restore('programme.restore'),
  add('duty.add', Duty.entries),
  change('duty.change', Duty.entries),
  remove('duty.remove'),
  restore('duty.restore'),
  add('definition.add', Definition.entries),
  change('definition.change', Definition.entries),
  remove('definition.remove'),
  restore('definition.restore'),
  v.strictObject({
    type: v.literal('report.change'),
    ...existing,
    status: v.picklist(REPORT_STATUSES),
    /** What the reporter is told; it is kept beside the log. */
    answer: v.optional(Text),
  }),
  v.strictObject({
    type: v.literal('coverage.configure'),
    ...every,
    /** Version of the parameters that the sender saw; 0 for the built-in ones. */
    base: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** All of them, as they are to be from now on. */
    linkBudget: LinkBudgetParameters,
  }),
]);
export type Command = v.InferOutput<typeof Command>;
export type CommandInput = v.InferInput<typeof Command>;
export type RestoreCommand = Extract<Command, { type: `${string}.restore` }>;

/** Why a command was not done. */
export type RefusalCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'stale'
  | 'outside_territory'
  | 'no_territory'
  | 'in_use'
  | 'too_large'
  | 'unsupported'
  | 'too_many'
  | 'unavailable';

export interface Refusal {
  code: RefusalCode;
  /** One sentence for a person, in English; the interface words the code in its own language. */
  message: string;
  /** Where: a field's name. */
  path?: string;
  /** What exactly, where the code and the path do not say it all. */
  reason?: Reason;
  /** The thing as it is now, when the command was stale; `{id, version, removed: true}` of one that is gone. */
  current?: Record<string, unknown>;
}

/** The event's number, the thing's id and its new version: it is durable and applied. */
export interface Accepted {
  seq: number;
  id: number;
  version: number;
}

/**
 * The province asks for approval: what was sent is a proposal now, of this id, and nothing has
 * happened yet.
 */
export interface Proposed {
  proposal: number;
}

export type CommandAnswer = Accepted | Proposed | { error: Refusal };

/** What a schema does not take, as a refusal; `whole` is what it is called where no part of it is named. */
export function refusedBy(issue: v.BaseIssue<unknown>, whole = 'request'): Refusal {
  const path = v.getDotPath(issue);
  const reason = reasonOf(issue);
  return {
    code: 'invalid',
    message: `${path ?? whole}: ${issue.message}`,
    ...(path === null ? {} : { path }),
    ...(reason ? { reason } : {}),
  };
}
