/**
 * One thing being edited, or a new one: what it was when the form was opened, what is typed now, and
 * what came of saving it.
 */
import { difference } from '../../data/model/fields.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';
import { live } from '../live/live.svelte.ts';
import { sendOrKeep } from '../offline/waiting.svelte.ts';
import { view } from '../view/view.svelte.ts';
import { FIELDS, type FieldName, type FormNoun } from './fields.ts';
import { read, typed, typedPlace, written, type Reading, type Texts } from './form.ts';
import type { Wish } from '../live/sending.ts';
import { lineNamed } from './naming.ts';
import type { Base } from './standing.ts';
import { undo } from './undo.svelte.ts';
import { added, changed, differing, removed, type Editable } from './undoing.ts';

export class Editing {
  readonly noun: FormNoun;
  /** Null for one that is not saved yet. */
  id = $state<number | null>(null);
  base = $state.raw<Base | null>(null);
  texts = $state.raw<Texts>({});
  /** Fields that were left, or all of them after an attempt to save: their faults are told. */
  left = $state.raw<readonly FieldName[]>([]);
  tried = $state(false);
  /** Where it is being dragged to; shown and tried, and typed only when it is let go. */
  onTheWay = $state.raw<MapPlace | null>(null);
  doing = $state<'save' | 'remove' | null>(null);
  /** Why it was not done; null when nothing is wrong. */
  refusal = $state.raw<Refusal | null>(null);
  /** Whether the last thing that was done here was saving. */
  saved = $state(false);
  /** Where what was saved last waits: for approval, or on this machine for the line. */
  away = $state<'proposed' | 'kept' | null>(null);
  /** Key under which what was saved last is kept on this machine; null for none. */
  keptAs = $state<string | null>(null);
  /** What goes with it that no field shows: the day of effect and the photo of a change laid again. */
  beside: { effective?: string; photo?: Blob | null } = {};
  /** Called when it is out of these hands: done, proposed or kept. */
  onSaved: () => void = () => undefined;
  #initial = $state.raw<Texts>({});

  /** @param fields what a new one begins with, or what an existing one is */
  constructor(noun: FormNoun, fields: Fields, existing: { id: number; version: number } | null) {
    this.noun = noun;
    this.id = existing?.id ?? null;
    this.base = existing && { version: existing.version, fields };
    this.#initial = this.texts = written(noun, fields, view.language);
  }

  // Getters, not `$derived`: a form outlives the screen that made it, and a derived would not.

  get reading(): Reading {
    const { country } = live;
    const before = this.base?.fields ?? {};
    const today = dayInVietnam(Date.now() + live.clockOffsetMs);
    return read(
      this.noun,
      this.texts,
      view.language,
      country ? { before, country, today } : undefined,
    );
  }

  /** The fields as they would be, also while it is being dragged. */
  get fields(): Fields {
    return { ...this.reading.fields, ...this.onTheWay };
  }

  get place(): MapPlace | null {
    const { lon, lat } = this.fields;
    return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null;
  }

  /** Whether there is something that is not saved. */
  get changed(): boolean {
    return FIELDS[this.noun].some(
      ({ name }) => (this.texts[name] ?? '') !== (this.#initial[name] ?? ''),
    );
  }

  /** What saving would change; null clears. */
  get change(): Fields | null {
    return this.base && difference(withoutOrigin(this.base.fields), this.reading.fields);
  }

  /** A new thing that is out of these hands: saving it again would make another one. */
  get isGiven(): boolean {
    return this.id === null && this.noun !== 'indicator' && this.away !== null;
  }

  /** What it is called; empty while it has no name. */
  get name(): string {
    const { name = '', from, to } = this.texts;
    if (this.noun !== 'link') return name.trim();
    return from && to ? lineNamed(Number(from), Number(to)) : '';
  }

  type(name: FieldName, text: string): void {
    this.texts = typed(this.noun, this.texts, name, text);
    this.saved = false;
    if (this.refusal && sameField(this.refusal.path, name)) this.refusal = null;
  }

  leave(name: FieldName): void {
    if (!this.left.includes(name)) this.left = [...this.left, name];
  }

  moveTo(place: MapPlace): void {
    this.onTheWay = null;
    this.type('place', typedPlace(place));
  }

  /** Gives up what is not saved. */
  discard(): void {
    this.texts = this.#initial;
    this.onTheWay = this.refusal = null;
    this.left = [];
    this.tried = false;
  }

  /** Goes on from another version: the form shows `fields`, and what differs from `base` is unsaved. */
  rebase(base: Base, fields: Fields = base.fields): void {
    this.base = base;
    this.#initial = written(this.noun, base.fields, view.language);
    this.texts = written(this.noun, fields, view.language);
    this.refusal = null;
  }

  /**
   * Saves; answers whether it was done. What is wrong with a field is not sent. `named` is called in
   * the moment in which a new thing gets its id, so that the address can follow.
   */
  async save(named: () => void = () => undefined): Promise<boolean> {
    this.tried = true;
    this.saved = false;
    this.away = null;
    const { noun, base, change } = this;
    const { fields, faults } = this.reading;
    if (this.doing || this.isGiven || Object.keys(faults).length > 0) return false;
    this.refusal = null;
    if (base && change && Object.keys(change).length === 0) {
      this.rebase(base);
      return (this.saved = true);
    }
    const { texts, id } = this;
    const after = this.#after(base, fields, change);
    this.doing = 'save';
    const { effective, photo = null } = this.beside;
    const wish = {
      ...(base
        ? { type: `${noun}.change`, id, base: base.version, ...change }
        : { type: noun === 'indicator' ? 'indicator.report' : `${noun}.add`, ...fields }),
      ...(effective === undefined ? {} : { effective }),
    };
    const about = { name: this.name, before: base?.fields ?? null, photo };
    const answer = await sendOrKeep(wish as Wish, about);
    this.doing = null;
    if ('error' in answer) {
      this.refusal = answer.error;
      return false;
    }
    if ('proposal' in answer) {
      this.#giveAway('proposed', texts);
      return false;
    }
    if ('kept' in answer) {
      this.#giveAway('kept', texts);
      this.keptAs = answer.kept;
      this.#did(base, after, { id, version: (base?.version ?? 0) + 1 }, answer.kept);
      // What is typed next is based on what waits.
      if (base) this.base = { version: base.version + 1, fields: after };
      return false;
    }
    const { version } = answer;
    this.#gone();
    this.saved = true;
    this.tried = false;
    // A figure that was reported stands: the form is for the next one.
    if (noun === 'indicator') {
      this.#initial = this.texts = { ...texts, value: '' };
      this.left = [];
      return true;
    }
    this.#did(base, after, answer);
    this.id = answer.id;
    this.base = { version, fields: after };
    if (!base) named();
    // What was typed while it was on its way is unsaved work on what is saved now.
    this.#initial = texts;
    return true;
  }

  /** It was done, or is kept under a key to be done: a step that can be taken back. */
  #did(
    base: Base | null,
    after: Fields,
    { id, version }: { id: number | null; version: number },
    kept: string | null = null,
  ): void {
    const { noun, name } = this;
    if (noun === 'indicator') return;
    const item =
      base && id !== null
        ? changed(noun, id, base.version, version, differing(base.fields, after))
        : added(noun, id, version, after);
    undo.did({ did: base ? 'change' : 'add', name, items: [{ ...item, kept }] });
  }

