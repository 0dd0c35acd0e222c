/** What lies on the desk: the one form that is open, kept while its screen comes and goes. */
import { TABLE_OF } from '../../data/log/event.ts';
import { ownFields } from '../../data/model/fields.ts';
import type { Fields } from '../../data/model/table.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import { live } from '../live/live.svelte.ts';
import type { Waiting } from '../offline/memory.ts';
import { waiting } from '../offline/waiting.svelte.ts';
import { unsaved } from '../view/unsaved.svelte.ts';
import { view, type OpenThing } from '../view/view.svelte.ts';
import type { FormNoun } from './fields.ts';
import { placeChoice, screenOf, thingChoice, type Choices, type Screen } from './addresses.ts';
import { Editing, type Base } from './editing.svelte.ts';
import { blank } from './form.ts';
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
  const now = baseOf(noun, id);
  if (!now) return null;
  const { version, fields } = waiting.over(noun, id, now.version, now.fields);
  return new Editing(noun, fields, { id, version });
}

/**
 * Lays a change that was refused on the desk again, with what it wanted typed in and why not. Null where
 * it cannot be laid: a removal, or one of which nobody knows what was before.
 */
export function layAgain(one: Waiting): Editing | null {
  const { command, before, refusal } = one;
  const noun = command.type.split('.')[0] as FormNoun;
  const { type, key, effective, id, base, photo, ...given } = command as Fields;
  void [key, effective, id, photo];
  if (!refusal || String(type).endsWith('.remove') || ('id' in command && !before)) return null;
  const existing = 'id' in command && before ? { id: command.id, version: Number(base) } : null;
  const editing = new Editing(noun, existing && before ? { ...before, ...given } : given, existing);
  const was = { version: Number(base), fields: before ?? {} };
  if (existing) editing.takeBack(was, refusal, besideOf(one), () => void waiting.drop(one));
  else {
    editing.refusal = refusal;
    editing.beside = besideOf(one);
    editing.onSaved = () => void waiting.drop(one);
  }
  desk.open = editing;
  return editing;
}

/** Follows what was saved in a form and is kept on this machine: until it is done, or refused. */
export function followKept(editing: Editing): void {
  const { keptAs } = editing;
  if (keptAs === null) return;
  const one = waiting.of(keptAs);
  if (!one) {
    const { noun, id } = editing;
    editing.sentOrGivenUp(id === null || noun === 'indicator' ? null : baseOf(noun, id));
  } else if (one.refusal && one.before && 'base' in one.command) {
    const before = { version: one.command.base, fields: one.before };
    editing.takeBack(before, one.refusal, besideOf(one), () => void waiting.drop(one));
  }
}

function besideOf({ command, photo }: Waiting): Editing['beside'] {
  const { effective } = command as Fields;
  return { photo, ...(typeof effective === 'string' ? { effective } : {}) };
}

/** A thing as it is now; null when it is not there. Not reactive. */
export function baseOf(noun: FormNoun, id: number): Base | null {
  const table = live.country?.tables[TABLE_OF[noun]];
  const row = table?.rowOf(id);
  if (!table || row === undefined) return null;
  const record = table.record(row);
  return { version: record.version, fields: ownFields(record) };
}

/** Begins a report of an indicator of a unit, unless another form has unsaved work in it. */
export function reportOn({ indicator, unit }: { indicator: string; unit: string }): void {
  if (desk.open && !desk.open.changed) desk.open = null;
  view.openTask('edit', { add: 'indicator', of: indicator, for: unit });
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
