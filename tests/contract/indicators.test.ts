/** The register of indicators over HTTP, and one of them in a unit over time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionOf } from '../../data/indicators/register.ts';
import type { Accepted, Refusal } from '../../data/wire/commands.ts';
import type { IndicatorSeries, RegisteredIndicator } from '../../data/wire/indicators.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  const [lon, lat] = centreOfSmall('00001');
  await server.post({
    ...{ type: 'station.add', key: 'indicators-station', name: 'Trạm', operator: 'viettel' },
    ...{ technology: '5g', band: 'n41', lon, lat, heightM: 30, status: 'on_air' },
  });
  for (const [index, more] of [
    { unit: '11', day: '2025-05-31', value: 0.1 },
    { unit: '11', day: '2025-06-30', value: 0.2, source: 'Sở' },
    { unit: '11', day: '2025-06-30', value: 0.21, source: 'Sở', target: 0.8 },
    { unit: 'vn', day: '2025-06-30', value: 0.3951, source: 'TTXVN' },
  ].entries()) {
    const key = `indicators-${index}-key`;
    const { status } = await server.post({
      ...{ type: 'indicator.report', key, indicator: 'dvc.online', ...more },
    });
    expect(status).toBe(200);
  }
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const ask = async (path: string) => {
  const response = await fetch(`${server.url}/api/indicators${path}`);
  return { status: response.status, body: await response.json() };
};

describe('the register', () => {
  it('says what each indicator is, what it comes to now or was reported last, and who is late', async () => {
    const { status, body } = await ask('');
    expect(status).toBe(200);
    const register = body as RegisteredIndicator[];
    const of = (code: string) => register.find((one) => one.code === code);
    expect(of('5g.stations')).toMatchObject({
      ...{ name: 'Trạm 5G đang phát sóng', nameEn: '5G base stations on air', unit: 'stations' },
      ...{ origin: 'counted', now: { value: 1, method: null }, target: 69_000, latest: null },
    });
    expect(of('5g.population')).toMatchObject({ now: { method: 'radius' } });
    expect(of('5g.population')?.now?.value).toBeGreaterThan(0);
    expect(of('dvc.online')).toMatchObject({
      latest: { day: '2025-06-30', value: 0.3951, source: 'TTXVN', simulated: false },
      now: null,
      late: { provinces: expect.arrayContaining(['01', '11']) as string[] },
    });
    expect(of('id.cards')).toMatchObject({ latest: null, late: null });
    expect(of('reports.open')).toMatchObject({ now: { value: 0 } });
  });
});

describe('one indicator', () => {
  it('is told in a unit over a span: one value a day, the last that was made', async () => {
    const { body } = await ask('/dvc.online?unit=11');
    expect(body).toEqual({
      indicator: 'dvc.online',
      unit: '11',
      now: null,
      values: [
        { day: '2025-05-31', value: 0.1, target: null, source: '', simulated: false },
        { day: '2025-06-30', value: 0.21, target: 0.8, source: 'Sở', simulated: false },
      ],
    });
    const span = await ask('/dvc.online?unit=11&from=2025-06-01&to=2025-06-30');
    expect((span.body as IndicatorSeries).values.map(({ value }) => value)).toEqual([0.21]);
    const none = await ask('/dvc.online?unit=11&to=2025-01-01');
    expect((none.body as IndicatorSeries).values).toEqual([]);
  });

  it('is of the nation when no unit is said, and counted where it is counted', async () => {
    expect((await ask('/dvc.online')).body).toMatchObject({ unit: 'vn' });
    expect((await ask('/5g.stations?unit=00001')).body).toMatchObject({ now: { value: 1 } });
    expect((await ask('/5g.stations?unit=11')).body).toMatchObject({ now: { value: 0 } });
  });

  it('is refused in words where there is none, or where what is asked makes no sense', async () => {
    for (const [path, status, where] of [
      ['/no.such', 404, 'code'],
      ['/constructor', 404, 'code'],
      ['/dvc.online?unit=99', 404, 'unit'],
      ['/dvc.online?unit=x', 400, 'unit'],
      ['/dvc.online?from=yesterday', 400, 'from'],
      ['/dvc.online?from=2025-02-30', 400, 'from'],
      ['/dvc.online?from=2025-07-01&to=2025-06-01', 400, 'to'],
      ['/dvc.online?colour=red', 400, 'colour'],
    ] as const) {
      const answer = await ask(path);
      const { error } = answer.body as { error: { path: string; message: string } };
      expect([path, answer.status, error.path]).toEqual([path, status, where]);
      expect(error.message.length).toBeGreaterThan(8);
    }
  });
});

describe('an indicator that people define', () => {
  const INTERNET = {
    type: 'definition.add',
    ...{ indicatorCode: 'xa.internet', name: 'Xã có điểm Internet', unit: 'vn' },
    ...{ scope: 'provinces', measure: 'share', direction: 'more', group: 'services' },
    ...{ every: 'month', starts: '2025-08-01', target: 1 },
  };
  let keys = 0;
  const send = async (command: object) => {
    const key = `definition-${++keys}`;
    const { status, body } = await server.post({ key, ...command });
    return { status, ...(body as Partial<Accepted & { error: Refusal }>) };
  };
  const value = (unit: string, number: number) => ({
    ...{ type: 'indicator.report', indicator: 'xa.internet', unit, day: '2025-08-31' },
    value: number,
  });

  it('is in the register, reported, asked for and due like those that the product brings', async () => {
    expect((await send(value('11', 0.5))).error?.reason).toMatchObject({ is: 'no_such' });
    const { status, id } = await send(INTERNET);
    expect([status, id]).toEqual([200, expect.any(Number)]);
    expect((await send(value('11', 0.5))).status).toBe(200);
    const register = (await ask('')).body as RegisteredIndicator[];
    expect(register.find(({ code }) => code === 'xa.internet')).toMatchObject({
      ...{ nameEn: 'Xã có điểm Internet', unit: 'share', group: 'services', origin: 'reported' },
      ...{ scope: ['nation', 'province'], due: 'month', target: 1 },
      late: { provinces: expect.arrayContaining(['01', '11']) as string[] },
    });
    expect((await ask('/xa.internet?unit=11')).body).toMatchObject({ values: [{ value: 0.5 }] });
  });

  it('takes no figure that no country counts to', async () => {
    const { error } = await send({ ...value('vn', 1e300), indicator: 'id.cards' });
    expect(error).toMatchObject({ path: 'value', reason: { is: 'most', limit: 1e15 } });
  });

  it('takes no value that cannot be, and none of a unit that has none', async () => {
    expect((await send(value('11', 1.5))).error?.reason).toEqual({ is: 'share' });
    expect((await send(value('00001', 0.5))).error?.reason).toEqual({ is: 'scope' });
  });

  it('has a code of its own, and below it only what is the nation’s', async () => {
    const again = await send(INTERNET);
    expect(again.error).toMatchObject({
      ...{ code: 'invalid', path: 'indicatorCode' },
      reason: { is: 'code_taken', code: 'xa.internet' },
    });
    const brought = await send({ ...INTERNET, indicatorCode: 'dvc.online' });
    expect(brought.error?.reason).toEqual({ is: 'code_taken', code: 'dvc.online' });
    const ofProvince = { ...INTERNET, indicatorCode: 'tinh.rieng', unit: '11' };
    expect((await send(ofProvince)).error).toMatchObject({
      ...{ path: 'scope', reason: { is: 'own_scope' } },
    });
    expect((await send({ ...ofProvince, scope: 'unit' })).status).toBe(200);
    const odd = await send({ ...INTERNET, indicatorCode: 'Không phải mã' });
    expect(odd.error?.path).toBe('indicatorCode');
  });

  it('keeps its meaning while there are values of it: it can be renamed, not removed or recounted', async () => {
    const { definitions } = server.live.country.tables;
    const id = definitionOf(definitions, 'xa.internet') ?? 0;
    const base = definitions.versions[definitions.rowOf(id) ?? -1] ?? 0;
    const recounted = await send({ type: 'definition.change', id, base, measure: 'communes' });
    expect(recounted.error).toMatchObject({
      ...{ path: 'measure', reason: { is: 'has_values', values: 1 } },
    });
    const removed = await send({ type: 'definition.remove', id, base });
    expect(removed.error).toMatchObject({
      ...{ code: 'in_use', reason: { is: 'has_values', values: 1 } },
    });
    const renamed = await send({ type: 'definition.change', id, base, nameEn: 'Access points' });
    expect(renamed.version).toBe(base + 1);
  });

  it('is shown by a tour of the wall where the provinces have it', async () => {
    const tour = async (code: string) => {
      const response = await fetch(`${server.url}/api/tours/cua-minh`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', cookie: server.cookie },
        body: JSON.stringify({
          name: 'Tự đặt',
          scenes: [{ show: 'indicator', code, seconds: 20 }],
        }),
      });
      const body = (await response.json()) as { error?: Refusal };
      return { status: response.status, ...body };
    };
    expect((await tour('khong.co')).error).toMatchObject({
      ...{ path: 'scenes.0.code', reason: { is: 'no_such', what: 'indicator' } },
    });
    expect((await tour('tinh.rieng')).error?.reason).toEqual({ is: 'scope' });
    expect((await tour('xa.internet')).status).toBe(200);
  });
});
