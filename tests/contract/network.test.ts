import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '../../data/wire/commands.ts';
import type {
  AreaFailure,
  DoubleRisks,
  NetworkAvailability,
  NetworkCuts,
  NetworkImpact,
  NetworkOutages,
} from '../../data/wire/network.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
/** Ids of what was put in, by name. */
const ids: Record<string, number> = {};
let keys = 0;

async function send(command: object): Promise<{ id: number; version: number }> {
  const { status, body } = await server.post({ key: `network-${++keys}`, ...command });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { id: number; version: number };
}

async function node(name: string, level: string, unit: string, commune: string, status = 'up') {
  const [lon, lat] = centreOfSmall(commune);
  const { id } = await send({ type: 'node.add', name, level, unit, lon, lat, status });
  ids[name] = id;
}

async function link(name: string, from: string, to: string, status = 'up') {
  const ends = { from: ids[from], to: ids[to] };
  const rest = { provider: 'VNPT', bandwidthMbps: 200, status };
  ids[name] = (await send({ type: 'link.add', ...ends, ...rest })).id;
}

const versions = new Map<string, number>();
async function set(noun: 'node' | 'link', name: string, status: string): Promise<void> {
  const base = versions.get(name) ?? 1;
  const { version } = await send({ type: `${noun}.change`, id: ids[name], base, status });
  versions.set(name, version);
}

/** Both provinces on one centre; 00002 behind 00001; 00003 planned; 03001 by two lines. */
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  await node('centre', 'central', 'vn', '00004');
  await node('west', 'provincial', '01', '00001');
  await node('east', 'provincial', '11', '03001');
  await link('west up', 'west', 'centre');
  await link('east up', 'east', 'centre');
  await link('across', 'east', 'west');
  for (const commune of ['00001', '00002', '03001'])
    await node(commune, 'communal', commune, commune);
  await node('00003', 'communal', '00003', '00003', 'planned');
  await link('line 1', '00001', 'west');
  await link('line 2', '00002', '00001');
  await link('line 3', '03001', 'east');
  await link('line 3b', '03001', 'west');
  await link('line 4', '00003', 'west', 'planned');
});
afterAll(async () => {
  await server.close();
  await database.close();
});

async function get<T>(path: string): Promise<{ status: number; body: T }> {
  const response = await fetch(`${server.url}/api/network/${path}`);
  return { status: response.status, body: (await response.json()) as T };
}
const cuts = async () => (await get<NetworkCuts>('cuts')).body;

describe('what is cut off if something fails', () => {
  it('is a list of communes with their people, for a node as for a link', async () => {
    const west = await get<NetworkImpact>(`impact?node=${ids['west']}`);
    expect(west.status).toBe(200);
    expect(west.body).toMatchObject({ communes: ['00001', '00002'], people: 48_000 });
    const line = await get<NetworkImpact>(`impact?link=${ids['line 2']}`);
    expect(line.body).toMatchObject({ communes: ['00002'], people: 8_000, link: ids['line 2'] });
    const double = await get<NetworkImpact>(`impact?link=${ids['line 3']}`);
    expect(double.body).toMatchObject({ communes: [], people: 0 });
  });

  it.each([
    ['impact', 400, 'node'],
    ['impact?node=1&link=2', 400, 'node'],
    ['impact?node=one', 400, 'node'],
    ['impact?node=0', 400, 'node'],
    ['impact?link=99999999999', 400, 'link'],
    ['impact?link=-4', 400, 'link'],
    ['impact?node=1&node=2', 400, 'node'],
    ['impact?link=4294967295', 404, 'link'],
    ['impact?nod=1', 400, 'nod'],
    ['outages?unit=99', 404, 'unit'],
    ['outages?unit=x', 400, 'unit'],
    ['outages?from=yesterday', 400, 'from'],
    ['outages?from=2025-02-30', 400, 'from'],
    ['outages?from=2025-03-02&to=2025-03-01', 400, 'to'],
    ['outages?from=2099-01-01', 400, 'to'],
    ['outages?limit=0', 400, 'limit'],
    ['outages.csv?unit=99', 404, 'unit'],
    ['availability?level=village', 400, 'level'],
    ['availability?level=commune&province=99', 404, 'province'],
    ['availability?target=99.9', 400, 'target'],
    ['availability.csv?target=much', 400, 'target'],
    ['area?lon=105.05&lat=21.15', 400, 'radiusM'],
    ['area?lon=5&lat=21.15&radiusM=1000', 400, 'lon'],
    ['area?lon=105.05&lat=21.15&radiusM=90000', 400, 'radiusM'],
    ['double-risks?method=terrain', 400, 'method'],
  ])('%s is refused, and what is wrong is named', async (path, status, named) => {
    const answer = await get<{ error: Refusal }>(path);
    expect([answer.status, answer.body.error.path]).toEqual([status, named]);
    expect(answer.body.error.message.length).toBeGreaterThan(10);
  });
});

