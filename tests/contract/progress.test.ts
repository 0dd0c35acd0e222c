import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgressBoard, UnitProgress } from '../../data/forecast/answer.ts';
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { append, type NewEvent } from '../../server/log/append.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

/** A Sunday: every week of the roll-out below ends on one. */
const LAST = dayNumberOf('2025-07-27');
const WEEKS = 16;

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  const done = await append(database.pool, rollOut());
  server.follower.ring();
  await server.follower.reached(done.at(-1)?.seq ?? 0, 30_000);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

/** Two stations a week come to province 01, on one mast; 40 are planned there, and one in 11. */
function rollOut(): NewEvent[] {
  const station = (n: number, commune: string, effective: number, status: string): NewEvent => {
    const [lon, lat] = centreOfSmall(commune);
    return {
      type: 'station.add',
      by: 'demo',
      key: `roll-out-${n}`,
      effective: dayOf(effective),
      version: 1,
      fields: {
        ...{ name: `Trạm ${n}`, operator: 'viettel', technology: '5g', band: 'n41', heightM: 40 },
        ...{ lon, lat, status, plannedFor: n < 20 ? '2025-06-30' : '2025-12-31', simulated: true },
      },
    };
  };
  const weeks = Array.from({ length: 2 * WEEKS }, (_, n) =>
    station(n, '00001', LAST - 7 * (WEEKS - 1 - Math.floor(n / 2)), 'on_air'),
  );
  const rest = Array.from({ length: 8 }, (_, n) => station(40 + n, '00001', LAST, 'planned'));
  return [...weeks, ...rest, station(60, '03004', LAST, 'planned')];
}

async function get<T>(path: string): Promise<{ status: number; body: T }> {
  const response = await fetch(`${server.url}/api/progress${path}`);
  return { status: response.status, body: (await response.json()) as T };
}
const row = (board: ProgressBoard, unit: string) => board.rows.find((one) => one.unit === unit);

describe('the board', () => {
  it('has every province with target, plan, built, gap, pace and the day of arrival', async () => {
    const { status, body } = await get<ProgressBoard>('?metric=5g.stations');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      metric: '5g.stations',
      level: 'province',
      method: null,
      asOf: '2025-07-27',
      simulated: true,
      national: { value: 69_000, day: '2025-12-31', asOf: '2025-07-28' },
    });
    expect(body.rows.map(({ unit }) => unit)).toEqual(['01', '11']);
    // 40 are planned by the end of the year, 32 are there: 8 are left at two a week, 28 days.
    expect(row(body, '01')).toEqual({
      unit: '01',
      target: { value: 40, day: '2025-12-31', basis: 'plan' },
      outOf: null,
      planned: 20,
      built: 32,
      gap: 8,
      pacePerWeek: 2,
      recent: Array.from({ length: 13 }, (_, week) => 8 + 2 * week),
      planEnd: { value: 40, day: '2025-12-31' },
      forecast: {
        state: 'arrives',
        day: '2025-08-24',
        earliest: '2025-08-24',
        latest: '2025-08-24',
      },
    });
    expect(row(body, '11')).toMatchObject({
      target: { value: 1 },
      built: 0,
      forecast: { state: 'unknown', why: 'noChange' },
    });
  });

  it('of people names its method and takes the national share of each unit’s own people', async () => {
    const { body } = await get<ProgressBoard>('?metric=5g.population&level=province');
    expect(body.method).toBe('radius');
    expect(body.national.value).toBe(0.9);
    const west = row(body, '01');
    expect(west).toMatchObject({
      outOf: 61_000,
      target: { value: 54_900, day: '2025-12-31', basis: 'national' },
      planned: west?.built,
    });
    const { covered } = await estimate('01');
    expect(west?.built).toBe(covered);
    expect(west?.gap).toBe(54_900 - covered);
  });

  it('of the communes of a province, and of the nation', async () => {
    const communes = await get<ProgressBoard>('?metric=5g.stations&level=commune&province=01');
    expect(communes.body.rows.map(({ unit, built }) => [unit, built])).toEqual([
      ['00001', 32],
      ['00002', 0],
      ['00003', 0],
      ['00004', 0],
    ]);
    // A commune for which nothing is planned has nothing to reach.
    expect(communes.body.rows[1]).toMatchObject({
      target: null,
      gap: null,
      forecast: { state: 'unknown', why: 'noTarget' },
    });
    const nation = await get<ProgressBoard>('?metric=5g.stations&level=nation');
    expect(nation.body.rows[0]).toMatchObject({
      unit: 'vn',
      target: { value: 69_000, basis: 'national' },
      forecast: { state: 'never', why: 'tooFar' },
    });
  });

  it('is about the people when no metric is named', async () => {
    expect((await get<ProgressBoard>('')).body.metric).toBe('5g.population');
  });
});

describe('one unit', () => {
  it('is told week by week, and on to the end of its plan', async () => {
    const { body } = await get<UnitProgress>('/01?metric=5g.stations');
    const on = (day: string) => body.series.find((point) => point.day === day);
    expect(body.series[0]).toEqual({ day: '2025-04-13', built: 2, planned: 0 });
    expect(on('2025-07-06')).toEqual({ day: '2025-07-06', built: 26, planned: 20 });
    expect(on('2025-07-27')).toEqual({ day: '2025-07-27', built: 32, planned: 20 });
    expect(body.series.at(-1)).toEqual({ day: '2025-12-31', built: null, planned: 40 });
    expect(body.paceLimits).toEqual({ least: 2, most: 2 });
  });

  it('has hamlets and communes of the data network as well', async () => {
    for (const metric of ['hamlets.uncovered', 'tslcd.communes'])
      expect((await get<UnitProgress>(`/vn?metric=${metric}`)).status).toBe(200);
    const { body } = await get<UnitProgress>('/11?metric=tslcd.communes');
    expect(body).toMatchObject({ target: { value: 4, day: null }, built: 0, planned: null });
  });

  it('follows the country: a station on air is in the next answer', async () => {
    const [lon, lat] = centreOfSmall('03001');
    const before = (await get<UnitProgress>('/11?metric=5g.population')).body.built;
    const { status } = await server.post({
      ...{ type: 'station.add', key: 'progress-one', name: 'Trạm mới', operator: 'mobifone' },
      ...{ technology: '5g', band: 'n77', lon, lat, heightM: 40, status: 'on_air' },
    });
    expect(status).toBe(200);
    const after = (await get<UnitProgress>('/11?metric=5g.population')).body.built;
    expect(after).toBeGreaterThan(before);
    expect(after).toBe((await estimate('11')).covered);
  });
});

describe('nonsense', () => {
  it.each([
    ['?metric=5g.speed', 400, 'metric'],
    ['?level=village', 400, 'level'],
    ['?level=commune', 400, 'province'],
    ['?level=commune&province=1', 400, 'province'],
    ['?level=commune&province=99', 404, 'province'],
    ['?metric=5g.stations&metric=5g.population', 400, 'metric'],
    ['/77777', 404, 'unit'],
    ['/vn?metric=', 400, 'metric'],
  ])('%s is refused, and what is wrong is named', async (path, status, named) => {
    const answer = await get<{ error: Refusal }>(path);
    expect(answer.status).toBe(status);
    expect(answer.body.error.path).toBe(named);
  });
});

async function estimate(unit: string): Promise<{ covered: number }> {
  const response = await fetch(`${server.url}/api/estimates/${unit}`);
  const body = (await response.json()) as {
    methods: { radius: { byTechnology: { '5g': { covered: number } } } };
  };
  return body.methods.radius.byTechnology['5g'];
}
