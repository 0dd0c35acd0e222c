import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayReason } from '../../data/imports/reasons.ts';
import type { Role } from '../../data/model/account.ts';
import type { History } from '../../data/wire/history.ts';
import type { ImportJob, ImportRows, ImportSeen } from '../../data/wire/imports.ts';
import type { Reset } from '../../data/wire/stream.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { workbookOf, workbookParts } from '../setup/workbook.ts';
import { zipOf } from '../setup/zip.ts';
import { importing } from './import-client.ts';

let database: TestDatabase;
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  second = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await second.close();
  await database.close();
});

const { send, get, post, preview, rows, apply, undo } = importing(() => server);
const stations = (at = server) => at.live.country.tables.stations;
const named = (name: string, at = server) => {
  const { columns, count } = stations(at);
  const row = columns.name.slice(0, count).indexOf(name);
  return row < 0 ? undefined : stations(at).record(row);
};
const [lon, lat] = centreOfSmall('00001');
const written = (value: number): string => String(value).replace('.', ',');
const HEAD = 'Tên trạm;Nhà mạng;Công nghệ;Băng tần;Kinh độ;Vĩ độ;Độ cao (m);Trạng thái';
/** Rows of stations as a Vietnamese Excel writes them, `step` metres or so apart. */
const csv = (names: readonly string[], more: (name: string, i: number) => string = () => '') =>
  [
    HEAD,
    ...names.map(
      (name, i) =>
        more(name, i) ||
        `${name};Viettel;5G;n41;${written(lon + i * 0.002)};${written(lat)};42,5;Đang phát sóng`,
    ),
  ].join('\r\n');
const codes = (job: ImportJob, query: string) =>
  rows(job.id, query).then((found) =>
    found.rows.map(({ row, reasons }) => [
      row,
      ...reasons.map(({ code, field }) => `${code} ${field ?? ''}`.trim()),
    ]),
  );

