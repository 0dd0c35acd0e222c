import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { METRICS } from '../../../data/country/targets.ts';
import { peopleIn } from '../../../data/model/estimate.ts';
import { dayInVietnam, dayNumberOf, dayOf } from '../../../data/model/scalars.ts';
import { adoptPack } from '../../../server/territory/adopt.ts';
import { buildPack } from '../../../server/territory/pack.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { siteAt } from '../../../server/coverage/site.ts';
import { createProgress, type Standing } from '../../../server/progress/progress.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { centreOfSmall, smallTerritory } from '../../setup/small-territory.ts';
import { SmallPast } from './small-past.ts';

const FIRST_DAY = dayNumberOf('2024-10-01');
/** The database has a clock of its own: the tests share it. */
const TODAY = dayNumberOf(dayInVietnam(Date.now()));

let database: TestDatabase;
let server: TestServer;
let past: SmallPast;
beforeEach(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  past = new SmallPast(database, server, 7);
});
afterEach(async () => {
  await server.close();
  await database.close();
});

/** As a server that has just been started would ask for it. */
const fresh = () =>
  createProgress({ pool: database.pool, live: server.live, now: Date.now, restMs: 0 });

async function standingOf(progress: ReturnType<typeof fresh>): Promise<Standing> {
  const standing = await progress.standing();
  if (!standing) throw new Error('there is no history');
  return standing;
}

/** All that a history says, as one value that can be compared. */
function told({ history }: Standing) {
  return history.units.map((unit) => [
    unit,
    METRICS.map((metric) => history.pointsOf(unit, metric)),
  ]);
}

const lastOf = ({ history }: Standing, unit: string, metric: (typeof METRICS)[number]) =>
  history.pointsOf(unit, metric).at(-1)?.value;

const station = (effective: string, more: object = {}, by = 'lan') => {
  const [lon, lat] = centreOfSmall('00001');
  return {
    type: 'station.add' as const,
    by,
    effective,
    version: 1,
    fields: {
      ...{ name: 'Trạm', operator: 'viettel', technology: '5g', band: 'n41' },
      ...{ lon, lat, heightM: 40, status: 'on_air', simulated: by !== 'lan' },
      ...more,
    },
  };
};

