/**
 * What changes that wait mean for each other: a thing as it will be once they are done, and what
 * becomes of those that lie on one which does not become a version of it. Pure.
 */
import type { Noun } from '../../data/log/event.ts';
import type { Fields } from '../../data/model/table.ts';
import type { CommandInput, Refusal } from '../../data/wire/commands.ts';
import type { Wish } from '../live/sending.ts';
import type { Waiting } from './memory.ts';

/** A version of a thing; without fields where it is gone, or where nobody here knows what it holds. */
export interface Standing {
  version: number;
  fields: Fields | null;
}

/** A thing as it will be once what waits, in its order, is done; `now` is how the server has it. */
export function standingAfter(
  unsent: readonly Waiting[],
  noun: Noun,
  id: number,
  now: Standing,
): Standing {
  let then = now;
  for (const one of unsent) {
    const { command } = one;
    // One that has been applied meanwhile, and whose answer is still on its way, counts no more.
    if (!isOf(command, noun, id) || baseOf(command) < now.version) continue;
    then = { version: versionBy(command), fields: fieldsAfter(one, then.fields) };
  }
  return then;
}

/** The version of its thing that a command makes. */
export function versionBy(command: CommandInput): number {
  return baseOf(command) + 1;
}

/** Fields with a change laid over them, in which null clears. */
export function withChange(fields: Fields, change: Fields): Fields {
  return Object.fromEntries(
    Object.entries({ ...fields, ...change }).filter(([, value]) => value !== null),
  );
}

/** What a command sets, without what it says besides. */
export function givenBy(command: CommandInput | Wish): Fields {
  const { type, key, effective, id, base, photo, answer, ...given } = command as Fields;
  void [key, effective, id, base, photo, answer];
  return type === 'hamlet.resolve' ? { ...given, status: 'resolved' } : given;
}

/**
 * One that was refused, and with it what was built on it: no version of it would be what it was
 * thought to be. Each is then a change of what was there before all of them.
 */
export function refusedWith(
  one: Waiting,
  refusal: Refusal,
  unsent: readonly Waiting[],
): readonly Waiting[] {
  const first = { ...one, refusal };
  return [first, ...onTopOf(one, unsent).map((later) => laidBeside(later, first))];
}

/**
 * What changes where one has made no version of its thing, because it was given up or waits for
 * approval: what lies on it begins one version earlier. What goes back to just that version goes
 * back to nothing, and is refused.
 */
export function without(one: Waiting, unsent: readonly Waiting[]): readonly Waiting[] {
  const missing = versionBy(one.command);
  const changed: Waiting[] = [];
  let refused: Waiting | undefined;
  for (const later of onTopOf(one, unsent)) {
    const next = refused ? laidBeside(later, refused) : lowered(later, missing);
    if (next.refusal) refused ??= next;
    changed.push(next);
  }
  return changed;
}

function onTopOf({ order, command }: Waiting, unsent: readonly Waiting[]): readonly Waiting[] {
  if (!('id' in command)) return [];
  return unsent.filter(
    (later) => later.order > order && 'id' in later.command && later.command.id === command.id,
  );
}

function laidBeside(later: Waiting, { command, before, refusal }: Waiting): Waiting {
  return { ...later, ...{ command: basedOn(later.command, baseOf(command)), before, refusal } };
}

function lowered(later: Waiting, missing: number): Waiting {
  const command = basedOn(later.command, baseOf(later.command) - 1);
  if (!('version' in command) || command.version < missing) return { ...later, command };
  if (command.version === missing) return { ...later, command, refusal: NEVER_WAS };
  return { ...later, command: { ...command, version: command.version - 1 } };
}

const NEVER_WAS: Refusal = {
  code: 'invalid',
  message: 'version: what made it was not done',
  path: 'version',
  reason: { is: 'unknown' },
};

function basedOn(command: CommandInput, base: number): CommandInput {
  return { ...command, base } as CommandInput;
}

/** 0 for a new thing. */
function baseOf(command: CommandInput): number {
  return 'base' in command ? command.base : 0;
}

function isOf(command: CommandInput, noun: Noun, id: number): boolean {
  return 'id' in command && command.id === id && command.type.startsWith(`${noun}.`);
}

function fieldsAfter({ command, then }: Waiting, fields: Fields | null): Fields | null {
  if (command.type.endsWith('.remove')) return null;
  if (command.type.endsWith('.restore')) return then ?? null;
  return fields && withChange(fields, givenBy(command));
}