describe('a file of stations', () => {
  it('is previewed row by row, applied as one, and undone as one', async () => {
    const before = stations().count;
    const job = await preview('trạm.csv', `\ufeff${csv(['Trạm A', 'Trạm B', 'Trạm C'])}`);
    expect(job).toMatchObject({
      name: 'trạm.csv',
      kind: 'stations',
      rows: { new: 3, changed: 0, refused: 0, same: 0 },
      head: { format: 'csv', encoding: 'utf-8' },
    });
    const found = await rows(job.id);
    expect(found.rows[0]).toMatchObject({
      row: 2,
      outcome: 'new',
      label: 'Trạm A',
      fields: { operator: 'viettel', technology: '5g', heightM: 42.5, status: 'on_air', lon, lat },
    });
    // The page of one row, for whoever pointed at it on the map.
    expect(await rows(job.id, 'holding=4&limit=2')).toMatchObject({
      ...{ total: 3, offset: 2 },
      rows: [{ row: 4, label: 'Trạm C' }],
    });
    expect(stations().count).toBe(before);

    const { status, body } = await apply(job.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ applied: 3, seq: server.live.country.seq });
    expect(named('Trạm B')).toMatchObject({ commune: '00001', version: 1, simulated: false });
    await expect.poll(() => named('Trạm C', second)).toBeDefined();
    // Asked for twice, it is done once.
    expect((await apply(job.id)).body).toEqual(body);

    const undone = await undo(job.id);
    expect(undone).toMatchObject({ status: 200, body: { undone: 3, left: 0 } });
    expect(stations().count).toBe(before);
    expect(await get(`${job.id}`)).toMatchObject({ state: 'undone' });
  });

  it('changes what it names, by id or by name and operator, and says from what to what', async () => {
    const first = await preview('a.csv', csv(['Đổi 1', 'Đổi 2']));
    await apply(first.id);
    const one = named('Đổi 1');
    const again = await preview('b.csv', `Mã;Độ cao (m);Trạng thái\n${one?.id};50;\n`);
    expect(again.rows).toMatchObject({ new: 0, changed: 1 });
    const [change] = (await rows(again.id)).rows;
    expect(change).toMatchObject({
      id: one?.id,
      fields: { heightM: 50 },
      before: { heightM: 42.5 },
    });
    const byName = await preview(
      'c.csv',
      csv(['Đổi 1', 'Đổi 2'], (name, i) =>
        i === 1 ? `${name};viettel;NR;N41;${lon + 0.002};${lat};42,5;mất sóng` : '',
      ),
    );
    expect(byName.rows).toMatchObject({ new: 0, changed: 1, same: 1 });
    await apply(again.id);
    await apply(byName.id);
    expect(named('Đổi 1')).toMatchObject({ heightM: 50, version: 2 });
    expect(named('Đổi 2')).toMatchObject({ status: 'down', version: 2 });
    await undo(byName.id);
    expect(named('Đổi 2')).toMatchObject({ status: 'on_air', version: 3 });
    expect(named('Đổi 1')).toMatchObject({ heightM: 50 });
  });

  it('all or nothing, or the good rows only; the refused ones come back with the reason', async () => {
    const job = await preview(
      'x.csv',
      csv(
        ['Tốt', 'Xấu 1', 'Xấu 2', 'Xấu 3'],
        (name, i) =>
          [
            '',
            `${name};Viettel;5G;b3;${written(lon)};${written(lat)};40;Đang phát sóng`,
            `${name};Viettel;5G;n41;${written(lon)};${written(lat)};không rõ;`,
            `${name};Viettel;5G;n41;110;10;40;Đang phát sóng`,
          ][i] ?? '',
      ),
    );
    expect(job.rows).toMatchObject({ new: 1, refused: 3 });
    expect(await codes(job, 'outcome=refused')).toEqual([
      [3, 'band band'],
      [4, 'not_number heightM'],
      [5, 'outside_territory'],
    ]);
    const refused = await apply(job.id, { mode: 'all' });
    expect(refused).toMatchObject({ status: 409, body: { error: { path: 'mode' } } });
    expect(named('Tốt')).toBeUndefined();

    const file = await fetch(`${server.url}/api/imports/${job.id}/refused.csv`, {
      headers: { cookie: server.cookie },
    });
    const back = parse(await file.text(), { bom: true, columns: true }) as Record<string, string>[];
    expect(back).toHaveLength(3);
    expect(back[1]).toMatchObject({ 'Tên trạm': 'Xấu 2', 'Dòng trong tệp': '4' });
    expect(back[1]?.['Lý do không nhận']).toContain(
      'Độ cao ăng-ten (m) “không rõ”: không đọc được là số',
    );

    expect((await apply(job.id, { mode: 'good' })).body).toMatchObject({ applied: 1 });
    expect(named('Tốt')).toBeDefined();
  });

  it('tells what is perhaps there already, by place and operator, and can leave it out', async () => {
    const [lon, lat] = centreOfSmall('00004');
    const first = await preview('d.csv', `${HEAD}\nGốc;Viettel;5G;n41;${lon};${lat};30;Kế hoạch`);
    await apply(first.id);
    const near = csv(['Trùng', 'Mới', 'Mạng khác'], (name, i) => {
      const x = [lon + 0.0002, lon + 0.03, lon + 0.0003][i] ?? lon;
      const operator = i === 2 ? 'MobiFone' : 'Viettel';
      return `${name};${operator};5G;${i === 2 ? 'n77' : 'n41'};${written(x)};${written(lat)};30;Kế hoạch`;
    });
    const job = await preview('e.csv', near);
    expect(job.rows).toMatchObject({ new: 3, duplicates: 1 });
    const [found] = (await rows(job.id, 'outcome=near')).rows;
    expect(found).toMatchObject({
      label: 'Trùng',
      reasons: [{ code: 'near', about: named('Gốc')?.id }],
    });
    const { body } = await apply(job.id, { mode: 'all', skipDuplicates: true });
    expect(body.applied).toBe(2);
    expect(named('Trùng')).toBeUndefined();
  });

  it('is checked again when it is applied: what changed meanwhile is not overwritten', async () => {
    await apply((await preview('f.csv', csv(['Tranh chấp 1', 'Tranh chấp 2']))).id);
    const [one, two] = [named('Tranh chấp 1'), named('Tranh chấp 2')];
    const job = await preview('g.csv', `id,heightM\n${one?.id},60\n${two?.id},60\n`);
    await server.post({
      ...{ type: 'station.change', key: 'contended-1', id: one?.id, base: 1, heightM: 44 },
    });
    expect((await apply(job.id, { mode: 'all' })).status).toBe(409);
    expect(await codes(job, 'outcome=refused')).toEqual([[2, 'stale']]);
    expect((await apply(job.id, { mode: 'good' })).body).toMatchObject({ applied: 1 });
    expect(named('Tranh chấp 1')).toMatchObject({ heightM: 44 });
  });

  it('undone, leaves what somebody changed since, and says so', async () => {
    const job = await preview('h.csv', csv(['Còn lại', 'Đi rồi']));
    await apply(job.id);
    const { id } = named('Còn lại') ?? {};
    await server.post({ type: 'station.change', key: 'changed-since', id, base: 1, heightM: 44 });
    expect((await undo(job.id)).body).toMatchObject({ undone: 1, left: 1 });
    expect(named('Còn lại')).toMatchObject({ heightM: 44 });
    expect(named('Đi rồi')).toBeUndefined();
    expect(await codes(job, 'outcome=left')).toEqual([[2, 'changed_since']]);
    expect((await post(`${job.id}/undo`)).status).toBe(409);
  });

  it('repeated within itself, or named twice, is refused where it repeats', async () => {
    const job = await preview(
      'i.csv',
      csv(['Lặp', 'Lặp'], (name) => `${name};Viettel;5G;n41;${lon};${lat};30;Kế hoạch`),
    );
    expect(await codes(job, 'outcome=refused')).toEqual([[3, 'repeated']]);
  });

  it('can be read again with other columns, which are remembered for the province', async () => {
    const text = `Trạm;Hãng;CN;BT;E;N;Cao;TT\nÁnh xạ;Viettel;5G;n41;${lon};${lat};30;Kế hoạch\n`;
    const job = await preview('k.csv', text, { unit: '01' });
    expect(job.rows).toMatchObject({ new: 0, refused: 1 });
    const columns = { Trạm: 'name', Hãng: 'operator', CN: 'technology', BT: 'band' };
    const places = { E: 'lon', N: 'lat', Cao: 'heightM', TT: 'status' };
    expect((await post(`${job.id}/mapping`, { ...columns, ...places })).status).toBe(202);
    const again = await importing(() => server).read(job.id);
    expect(again.rows).toMatchObject({ new: 1, refused: 0 });
    await apply(job.id);
    // On another server too.
    const elsewhere = importing(() => second);
    const next = await elsewhere.preview('l.csv', text.replace('Ánh xạ', 'Ánh xạ 2'), {
      unit: '01',
    });
    expect(next.rows).toMatchObject({ new: 1, refused: 0 });
    expect(next.mapping.columns).toMatchObject({ Hãng: 'operator' });
    const other = await preview('m.csv', text, { unit: '11' });
    expect(other.rows).toMatchObject({ refused: 1 });
  });

  it('can be applied by a server that did not read it', async () => {
    const job = await preview('n.csv', csv(['Máy khác']));
    const answer = await importing(() => second).apply(job.id);
    expect(answer.status).toBe(200);
    await expect.poll(() => named('Máy khác')).toBeDefined();
  });

  it('too large to tell event by event makes its followers start over, and the stream goes on', async () => {
    const socket = second.connect();
    const reset = new Promise<Reset>((resolve) => socket.on('reset', resolve));
    await new Promise<void>((resolve) => socket.on('connect', resolve));
    socket.emit('follow', { seq: second.live.country.seq });
    const names = Array.from({ length: 6_000 }, (_, i) => `Loạt ${i}`);
    const job = await preview(
      'lớn.csv',
      csv(names, (name, i) => {
        const x = 105.005 + (i % 80) * 0.0011;
        const y = 21.105 + Math.floor(i / 80) * 0.0011;
        return `${name};Viettel;5G;n41;${written(x)};${written(y)};30;Kế hoạch`;
      }),
    );
    expect(job.rows).toMatchObject({ new: 6_000, refused: 0 });
    const { body } = await apply(job.id);
    expect(body.applied).toBe(6_000);
    expect((await reset).seq).toBeGreaterThan(body.from);
    expect((await undo(job.id)).body).toMatchObject({ undone: 6_000 });
  });
});