describe('a cut', () => {
  it('is told live with its people, its cause and since when, and is an outage with an end', async () => {
    const start = Date.now();
    expect(await cuts()).toMatchObject({ communes: 8, connected: 3, people: 0, cuts: [] });
    await set('link', 'line 1', 'down');
    const during = await cuts();
    expect(during).toMatchObject({ connected: 1, people: 48_000 });
    expect(during.cuts.map(({ commune, causes }) => [commune, causes])).toEqual([
      ['00001', [{ noun: 'link', id: ids['line 1'] }]],
      ['00002', [{ noun: 'link', id: ids['line 1'] }]],
    ]);
    expect(Date.parse(during.cuts[0]?.since ?? '')).toBeGreaterThanOrEqual(start - 1_000);

    const lasting = (await get<NetworkOutages>('outages?unit=01')).body;
    expect(lasting.outages).toMatchObject([
      { commune: '00001', end: null },
      { commune: '00002', end: null },
    ]);
    await set('link', 'line 1', 'up');
    expect((await cuts()).cuts).toEqual([]);
    const { total, outages } = (await get<NetworkOutages>('outages?unit=00002')).body;
    expect(total).toBe(1);
    const [outage] = outages;
    const length = Date.parse(outage?.end ?? '') - Date.parse(outage?.start ?? '');
    expect(outage?.seconds).toBe(Math.round(length / 1_000));
    expect((await get<NetworkOutages>('outages?unit=11')).body.total).toBe(0);
  });

  it('is the commune without the network, whether its own node or something above it is down', async () => {
    await set('node', '00002', 'down');
    await set('node', 'centre', 'down');
    const { cuts: all } = await cuts();
    expect(all.map(({ commune }) => commune)).toEqual(['00001', '03001', '00002']);
    expect(all.map(({ causes }) => causes.map(({ id }) => id))).toEqual([
      [ids['centre']],
      [ids['centre']],
      [ids['00002']],
    ]);
    await set('node', 'centre', 'up');
    expect((await cuts()).cuts.map(({ commune }) => commune)).toEqual(['00002']);
    await set('node', '00002', 'up');
  });

  it('is none of a commune that is planned, nor is it counted in the availability', async () => {
    const { body } = await get<NetworkAvailability>('availability?level=commune&province=01');
    const row = (unit: string) => body.rows.find((one) => one.unit === unit);
    expect(row('00003')).toMatchObject({ communes: 0, availability: null, outages: 0 });
    expect(row('00001')).toMatchObject({ communes: 1, outages: 2 });
  });
});

