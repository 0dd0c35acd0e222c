/** What rules find in a country at an instant. */
import { describe, expect, it } from 'vitest';
import { lookOver, type Sight } from '../../../data/alerts/found.ts';
import type { Watch } from '../../../data/alerts/rule.ts';
import { Story } from '../../client/live/small-country.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-01-10T05:00:00Z');
const provinceOf = (commune: string): string | undefined =>
  ({ '00004': '01', '00008': '01', '03127': '11' })[commune];

function find(
  { country }: Story,
  watch: Watch,
  { units = ['vn'], ...more }: Partial<Sight> & { units?: string[] } = {},
) {
  const sight: Sight = {
    ...{ now: NOW, country, provinces: ['01', '11'], provinceOf, peopleOf: (n) => n * 100 },
    ...{ cuts: () => [], downSince: () => undefined, reached: () => undefined },
    ...{ reachedBefore: () => undefined, heard: () => undefined, listeningSince: 0 },
    ...more,
  };
  return lookOver(sight)({ watch, units });
}

describe('a commune that is cut off', () => {
  const story = new Story();
  const nodes = [story.node({ name: 'A' }), story.node({ name: 'B' })] as const;
  const link = story.link(...nodes);
  const causes = [
    { noun: 'node', id: nodes[0] },
    { noun: 'link', id: link },
  ] as const;
  const cut = (commune: number, since: number | null) => ({
    ...{ commune, people: 500, since, causes: [...causes] },
  });
  const cuts = () => [cut(4, NOW - HOUR), cut(8, NOW - 60_000), cut(3_127, null)];

  it('is found after so many minutes, or where nobody knows since when; with what is broken', () => {
    expect(find(story, { what: 'commune_cut', minutes: 5 }, { cuts })).toEqual([
      {
        ...{ key: '00004/cut', unit: '00004', thing: null },
        facts: { people: 500, since: '2026-01-10T04:00:00.000Z', causes: ['A', 'A – B'] },
      },
      {
        ...{ key: '03127/cut', unit: '03127', thing: null },
        facts: { people: 500, causes: ['A', 'A – B'] },
      },
    ]);
  });

  it('is found in the provinces of the rule alone', () => {
    const found = find(story, { what: 'commune_cut', minutes: 0 }, { cuts, units: ['01'] });
    expect(found.map(({ unit }) => unit)).toEqual(['00004', '00008']);
  });
});

describe('a station that is down', () => {
  const story = new Story();
  const first = story.station({ status: 'down', name: 'Một' });
  const second = story.station({ status: 'down', name: 'Hai' });
  story.station({ status: 'planned' });
  const third = story.station({ status: 'down', commune: '00008' });
  story.station({ commune: '00008' });
  const since: Record<number, number> = {
    [first]: NOW - 24 * HOUR,
    [second]: NOW - 25 * HOUR,
    [third]: NOW - 48 * HOUR,
  };
  const downSince = (id: number): number | undefined => since[id];

  it('is found for itself after so many hours', () => {
    const found = find(story, { what: 'station_down', hours: 25, alone: false }, { downSince });
    expect(found.map(({ key }) => key)).toEqual([
      `00004/station/${second}`,
      `00008/station/${third}`,
    ]);
  });

  it('alone: once for a commune in which none is on air, by the one that is down the longest', () => {
    const found = find(story, { what: 'station_down', hours: 24, alone: true }, { downSince });
    expect(found).toEqual([
      {
        ...{ key: '00004/dark', unit: '00004' },
        thing: { noun: 'station', id: second, name: 'Hai', place: [105.8, 21] },
        facts: { people: 400, since: '2026-01-09T04:00:00.000Z' },
      },
    ]);
  });

  it('is not found for long while nobody knows since when', () => {
    expect(find(story, { what: 'station_down', hours: 1, alone: false })).toEqual([]);
    expect(find(story, { what: 'station_down', hours: 0, alone: false })).toHaveLength(3);
  });
});

it('coverage falls by the points of the rule or more', () => {
  const reachedBefore = () => ({ people: 500, population: 1_000 });
  const watch = { what: 'coverage_falling', field: '5g', points: 1, hours: 24 } as const;
  const fallTo = (people: number) =>
    find(new Story(), watch, { reachedBefore, reached: () => ({ people, population: 1_000 }) });
  expect(fallTo(491)).toEqual([]);
  expect(fallTo(600)).toEqual([]);
  expect(fallTo(490).map(({ key, facts }) => [key, facts])).toEqual([
    ['01/coverage/5g', { was: 0.5, is: 0.49 }],
    ['11/coverage/5g', { was: 0.5, is: 0.49 }],
  ]);
});

it('the day of a hamlet without a signal has passed, or comes', () => {
  const story = new Story();
  const past = story.hamlet({ deadline: '2026-01-09' });
  const today = story.hamlet({ deadline: '2026-01-10' });
  const soon = story.hamlet({ deadline: '2026-01-17' });
  story.hamlet({ deadline: '2026-01-18' });
  story.hamlet({ deadline: '2026-01-01', status: 'resolved' });
  story.hamlet();
  const due = (daysBefore: number): (number | undefined)[] =>
    find(story, { what: 'deadline', of: 'hamlets', daysBefore }).map(({ thing }) => thing?.id);
  expect(due(0)).toEqual([past]);
  expect(due(7)).toEqual([past, today, soon]);
  // The simulation counts from its own day.
  story.station({ simulated: true, since: '2025-12-24' });
  story.hamlet({ simulated: true, deadline: '2026-01-01' });
  expect(due(0)).toEqual([past]);
});

it('a duty of a programme whose day has passed is found while nobody has done it', () => {
  const story = new Story();
  const common = { programme: 1, unit: '01', responsible: 'UBND', status: 'doing' };
  const duty = (due: string, more = {}): number =>
    story.happens('duty.add', 0, { ...common, name: 'Lắp trạm', due, ...more });
  const past = duty('2026-01-09');
  const today = duty('2026-01-10');
  duty('2026-01-18');
  duty('2026-01-01', { status: 'done', doneOn: '2026-01-01' });
  const due = (daysBefore: number) => find(story, { what: 'deadline', of: 'duties', daysBefore });
  expect(due(0)).toEqual([
    {
      ...{ key: `01/duty/${past}`, unit: '01', facts: { day: '2026-01-09' } },
      thing: { noun: 'duty', id: past, name: 'Lắp trạm', place: null },
    },
  ]);
  expect(due(7).map(({ thing }) => thing?.id)).toEqual([past, today]);
});

describe('a silent province', () => {
  const watch = { what: 'silent', hours: 24 } as const;
  const story = new Story();
  story.station();
  story.hamlet();
  const silent = (more: Partial<Sight>): string[] =>
    find(story, watch, more).map(({ unit }) => unit);

  it('is one from which nothing has come for so long', () => {
    const heard = (province: string): number => NOW - (province === '01' ? 24 : 23) * HOUR;
    expect(silent({ heard })).toEqual(['01']);
  });

  it('is none while nobody was listening', () => {
    const heard = (): number => NOW - 99 * HOUR;
    expect(silent({ heard, listeningSince: NOW - 23 * HOUR })).toEqual([]);
    expect(silent({ heard, listeningSince: NOW - 24 * HOUR })).toEqual(['01', '11']);
  });

  it('is none where there has never been anything', () => {
    expect(find(new Story(), watch)).toEqual([]);
    expect(silent({})).toEqual(['01', '11']);
  });
});