describe('a workbook', () => {
  it('is read with its title above the head, its days, and its numbers as numbers', async () => {
    const job = await preview(
      'sổ.xlsx',
      workbookOf([
        ['DANH SÁCH TRẠM 5G NĂM 2025'],
        [],
        ['STT', ...HEAD.split(';'), 'Ngày phát sóng'],
        [1, 'Sổ 1', 'VNPT', '5G', 'n78', lon, lat - 0.02, 35, 'Đang phát sóng', { day: 45_866 }],
        [2, 'Sổ 2', 'VNPT', '5G', 'n78', lon, lat - 0.03, 35, 'Đang phát sóng', '28/07/2025'],
      ]),
    );
    expect(job.head).toMatchObject({ format: 'xlsx' });
    const found = await rows(job.id);
    expect(found.rows.map(({ row, fields }) => [row, fields['since'], fields['operator']])).toEqual(
      [
        [4, '2025-07-28', 'vinaphone'],
        [5, '2025-07-28', 'vinaphone'],
      ],
    );
  });

  it('with days that cannot be: the row is refused with the day', async () => {
    const row = (name: string) => [name, 'VNPT', '5G', 'n78', lon, lat - 0.025, 35];
    const job = await preview(
      'ngày.xlsx',
      workbookOf([
        [...HEAD.split(';'), 'Ngày phát sóng', 'Ngày nghiệm thu'],
        [...row('Ngày 1'), 'Đang phát sóng', '01/01/2098', null],
        [...row('Ngày 2'), 'Đang phát sóng', '02/05/2025', '01/05/2025'],
      ]),
    );
    expect(await codes(job, 'outcome=refused')).toEqual([
      [2, 'to_come since'],
      [3, 'accepted_early acceptedOn'],
    ]);
  });

  it('with a formula in a cell that counts: the row is refused, whatever result lies beside it', async () => {
    const job = await preview(
      'công thức.xlsx',
      workbookOf([
        [...HEAD.split(';'), 'Ghi chú'],
        ['CT 1', 'Viettel', '5G', 'n41', lon + 0.05, lat, { f: 'A1+B2', v: 42 }, 'Kế hoạch', null],
        ['CT 2', 'Viettel', '5G', 'n41', lon - 0.05, lat, 42, 'Kế hoạch', { f: 'NOW()', v: 1 }],
      ]),
    );
    expect(await codes(job, 'outcome=refused')).toEqual([[2, 'formula heightM']]);
    expect(job.rows.new).toBe(1);
  });
});

