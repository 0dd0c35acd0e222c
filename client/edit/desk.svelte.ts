/** What lies on the desk: the one form that is open, kept while its screen comes and goes. */
import type { Fields } from '../../data/model/table.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import { live } from '../live/live.svelte.ts';
import type { Waiting } from '../offline/memory.ts';
import { givenBy, withChange } from '../offline/queue.ts';
import { waiting } from '../offline/waiting.svelte.ts';
import { unsaved } from '../view/unsaved.svelte.ts';
import { view, type OpenThing } from '../view/view.svelte.ts';
import { FIELDS, type FormNoun } from './fields.ts';
import { placeChoice, screenOf, thingChoice, type Choices, type Screen } from './addresses.ts';
import { Editing } from './editing.svelte.ts';
import { blank } from './form.ts';
import { toBe } from './standing.ts';
import type { Editable } from './undoing.ts';
import { editWords } from './words.ts';

class Desk {
  open = $state.raw<Editing | null>(null);

  /** The form of what the address names, laid on the desk; null while another has unsaved work. */
  lay(screen: Extract<Screen, { is: 'add' | 'edit' }>): Editing | null {
    if (this.open && isOf(this.open, screen)) return this.open;
    if (this.open?.changed) return null;
    this.open = screen.is === 'add' ? fresh(screen) : existing(screen);
    return this.open;
  }

  /** The open form, where it is that of the screen. Reactive. */
  of(screen: Screen): Editing | null {
    return this.open && isOf(this.open, screen) ? this.open : null;
  }

  /** The choices by which the address names the open form. */
  choicesOf({ noun, id, place }: Editing): Choices {
    if (id !== null && noun !== 'indicator') return { edit: thingChoice({ noun, id }) };
    return { add: noun, ...(place ? { at: placeChoice(place) } : {}) };
  }
}

export const desk = new Desk();

function isOf(editing: Editing, screen: Screen): boolean {
  if (screen.is === 'add') return editing.id === null && editing.noun === screen.noun;
  return screen.is === 'edit' && editing.id === screen.id && editing.noun === screen.noun;
}

function fresh({ noun, at, given }: Extract<Screen, { is: 'add' }>): Editing {
  const today = dayInVietnam(Date.now() + live.clockOffsetMs);
  const editing = new Editing(noun, { ...blank(noun, today), ...given }, null);
  if (at) editing.moveTo(at);
  return editing;
}

/** As it will be once what waits on this machine is done. */
function existing({ noun, id }: { noun: Editable; id: number }): Editing | null {
  const then = toBe(noun, id);
  return then && new Editing(noun, then.fields, { id, version: then.version });
}

/**
 * Lays a change that was refused on the desk again, with what it wanted typed in and why not. Null where
 * it cannot be laid: a removal, or one of which nobody knows what was before.
 */
export function layAgain(one: Waiting): Editing | null {
  const { command, before, refusal } = one;
  if (!refusal || !canLayAgain(one)) return null;
  const noun = command.type.split('.')[0] as FormNoun;
  const base = 'base' in command ? command.base : 0;
  const existing = 'id' in command && before ? { id: command.id, version: base } : null;
  const wanted = one.then ?? (before ? withChange(before, givenBy(command)) : givenBy(command));
  const editing = new Editing(noun, wanted, existing);
  if (existing && before) {
    const was = { version: base, fields: before };
    editing.takeBack(was, refusal, besideOf(one), () => void waiting.drop(one));
  } else {
    editing.refusal = refusal;
    editing.beside = besideOf(one);
    editing.onSaved = () => void waiting.drop(one);
  }
  desk.open = editing;
  return editing;
}

/** Whether what was refused has a form in which it can be mended. */
export function canLayAgain({ command, before, then = null }: Waiting): boolean {
  const [noun = '', verb] = command.type.split('.');
  if (!(noun in FIELDS) || verb === 'remove') return false;
  if (verb === 'restore') return before !== null && then !== null;
  return before !== null || !('id' in command);
}

/** Follows what was saved in a form and is kept on this machine: until it is done, or refused. */
export function followKept(editing: Editing): void {
  const { keptAs } = editing;
  if (keptAs === null) return;
  const one = waiting.of(keptAs);
  if (!one) {
    const { noun, id } = editing;
    const now = id === null || noun === 'indicator' ? null : toBe(noun, id);
    const made = waiting.madeBy(keptAs);
    const madeId = made?.id ?? null;
    const fresh = id === null && madeId !== null ? toBe(noun, madeId) : null;
    if (waiting.wasProposed(keptAs)) editing.wasProposed(now);
    else if (fresh && madeId !== null && noun !== 'indicator') {
      editing.becomes(madeId, fresh);
      if (view.task?.choices['add'] === noun) view.openTask('edit', desk.choicesOf(editing));
    } else editing.sentOrGivenUp(now);
  } else if (one.refusal && one.before && 'base' in one.command) {
    const before = { version: one.command.base, fields: one.before };
    editing.takeBack(before, one.refusal, besideOf(one), () => void waiting.drop(one));
  }
}

function besideOf({ command, photo }: Waiting): Editing['beside'] {
  const { effective } = command as Fields;
  return { photo, ...(typeof effective === 'string' ? { effective } : {}) };
}

/** Begins a report of an indicator of a unit, unless another form has unsaved work in it. */
export function reportOn({ indicator, unit }: { indicator: string; unit: string }): void {
  if (desk.open && !desk.open.changed) desk.open = null;
  view.openTask('edit', { add: 'indicator', of: indicator, for: unit });
}

/** Begins a programme or an indicator of a unit, or a duty of a programme there, in the same way. */
export function addOf({
  noun,
  unit,
  of,
}: {
  noun: 'programme' | 'duty' | 'definition';
  unit: string;
  of?: number;
}): void {
  if (desk.open && !desk.open.changed) desk.open = null;
  view.openTask('edit', { add: noun, ...(of ? { of: String(of) } : {}), for: unit });
}

/** Leaves for the thing itself, with the task behind it. */
export function showThing(thing: OpenThing): void {
  view.openTask('edit');
  view.openThing(thing);
}

/** Begins to ask whoever leaves the form with unsaved work in it. */
export function guardDesk(): void {
  unsaved.work = {
    what: () => desk.open?.name || editWords().newThing,
    isChanged: () => desk.open?.changed ?? false,
    isShown: () =>
      desk.open !== null &&
      view.thing === null &&
      view.task?.name === 'edit' &&
      isOf(desk.open, screenOf(view.task.choices)),
    back: () => {
      if (desk.open) view.openTask('edit', desk.choicesOf(desk.open));
    },
    discard: () => (desk.open = null),
  };
}
