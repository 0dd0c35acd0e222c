/** Every format and encoding that an office sends, and the files that are refused. */
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { geoPackageOf, packagePoint } from '../setup/geopackage.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { shapefileOf, STATION_COLUMNS } from '../setup/shapefile.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { workbookOf } from '../setup/workbook.ts';
import { zipOf } from '../setup/zip.ts';
import { importing } from './import-client.ts';

let database: TestDatabase;
let server: TestServer;
let bomb: Buffer;
let packed: Buffer;
beforeAll(async () => {
  // Made before there is a server: it takes a while, in which nothing else is done.
  const nothing = Buffer.alloc(300 * 1024 * 1024);
  bomb = zipOf({ 'xl/workbook.xml': nothing, 'xl/b.xml': nothing });
  // Members of a gzip follow one another: ten times 64 MB.
  const member = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a,b\n'));
  packed = Buffer.concat(Array.from({ length: 10 }, () => member));
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const { send, preview, rows, read } = importing(() => server);
const [lon, lat] = centreOfSmall('00001');
const HEAD = 'Tên trạm,Nhà mạng,Công nghệ,Băng tần,Kinh độ,Vĩ độ,Độ cao (m),Trạng thái';
const ROW = `Trạm Đồng Văn,Viettel,5G,n41,${lon},${lat},30,Kế hoạch`;
const TABLE = `${HEAD}\n${ROW}\n`;
const firstOf = async (name: string, content: string | Uint8Array) => {
  const job = await preview(name, content);
  const [row] = (await rows(job.id)).rows;
  return { job, row };
};
/** `Trạm Đồng Văn` and `Kế hoạch` and the heads, in the bytes of the old encodings. */
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${TABLE}`), 'utf-8'],
    ['decomposed', Buffer.from(TABLE.normalize('NFD')), 'utf-8'],
    [
      'UTF-16 as Excel saves "Unicode text"',
      Buffer.from(`\ufeff${TABLE.replaceAll(',', '\t')}`, 'utf16le'),
      'utf-16le',
    ],
    ['UTF-16 without its mark', Buffer.from(TABLE, 'utf16le'), 'utf-16le'],
    [
      'TCVN3',
      latin1(
        `Tªn tr¹m,Nhµ m¹ng,C«ng nghÖ,B¨ng tÇn,Kinh ®é,VÜ ®é,§é cao (m),Tr¹ng th¸i\nTr¹m §ång V¨n,Viettel,5G,n41,${lon},${lat},30,KÕ ho¹ch\n`,
      ),
      'tcvn3',
    ],
    [
      'VNI',
      latin1(
        `Teân traïm,Nhaø maïng,Coâng ngheä,Baêng taàn,Kinh ñoä,Vó ñoä,Ñoä cao (m),Traïng thaùi\nTraïm Ñoàng Vaên,Viettel,5G,n41,${lon},${lat},30,Keá hoaïch\n`,
      ),
      'vni',
    ],
    [
      'TCVN3 saved as UTF-8',
      Buffer.from(
        `Tªn tr¹m,Nhµ m¹ng,C«ng nghÖ,B¨ng tÇn,Kinh ®é,VÜ ®é,§é cao (m),Tr¹ng th¸i\nTr¹m §ång V¨n,Viettel,5G,n41,${lon},${lat},30,KÕ ho¹ch\n`,
      ),
      'tcvn3',
    ],
    [
      'Windows-1258',
      // Base letters with combining tones: ê + U+0301 is EA EC.
      Buffer.concat([
        latin1('name,operator,technology,band,lon,lat,heightM,status\nTra'),
        Buffer.from([0xf2]),
        latin1('m '),
        Buffer.from([0xd0, 0xf4, 0xcc]),
        latin1('ng V'),
        Buffer.from([0xe3]),
        latin1(`n,Viettel,5G,n41,${lon},${lat},30,K`),
        Buffer.from([0xea, 0xec]),
        latin1(' hoa'),
        Buffer.from([0xf2]),
        latin1('ch\n'),
      ]),
      'windows-1258',
    ],
  ])('in %s is read as what it means', async (_, bytes, encoding) => {
    const { job, row } = await firstOf('trạm.csv', bytes);
    expect(job.head?.encoding).toBe(encoding);
    expect(row?.reasons).toEqual([]);
    expect(row).toMatchObject({ label: 'Trạm Đồng Văn', fields: { status: 'planned' } });
  });

  it('with a separator line, odd blanks and a decimal comma', async () => {
    const text = `sep=;\r\n${HEAD.replaceAll(',', ';')}\r\n Trạm Đồng Văn ; VIETTEL;5g;N41;${String(lon).replace('.', ',')};${String(lat).replace('.', ',')};30,50;kế hoạch\r\n\r\n`;
    const { row } = await firstOf('trạm.csv', text);
    expect(row).toMatchObject({
      outcome: 'new',
      fields: { name: 'Trạm Đồng Văn', heightM: 30.5, lon },
    });
  });
});

describe('coordinates of VN-2000', () => {
  // 105.05° E 21.15° N by PROJ 9.5.1 (EPSG:4326 → EPSG:5897): see tests/server/imports/coordinates.test.ts.
  it.each([
    ['the zone of the province, X to the north as surveyors have it', 'X,Y', 'EPSG:5897'],
    ['the zone of the province, X to the east as programs have it', 'Y,X', 'EPSG:5897'],
  ])('in %s', async (_, axes, crs) => {
    const [north, east] = ['2339559.458', '504996.887'];
    const text = `Tên trạm,Nhà mạng,Công nghệ,Băng tần,${axes},Độ cao,Trạng thái\nVN2000,Viettel,5G,n41,${north},${east},30,Kế hoạch\n`;
    const job = await preview('vn2000.csv', text, { unit: '01' });
    expect(job.mapping.crs).toBe(crs);
    expect(job.head?.crsUnsure).toBe(true);
    const [row] = (await rows(job.id)).rows;
    expect(row?.outcome).toBe('new');
    expect(row?.lon).toBeCloseTo(105.05, 6);
    expect(row?.lat).toBeCloseTo(21.15, 6);
  });

  it('as the sender says', async () => {
    const text = `name,operator,technology,band,lon,lat,heightM,status\nUTM,Viettel,5G,n41,504996.887,2339559.458,30,planned\n`;
    const mapping = JSON.stringify({ crs: 'EPSG:3405' });
    const job = await preview('utm.csv', text, { mapping });
    expect(job).toMatchObject({ mapping: { crs: 'EPSG:3405' }, head: { crsUnsure: false } });
  });
});

describe('a Shapefile', () => {
  const record = (name: Buffer) => [
    ...[
      name,
      latin1('Viettel'),
      latin1('5G'),
      latin1('n41'),
      latin1('    30.5'),
      latin1('planned'),
    ],
  ];
  const prj =
    'PROJCS["VN_2000_TM3",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",105.0],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",500000.0],UNIT["Meter",1.0]]';

  it('in a zip, with old letters in its table and its zone in the .prj', async () => {
    const { shp, dbf } = shapefileOf([[504_996.887, 2_339_559.458]], STATION_COLUMNS, [
      record(latin1('Tr¹m §ång V¨n')),
    ]);
    const { job, row } = await firstOf(
      'trạm.zip',
      zipOf({ 'lop/tram.shp': shp, 'lop/tram.dbf': dbf, 'lop/tram.prj': prj }),
    );
    expect(job.head).toMatchObject({ format: 'shapefile', encoding: 'tcvn3', crsUnsure: false });
    expect(job.mapping.crs).toBe('EPSG:5897');
    expect(row).toMatchObject({
      outcome: 'new',
      label: 'Trạm Đồng Văn',
      fields: { heightM: 30.5 },
    });
  });

  it('without its table, or cut off, is refused in words', async () => {
    const { shp, dbf } = shapefileOf([[lon, lat]], STATION_COLUMNS, [record(latin1('A'))]);
    const cut: Record<string, Buffer> = { 'a.shp': shp.subarray(0, 110), 'a.dbf': dbf };
    for (const files of [{ 'a.shp': shp }, cut])
      expect(await send('a.zip', zipOf(files))).toMatchObject({ status: 400 });
  });
});

describe('a GeoPackage', () => {
  it('gives its layer of points', async () => {
    const bytes = await geoPackageOf(
      'tram "5G"',
      'ten_tram text, nha_mang text, cong_nghe text, bang_tan text, do_cao real, trang_thai text',
      [[packagePoint(lon, lat), 'Trạm Đồng Văn', 'Viettel', '5G', 'n41', 30, 'planned']],
    );
    const { job, row } = await firstOf('trạm.gpkg', bytes);
    expect(job).toMatchObject({ head: { format: 'gpkg' }, mapping: { crs: 'EPSG:4326' } });
    expect(row).toMatchObject({ outcome: 'new', label: 'Trạm Đồng Văn', lon, lat });
  });

  it('a database that is none, or whose layer is a view, is refused in words', async () => {
    const { Database } = await initSqlJs();
    const plain = new Database();
    plain.run('create table a (b)');
    expect(await send('a.gpkg', plain.export())).toMatchObject({
      status: 400,
      body: { error: { reason: { is: 'file', what: 'not_gpkg' } } },
    });
    const view = new Database();
    view.run(`create table gpkg_contents (table_name text, data_type text);
      insert into gpkg_contents values ('endless', 'features');
      create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n;`);
    expect(await send('a.gpkg', view.export())).toMatchObject({
      status: 400,
      body: { error: { reason: { is: 'file', what: 'no_layer' } } },
    });
  });
});

describe('OpenCelliD', () => {
  const cells = [
    `LTE,452,4,1234,25601,0,${lon},${lat},1000,10,1,1,1,0`,
    `LTE,452,4,1234,25602,0,${lon + 0.002},${lat},1000,30,1,1,1,0`,
    `NR,452,2,1234,40961,0,${lon},${lat + 0.02},1000,3,1,1,1,0`,
    `GSM,452,1,1234,77,0,${lon},${lat},1000,3,1,1,1,0`,
    `LTE,460,1,1234,77,0,${lon},${lat},1000,3,1,1,1,0`,
  ];
  const head =
    'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal';

  it.each([
    ['with its head', 'cells.csv', Buffer.from([head, ...cells].join('\n'))],
    ['a country extract, packed and without a head', '452.csv.gz', gzipSync(cells.join('\n'))],
  ])('%s: cells become stations at their weighted mean', async (_, name, content) => {
    const job = await preview(name, content);
    expect(job.head?.format).toBe('opencellid');
    expect(job.rows).toMatchObject({ new: 2, refused: 2 });
    const good = (await rows(job.id, 'outcome=new')).rows;
    expect(good[0]).toMatchObject({
      label: '452-04 eNB 100',
      fields: { operator: 'viettel', technology: '4g', band: 'b3', source: 'OpenCelliD' },
    });
    // (10 · 0 + 30 · 0.002) ÷ 40 east of the first.
    expect(good[0]?.lon).toBeCloseTo(lon + 0.0015, 6);
    expect(good[1]).toMatchObject({
      fields: { operator: 'vinaphone', technology: '5g', band: 'n78' },
    });
    const refused = (await rows(job.id, 'outcome=refused')).rows;
    expect(refused.map(({ reasons }) => reasons[0]?.code).sort()).toEqual([
      'country',
      'generation',
    ]);
  });
});

describe('refused, in words', () => {
  const refusedAs = async (name: string, content: string | Uint8Array) => {
    const { status, body } = await send(name, content);
    expect(body.error.message.length).toBeGreaterThan(15);
    const { reason } = body.error;
    return [status, reason?.is === 'file' ? reason.what : reason];
  };

  it('a zip bomb: nothing of it is unpacked', async () => {
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    expect(await refusedAs('bom.xlsx', bomb)).toEqual([413, 'unpacks_too_large']);
    expect(await refusedAs('bom.csv.gz', packed)).toEqual([413, 'unpacks_too_large']);
  });

  it('a zip that says less than comes out of it', async () => {
    const zip = workbookOf([
      ['Tên trạm', 'Nhà mạng'],
      ['A', 'Viettel'],
    ]);
    // The size in the directory at the archive's end, before the name.
    zip.writeUInt32LE(3, zip.lastIndexOf('xl/worksheets/sheet1.xml') - 22);
    expect((await refusedAs('dối.xlsx', zip))[1]).toBe('damaged');
  });

  it.each([
    ['ảnh.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'stranger'],
    ['bảng.xlsx', TABLE, 'lies'],
    ['bảng.csv', workbookOf([['a', 'b']]), 'lies'],
    ['cũ.xlsx', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old_excel'],
    ['trang.csv', '<html><table><tr><td>1</td></tr></table></html>', 'markup'],
    ['rỗng.csv', '', 'empty'],
    ['nhị phân.csv', Buffer.from([1, 2, 3, 0, 0, 0, 0, 0, 9, 0, 1, 0, 0, 0]), 'not_text'],
    ['x.geojson', '{"type":"FeatureCollection","features":[', 'not_json'],
    ['x.geojson', '{"type":"Topology"}', 'not_geojson'],
    ['x.zip', zipOf({ 'a.txt': 'a' }), 'zip_unknown'],
    [
      'x.xlsx',
      zipOf({ 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>' }),
      'damaged',
    ],
  ])('%s', async (name, content, reason) => {
    expect((await refusedAs(name, content))[1]).toBe(reason);
  });

  it('a million columns', async () => {
    const heads = Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',');
    expect(await refusedAs('rộng.csv', `${heads}\n1,2\n`)).toEqual([413, 'too_many_columns']);
    const wide = workbookOf([Array.from({ length: 300 }, (_, i) => `c${i}`)]);
    expect(await refusedAs('rộng.xlsx', wide)).toEqual([413, 'too_many_columns']);
  });

  it('a formula in a cell of a CSV', async () => {
    const text = `${HEAD}\n${ROW.replace('Trạm Đồng Văn', '"=HYPERLINK(""http://x"")"')}\n${ROW.replace('30', '=1+1')}\n`;
    const job = await preview('công thức.csv', text);
    expect(job.rows).toMatchObject({ new: 0, refused: 2 });
    expect((await rows(job.id)).rows.map(({ reasons }) => reasons[0]?.code)).toEqual([
      'formula',
      'formula',
    ]);
  });

  it('a file of two gigabytes: not taken, and told so while it is still coming', async () => {
    const { port, hostname } = new URL(server.url);
    const answer = await new Promise<{ status: number | undefined; text: string }>(
      (resolve, reject) => {
        const sending = request({
          ...{ port, hostname, method: 'POST', path: '/api/imports' },
          headers: { cookie: server.cookie, 'Content-Type': 'multipart/form-data; boundary=x' },
        });
        sending.on('response', (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => resolve({ status: response.statusCode, text }));
          response.on('close', () => sending.destroy());
        });
        sending.on('error', (error) => (sending.destroyed ? undefined : reject(error)));
        sending.write(
          '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nstations\r\n' +
            '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
        );
        const megabyte = Buffer.alloc(1024 * 1024, 'a,b\n');
        let sent = 0;
        const more = (): void => {
          while (sent < 2_048 && !sending.destroyed) {
            sent++;
            if (!sending.write(megabyte)) {
              sending.once('drain', more);
              return;
            }
          }
          if (!sending.destroyed) sending.end('\r\n--x--\r\n');
        };
        more();
      },
    );
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('64 MB');
  });

  it('one that is read and goes wrong later: the import says so, and the server lives', async () => {
    const rowsOf = Array.from({ length: 1_000 }, (_, i) => ROW.replace('Đồng Văn', String(i)));
    const { body } = await send(
      'hỏng.csv',
      `${HEAD}\n${rowsOf.join('\n')}\n"${'x'.repeat(1024 * 1024)}`,
    );
    const job = await read(body.id);
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'too_many_columns' } });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
