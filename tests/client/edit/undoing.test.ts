import { describe, expect, it } from 'vitest';
import {
  added as addedWith,
  changed as changedWith,
  commandOf,
  differing,
  done,
  nextOf,
  NO_STEPS,
  removed as removedWith,
  taken,
  thenOf,
  withIds,
  type Editable,
  type Item,
  type Step,
  type Steps,
  type Way,
} from '../../../client/edit/undoing.ts';

/** What the things hold is of no matter to most of these. */
const added = (noun: Editable, id: number, version: number) => addedWith(noun, id, version, {});
const changed = (noun: Editable, id: number, base: number, version: number) =>
  changedWith(noun, id, base, version, differing({}, {}));
const removed = (noun: Editable, id: number, base: number, version: number) =>
  removedWith(noun, id, base, version, {});
const step = (did: Step['did'], ...items: Item[]): Step => ({ did, name: 'A', items });

/** Takes a step as the server would take it: every thing gets its next version. */
function go(steps: Steps, way: Way): Steps {
  const items = nextOf(steps, way)?.items ?? [];
  return taken(steps, way, {
    went: items.map((item) => ({ ...item, now: item.now + 1 })),
    left: [],
  });
}
const commands = (steps: Steps, way: Way) =>
  nextOf(steps, way)?.items.map((item) => commandOf({ ...item, id: item.id ?? 0 }, way));

describe('taking a step back', () => {
  it('of an adding is a removal, and again a restoring', () => {
    let steps = done(NO_STEPS, step('add', added('station', 12, 1)));
    expect(commands(steps, 'undo')).toEqual([{ type: 'station.remove', id: 12, base: 1 }]);
    steps = go(steps, 'undo');
    expect(commands(steps, 'undo')).toBeUndefined();
    expect(commands(steps, 'redo')).toEqual([
      { type: 'station.restore', id: 12, base: 2, version: 1 },
    ]);
    steps = go(steps, 'redo');
    expect(commands(steps, 'undo')).toEqual([{ type: 'station.remove', id: 12, base: 3 }]);
  });

  it('of a change restores what was, and again what came of it', () => {
    let steps = done(NO_STEPS, step('change', changed('hamlet', 7, 4, 5)));
    expect(commands(steps, 'undo')).toEqual([
      { type: 'hamlet.restore', id: 7, base: 5, version: 4 },
    ]);
    steps = go(steps, 'undo');
    expect(commands(steps, 'redo')).toEqual([
      { type: 'hamlet.restore', id: 7, base: 6, version: 5 },
    ]);
  });

  it('of a removal restores, and again removes', () => {
    let steps = done(NO_STEPS, step('remove', removed('node', 7, 2, 3)));
    expect(commands(steps, 'undo')).toEqual([{ type: 'node.restore', id: 7, base: 3, version: 2 }]);
    steps = go(steps, 'undo');
    expect(commands(steps, 'redo')).toEqual([{ type: 'node.remove', id: 7, base: 4 }]);
  });

  it('goes through many steps on one thing, there and back', () => {
    let steps = done(NO_STEPS, step('add', added('station', 12, 1)));
    steps = done(steps, step('change', changed('station', 12, 1, 2)));
    steps = done(steps, step('remove', removed('station', 12, 2, 3)));
    const bases: unknown[] = [];
    for (const way of ['undo', 'undo', 'undo', 'redo', 'redo', 'redo'] as const) {
      bases.push(commands(steps, way)?.[0]);
      steps = go(steps, way);
    }
    expect(bases).toEqual([
      { type: 'station.restore', id: 12, base: 3, version: 2 },
      { type: 'station.restore', id: 12, base: 4, version: 1 },
      { type: 'station.remove', id: 12, base: 5 },
      { type: 'station.restore', id: 12, base: 6, version: 1 },
      { type: 'station.restore', id: 12, base: 7, version: 2 },
      { type: 'station.remove', id: 12, base: 8 },
    ]);
  });

  it('never passes over the version of somebody else', () => {
    let steps = done(NO_STEPS, step('change', changed('station', 12, 1, 2)));
    // Somebody else made version 3; we saw it and made 4.
    steps = done(steps, step('change', changed('station', 12, 3, 4)));
    expect(commands(steps, 'undo')).toEqual([
      { type: 'station.restore', id: 12, base: 4, version: 3 },
    ]);
    steps = go(steps, 'undo');
    // The server is at 5, and refuses this one: theirs stays.
    expect(commands(steps, 'undo')).toEqual([
      { type: 'station.restore', id: 12, base: 2, version: 1 },
    ]);
  });

  it('something new does away with what had been undone', () => {
    let steps = done(NO_STEPS, step('add', added('station', 12, 1)));
    steps = go(steps, 'undo');
    steps = done(steps, step('add', added('station', 13, 1)));
    expect(nextOf(steps, 'redo')).toBeUndefined();
  });

  it('of many at once: what was refused is out of it, what was not reached stays', () => {
    const items = [1, 2, 3].map((id) => changed('station', id, 1, 2));
    const [one, , three] = items;
    if (!one || !three) throw new Error('there are three');
    const steps = taken(done(NO_STEPS, step('many', ...items)), 'undo', {
      went: [{ ...one, now: 3 }],
      left: [three],
    });
    expect(commands(steps, 'undo')).toEqual([
      { type: 'station.restore', id: 3, base: 2, version: 1 },
    ]);
    expect(commands(steps, 'redo')).toEqual([
      { type: 'station.restore', id: 1, base: 3, version: 2 },
    ]);
  });
});

describe('taking a step back without a line', () => {
  const before = { name: 'A', heightM: 30, azimuth: 90 };
  const after = { name: 'A', heightM: 46, status: 'planned' };

  it('tells what the thing will be, over what others have made of the rest', () => {
    const item = changedWith('station', 12, 1, 2, differing(before, after));
    expect(thenOf(item, 'undo', { ...after, name: 'B' })).toEqual({ ...before, name: 'B' });
    expect(thenOf(item, 'redo', before)).toEqual(after);
  });

  it('tells that a thing will be gone, and what it is when it comes back', () => {
    const item = removedWith('station', 12, 1, 2, before);
    expect(thenOf(item, 'undo', null)).toEqual(before);
    expect(thenOf(item, 'redo', before)).toBeNull();
  });

  it('goes on, on the same thing, from what is kept here', () => {
    let steps = done(NO_STEPS, step('change', changed('station', 12, 1, 2)));
    steps = done(steps, step('change', changed('station', 12, 2, 3)));
    const [item] = nextOf(steps, 'undo')?.items ?? [];
    if (!item) throw new Error('there is one');
    steps = taken(steps, 'undo', { went: [{ ...item, now: 4, kept: 'a-key-of-it' }], left: [] });
    expect(nextOf(steps, 'undo')?.items).toEqual([
      { ...changed('station', 12, 1, 2), now: 4, kept: 'a-key-of-it' },
    ]);
  });

  it('knows a new thing by its id as soon as it has one', () => {
    const waits = { ...addedWith('station', null, 1, after), kept: 'a-key-of-it' };
    const steps = withIds(done(NO_STEPS, step('add', waits)), (item) => ({
      ...item,
      ...{ id: 12, kept: null },
    }));
    expect(commands(done(steps, step('change', changed('station', 12, 1, 2))), 'undo')).toEqual([
      { type: 'station.restore', id: 12, base: 2, version: 1 },
    ]);
    expect(commands(steps, 'undo')).toEqual([{ type: 'station.remove', id: 12, base: 1 }]);
  });
});