describe('the availability of a province', () => {
  it('is the plain mean of its communes over the span, against the target', async () => {
    const span = `from=2020-01-01&to=${new Date().toISOString()}&target=0.5`;
    const province = (await get<NetworkAvailability>(`availability?${span}`)).body;
    const communes = (
      await get<NetworkAvailability>(`availability?level=commune&province=01&${span}`)
    ).body;
    expect(province.target).toBe(0.5);
    const shares = communes.rows.flatMap(({ availability }) => availability ?? []);
    expect(shares).toHaveLength(2);
    const west = province.rows.find(({ unit }) => unit === '01');
    expect(west?.communes).toBe(2);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(west?.availability).toBeCloseTo(mean, 9);
    expect(west?.outages).toBe(4);
  });

  it('is there as a file, outages too, with Vietnamese heads', async () => {
    for (const [path, head, lines] of [
      ['availability.csv?level=province', 'Đơn vị,Mã,Từ (UTC)', 3],
      ['outages.csv?unit=01', 'Xã,Mã xã,Tỉnh,Bắt đầu (UTC)', 5],
    ] as const) {
      const response = await fetch(`${server.url}/api/network/${path}`);
      expect(response.headers.get('content-type')).toContain('text/csv');
      expect(response.headers.get('content-disposition')).toContain('attachment');
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        await response.arrayBuffer(),
      );
      expect(text.startsWith(`\ufeff${head}`)).toBe(true);
      expect(text.trim().split('\r\n')).toHaveLength(lines);
    }
  });

  it('has of a span before everything nothing to tell', async () => {
    const { body } = await get<NetworkAvailability>('availability?from=2019-01-01&to=2019-12-31');
    expect(body.rows.map(({ availability }) => availability)).toEqual([null, null]);
  });
});

describe('both at once', () => {
  /** A station in the middle of 00002, which everybody there hangs on, and one far away in 03001. */
  beforeAll(async () => {
    for (const commune of ['00002', '03001', '03001']) {
      const [lon, lat] = centreOfSmall(commune);
      const radio = { operator: 'viettel', technology: '4g', band: 'b3', heightM: 40 };
      const place = { lon: commune === '03001' ? lon + 0.001 * keys : lon, lat };
      await send({ type: 'station.add', name: 'Trạm', ...radio, ...place, status: 'on_air' });
    }
  });

  it('an area that fails takes its nodes and stations, and with them communes that lose both', async () => {
    const [lon, lat] = centreOfSmall('00002');
    const { status, body } = await get<AreaFailure>(
      `area?lon=${lon}&lat=${lat}&radiusM=1000&method=radius`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ nodes: 1, stations: 1, method: 'radius', peopleOfBoth: 8_000 });
    const [first] = body.communes;
    expect(first).toMatchObject({ commune: '00002', losesNetwork: true, losesCoverage: true });
    expect(first?.covered).toBeGreaterThan(0);
    expect(first?.coveredAfter).toBe(0);
    const before = await get<AreaFailure>(`area?lon=${lon}&lat=${lat}&radiusM=1000`);
    expect(before.body).toEqual(body);
    expect((await cuts()).cuts).toEqual([]);
  });

  it('a commune on one line and one mast is listed, one on two masts is not', async () => {
    const { status, body } = await get<DoubleRisks>('double-risks');
    expect(status).toBe(200);
    const west = body.communes.find(({ commune }) => commune === '00002');
    expect(west?.stations).toHaveLength(1);
    expect(west?.hangsOn).toContainEqual({ noun: 'link', id: ids['line 2'] });
    expect(west?.hangsOn).not.toContainEqual({ noun: 'node', id: ids['00002'] });
    expect(west?.onMast).toBe(west?.covered);
    expect(body.communes.map(({ commune }) => commune)).not.toContain('03001');
  });
});

it('a server that starts anew tells the same outages from the log', async () => {
  const before = (await get<NetworkOutages>('outages?from=2020-01-01')).body.outages;
  expect(before.length).toBeGreaterThan(3);
  const other = await startServer(database);
  try {
    const response = await fetch(`${other.url}/api/network/outages?from=2020-01-01`);
    expect(((await response.json()) as NetworkOutages).outages).toEqual(before);
  } finally {
    await other.close();
  }
});
