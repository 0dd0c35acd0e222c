import { describe, expect, test } from 'vitest';
import { HOUR_MS, LastHour, toTell } from '../../../client/wall/last-hour.ts';
import { movedSince } from '../../../client/wall/since.ts';
import { bestFirst, reachedIn, worstFirst } from '../../../client/wall/worst.ts';
import { Counting } from '../../../client/live/counting.ts';
import type { Event } from '../../../data/log/event.ts';
import { ESTIMATE_FIELDS } from '../../../data/model/estimate.ts';
import type { PastState } from '../../../data/wire/past.ts';
import { Story, UNITS } from '../live/small-country.ts';

const event = (seq: number): Event => ({
  ...{ seq, at: '', by: 'feed', type: 'station.change', id: seq, version: 2, effective: '' },
});
const row = (population: number, fiveG: number): number[] =>
  ESTIMATE_FIELDS.map((field) =>
    field === 'population' ? population : field === '5g' ? fiveG : 0,
  );

describe('the last hour', () => {
  test('holds what came over the line and what was before it, newest first, each once', () => {
    const hour = new LastHour();
    hour.add([event(8), event(9)]);
    hour.addOlder([event(8), event(7), event(6)]);
    hour.add([event(10)]);
    expect(hour.events.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6]);
  });

  test('holds no more than anybody reads', () => {
    const hour = new LastHour();
    for (let seq = 1; seq <= 1_000; seq++) hour.add([event(seq)]);
    expect([hour.events.length, hour.events[0]?.seq]).toEqual([300, 1_000]);
  });

  test('is told by what got better or worse, of one thing the last, and nothing older', () => {
    const now = 10 * HOUR_MS;
    const told = (key: string, mood: string, ago: number) => ({ key, mood, at: now - ago });
    const found = toTell(
      [
        told('a', 'plain', 1),
        told('b', 'worse', 2),
        told('c', 'better', 3),
        told('b', 'better', 4),
        told('d', 'better', 5),
        told('e', 'worse', 6),
        told('f', 'worse', HOUR_MS + 1),
      ],
      now,
      9,
    );
    expect(found.map(({ key, mood }) => key + mood)).toEqual([
      ...['bworse', 'cbetter', 'dbetter', 'eworse'],
    ]);
    expect(toTell([told('b', 'worse', 2), told('c', 'better', 3)], now, 1)).toHaveLength(1);
  });
});

describe('units side by side', () => {
  const rows: Record<string, number[]> = { a: row(100, 50), b: row(900, 850), c: row(100, 10) };
  const reached = reachedIn(['a', 'b', 'c', 'd'], (code) => rows[code]);

  test('are those of which an estimate is known', () => {
    expect(reached.map(({ code }) => code)).toEqual(['a', 'b', 'c']);
  });

  test('go by the people without, equals by their codes, so that all walls agree', () => {
    expect(worstFirst(reached).map(({ code, without }) => [code, without])).toEqual([
      ['c', 90],
      ['a', 50],
      ['b', 50],
    ]);
    expect(bestFirst(reached).map(({ code }) => code)).toEqual(['b', 'a', 'c']);
  });
});

test('figures are compared with what they were, people by the method in use', () => {
  const story = new Story();
  const counting = new Counting(story.country, UNITS);
  const before = counting.countsOf('vn');
  const then = {
    counts: before,
    methods: { radius: { byTechnology: { '5g': { covered: 40, share: 0.4 } } } },
  } as unknown as PastState;
  story.station();
  story.hamlet();
  const now = new Counting(story.country, UNITS).countsOf('vn');
  expect(movedSince('5g.stations', then, now, 'radius', undefined)).toBe(1);
  expect(movedSince('hamlets.uncovered', then, now, 'radius', undefined)).toBe(1);
  expect(movedSince('tslcd.communes', then, now, 'radius', undefined)).toBe(0);
  expect(movedSince('5g.population', then, now, 'radius', row(100, 65))).toBe(25);
  expect(movedSince('5g.population', then, now, 'linkBudget', row(100, 65))).toBeNull();
  expect(movedSince('5g.population', then, now, 'radius', undefined)).toBeNull();
});
