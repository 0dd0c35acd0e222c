/**
 * Taking steps back. A step says of each thing in it the version whose content was before and the one
 * after (null where the thing was not there), and the version that it has now: going either way is
 * then restoring a version, or removing. Of the contents only what differs is kept, to show what will
 * be while there is no line: the log has them. Pure.
 */
import { difference } from '../../data/model/fields.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Waiting } from '../offline/memory.ts';
import { withChange } from '../offline/queue.ts';
import type { FormNoun } from './fields.ts';

/** The nouns that can be changed; a reported figure is reported anew, or withdrawn. */
export type Editable = Exclude<FormNoun, 'indicator'>;

export interface Item {
  noun: Editable;
  /** Null for a new one that waits on this machine: it has none yet. */
  id: number | null;
  before: number | null;
  after: number | null;
  now: number;
  differs: Differing;
  /** Key under which what makes the version that it has now is kept on this machine; null for none. */
  kept: string | null;
  /** The adding that was taken back before it was sent, to be made again. */
  aside?: Waiting;
}

/** What to set to have what was before, or after; null where the thing is not there then. */
interface Differing {
  before: Fields | null;
  after: Fields | null;
}

export interface Step {
  /** What was done, and to what: worded when it is shown. */
  did: 'add' | 'change' | 'remove' | 'restore' | 'many' | 'give';
  name: string;
  items: readonly Item[];
}

export interface Steps {
  past: readonly Step[];
  future: readonly Step[];
}

export type Way = 'undo' | 'redo';

export const NO_STEPS: Steps = { past: [], future: [] };
const MOST = 100;

/** A thing that was added, changed, removed or restored, by the version that it had and has. */
export function added(noun: Editable, id: number | null, version: number, after: Fields): Item {
  const differs = differing(null, after);
  return { noun, id, before: null, after: version, now: version, differs, kept: null };
}
export function changed(
  noun: Editable,
  id: number,
  base: number,
  version: number,
  differs: Differing,
): Item {
  return { noun, id, before: base, after: version, now: version, differs, kept: null };
}
export function removed(
  noun: Editable,
  id: number,
  base: number,
  version: number,
  before: Fields,
): Item {
  const differs = differing(before, null);
  return { noun, id, before: base, after: null, now: version, differs, kept: null };
}

/** How two states of a thing differ, either of which may be that it is not there. */
export function differing(before: Fields | null, after: Fields | null): Differing {
  return {
    before: before && difference(after ?? {}, before),
    after: after && difference(before ?? {}, after),
  };
}

/** A thing as it will be once a step was taken; null where it will be gone. */
export function thenOf({ differs }: Item, way: Way, now: Fields | null): Fields | null {
  const change = way === 'undo' ? differs.before : differs.after;
  return change && withChange(now ?? {}, change);
}

/** Something was done; what had been undone is gone. */
export function done({ past }: Steps, step: Step): Steps {
  return { past: [...followed(past, step.items), step].slice(-MOST), future: [] };
}

/** The step that would be taken. */
export function nextOf({ past, future }: Steps, way: Way): Step | undefined {
  return way === 'undo' ? past.at(-1) : future[0];
}

/** The command that takes a thing of a step one way, without its key. */
export function commandOf({ noun, id, before, after, now }: Item & { id: number }, way: Way) {
  const version = way === 'undo' ? before : after;
  return version === null
    ? ({ type: `${noun}.remove`, id, base: now } as const)
    : ({ type: `${noun}.restore`, id, base: now, version } as const);
}

/**
 * The steps after one was taken: the things that went along, at their new versions, can go back
 * again. Those that were refused are out of it, because somebody else's work lies on them; those not
 * yet tried stay where they are.
 */
export function taken(
  { past, future }: Steps,
  way: Way,
  outcome: { went: readonly Item[]; left: readonly Item[] },
): Steps {
  const step = nextOf({ past, future }, way);
  if (!step) return { past, future };
  const stepOf = (items: readonly Item[]): Step[] => (items.length > 0 ? [{ ...step, items }] : []);
  const went = stepOf(outcome.went);
  const left = stepOf(outcome.left);
  const earlier = followed(way === 'undo' ? past.slice(0, -1) : past, outcome.went);
  const later = followed(way === 'undo' ? future : future.slice(1), outcome.went);
  return way === 'undo'
    ? { past: [...earlier, ...left], future: [...went, ...later] }
    : { past: [...earlier, ...went], future: [...left, ...later] };
}

/** The steps with the new things known by their ids that have one by now. */
export function withIds(steps: Steps, asItStands: (item: Item) => Item | null): Steps {
  const known = (step: Step): Step => ({
    ...step,
    items: step.items.map((item) => (item.id === null ? (asItStands(item) ?? item) : item)),
  });
  return { past: steps.past.map(known), future: steps.future.map(known) };
}

/**
 * Other steps on things that just got their next version by our own hand: they know of it, and only
 * of it, so that a version of somebody else's between them is still noticed.
 */
function followed(steps: readonly Step[], went: readonly Item[]): Step[] {
  const newest = new Map(went.map((item) => [item.id, item]));
  return steps.map((step) => ({
    ...step,
    items: step.items.map((item) => {
      const { now, kept } = (item.id !== null && newest.get(item.id)) || item;
      return now === item.now + 1 ? { ...item, now, kept } : item;
    }),
  }));
}
