/**
 * Taking steps back. A step says of each thing in it the version whose content was before and the one
 * after (null where the thing was not there), and the version that it has now: going either way is
 * then restoring a version, or removing. Nothing is kept of the contents: the log has them. Pure.
 */
import type { FormNoun } from './fields.ts';

/** The nouns that can be changed; a reported figure is reported anew, or withdrawn. */
export type Editable = Exclude<FormNoun, 'indicator'>;

export interface Item {
  noun: Editable;
  id: number;
  before: number | null;
  after: number | null;
  now: number;
}

export interface Step {
  /** What was done, and to what: worded when it is shown. */
  did: 'add' | 'change' | 'remove' | 'restore' | 'many';
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
export function added(noun: Editable, id: number, version: number): Item {
  return { noun, id, before: null, after: version, now: version };
}
export function changed(noun: Editable, id: number, base: number, version: number): Item {
  return { noun, id, before: base, after: version, now: version };
}
export function removed(noun: Editable, id: number, base: number, version: number): Item {
  return { noun, id, before: base, after: null, now: version };
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
export function commandOf({ noun, id, before, after, now }: Item, way: Way) {
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

/**
 * Other steps on things that just got their next version by our own hand: they know of it, and only
 * of it, so that a version of somebody else's between them is still noticed.
 */
function followed(steps: readonly Step[], went: readonly Item[]): Step[] {
  const now = new Map(went.map((item) => [item.id, item.now]));
  return steps.map((step) => ({
    ...step,
    items: step.items.map((item) => {
      const next = now.get(item.id);
      return next === item.now + 1 ? { ...item, now: next } : item;
    }),
  }));
}