describe('the history of a unit', () => {
  it('ends with what the live country counts', async () => {
    for (let day = 0; day < 60; day++) await past.live(FIRST_DAY + day, 3);
    const standing = await standingOf(fresh());
    const { stations, hamlets } = server.live.country.tables;
    const onAir = (province: string) =>
      Array.from({ length: stations.count }, (_, row) => stations.record(row)).filter(
        ({ status, commune }) =>
          status === 'on_air' && server.live.ground?.provinceOf(String(commune)) === province,
      ).length;
    for (const unit of standing.history.units) {
      const row = server.live.coverage?.by('radius')?.row(unit) ?? [];
      expect(lastOf(standing, unit, '5g.population'), unit).toBe(peopleIn(row, '5g'));
    }
    expect(lastOf(standing, 'vn', '5g.population')).toBeGreaterThan(0);
    for (const province of ['01', '11'])
      expect(lastOf(standing, province, '5g.stations')).toBe(onAir(province));
    expect(lastOf(standing, 'vn', 'hamlets.uncovered')).toBe(
      Array.from({ length: hamlets.count }, (_, row) => hamlets.record(row)).filter(
        ({ status }) => status === 'uncovered',
      ).length,
    );
  });

  it('kept event by event is the one told anew from the log', async () => {
    const kept = fresh();
    for (let day = 0; day < 90; day++) {
      await past.live(FIRST_DAY + day, 2);
      if (day === 10) await standingOf(kept);
    }
    const [followed, anew] = [await standingOf(kept), await standingOf(fresh())];
    expect(told(followed)).toEqual(told(anew));
    expect(anew.history.pointsOf('vn', '5g.population').length).toBeGreaterThan(12);
  });

  it('has a point for the end of every week and one for the last day', async () => {
    // Thursday 2 January 2025, then Tuesday 14 January; the Sundays between are the 5th and the 12th.
    await past.write([station('2025-01-02', {}, 'demo')]);
    await past.write([station('2025-01-14', { operator: 'vinaphone' }, 'demo')]);
    const { history, simulated } = await standingOf(fresh());
    expect(simulated).toBe(true);
    expect(history.pointsOf('00001', '5g.stations')).toEqual([
      { day: dayNumberOf('2025-01-05'), value: 1 },
      { day: dayNumberOf('2025-01-12'), value: 1 },
      { day: dayNumberOf('2025-01-14'), value: 2 },
    ]);
  });

  it('is changed by what is dated back into it, as if it had been told in time', async () => {
    await past.write([station('2025-01-02', {}, 'demo'), station('2025-03-20', {}, 'demo')]);
    const kept = fresh();
    const before = await standingOf(kept);
    await past.write([station('2025-02-03')]);
    const after = await standingOf(kept);
    const on = (standing: Standing, day: string) =>
      standing.history
        .pointsOf('00001', '5g.stations')
        .find((point) => point.day === dayNumberOf(day))?.value;
    expect([on(before, '2025-02-02'), on(before, '2025-02-09')]).toEqual([1, 1]);
    expect([on(after, '2025-02-02'), on(after, '2025-02-09')]).toEqual([1, 2]);
    expect(told(after)).toEqual(told(await standingOf(fresh())));
  });

  it('stands on the simulated day, also after a person has done something on another one', async () => {
    await past.write([station('2025-01-02', {}, 'demo')]);
    const kept = fresh();
    await standingOf(kept);
    await past.write([station(dayOf(TODAY))]);
    const standing = await standingOf(kept);
    expect(standing.today).toBe(dayNumberOf('2025-01-02'));
    expect(lastOf(standing, '00001', '5g.stations')).toBe(2);
  });

  it('goes on with the days where nothing is simulated, also without events', async () => {
    await past.write([station(dayOf(TODAY - 49))]);
    const standing = await standingOf(fresh());
    expect([standing.simulated, standing.today]).toEqual([false, TODAY]);
    expect(standing.history.pointsOf('vn', '5g.stations')).toHaveLength(7 + 1);
  });

  it('is not led into the future or far into the past by a mistyped day', async () => {
    const later = ['2005-01-01', '2099-12-31'].map((day) => station(day, { operator: 'mobifone' }));
    await past.write([station('1990-01-01'), ...later]);
    const standing = await standingOf(fresh());
    const points = standing.history.pointsOf('vn', '5g.stations');
    expect(standing.today).toBe(TODAY);
    expect(points).toHaveLength(261);
    expect([points[0]?.value, points.at(-1)?.value]).toEqual([2, 3]);
  });

  it('begins anew with another territory, without what was simulated for the old one', async () => {
    const { pool } = database;
    await past.write([station('2025-01-02', {}, 'demo'), station('2025-01-02')]);
    const kept = fresh();
    expect(lastOf(await standingOf(kept), 'vn', '5g.stations')).toBe(2);
    const { bytes, hash } = await buildPack(smallTerritory('official'));
    await adoptPack(pool, { bytes, hash, kind: 'official' }, 'lan');
    server.follower.ring();
    await expect.poll(() => server.live.country.territory?.hash).toBe(hash);
    const standing = await standingOf(kept);
    expect(lastOf(standing, 'vn', '5g.stations')).toBe(1);
    expect(standing.simulated).toBe(false);
  });

  it('holds what happened while it was being told', async () => {
    await past.live(FIRST_DAY, 30);
    let meanwhile = 0;
    // Between the reading of the log and the telling, ten more things happen.
    const pool = Object.create(database.pool) as typeof database.pool;
    pool.query = (async (...asked: Parameters<typeof pool.query>) => {
      const answer: unknown = await database.pool.query(...asked);
      if (meanwhile++ === 0) await past.live(FIRST_DAY + 1, 10);
      return answer;
    }) as typeof pool.query;
    const kept = createProgress({ pool, live: server.live, now: Date.now, restMs: 0 });
    await standingOf(kept);
    expect(meanwhile).toBe(1);
    expect(told(await standingOf(kept))).toEqual(told(await standingOf(fresh())));
  });

  it('says how far it is while it is being told, to all who wait for the same', async () => {
    const day = '2025-01-02';
    // More than is read of the log in one go, twice.
    await past.write(
      Array.from({ length: 2_500 }, () => station(day, { status: 'planned' }, 'demo')),
    );
    const shares: number[] = [];
    const pool = Object.create(database.pool) as typeof database.pool;
    pool.query = ((...asked: Parameters<typeof pool.query>) => {
      shares.push(kept.share);
      return database.pool.query(...asked);
    }) as typeof pool.query;
    const kept = createProgress({ pool, live: server.live, now: Date.now, restMs: 0 });
    const [one, other] = await Promise.all([standingOf(kept), standingOf(kept)]);
    expect(other.history).toBe(one.history);
    expect(shares).toHaveLength(3);
    expect(shares[0]).toBe(0);
    expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b));
    expect(kept.share).toBe(1);
  });

  it('remembers for every week the people who were reached when it ended', async () => {
    const people = () => peopleIn(server.live.coverage?.by('radius')?.row('01') ?? [], '5g');
    await past.write([station('2025-01-02', {}, 'demo')]);
    const first = people();
    const [lon, lat] = centreOfSmall('00004');
    await past.write([station('2025-01-07', { lon, lat }, 'demo')]);
    const second = people();
    await past.write([station('2025-01-14', { operator: 'mobifone', lon: 105.12 }, 'demo')]);
    const { history } = await standingOf(fresh());
    expect(history.pointsOf('01', '5g.population').map(({ value }) => value)).toEqual([
      first,
      second,
      people(),
    ]);
    expect(new Set([0, first, second, people()]).size).toBe(4);
  });
});

