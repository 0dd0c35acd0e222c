import { parse } from 'csv-parse/sync';
import { cellToLatLng, getResolution } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSiteBand, NEW_SITE_HEIGHT_M } from '../../data/radio/new-site.ts';
import type { Accepted, Refusal } from '../../data/wire/commands.ts';
import type { Gap, RegisteredHamlet } from '../../data/wire/gaps.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

let keys = 0;
async function done(command: object): Promise<Accepted> {
  const { status, body } = await server.post({ key: `gaps-key-${++keys}`, ...command });
  expect(body).not.toHaveProperty('error');
  expect(status).toBe(200);
  return body as Accepted;
}

async function addStation(commune: string, more: object = {}): Promise<number> {
  const [lon, lat] = centreOfSmall(commune);
  const fields = { name: 'Trạm thử', operator: 'viettel', technology: '5g', band: 'n41' };
  const place = { lon, lat, heightM: 42, status: 'on_air' };
  return (await done({ type: 'station.add', ...fields, ...place, ...more })).id;
}

async function addHamlet(commune: string, more: object = {}): Promise<number> {
  const [lon, lat] = centreOfSmall(commune);
  const fields = { name: 'Bản Thử', households: 40, people: 180, gridPower: true };
  const place = { lon: lon + 0.03, lat: lat + 0.03, status: 'uncovered' };
  const state = { speciallyDisadvantaged: true, deadline: '2025-09-15' };
  return (await done({ type: 'hamlet.add', ...fields, ...place, ...state, ...more })).id;
}

async function gapsBy(query = ''): Promise<{ gaps: Gap[]; total: number; people: number }> {
  const response = await fetch(`${server.url}/api/gaps?${query}`);
  expect(response.status).toBe(200);
  return {
    gaps: (await response.json()) as Gap[],
    total: Number(response.headers.get('x-total')),
    people: Number(response.headers.get('x-people')),
  };
}

