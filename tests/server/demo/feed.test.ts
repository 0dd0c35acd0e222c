import { INDICATORS } from '../../../data/country/indicators.ts';
import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyEvent } from '../../../data/log/apply.ts';
import type { EventType } from '../../../data/log/event.ts';
import type { Country } from '../../../data/model/country.ts';
import type { Fields } from '../../../data/model/table.ts';
import { Duty, Hamlet, NetworkLink, NetworkNode, Station } from '../../../data/model/things.ts';
import { startFeed, type FeedClock } from '../../../server/demo/feed-loop.ts';
import { EVENTS_PER_DAY, Feed } from '../../../server/demo/feed.ts';
import { FeedView } from '../../../server/demo/feed-view.ts';
import { generateDemo, type DemoCountry } from '../../../server/demo/generate.ts';
import { advanceDuties } from '../../../server/demo/programmes.ts';
import { Random } from '../../../server/demo/random.ts';
import { Conflict, type NewEvent } from '../../../server/log/append.ts';
import { countryOf, SMALL_FIGURES, smallTerritory } from './small-country.ts';
import { hamletsInFootprints, openHamlets, stationsBy } from './what-it-shows.ts';

const territory = smallTerritory();
let demo: DemoCountry;
let country: Country;

beforeAll(() => {
  demo = generateDemo({ ...territory, batch: '1', seed: 7, figures: SMALL_FIGURES });
});
beforeEach(() => {
  country = countryOf(demo.events);
});

function feedOf(seed = 1): Feed {
  return new Feed({ seed, country: () => country, inside: () => true, share5g: () => 0.27 });
}

function apply(event: NewEvent): void {
  const { type, id, by, version, effective, fields } = event;
  const seq = country.seq + 1;
  applyEvent(country, { seq, at: '', type, by, version, effective, id: id ?? seq, ...fields });
}

/** Lets `count` events happen, one happening after the other. */
function live(feed: Feed, count: number): NewEvent[] {
  const lived: NewEvent[] = [];
  while (lived.length < count) {
    const events = feed.next();
    if (events.length === 0) throw new Error(`nothing happens after ${lived.length} events`);
    for (const event of events) apply(event);
    lived.push(...events);
    feed.applied();
  }
  return lived;
}

function addReal(type: EventType, fields: Fields): number {
  apply({
    type,
    by: 'officer',
    key: `real-${country.seq}`,
    effective: '2025-07-29',
    version: 1,
    fields,
  });
  return country.seq;
}