  /** The fields as they are once this is done. */
  #after(base: Base | null, fields: Fields, change: Fields | null): Fields {
    const after = { ...base?.fields, ...fields, simulated: base?.fields['simulated'] ?? false };
    const cleared = Object.entries(change ?? {}).filter(([, value]) => value === null);
    for (const [name] of cleared) delete (after as Fields)[name];
    return after;
  }

  /** It waits elsewhere: nothing is unsaved any more, and nothing has changed yet. */
  #giveAway(where: 'proposed' | 'kept', texts: Texts): void {
    this.#gone();
    this.away = where;
    this.tried = false;
    this.left = [];
    if (this.noun === 'indicator') this.texts = this.#initial = { ...texts, value: '' };
    else this.#initial = texts;
  }

  /** It is out of these hands, with all that came with it. */
  #gone(): void {
    this.onSaved();
    this.onSaved = () => undefined;
    this.beside = {};
    this.keptAs = null;
  }

  /** What was kept was refused: the form stands again where it stood before, with why. */
  takeBack(before: Base, refusal: Refusal, beside: Editing['beside'], onSaved: () => void): void {
    this.base = before;
    this.#initial = written(this.noun, before.fields, view.language);
    this.away = null;
    this.saved = false;
    this.refusal = refusal;
    this.beside = beside;
    this.onSaved = onSaved;
    this.keptAs = null;
  }

  /** What was kept waits for approval now: nothing has changed yet. */
  wasProposed(now: Base | null): void {
    this.keptAs = null;
    this.away = 'proposed';
    if (now && !this.changed) this.rebase(now);
  }

  /** What was kept has become a new thing. */
  becomes(id: number, now: Base): void {
    this.keptAs = this.away = null;
    this.id = id;
    this.rebase(now);
    this.saved = true;
  }

  /** What was kept has been sent, or given up; `now` is the thing as it is. */
  sentOrGivenUp(now: Base | null): void {
    const { base } = this;
    this.keptAs = null;
    this.away = null;
    if (!base || !now) return;
    if (now.version >= base.version) this.saved = true;
    else this.rebase(now, this.changed ? this.reading.fields : now.fields);
  }

  /** Removes it; answers whether it was done. */
  async remove(): Promise<boolean> {
    const { noun, base, id } = this;
    if (!base || id === null || noun === 'indicator' || this.doing) return false;
    this.refusal = null;
    this.doing = 'remove';
    const about = { name: this.name, before: base.fields };
    const answer = await sendOrKeep({ type: `${noun}.remove`, id, base: base.version }, about);
    this.doing = null;
    if ('error' in answer) {
      this.refusal = answer.error;
      return false;
    }
    if ('proposal' in answer) {
      this.#giveAway('proposed', this.texts);
      return false;
    }
    const kept = 'kept' in answer ? answer.kept : null;
    const version = 'kept' in answer ? base.version + 1 : answer.version;
    const item = removed(noun as Editable, id, base.version, version, base.fields);
    undo.did({ did: 'remove', name: this.name, items: [{ ...item, kept }] });
    if (kept !== null) {
      this.#giveAway('kept', this.texts);
      return true;
    }
    this.#gone();
    this.#initial = this.texts;
    return true;
  }
}

/** What a person sets: whether a thing is simulated is not theirs to say. */
function withoutOrigin(fields: Fields): Fields {
  const { simulated, ...rest } = fields;
  void simulated;
  return rest;
}

/** Whether a refusal is about a field of the form. */
export function sameField(path: string | undefined, name: FieldName): boolean {
  return path === name || (name === 'place' && (path === 'lon' || path === 'lat'));
}