describe('a workbook whose rows are numbered twice, backwards or not at all', () => {
  it('is read in the order in which they stand', async () => {
    const parts = workbookParts([HEAD.split(';'), ['Một'], ['Hai'], ['Ba']]);
    const sheet = 'xl/worksheets/sheet1.xml';
    parts[sheet] = (parts[sheet] ?? '').replace('<row r="3">', '<row r="2">');
    parts[sheet] = parts[sheet].replace('<row r="4">', '<row r="1e300">');
    const job = await preview('số dòng.xlsx', zipOf(parts));
    expect((await rows(job.id)).rows.map(({ row, label }) => [row, label])).toEqual([
      [2, 'Một'],
      [3, 'Hai'],
      [4, 'Ba'],
    ]);
  });
});

describe('what no database keeps', () => {
  it('in cells and heads is left out, and what only looks like it stays', async () => {
    const [x, y] = [written(lon - 0.03), written(lat - 0.03)];
    const good = `C:\\u0000;Viettel;5G;n41;${x};${y};30;Kế hoạch;1`;
    // The sixtieth character, where what is shown ends, is one of two halves.
    const bad = `Nửa chữ;Viettel;5G;n41;${x};${y};${'x'.repeat(59)}🗼;Kế hoạch;2`;
    const job = await preview('nul.csv', `${HEAD};constructor\n${good}\n${bad}`);
    expect(job.rows).toMatchObject({ new: 1, refused: 1 });
    expect((await rows(job.id)).rows[0]?.label).toBe('C:\\u0000');
    const properties = { name: 'Điểm', ['a\0b']: 1, toString: 'x' };
    const features = [
      { type: 'Feature', properties, geometry: null },
      { type: 'Feature', properties: { name: 'Không có gì' }, geometry: null },
    ];
    const points = await preview(
      'nul.geojson',
      JSON.stringify({ type: 'FeatureCollection', features }),
    );
    expect(points.head?.headers.slice(0, 3)).toEqual(['name', 'ab', 'toString (2)']);
    expect(points.rows).toMatchObject({ refused: 2 });
  });
});