describe('the feed', () => {
  it('keeps a country lively and valid for 10,000 events', () => {
    const lived = live(feedOf(), 10_000);
    const kinds = new Set(
      lived.map(({ type, fields }) => `${type} ${String(fields['status'] ?? '')}`),
    );
    for (const kind of [
      'station.change building',
      'station.change on_air',
      'station.change down',
      'station.add on_air',
      'hamlet.resolve ',
      'link.change down',
      'link.change up',
      'node.change down',
      'node.change up',
      'indicator.report ',
    ])
      expect(kinds).toContain(kind);
    const schemas = { stations: Station, hamlets: Hamlet, nodes: NetworkNode, links: NetworkLink };
    for (const name of ['stations', 'hamlets', 'nodes', 'links'] as const)
      for (let row = 0; row < country.tables[name].count; row++) {
        const { id, version, ...fields } = country.tables[name].record(row);
        expect(id * version).toBeGreaterThan(0);
        expect(v.is(schemas[name], fields)).toBe(true);
      }
    expect(new Set(lived.map(({ key }) => key)).size).toBe(lived.length);
  });

  it('brings stations on air most of all', () => {
    const before = stationsBy(country)['5g on_air'] ?? 0;
    const lived = live(feedOf(), 1_500);
    const onAir = lived.filter(({ fields }) => fields['since'] !== undefined).length;
    expect(onAir).toBeGreaterThan(400);
    expect(stationsBy(country)['5g on_air']).toBeGreaterThan(before + 350);
  });

  it('leaves no hamlet without a signal under a footprint, and solves them one by one', () => {
    const before = openHamlets(country).length;
    const feed = feedOf();
    for (let round = 0; round < 6; round++) {
      live(feed, 300);
      expect(hamletsInFootprints(country, territory.grid)).toEqual([]);
    }
    expect(openHamlets(country).length).toBeLessThan(before);
  });

  it('lets what went down come back', () => {
    const feed = feedOf();
    let most = 0;
    for (let round = 0; round < 20; round++) {
      live(feed, 250);
      most = Math.max(
        most,
        (stationsBy(country)['4g down'] ?? 0) + (stationsBy(country)['5g down'] ?? 0),
      );
    }
    expect(most).toBeGreaterThan(3);
    expect(most).toBeLessThan(400);
    // A communal node is up as long as any line of its own is.
    const { nodes, links } = country.tables;
    const statuses = new Map<number, unknown[]>();
    for (let row = 0; row < links.count; row++) {
      const { from, status } = links.record(row);
      statuses.set(Number(from), [...(statuses.get(Number(from)) ?? []), status]);
    }
    for (let row = 0; row < nodes.count; row++) {
      const { id, level, status } = nodes.record(row);
      const own = statuses.get(id) ?? [];
      if (level === 'communal') expect(status).toBe(own.includes('up') ? 'up' : own[0]);
    }
  });

  it('takes up, after a restart, what it left down', () => {
    const { stations } = country.tables;
    const downRows = () =>
      Array.from({ length: stations.count }, (_, row) => row).filter(
        (row) => stations.record(row)['status'] === 'down',
      );
    live(feedOf(), 600);
    const left = downRows().map((row) => ({ row, version: stations.versions[row] ?? 0 }));
    expect(left.length).toBeGreaterThan(0);
    live(feedOf(2), 3_000);
    for (const { row, version } of left) expect(stations.versions[row]).toBeGreaterThan(version);
  });

  it('goes on when the roll-out is done', () => {
    const { stations } = country.tables;
    for (let row = 0; row < stations.count; row++)
      stations.put(stations.ids[row] ?? 0, 9, { status: 'on_air' });
    expect(live(feedOf(), 3_000).length).toBeGreaterThanOrEqual(3_000);
  });

  it('never touches what is real', () => {
    const { stations } = country.tables;
    for (let row = 0; row < stations.count; row += 2)
      stations.put(stations.ids[row] ?? 0, 1, { simulated: false });
    const real = new Set(
      Array.from({ length: stations.count }, (_, row) => row)
        .filter((row) => stations.columns.simulated[row] === 0)
        .map((row) => stations.ids[row] ?? 0),
    );
    const hamlet = addReal('hamlet.add', {
      name: 'Bản Thật',
      lon: 103.05,
      lat: 20.95,
      households: 30,
      people: 140,
      gridPower: true,
      speciallyDisadvantaged: true,
      status: 'uncovered',
    });
    for (const { id } of live(feedOf(), 4_000))
      expect(real.has(id ?? 0) || id === hamlet).toBe(false);
  });

  it('has a calendar of its own, which begins where the past ends', () => {
    const feed = feedOf();
    expect(feed.day).toBe('2025-07-29');
    const lived = [...live(feed, EVENTS_PER_DAY * 7), ...live(feed, 1)];
    expect(feed.day).toBe('2025-08-05');
    let day = '2025-07-29';
    for (const { effective } of lived) {
      expect(effective >= day).toBe(true);
      day = effective;
    }
    const reports = lived.filter(
      ({ type, fields }) => type === 'indicator.report' && fields['unit'] === 'vn',
    );
    expect(reports.map(({ fields }) => fields['indicator'])).toEqual([
      '5g.stations',
      '5g.population',
      'hamlets.uncovered',
      'tslcd.communes',
    ]);
    expect(feedOf(3).day).toBe(
      lived.filter(({ fields }) => fields['since']).at(-1)?.fields['since'],
    );
  });

  it('lets the provinces report the last month in the first days of the next', () => {
    const lived = live(feedOf(), EVENTS_PER_DAY * 18);
    const reports = lived.filter(({ fields }) => fields['unit'] === '01');
    const codes = reports.map(({ fields }) => String(fields['indicator']));
    expect(codes.sort()).toEqual(INDICATORS.flatMap(({ code, due }) => (due ? [code] : [])).sort());
    for (const { effective, fields } of reports) {
      expect(fields).toMatchObject({ day: '2025-07-31', simulated: true });
      expect(effective > '2025-07-31').toBe(true);
    }
  });

  it('gets on with the duties of the communes until they are done, and touches none that is real', () => {
    const { duties } = country.tables;
    const real = duties.ids[0] ?? 0;
    duties.put(real, 1, { simulated: false, status: 'planned' });
    const day = '2025-10-01';
    const begun = duties.count - 1;
    let changes = 0;
    for (let step = 0; step < 2; step++)
      for (const change of advanceDuties(
        new FeedView(country, new Random(1, 'duties'), day, new Set()),
      )) {
        const { status } = change.fields;
        expect(change.fields).toEqual({ status, ...(status === 'done' ? { doneOn: day } : {}) });
        apply({ ...change, by: 'feed', key: `duty-${++changes}` });
      }
    expect(changes).toBeGreaterThanOrEqual(begun);
    for (let row = 0; row < duties.count; row++) {
      const { id, version, ...duty } = duties.record(row);
      expect(version).toBeGreaterThan(0);
      expect(v.is(Duty, duty)).toBe(true);
      expect(duty['status']).toBe(id === real ? 'planned' : 'done');
    }
  });

  it('thinks up the same from the same seed on the same country', () => {
    const first = JSON.stringify(live(feedOf(5), 2_000));
    country = countryOf(demo.events);
    expect(JSON.stringify(live(feedOf(5), 2_000)) === first).toBe(true);
    country = countryOf(demo.events);
    expect(JSON.stringify(live(feedOf(6), 2_000)) === first).toBe(false);
  });

  it('proposes no thing twice before it knows what became of it', () => {
    const feed = feedOf();
    const ids = Array.from({ length: 200 }, () => feed.next()).flatMap((events) =>
      events.flatMap(({ id }) => id ?? []),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('costs little: 10,000 events in less than two seconds', () => {
    const feed = feedOf();
    const began = process.cpuUsage();
    live(feed, 10_000);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});

/** A clock that runs as fast as it is asked to, and stops the loop after a time. */
function fastClock(untilMs: number, over: () => void): FeedClock {
  let now = 0;
  return {
    now: () => now,
    async wait(ms) {
      now += ms;
      if (now >= untilMs) over();
      await setImmediate();
    },
  };
}

/** Runs the feed for some simulated seconds against an append of the test's own. */
async function run(options: {
  seconds: number;
  speed: number;
  append: (events: readonly NewEvent[]) => Promise<void>;
  onTrouble?: (error: unknown) => void;
}): Promise<void> {
  let over: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const { seconds, ...rest } = options;
  const clock = fastClock(seconds * 1_000, () => over());
  const loop = startFeed({ feed: feedOf(), seed: 1, clock, ...rest });
  await ended;
  await loop.stop();
}

describe('the feed at work', () => {
  it.each([1, 20, 1_000])('appends %i events a second', async (speed) => {
    const seconds = speed === 1 ? 400 : 5;
    let count = 0;
    await run({
      seconds,
      speed,
      append: async (events) => {
        events.forEach(apply);
        count += events.length;
      },
    });
    expect(count / seconds / speed).toBeGreaterThan(0.9);
    expect(count / seconds / speed).toBeLessThan(1.1);
  });

  it('does nothing while it is paused, and nothing in a rush after that', async () => {
    let over: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (over = resolve));
    let count = 0;
    let now = 0;
    const loop = startFeed({
      feed: feedOf(),
      seed: 1,
      speed: 0,
      append: async (events) => {
        events.forEach(apply);
        count += events.length;
      },
      clock: {
        now: () => now,
        async wait(ms) {
          now += ms;
          if (now > 100_000 && loop.speed === 0) {
            expect(count).toBe(0);
            loop.speed = 1;
          }
          if (now > 110_000) over();
          await setImmediate();
        },
      },
    });
    await ended;
    await loop.stop();
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThan(20);
  });

  it('goes on when somebody else was faster, and loses only what came too late', async () => {
    const faster = new Set<number>();
    const proposed = new Set<string>();
    let taken = 0;
    const trouble: unknown[] = [];
    await run({
      seconds: 5,
      speed: 1_000,
      append: async (events) => {
        for (const { key } of events) proposed.add(key);
        // A person changes every tenth thing at the same moment.
        const first = events[0];
        if (first?.id !== undefined && !faster.has(first.id) && first.id % 10 === 0) {
          const { id, version } = first;
          faster.add(id);
          apply({ ...first, by: 'officer', version, fields: { source: 'cán bộ' } });
        }
        const late = events.some(({ id, type, version }) => {
          if (id === undefined) return false;
          const table =
            country.tables[
              type.startsWith('station')
                ? 'stations'
                : type.startsWith('hamlet')
                  ? 'hamlets'
                  : type.startsWith('link')
                    ? 'links'
                    : 'nodes'
            ];
          return (table.versions[table.rowOf(id) ?? -1] ?? 0) !== version - 1;
        });
        if (late) throw new Conflict('version');
        events.forEach(apply);
        taken += events.length;
      },
      onTrouble: (error) => trouble.push(error),
    });
    expect(faster.size).toBeGreaterThan(5);
    const lost = proposed.size - taken;
    expect(lost).toBeGreaterThanOrEqual(faster.size);
    // What belongs together is lost together, and never a whole batch.
    expect(lost).toBeLessThanOrEqual(6 * faster.size);
    expect(taken).toBeGreaterThan(4_000);
    expect(trouble).toEqual([]);
  });

  it('waits while the database is away, says so, and goes on', async () => {
    let calls = 0;
    let taken = 0;
    const trouble: unknown[] = [];
    await run({
      seconds: 30,
      speed: 10,
      append: async (events) => {
        calls++;
        if (calls < 4) throw new Error('the database is away');
        events.forEach(apply);
        taken += events.length;
      },
      onTrouble: (error) => trouble.push(error),
    });
    expect(trouble).toHaveLength(3);
    expect(taken).toBeGreaterThan(150);
  });
});
