import { describe, expect, it } from 'vitest';
import type { Waiting } from '../../../client/offline/memory.ts';
import {
  givenBy,
  refusedWith,
  standingAfter,
  versionBy,
  without,
} from '../../../client/offline/queue.ts';
import type { CommandInput, Refusal } from '../../../data/wire/commands.ts';

let order = 0;
const wait = (command: object, more: Partial<Waiting> = {}): Waiting => ({
  order: ++order,
  command: { key: `key-of-${order}-it`, ...command } as CommandInput,
  ...{ by: 'bientap', at: 0, name: 'A', before: null, photo: null, refusal: null },
  ...more,
});
const change = (base: number, heightM: number, more: Partial<Waiting> = {}): Waiting =>
  wait({ type: 'station.change', id: 12, base, heightM }, more);
const restore = (base: number, version: number, heightM: number): Waiting =>
  wait({ type: 'station.restore', id: 12, base, version }, { then: { heightM } });
const now = { version: 2, fields: { name: 'A', heightM: 30 } };
const stale: Refusal = { code: 'stale', message: 'too late' };
/** What is left of each: the version that it is based on, the one that it goes back to, and why not. */
const told = (ones: readonly Waiting[]) =>
  ones.map(({ command, refusal }) => [
    'base' in command ? command.base : 0,
    'version' in command ? command.version : null,
    refusal?.code ?? null,
  ]);

describe('a thing as it will be once what waits is done', () => {
  it('has every change in order, and the version that they make', () => {
    const unsent = [change(2, 41), change(3, 42)];
    expect(standingAfter(unsent, 'station', 12, now)).toEqual({
      version: 4,
      fields: { name: 'A', heightM: 42 },
    });
  });

  it('is what a step that was taken back says, and can be changed again', () => {
    const unsent = [change(2, 41), restore(3, 2, 30)];
    expect(standingAfter(unsent, 'station', 12, now)).toEqual({
      version: 4,
      fields: { heightM: 30 },
    });
    expect(standingAfter([...unsent, change(4, 50)], 'station', 12, now)).toEqual({
      version: 5,
      fields: { heightM: 50 },
    });
  });

  it('is gone after a removal, and there again after taking that back', () => {
    const removal = wait({ type: 'station.remove', id: 12, base: 2 });
    expect(standingAfter([removal], 'station', 12, now)).toEqual({ version: 3, fields: null });
    expect(standingAfter([removal, restore(3, 2, 30)], 'station', 12, now)).toEqual({
      version: 4,
      fields: { heightM: 30 },
    });
  });

  it('has the steps of a report, and nothing of the answer that goes with them', () => {
    const step = wait({ type: 'report.change', id: 7, base: 1, status: 'checking', answer: 'Dạ' });
    expect(
      standingAfter([step], 'report', 7, { version: 1, fields: { status: 'received' } }),
    ).toEqual({ version: 2, fields: { status: 'checking' } });
    expect(givenBy(step.command)).toEqual({ status: 'checking' });
  });

  it('is nothing of what the country has already, nor of other things', () => {
    const unsent = [
      change(1, 40),
      wait({ type: 'hamlet.change', id: 12, base: 2, name: 'B' }),
      wait({ type: 'station.change', id: 13, base: 2, name: 'B' }),
    ];
    expect(standingAfter(unsent, 'station', 12, now)).toEqual(now);
  });

  it('has the version of the later one while the answer to the earlier is ahead of its event', () => {
    expect(standingAfter([change(3, 42)], 'station', 12, now).version).toBe(4);
  });
});

describe('what was built on one', () => {
  it('is refused with it, as a change of what was there before all of them', () => {
    const first = change(2, 41, { before: { heightM: 30 } });
    const others = [change(3, 42, { before: { heightM: 41 } }), restore(4, 3, 41)];
    const elsewhere = wait({ type: 'station.change', id: 13, base: 2, heightM: 41 });
    const refused = refusedWith(first, stale, [first, ...others, elsewhere]);
    expect(told(refused)).toEqual([
      [2, null, 'stale'],
      [2, null, 'stale'],
      [2, 3, 'stale'],
    ]);
    expect(refused.map(({ before }) => before)).toEqual(Array(3).fill({ heightM: 30 }));
  });

  it('begins one version earlier where it made none', () => {
    const first = change(2, 41);
    expect(told(without(first, [first, change(3, 42), change(4, 43)]))).toEqual([
      [2, null, null],
      [3, null, null],
    ]);
  });

  it('goes back to what it went back to, under the number that this has then', () => {
    const first = change(2, 41);
    const others = [change(3, 42), change(4, 43), restore(5, 4, 42), restore(6, 2, 30)];
    expect(told(without(first, [first, ...others]))).toEqual([
      [2, null, null],
      [3, null, null],
      [4, 3, null],
      [5, 2, null],
    ]);
  });

  it('is refused where it goes back to just what never came to be, and what lies on it', () => {
    const first = change(2, 41);
    const others = [change(3, 42), restore(4, 3, 41), change(5, 44)];
    expect(told(without(first, [first, ...others]))).toEqual([
      [2, null, null],
      [3, 3, 'invalid'],
      [3, null, 'invalid'],
    ]);
  });

  it('is nothing where a new thing is given up: nobody here knows its id', () => {
    const fresh = wait({ type: 'station.add', name: 'A' });
    expect(versionBy(fresh.command)).toBe(1);
    expect(without(fresh, [fresh, change(1, 41)])).toEqual([]);
  });
});
