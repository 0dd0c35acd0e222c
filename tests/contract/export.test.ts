import { parse } from 'csv-parse/sync';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS, type Kind } from '../../data/imports/kinds.ts';
import type { Accepted, Refusal } from '../../data/wire/commands.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { filledIn, sendReport } from '../setup/reports.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { importing } from './import-client.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database, { trustProxy: true });
  await fill();
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const { preview } = importing(() => server);
let keys = 0;
async function add(type: string, fields: object): Promise<number> {
  const { body } = await server.post({ type, key: `export-test-${++keys}`, ...fields });
  expect(body).not.toHaveProperty('error');
  return (body as Accepted).id;
}
const place = (commune: string) => {
  const [lon, lat] = centreOfSmall(commune);
  return { lon, lat };
};

async function fill(): Promise<void> {
  const words = { words: 'Mất sóng cả tuần', contact: '0912 345 678' };
  for (const [commune, what] of [
    ['00001', '5g'],
    ['03002', 'none'],
  ] as const) {
    const { status } = await sendReport(server, commune, filledIn({ what, ...words }));
    expect(status).toBe(303);
  }
  const station = { operator: 'viettel', technology: '5g', band: 'n41', heightM: 42.5 };
  await add('station.add', {
    ...{ ...station, ...place('00001'), name: '=1+1 “Trạm”, thử', status: 'on_air' },
    ...{ since: '2025-07-28', azimuth: 120, beamwidth: 65, document: '-12/BB', source: '@nguồn' },
  });
  await add('station.add', { ...station, ...place('03002'), name: 'Trạm Đông', status: 'planned' });
  await add('station.add', {
    ...{ ...place('00002'), name: 'Trạm 4G', operator: 'mobifone', technology: '4g', band: 'b3' },
    ...{ heightM: 30, status: 'down' },
  });
  await add('hamlet.add', {
    ...{ ...place('00004'), name: 'Thôn Xa', households: 40, people: 180, gridPower: false },
    ...{ speciallyDisadvantaged: true, deadline: '2025-09-15', status: 'uncovered' },
  });
  const node = { level: 'communal', status: 'up' };
  const from = await add('node.add', { ...node, ...place('00001'), name: 'Nút A', unit: '00001' });
  const to = await add('node.add', { ...node, ...place('03002'), name: 'Nút B', unit: '03002' });
  await add('link.add', { from, to, provider: 'VNPT', bandwidthMbps: 200, status: 'up' });
  await add('facility.add', {
    ...{ ...place('00003'), name: 'TTDL', kind: 'data_centre', owner: 'ministry', status: 'up' },
  });
  await add('indicator.report', {
    indicator: 'dvc.online',
    unit: '01',
    day: '2025-06-30',
    value: 0.3951,
  });
  const programme = await add('programme.add', {
    ...{ name: 'Chiến dịch', unit: 'vn', responsible: 'Bộ', starts: '2025-07-25' },
  });
  const duty = { programme, name: 'Bổ sung 5G', responsible: 'UBND xã', due: '2025-09-07' };
  await add('duty.add', { ...duty, unit: '03002', status: 'planned' });
  await add('duty.add', { ...duty, unit: '00001', status: 'done', doneOn: '2025-09-01' });
}

const file = (path: string, cookie = server.cookie) =>
  fetch(`${server.url}/api/export/${path}`, { headers: { cookie } });
const bytesOf = async (path: string) => new Uint8Array(await (await file(path)).arrayBuffer());
const tableOf = async (path: string) =>
  parse(Buffer.from(await bytesOf(path)), { bom: true, columns: true }) as Record<string, string>[];