describe('GeoJSON', () => {
  it('gives places by its geometry, and refuses what is no point', async () => {
    const feature = (name: string, geometry: object) => ({
      type: 'Feature',
      geometry,
      properties: {
        name,
        operator: 'mobifone',
        technology: '5g',
        band: 'n77',
        heightM: 30,
        status: 'planned',
      },
    });
    const job = await preview(
      'trạm.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          feature('GJ 1', { type: 'Point', coordinates: [lon, lat] }),
          feature('GJ 2', {
            type: 'LineString',
            coordinates: [
              [lon, lat],
              [lon, lat],
            ],
          }),
        ],
      }),
    );
    expect(job.rows).toMatchObject({ new: 1, refused: 1 });
    expect((await codes(job, 'outcome=refused'))[0]).toContain('geometry');
  });
});

describe('who may', () => {
  it('nobody without an account, and nobody sees what another one sent', async () => {
    expect(await send('a.csv', csv(['A']), {}, '')).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthenticated' } },
    });
    const job = await preview('o.csv', csv(['Riêng']));
    for (const path of [`${job.id}`, `${job.id}/rows`, `${job.id}/refused.csv`])
      expect(
        (await fetch(`${server.url}/api/imports/${path}`, { headers: { cookie: '' } })).status,
      ).toBe(401);
  });

  it('what lies in another province is refused row by row, by the rule that meets every command', async () => {
    const cookie = await server.signIn({ name: 'can.bo.dong', role: 'editor', units: ['11'] });
    const [east, north] = centreOfSmall('03001');
    const text = [
      HEAD,
      `Của mình;Viettel;5G;n41;${east};${north};30;Kế hoạch`,
      `Tỉnh khác;Viettel;5G;n41;${lon};${lat};30;Kế hoạch`,
    ].join('\n');
    const { body } = await send('hai tỉnh.csv', text, {}, cookie);
    let job: ImportJob | undefined;
    await expect
      .poll(async () => (job = await get<ImportJob>(`${body.id}`, cookie)).state)
      .toBe('ready');
    expect(job?.rows).toMatchObject({ new: 1, refused: 1 });
    const found = await get<ImportRows>(`${body.id}/rows?outcome=refused`, cookie);
    expect(found.rows[0]).toMatchObject({ row: 3, reasons: [{ code: 'forbidden' }] });
    expect(found.rows[0]?.reasons.map((reason) => sayReason(reason, 'stations', 'vi'))).toEqual([
      'nằm ngoài đơn vị mà tài khoản này phụ trách',
    ]);
    // An editor of the other province sees nothing of it.
    const other = await server.signIn({ name: 'can.bo.tay', role: 'editor', units: ['01'] });
    expect(await get(`${body.id}`, other)).toMatchObject({ error: { code: 'forbidden' } });
    const applied = await post(`${body.id}/apply`, { mode: 'good' }, cookie);
    expect(applied.status).toBe(200);
    expect(named('Tỉnh khác')).toBeUndefined();
  });

  it('whoever keeps where it happens, or whose file it is, sees it; only some do anything with it', async () => {
    const person = (name: string, role: Role, units: string[]) =>
      server.signIn({ name: `thay.${name}`, role, units });
    const maker = await person('nguoi.gui', 'editor', ['11']);
    const [east, north] = centreOfSmall('03003');
    const text = [
      HEAD,
      `Ai thấy;Viettel;5G;n41;${east};${north};30;Kế hoạch`,
      `Không của mình;Viettel;5G;n41;${lon};${lat - 0.04};30;Kế hoạch`,
    ].join('\n');
    const read = async (unit: Record<string, string>) => {
      const { body } = await send('ai thấy.csv', text, unit, maker);
      await expect
        .poll(async () => (await get<ImportJob>(`${body.id}`, maker)).state)
        .toBe('ready');
      return body.id;
    };
    const [plain, ofProvince] = [await read({}), await read({ unit: '11' })];
    const people = {
      beside: await person('cung.tinh', 'editor', ['11']),
      within: await person('cung.xa', 'editor', ['03003']),
      otherCommune: await person('xa.khac', 'editor', ['03001']),
      otherProvince: await person('tinh.khac', 'approver', ['01']),
      nation: await person('ca.nuoc', 'planner', ['vn']),
      viewer: await person('nguoi.xem', 'viewer', ['11']),
      approver: await person('nguoi.duyet', 'approver', ['11']),
      operator: await person('van.hanh', 'operator', ['vn']),
    };
    const seen = await Promise.all(
      Object.entries(people).map(async ([who, cookie]) => {
        const listed = (await get<ImportSeen[]>('', cookie)).map(({ id }) => id);
        const one = async (id: number) => {
          const { may } = await get<Partial<ImportSeen>>(`${id}`, cookie);
          // What the list holds and what can be opened are the same.
          expect([who, listed.includes(id)]).toEqual([who, may !== undefined]);
          return may && `${may.change ? 'change ' : ''}${may.undo ? 'undo' : ''}`;
        };
        return [who, await one(plain), await one(ofProvince)];
      }),
    );
    expect(seen).toEqual([
      ['beside', '', ''],
      ['within', '', ''],
      ['otherCommune', undefined, undefined],
      ['otherProvince', undefined, undefined],
      ['nation', '', ''],
      ['viewer', undefined, undefined],
      ['approver', 'undo', 'undo'],
      ['operator', 'change undo', 'change undo'],
    ]);
    expect((await get<ImportRows>(`${plain}/rows`, people.beside)).total).toBe(2);

    expect((await post(`${plain}/apply`, { mode: 'good' }, people.approver)).status).toBe(403);
    expect((await post(`${plain}/apply`, { mode: 'good' }, maker)).status).toBe(200);
    const { id } = named('Ai thấy') ?? {};
    expect((await post(`${plain}/undo`, {}, people.beside)).status).toBe(403);
    expect((await post(`${plain}/undo`, {}, people.approver)).body).toMatchObject({ undone: 1 });

    const history = async (cookie: string) => {
      const response = await fetch(`${server.url}/api/history/${id}`, { headers: { cookie } });
      return ((await response.json()) as History).entries.map(({ by, file }) => [by, file]);
    };
    expect(await history(people.viewer)).toEqual([
      ['thay.nguoi.duyet', { name: 'ai thấy.csv', undone: true }],
      ['thay.nguoi.gui', { name: 'ai thấy.csv', undone: false }],
    ]);
    // What an office calls its files, and who works there, is not for everybody.
    expect(await history('')).toEqual([
      ['somebody', undefined],
      ['somebody', undefined],
    ]);
  });

  it('a nonsense request is refused by name', async () => {
    expect(await send('a.csv', csv(['A']), { kind: 'trains' })).toMatchObject({
      status: 400,
      body: { error: { path: 'kind' } },
    });
    expect(await send('a.csv', csv(['A']), { mapping: '{' })).toMatchObject({
      status: 400,
      body: { error: { path: 'mapping' } },
    });
  });
});
