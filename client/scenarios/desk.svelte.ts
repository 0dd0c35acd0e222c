/**
 * The scenario on the desk: what it says now, what was done to it, and how it was last kept. What is
 * not saved yet survives a reload of the page.
 */
import type { Scenario, ScenarioContent } from '../../data/wire/scenarios.ts';
import { ask } from '../live/ask.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';
import { isNothing, NOTHING, usualRadio, withDrafts, type Part, type Radio } from './content.ts';
import { keepWork, readWork } from './draft-store.ts';
import { begin, redo, step, undo, type Steps } from './steps.ts';

/** What a click on the map means. */
export type Mode = 'look' | 'add' | 'station';

class Desk {
  /** As the server last told it; null for one that was never saved. */
  saved = $state.raw<Scenario | null>(null);
  name = $state('');
  mode = $state<Mode>('look');
  selected = $state.raw<Part | null>(null);
  /** The radio of the next draft: that of the last one. */
  radio = $state.raw<Radio>(usualRadio('viettel', '5g'));
  #steps = $state.raw<Steps<ScenarioContent>>(begin(NOTHING));
  /** Where something is being dragged to: shown and tried, and no step until it is let go. */
  #onTheWay = $state.raw<ScenarioContent | null>(null);
  /** Whether what lies here is the new scenario, and not just nothing yet. */
  #isNew = false;

  get content(): ScenarioContent {
    return this.#onTheWay ?? this.#steps.now;
  }

  get canUndo(): boolean {
    return this.#steps.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#steps.future.length > 0;
  }

  /** Whether its drafts are in the plan, and it changes no more. */
  get closed(): boolean {
    return Boolean(this.saved?.approved);
  }

  /** Whether there is something that is not saved. */
  get changed(): boolean {
    if (!this.saved) return !isNothing(this.#steps.now) || this.name.trim() !== '';
    return this.#steps.now !== this.saved.content || this.name !== this.saved.name;
  }

  /** Lays a saved scenario on the desk, with the work on it that was not saved. */
  lay(scenario: Scenario): void {
    const work = scenario.approved ? null : readWork(scenario.id);
    this.#isNew = false;
    this.#begin(scenario, work?.base === scenario.version ? work : null);
  }

  /** Lays a new one on the desk, with the work on it so far; one that lies there stays. */
  layNew(): void {
    if (!this.#isNew) this.#begin(null, readWork(null));
    this.#isNew = true;
    this.mode = 'look';
  }

  /** Leaves what is on the desk as the work on a new scenario: `layNew` takes it up. */
  leaveCopy(name: string): void {
    keepWork(null, { name, content: this.content, base: 0 });
    this.#isNew = false;
  }

  edit(next: ScenarioContent): void {
    if (this.closed) return;
    this.#onTheWay = null;
    this.#steps = step(this.#steps, next);
    this.#keep();
  }

  /** Something is dragged: seen at once, and a step only when `edit` says so. */
  dragTo(next: ScenarioContent): void {
    if (!this.closed) this.#onTheWay = next;
  }

  rename(name: string): void {
    this.name = name;
    this.#keep();
  }

  add(places: readonly MapPlace[]): void {
    this.edit(withDrafts(this.content, places, this.radio));
    if (!this.closed) this.selected = { kind: 'draft', index: this.content.add.length - 1 };
  }

  undo(): void {
    this.#go(undo(this.#steps));
  }

  redo(): void {
    this.#go(redo(this.#steps));
  }

  /** Saves it, as a new scenario the first time; throws `Refused`. */
  async save(): Promise<Scenario> {
    const { saved } = this;
    const name = this.name.trim();
    const body = { name, content: this.#steps.now, ...(saved ? { base: saved.version } : {}) };
    const sent = this.#steps.now;
    const kept = await ask<Scenario>(saved ? addressOf(saved.id) : '/api/scenarios', { body });
    keepWork(saved?.id ?? null, null);
    this.#isNew = false;
    this.saved = { ...kept, content: sent };
    this.name = kept.name;
    // What was done while it was on its way is unsaved work on what is kept now.
    this.#keep();
    return kept;
  }

  /** Gives up what is not saved. */
  discard(): void {
    keepWork(this.saved?.id ?? null, null);
    this.#begin(this.saved, null);
  }

  #begin(saved: Scenario | null, work: { name: string; content: ScenarioContent } | null): void {
    this.saved = saved;
    this.name = work?.name ?? saved?.name ?? '';
    this.#steps = begin(saved?.content ?? NOTHING);
    if (work) this.#steps = step(this.#steps, work.content);
    this.#onTheWay = null;
    this.selected = null;
    this.mode = 'look';
  }

  #go(steps: Steps<ScenarioContent>): void {
    if (this.closed) return;
    this.#steps = steps;
    this.#onTheWay = null;
    this.selected = null;
    this.#keep();
  }

  #keep(): void {
    const { saved, name } = this;
    const work = { name, content: this.#steps.now, base: saved?.version ?? 0 };
    keepWork(saved?.id ?? null, this.changed ? work : null);
  }
}

export const desk = new Desk();

export function addressOf(id: number): string {
  return `/api/scenarios/${id}`;
}