describe('what is seen, as a file', () => {
  it('says where things are, of when it is, and whether it is simulated', async () => {
    const rows = await tableOf('stations.csv?unit=01');
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      Tên: 'Trạm 4G',
      'Nhà mạng': 'MobiFone',
      'Trạng thái': 'Mất liên lạc',
      'Mã xã nơi đặt': '00002',
      'Xã nơi đặt': 'Xã West 2',
      'Tỉnh nơi đặt': 'Tỉnh Tây',
      'Mô phỏng': 'Không',
      'Thời điểm số liệu (UTC)': server.live.country.at,
    });
  });

  it.each([
    ['stations.csv?technology=5g', 2],
    ['stations.csv?operator=mobifone,vinaphone', 1],
    ['stations.csv?status=planned&unit=11', 1],
    ['stations.csv?unit=00001', 1],
    ['nodes.csv?unit=11', 1],
    ['links.csv?unit=11', 1],
    ['links.csv?unit=00003', 0],
    ['indicators.csv?unit=01', 1],
    ['hamlets.csv?status=resolved', 0],
    ['programmes.csv', 1],
    ['programmes.csv?unit=01', 0],
    ['duties.csv?unit=01', 1],
    ['duties.csv?status=planned,doing', 1],
    ['reports.csv', 2],
    ['reports.csv?unit=11', 1],
    ['reports.csv?status=checking', 0],
    ['reports.csv?operator=viettel&technology=5g', 1],
  ])('%s: filtered as it is seen', async (path, count) => {
    expect(await tableOf(path)).toHaveLength(count);
  });

  it('of the duties of units says whose they are, and how they stand, in words', async () => {
    expect(await tableOf('duties.csv?unit=00001')).toMatchObject([
      {
        ...{ Tên: 'Bổ sung 5G', 'Chịu trách nhiệm': 'UBND xã', Hạn: '2025-09-07' },
        ...{ 'Trạng thái': 'Đã xong', 'Ngày xong': '2025-09-01', 'Tỉnh nơi đặt': 'Tỉnh Tây' },
      },
    ]);
  });

  it.each([
    ['stations.csv?unit=99', 404, 'unit'],
    ['stations.csv?operator=vnpt', 400, 'operator'],
    ['links.csv?technology=5g', 400, 'technology'],
    ['stations.csv?colour=red', 400, 'colour'],
    ['trains.csv', 404, undefined],
    ['stations.pdf', 404, undefined],
  ])('nonsense is refused by name: %s', async (path, status, name) => {
    const response = await file(path);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: Refusal };
    expect(error.path).toBe(name);
  });

  it('no text becomes a formula, and numbers stay numbers', async () => {
    const [row] = await tableOf('stations.csv?unit=00001');
    expect(row?.['Tên']).toBe("'=1+1 “Trạm”, thử");
    expect(row?.['Số văn bản']).toBe("'-12/BB");
    expect(row?.['Nguồn']).toBe("'@nguồn");
    expect(row?.['Độ cao ăng-ten (m)']).toBe('42.5');
  });

  it('GeoJSON has a point for each, and the fields by their names', async () => {
    const response = await file('stations.geojson?unit=11');
    const { features } = (await response.json()) as GeoJSON.FeatureCollection<GeoJSON.Point>;
    const { lon, lat } = place('03002');
    expect(features).toHaveLength(1);
    expect(features[0]?.geometry.coordinates).toEqual([lon, lat]);
    expect(features[0]?.properties).toMatchObject({
      name: 'Trạm Đông',
      commune: '03002',
      simulated: false,
    });
  });

  it('a GeoPackage is one that QGIS opens', async () => {
    const { Database } = await initSqlJs();
    const base = new Database(await bytesOf('stations.gpkg'));
    const ask = (sql: string) => base.exec(sql)[0]?.values;
    expect(ask('pragma application_id')).toEqual([[0x47504b47]]);
    expect(ask('pragma integrity_check')).toEqual([['ok']]);
    expect(ask('pragma foreign_key_check')).toBeUndefined();
    expect(ask('select srs_id from gpkg_spatial_ref_sys order by 1')).toEqual([[-1], [0], [4326]]);
    expect(ask('select table_name, data_type, srs_id from gpkg_contents')).toEqual([
      ['stations', 'features', 4326],
    ]);
    expect(ask('select column_name, geometry_type_name from gpkg_geometry_columns')).toEqual([
      ['geom', 'POINT'],
    ]);
    expect(ask('select count(*) from stations')).toEqual([[3]]);
  });

  it('is not for everybody where reading needs a name', async () => {
    const shut = await startServer(database, { public: false });
    try {
      for (const path of ['stations.csv', 'nodes.gpkg'])
        expect((await fetch(`${shut.url}/api/export/${path}`)).status).toBe(401);
    } finally {
      await shut.close();
    }
  });
});

describe('reports, as a file', () => {
  it('say what everybody sees, and nothing that is personal', async () => {
    const [row = {}] = await tableOf('reports.csv?unit=01');
    expect(row).toMatchObject({
      ...{ 'Nhà mạng': 'Viettel', 'Công nghệ': '5G', 'Trạng thái': 'Chưa trả lời' },
      ...{ 'Chỉ biết xã': 'Có', 'Xã nơi đặt': 'Xã West 1', 'Ngày trả lời': '' },
    });
    for (const format of ['csv', 'geojson', 'gpkg']) {
      const text = Buffer.from(await bytesOf(`reports.${format}`)).toString();
      for (const hidden of ['Mất sóng cả tuần', '0912 345 678']) expect(text).not.toContain(hidden);
    }
    const { features } = (await (
      await file('reports.geojson?unit=01')
    ).json()) as GeoJSON.FeatureCollection;
    expect(Object.keys(features[0]?.properties ?? {})).not.toContain('words');
  });
});

describe('a file that went out comes back unchanged', () => {
  const cases = KINDS.flatMap((kind) =>
    (['csv', 'xlsx', 'geojson', 'gpkg'] as const).map((format): [Kind, string] => [kind, format]),
  );
  it.each(cases)('%s as %s', async (kind, format) => {
    const job = await preview(`${kind}.${format}`, await bytesOf(`${kind}.${format}`), { kind });
    const { count } = server.live.country.tables[kind];
    expect(job.rows).toEqual({ new: 0, changed: 0, same: count, refused: 0, duplicates: 0 });
  });
});

describe('templates', () => {
  it.each(KINDS)('of %s have a head that is understood whole', async (kind) => {
    const response = await fetch(`${server.url}/api/imports/templates/${kind}.csv`, {
      headers: { cookie: server.cookie },
    });
    const [head = []] = parse(await response.text(), { bom: true }) as string[][];
    expect(head.length).toBeGreaterThan(4);
    const job = await preview(
      `${kind}.csv`,
      `${head.join(',')}\n${head.map(() => 'x').join(',')}\n`,
      { kind },
    );
    expect(Object.values(job.mapping.columns)).not.toContain('');
  });
});