describe('the plan of a unit', () => {
  it('counts stations from their planned days, and those that came without a plan from when they came', async () => {
    const apart = (band: string) => ({ band, operator: 'mobifone' });
    await past.write([
      station('2025-01-02', { plannedFor: '2025-03-31', status: 'planned' }, 'demo'),
      station('2025-01-02', { plannedFor: '2025-06-30', status: 'building' }, 'demo'),
      station('2025-01-02', { ...apart('n77'), since: '2024-12-24' }, 'demo'),
      station(
        '2025-01-02',
        { ...apart('n78'), plannedFor: '2025-02-28', status: 'retired' },
        'demo',
      ),
      station('2025-01-02', { ...apart('n78'), status: 'planned' }, 'demo'),
    ]);
    const { plan } = await standingOf(fresh());
    const on = (day: string) => plan.valueOn('01', '5g.stations', dayNumberOf(day));
    expect([on('2025-03-30'), on('2025-04-06'), on('2025-06-30')]).toEqual([1, 2, 3]);
    expect(plan.lastDayOf('5g.stations')).toBe(dayNumberOf('2025-06-30'));
    expect(plan.valueOn('11', '5g.stations', dayNumberOf('2025-06-30'))).toBe(0);
  });

  it('ends with the people whom all planned stations together would reach', async () => {
    for (let day = 0; day < 20; day++) await past.live(FIRST_DAY + day, 4);
    const { plan } = await standingOf(fresh());
    const { live } = server;
    const end = plan.lastDayOf('5g.population');
    if (!live.ground || end === undefined) throw new Error('there is no plan');
    const engine = createCoverage(live.ground.grid, allRound(radiusFootprint));
    const { stations } = live.country.tables;
    for (let row = 0; row < stations.count; row++)
      if (stations.record(row)['status'] !== 'retired') engine.add(siteAt(stations, row));
    for (const unit of engine.units)
      expect(plan.valueOn(unit, '5g.population', end), unit).toBe(
        peopleIn(engine.row(unit) ?? [], '5g'),
      );
  });

  it('of hamlets goes by their deadlines', async () => {
    const [lon, lat] = centreOfSmall('03003');
    const hamlet = (deadline: string) => ({
      type: 'hamlet.add' as const,
      by: 'demo',
      effective: '2025-01-02',
      version: 1,
      fields: {
        ...{ name: 'Thôn', lon, lat, households: 9, people: 40, simulated: true, deadline },
        ...{ gridPower: false, speciallyDisadvantaged: true, status: 'uncovered' },
      },
    });
    await past.write([hamlet('2025-09-15'), hamlet('2025-11-30'), hamlet('2025-11-30')]);
    const { plan } = await standingOf(fresh());
    const on = (day: string) => plan.valueOn('11', 'hamlets.uncovered', dayNumberOf(day));
    expect([on('2025-01-02'), on('2025-09-21'), on('2025-11-30')]).toEqual([3, 2, 0]);
    expect(plan.valueOn('11', '5g.stations', dayNumberOf('2025-11-30'))).toBeNull();
  });
});