async function registerBy(query = ''): Promise<RegisteredHamlet[]> {
  const response = await fetch(`${server.url}/api/hamlets?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as RegisteredHamlet[];
}

async function without5g(unit: string, method = 'radius'): Promise<number> {
  const response = await fetch(`${server.url}/api/estimates/${unit}`);
  const { methods } = (await response.json()) as {
    methods: Record<string, { population: number; byTechnology: { '5g': { covered: number } } }>;
  };
  const estimate = methods[method];
  return (estimate?.population ?? NaN) - (estimate?.byTechnology['5g'].covered ?? NaN);
}

const sum = (gaps: readonly Gap[]): number => gaps.reduce((total, { people }) => total + people, 0);

describe('the gaps', () => {
  it('hold everybody without a signal, most people first', async () => {
    await addStation('00001');
    const { gaps, total, people } = await gapsBy('limit=5000');
    expect(total).toBe(gaps.length);
    expect(people).toBe(sum(gaps));
    expect(people).toBe(await without5g('vn'));
    expect(gaps.map((gap) => gap.people)).toEqual(
      gaps.map((gap) => gap.people).sort((a, b) => b - a),
    );
  });

  it('each has what a planner asks of it', async () => {
    const {
      gaps: [gap],
    } = await gapsBy();
    expect(gap).toEqual({
      id: expect.stringMatching(/^89[0-9a-f]{13}$/) as string,
      people: expect.any(Number) as number,
      communes: [expect.stringMatching(/^0\d{4}$/) as string],
      lon: expect.any(Number) as number,
      lat: expect.any(Number) as number,
      cells: expect.any(Number) as number,
      nearestStationM: expect.any(Number) as number,
      nearestNodeM: null,
      hamlets: [],
      gridPower: null,
      speciallyDisadvantaged: false,
    });
    expect(getResolution(gap?.id ?? '')).toBe(9);
    const [lat = NaN, lon = NaN] = cellToLatLng(gap?.id ?? '');
    expect(lat).toBeCloseTo(gap?.lat ?? NaN, 4);
    expect(lon).toBeCloseTo(gap?.lon ?? NaN, 4);
  });

  it('are those of the unit that is asked about', async () => {
    const { gaps, people } = await gapsBy('unit=11&limit=5000');
    expect(people).toBe(await without5g('11'));
    expect(new Set(gaps.flatMap(({ communes }) => communes))).toEqual(
      new Set(['03001', '03002', '03003', '03004']),
    );
    const one = await gapsBy('unit=00001&limit=5000');
    expect(one.people).toBe(await without5g('00001'));
    expect(one.people).toBeLessThan(40_000);
  });

  it('are those of the method, operator and technology that are asked for', async () => {
    expect((await gapsBy('method=linkBudget&unit=00001')).people).toBe(
      await without5g('00001', 'linkBudget'),
    );
    expect((await gapsBy('operator=mobifone&unit=00001')).people).toBe(40_000);
    expect((await gapsBy('operator=viettel&unit=00001')).people).toBe(await without5g('00001'));
    expect((await gapsBy('technology=4g&unit=00001')).people).toBe(40_000);
  });

  it('can be only the large ones, and only so many, and the totals are of all that fit', async () => {
    const all = await gapsBy('limit=5000');
    const least = all.gaps[3]?.people ?? 0;
    const large = await gapsBy(`minPeople=${least}&limit=2`);
    const fitting = all.gaps.filter(({ people }) => people >= least);
    expect(large.gaps).toEqual(fitting.slice(0, 2));
    expect(large.total).toBe(fitting.length);
    expect(large.people).toBe(sum(fitting));
  });

  it('know the registered hamlets in them, their power, and that they are hard to reach', async () => {
    const id = await addHamlet('00004', { gridPower: false });
    const { gaps } = await gapsBy('hamlets=true');
    expect(gaps).toMatchObject([
      { hamlets: [id], gridPower: false, speciallyDisadvantaged: true, communes: ['00004'] },
    ]);
    expect((await gapsBy('speciallyDisadvantaged=true')).gaps).toEqual(gaps);
    const none = await gapsBy('hamlets=false&limit=5000');
    expect(none.gaps.every(({ hamlets }) => hamlets.length === 0)).toBe(true);
    await done({
      type: 'hamlet.resolve',
      id,
      base: 1,
      resolvedOn: '2025-08-01',
      solution: 'station',
    });
    expect((await gapsBy('hamlets=true')).gaps).toEqual([]);
  });

  it('follow every change at once, and a site where one was takes it away', async () => {
    const before = await gapsBy('unit=03003&limit=5000');
    const [gap] = before.gaps;
    const place = { lon: gap?.lon, lat: gap?.lat, heightM: NEW_SITE_HEIGHT_M };
    await addStation('03003', { ...place, band: newSiteBand('5g') });
    const after = await gapsBy('unit=03003&limit=5000');
    expect(after.people).toBeLessThanOrEqual(before.people - (gap?.people ?? NaN));
    expect(after.people).toBe(await without5g('03003'));
    expect(after.gaps.some(({ id }) => id === gap?.id)).toBe(false);
  });

  it('are as far from a station as the crow flies', async () => {
    const [lon, lat] = centreOfSmall('03002');
    await addStation('03002', { operator: 'vinaphone', band: 'n78' });
    const { gaps } = await gapsBy('unit=03002&operator=vinaphone');
    for (const gap of gaps) {
      const x = (gap.lon - lon) * Math.cos((gap.lat * Math.PI) / 180);
      const metres = (Math.hypot(x, gap.lat - lat) * Math.PI * 6_371_008.8) / 180;
      expect(gap.nearestStationM).toBeCloseTo(metres, -1);
    }
    expect((await gapsBy('operator=mobifone')).gaps[0]?.nearestStationM).toBeNull();
  });

  it.each([
    ['unit=99', 404, 'unit'],
    ['unit=x', 400, 'unit'],
    ['operator=vnpt', 400, 'operator'],
    ['operator=other', 400, 'operator'],
    ['technology=6g', 400, 'technology'],
    ['method=guess', 400, 'method'],
    ['method=terrain', 400, 'method'],
    ['limit=0', 400, 'limit'],
    ['limit=5001', 400, 'limit'],
    ['limit=1e3', 400, 'limit'],
    ['minPeople=-1', 400, 'minPeople'],
    ['hamlets=yes', 400, 'hamlets'],
    ['speciallyDisadvantaged=1', 400, 'speciallyDisadvantaged'],
    ['unit=11&unit=01', 400, 'unit'],
    ['opperator=viettel', 400, 'opperator'],
  ])('nonsense is refused by name: %s', async (query, status, path) => {
    const response = await fetch(`${server.url}/api/gaps?${query}`);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: Refusal };
    expect(error.path).toBe(path);
    expect(error.message).toContain(path);
  });

  it('are not for everybody where reading needs a name', async () => {
    const shut = await startServer(database, { public: false });
    try {
      for (const path of ['gaps', 'hamlets', 'export/gaps.csv', 'export/hamlet-register.csv'])
        expect((await fetch(`${shut.url}/api/${path}`)).status).toBe(401);
    } finally {
      await shut.close();
    }
  });
});

describe('the register of hamlets', () => {
  it('joins people, power, deadline, what is near and the cheapest solution', async () => {
    const id = await addHamlet('00002');
    const [hamlet] = await registerBy('unit=00002');
    const gaps = await gapsBy('unit=00002&hamlets=true');
    expect(hamlet).toMatchObject({
      id,
      commune: '00002',
      people: 180,
      households: 40,
      gridPower: true,
      speciallyDisadvantaged: true,
      simulated: false,
      deadline: '2025-09-15',
      gap: gaps.gaps[0]?.id,
      nearestNodeM: null,
      solution: { kind: 'station', why: 'line_short', costMillionDong: 1_200 },
    });
    // 15 September 2025 is past.
    expect(hamlet?.daysLeft).toBeLessThan(0);
    expect(await registerBy('unit=11')).toEqual([]);
  });

  it('a hamlet that the estimate has a signal for lies in no gap', async () => {
    const [lon, lat] = centreOfSmall('00001');
    const id = await addHamlet('00001', { lon, lat });
    const found = (await registerBy('unit=00001')).find((hamlet) => hamlet.id === id);
    expect(found).toMatchObject({ gap: null, solution: { kind: 'repeater' } });
  });

  it('the most pressing comes first, those without a deadline last', async () => {
    await addHamlet('03004', { deadline: '2031-01-01', people: 10 });
    await addHamlet('03004', { deadline: undefined, people: 20 });
    await addHamlet('03004', { deadline: '2030-01-01', people: 30 });
    expect((await registerBy('unit=03004')).map(({ people }) => people)).toEqual([30, 10, 20]);
  });
});

describe('the files', () => {
  it('gaps as a table: what the interface says, with names, method and date', async () => {
    const { gaps } = await gapsBy('unit=11&limit=5000');
    const response = await fetch(`${server.url}/api/export/gaps.csv?unit=11`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('vung-lom.csv');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parse(Buffer.from(bytes), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.map((row) => Number(row['Số người']))).toEqual(gaps.map(({ people }) => people));
    expect(rows[0]).toMatchObject({
      'Mã vùng lõm (H3)': gaps[0]?.id,
      Tỉnh: 'Tỉnh Đông',
      'Mã xã': gaps[0]?.communes[0],
      'Phương pháp': 'ước lượng theo bán kính',
      'Mô phỏng': 'không',
      'Công nghệ': '5G',
    });
    expect(rows[0]?.['Xã']).toContain('Xã East');
    expect(rows[0]?.['Thời điểm số liệu (UTC)']).toBe(server.live.country.at);
  });

  it('gaps as GeoJSON: a point each, with the same figures', async () => {
    const { gaps } = await gapsBy('unit=01&limit=5000');
    const response = await fetch(`${server.url}/api/export/gaps.geojson?unit=01&limit=3`);
    expect(response.headers.get('content-type')).toContain('application/geo+json');
    const { features } = (await response.json()) as GeoJSON.FeatureCollection<GeoJSON.Point>;
    expect(features).toHaveLength(3);
    features.forEach(({ geometry, properties }, index) => {
      const gap = gaps[index];
      expect(geometry.coordinates).toEqual([gap?.lon, gap?.lat]);
      expect(properties).toMatchObject({ id: gap?.id, people: gap?.people, method: 'radius' });
    });
  });

  it('a hamlet whose name is a formula stays a name', async () => {
    const name = '=HYPERLINK("http://x","Bản")';
    await addHamlet('00003', { name });
    for (const file of ['hamlet-register.csv?unit=00003', 'gaps.csv?unit=00003&hamlets=true']) {
      const text = await (await fetch(`${server.url}/api/export/${file}`)).text();
      const [row] = parse(text, { bom: true, columns: true }) as Record<string, string>[];
      expect(row?.['Thôn'] ?? row?.['Thôn lõm sóng']).toBe(`'${name}`);
    }
  });

  it('refuse what the interface refuses', async () => {
    for (const path of [
      'gaps.csv?unit=99',
      'gaps.geojson?limit=0',
      'hamlet-register.csv?minPeople=3',
    ])
      expect((await fetch(`${server.url}/api/export/${path}`)).status).toBeGreaterThanOrEqual(400);
  });
});
