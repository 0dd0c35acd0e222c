/** "No signal here": anyone reports, the commune's officers handle it, and the reporter sees how. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEPS } from '../../data/model/reports.ts';
import { REPORT_STATUSES, type ReportStatus } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
import type { CommandAnswer } from '../../data/wire/commands.ts';
import type { ReportDetails, ReportSummaryAnswer } from '../../data/wire/reports.ts';
import { makeDisplay } from '../../server/accounts/displays.ts';
import { headOf } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { jpeg, png, SECRET, webp } from '../setup/photos.ts';
import { filledIn, sendReport, type SentReport } from '../setup/reports.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

const HERE = '00001';
const THERE = '00002';
const ABROAD = '03001';

let database: TestDatabase;
let server: TestServer;
let second: TestServer;
/** Cookies of people of province 01, by role. */
const people: Record<string, string> = {};
let stranger: string;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database, { trustProxy: true });
  second = await startServer(database, { trustProxy: true });
  for (const role of ['viewer', 'reporter', 'editor', 'approver', 'planner', 'operator'] as const)
    people[role] = await server.signIn({ name: `${role}-01`, role, units: ['01'] });
  stranger = await server.signIn({ name: 'editor-11', role: 'editor', units: ['11'] });
});
afterAll(async () => {
  await second.close();
  await server.close();
  await database.close();
});

let keys = 0;
const pointIn = (commune: string): string => {
  const [lon, lat] = centreOfSmall(commune);
  return `${lat + 0.012_345}, ${lon + 0.012_345}`;
};
const table = () => server.live.country.tables.reports;
const newest = () => table().record(table().count - 1);
const get = (path: string, cookie = '', from: TestServer = server) =>
  fetch(`${from.url}${path}`, { headers: { cookie } });

/** Sends a report and answers it as the country has it. */
async function reported(fields: Record<string, string> = {}, photo?: Buffer) {
  const sent = await sendReport(server, HERE, filledIn(fields), photo ? { photo } : {});
  expect(sent.status, sent.page).toBe(303);
  return { ...newest(), follow: sent.follow };
}
async function step(
  { id, version }: { id: number; version: number },
  wish: { status: ReportStatus; answer?: string },
  cookie = people['editor'] ?? '',
): Promise<CommandAnswer> {
  const command = { type: 'report.change', key: `report-step-${++keys}`, id, base: version };
  return (await server.post({ ...command, ...wish }, cookie)).body as CommandAnswer;
}
async function detailsOf(id: number): Promise<ReportDetails> {
  return (await (await get(`/api/reports/${id}`, people['viewer'])).json()) as ReportDetails;
}

describe('the page of a commune', () => {
  it('is small, names the commune, and has nothing inline that the policy would forbid', async () => {
    const response = await get(`/bao/${HERE}`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Xã West 1, Tỉnh Tây');
    expect(page.length).toBeLessThan(6_000);
    expect(page).not.toMatch(/<script>|<style|style=|onclick=/);
    expect(response.headers.get('X-Robots-Tag')).toContain('noindex');
    expect(response.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
  });

  it('speaks English when asked, and says in words that a commune is not there', async () => {
    expect(await (await get(`/bao/${HERE}?lang=en`)).text()).toContain('West 1 Commune, West');
    const nowhere = await get('/bao/99999');
    expect(nowhere.status).toBe(404);
    expect(await nowhere.text()).toContain('mang mã 99999');
  });

  it('is open on a system that is closed to those without an account', async () => {
    const closed = await startServer(database, { public: false });
    expect((await get(`/bao/${HERE}`, '', closed)).status).toBe(200);
    expect((await get('/api/snapshot', '', closed)).status).toBe(401);
    await closed.close();
  });
});

describe('a report', () => {
  it('is in the live country at once, without anything personal in it', async () => {
    const socket = server.connect();
    const events: unknown[] = [];
    socket.on('events', (batch) => events.push(...batch.events));
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.emit('follow', { seq: server.live.country.seq });
    const { id } = await reported({
      what: '5g',
      coordinates: pointIn(HERE),
      words: 'Bản Nậm Vì, từ tết',
      contact: '0912 345 678',
    });
    expect(newest()).toMatchObject({
      ...{ operator: 'viettel', technology: '5g', status: 'received', commune: HERE },
      ...{ approximatePlace: false, simulated: false, version: 1 },
    });
    const [lon, lat] = centreOfSmall(HERE);
    expect(newest()['lon']).toBe(Math.round((lon + 0.012_345) * 1e3) / 1e3);
    await expect.poll(() => JSON.stringify(events)).toContain('report.add');
    const log = await database.pool.query('select * from events where subject = $1', [id]);
    for (const everybodySees of [JSON.stringify(events), JSON.stringify(log.rows)]) {
      expect(everybodySees).not.toContain('Nậm Vì');
      expect(everybodySees).not.toContain('0912');
    }
    expect(JSON.stringify(log.rows)).toContain('"by":"public"');
    expect(await detailsOf(id)).toMatchObject({
      ...{ words: 'Bản Nậm Vì, từ tết', contact: '0912 345 678', photo: null },
      place: { lat: expect.closeTo(lat + 0.012_345, 6), lon: expect.closeTo(lon + 0.012_345, 6) },
    });
  });

  it('without a point stands in the middle of the commune, and says so', async () => {
    await reported({ operator: 'all' });
    expect(newest()).toMatchObject({ approximatePlace: true, commune: HERE });
    expect(newest()).not.toHaveProperty('operator');
    expect(newest()).not.toHaveProperty('technology');
  });

  it('sent twice, at once or later, is one report with one link; changed, it is another', async () => {
    const fields = filledIn({ words: 'hai lần' });
    const before = table().count;
    const sent = await Promise.all([1, 2, 3].map(() => sendReport(server, HERE, fields)));
    const again = await sendReport(second, HERE, fields);
    expect(new Set([...sent, again].map(({ follow }) => follow)).size).toBe(1);
    expect(table().count).toBe(before + 1);
    const changed = await sendReport(server, HERE, { ...fields, words: 'nơi khác' });
    expect(changed.follow).not.toBe(again.follow);
    expect(table().count).toBe(before + 2);
  });

  it('from a point in another commune is offered to that one, or without the point', async () => {
    const fields = filledIn({ coordinates: pointIn(THERE), words: 'ở <giữa> "hai" xã' });
    const refused = await sendReport(server, HERE, fields);
    expect(refused.status).toBe(422);
    expect(refused.page).toContain('ở Xã West 2, không ở Xã West 1');
    expect(refused.page).toContain(`formaction="/bao/${THERE}"`);
    expect(refused.page).toContain('ở &lt;giữa&gt; &quot;hai&quot; xã');
    expect(refused.page).toContain(fields['key']);
    expect((await sendReport(server, THERE, fields)).status).toBe(303);
    expect(newest()).toMatchObject({ commune: THERE, approximatePlace: false });
    expect((await sendReport(server, HERE, { ...fields, anyway: '1' })).status).toBe(303);
    expect(newest()).toMatchObject({ commune: HERE, approximatePlace: true });
    const sea = await sendReport(server, HERE, filledIn({ coordinates: '10.5, 112.5' }));
    expect([sea.status, sea.page.includes('không ở xã nào')]).toEqual([422, true]);
  });

  it.each([
    ['no operator', { operator: '' }, 'Chọn mạng không có sóng'],
    ['an operator that there is not', { operator: 'nobody' }, 'Chọn mạng không có sóng'],
    ['a place that is no point', { coordinates: 'sau nhà' }, 'Tọa độ không đọc được'],
    ['words without an end', { words: 'a'.repeat(1_001) }, 'Lời kể dài quá'],
    ['control characters', { contact: 'a\u0007' }, 'Cách liên hệ'],
    ['what only a machine fills in', { website: 'http://x' }, 'một ô ẩn phải để trống'],
    ['a form without its key', { key: '' }, 'Mẫu này đã cũ'],
  ])('with %s is refused on the page, which keeps what was typed', async (_, fields, said) => {
    const before = table().count;
    const sent = await sendReport(server, HERE, filledIn({ words: 'còn đây', ...fields }));
    expect([400, 422]).toContain(sent.status);
    expect(sent.page).toContain(said);
    if (!('words' in fields)) expect(sent.page).toContain('còn đây');
    expect(table().count).toBe(before);
  });

  it('that is no form, or comes from another site, is refused in words', async () => {
    const to = `${server.url}/bao/${HERE}`;
    const plain = await fetch(to, { method: 'POST', body: new URLSearchParams(filledIn()) });
    expect([plain.status, (await plain.text()).includes('role="alert"')]).toEqual([415, true]);
    const broken = await fetch(to, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nand no end',
    });
    expect(broken.status).toBe(400);
    const form = new FormData();
    for (const [name, value] of Object.entries(filledIn())) form.set(name, value);
    const headers = { Origin: 'https://elsewhere.example' };
    expect((await fetch(to, { method: 'POST', body: form, headers })).status).toBe(403);
  });
});

describe('a photo', () => {
  it.each([
    ['jpeg', jpeg()],
    ['png', png()],
    ['webp', webp()],
  ])('as %s comes to the officers as its picture alone', async (kind, photo) => {
    const { id } = await reported({ words: kind }, photo);
    const { photo: stored } = await detailsOf(id);
    const response = await get(`/api/photos/${String(stored)}`, people['editor']);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': `image/${kind}`,
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="photo.${kind}"`,
      'cache-control': 'private, no-cache',
    });
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).not.toContain(SECRET);
    for (const cookie of ['', stranger])
      expect((await get(`/api/photos/${String(stored)}`, cookie)).status).not.toBe(200);
  });

  it.each([
    ['lies about what it is', Buffer.from('<svg onload="alert(1)"/>'), 415, 'JPEG, PNG hoặc WebP'],
    ['is cut off', jpeg().subarray(0, 200), 415, 'bị hỏng'],
    ['is too large', Buffer.concat([jpeg(), Buffer.alloc(6e6)]), 413, 'quá 5 MB'],
    ['has too many dots', jpeg({ width: 11_000, height: 11_000 }), 413, 'quá nhiều điểm ảnh'],
  ])('that %s is refused in words, and nothing is stored', async (_, photo, status, said) => {
    const before = await database.pool.query('select count(*)::int as n from photos');
    const sent = await sendReport(server, HERE, filledIn({ words: 'còn đây' }), { photo });
    expect(sent.status).toBe(status);
    expect(sent.page).toContain(said);
    expect(sent.page).toContain('còn đây');
    const after = await database.pool.query('select count(*)::int as n from photos');
    expect(after.rows).toEqual(before.rows);
  });
});

describe('a flood', () => {
  const send = (to: TestServer, commune: string, from: string): Promise<SentReport> =>
    sendReport(to, commune, filledIn({ words: 'còn đây' }), { from });

  it('from one address is held back on all servers together, whatever it is about', async () => {
    const from = '192.0.2.7';
    for (let n = 0; n < 12; n++)
      expect((await send(n % 2 ? server : second, n % 3 ? HERE : THERE, from)).status).toBe(303);
    for (const to of [server, second]) {
      const sent = await send(to, ABROAD, from);
      expect(sent.status).toBe(429);
      expect(sent.page).toContain('Đợi một giờ');
      expect(sent.page).toContain('còn đây');
    }
    expect((await send(server, ABROAD, '192.0.2.8')).status).toBe(303);
  });

  it('of many at once is counted one by one', async () => {
    const from = '192.0.2.9';
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send(n % 2 ? server : second, THERE, from)),
    );
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(12);
  });

  it('from one network of IPv6 is one flood', async () => {
    const status = async (n: number) =>
      (await send(server, ABROAD, `2001:db8:1:2:${n.toString(16)}::1`)).status;
    for (let n = 0; n < 12; n++) expect(await status(n)).toBe(303);
    expect(await status(12)).toBe(429);
  });

  it('about one commune is held back from every address', async () => {
    const statuses = [];
    for (let n = 0; n < 61; n++)
      statuses.push((await send(n % 2 ? server : second, '03004', `198.51.100.${n}`)).status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('handling a report', () => {
  it('goes by the stated steps and no others', async () => {
    /** The way to each status, from the first. */
    const ways: Record<ReportStatus, ReportStatus[]> = {
      received: [],
      checking: ['checking'],
      confirmed: ['checking', 'confirmed'],
      solved: ['checking', 'confirmed', 'solved'],
      declined: ['declined'],
    };
    for (const from of REPORT_STATUSES)
      for (const to of REPORT_STATUSES) {
        const { id, ...one } = await reported({ words: `${from} → ${to}` });
        let { version } = one;
        for (const status of ways[from]) {
          const answer = await step({ id, version }, { status, answer: 'đã xem' });
          if (!('seq' in answer)) throw new Error(JSON.stringify(answer));
          version = answer.version;
        }
        const answer = await step({ id, version }, { status: to, answer: 'đã xem' });
        const done = !('error' in answer);
        expect([from, to, done]).toEqual([from, to, STEPS[from].includes(to)]);
        if (!done) expect(answer.error).toMatchObject({ code: 'invalid', path: 'status' });
      }
  });

  it('tells the reporter why it is declined, or is not done', async () => {
    const one = await reported({ words: 'lý do' });
    expect(await step(one, { status: 'declined' })).toMatchObject({
      error: { code: 'invalid', path: 'answer' },
    });
    expect(await step(one, { status: 'declined', answer: 'Ngoài địa bàn' })).toHaveProperty('seq');
  });

  it('is for those who keep the commune: editors, approvers, reporters, operators', async () => {
    const may: string[] = [];
    for (const [role, cookie] of Object.entries(people)) {
      const answer = await step(await reported({ words: role }), { status: 'checking' }, cookie);
      if (!('error' in answer)) may.push(role);
      else expect(answer.error).toMatchObject({ code: 'forbidden', path: 'role' });
    }
    expect(may).toEqual(['reporter', 'editor', 'approver', 'operator']);
    const one = await reported({ words: 'người ngoài' });
    expect(await step(one, { status: 'checking' }, stranger)).toMatchObject({
      error: { code: 'forbidden', path: 'units' },
    });
    expect(await step(one, { status: 'checking' }, '')).toMatchObject({
      error: { code: 'unauthenticated' },
    });
  });

  it('by two at once is done by the first, and the second sees how it is now', async () => {
    const one = await reported({ words: 'hai người' });
    await step(one, { status: 'checking' });
    expect(await step(one, { status: 'declined', answer: 'muộn' })).toMatchObject({
      error: { code: 'stale', current: { status: 'checking', version: 2 } },
    });
    expect((await detailsOf(one.id)).steps.map(({ answer }) => answer)).toEqual(['', '']);
  });

  it('notes the day of the first answer once', async () => {
    const one = await reported({ words: 'ngày' });
    expect(one).not.toHaveProperty('answeredOn');
    await step(one, { status: 'checking' });
    const first = table().record(table().rowOf(one.id) ?? -1);
    expect(first['answeredOn']).toBe(first['receivedOn']);
  });
});

describe('who sees what is personal', () => {
  it('is signed in and keeps the commune; a wall is nobody', async () => {
    const { id } = await reported({ words: 'riêng' });
    const statuses = async (cookie: string) => (await get(`/api/reports/${id}`, cookie)).status;
    expect(await statuses('')).toBe(401);
    expect(await statuses(stranger)).toBe(403);
    for (const cookie of Object.values(people)) expect(await statuses(cookie)).toBe(200);
    const { token } = await makeDisplay(database.pool, 'tường', 'operator-01');
    const session = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const wall = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await get('/api/snapshot', wall)).status).toBe(200);
    expect(await statuses(wall)).toBe(401);
    expect((await get('/api/reports/999999', people['editor'])).status).toBe(404);
    expect((await get('/api/reports/x', people['editor'])).status).toBe(404);
  });

  it('can have it erased for good by an editor of the commune or an operator; the report stays', async () => {
    const { id } = await reported({ words: 'xóa đi', contact: '0912' }, jpeg());
    const { photo } = await detailsOf(id);
    const erase = (cookie: string) =>
      fetch(`${server.url}/api/reports/${id}/details`, { method: 'DELETE', headers: { cookie } });
    for (const role of ['viewer', 'reporter', 'planner'])
      expect((await erase(people[role] ?? '')).status).toBe(403);
    expect((await erase(stranger)).status).toBe(403);
    expect((await erase(people['editor'] ?? '')).status).toBe(200);
    expect(await detailsOf(id)).toMatchObject({
      ...{ words: '', contact: '', place: null, photo: null },
      erased: { by: 'editor-01' },
    });
    expect((await get(`/api/photos/${String(photo)}`, people['editor'])).status).toBe(404);
    expect((await erase(people['operator'] ?? '')).status).toBe(404);
    expect(table().rowOf(id)).toBeDefined();
    const left = await database.pool.query('select from photos where id = $1', [photo]);
    expect(left.rowCount).toBe(0);
  });
});

describe('following a report', () => {
  it('shows the state and what was answered, on every server, to whoever has the link', async () => {
    const one = await reported({ words: 'theo dõi', contact: '0912' });
    const answered = await step(one, { status: 'checking', answer: 'Mai xã xuống <bản>' });
    if (!('seq' in answered)) throw new Error(JSON.stringify(answered));
    await second.follower.reached(answered.seq, 10_000);
    for (const from of [server, second]) {
      const response = await get(one.follow, '', from);
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(page).toContain('Đang kiểm tra');
      expect(page).toContain('Mai xã xuống &lt;bản&gt;');
      expect(page).toContain('Xã West 1');
      for (const hidden of ['theo dõi</', '0912', 'editor-01']) expect(page).not.toContain(hidden);
      expect(response.headers.get('X-Robots-Tag')).toContain('noindex');
    }
  });

  it('is found again by the code that was written down', async () => {
    const { follow } = await reported({ words: 'viết tay' });
    const [, token = ''] = /theo-doi\/([^?]+)/.exec(follow) ?? [];
    const written = encodeURIComponent(` ${token.toUpperCase().replaceAll('-', ' ')} `);
    const found = await get(`/bao/theo-doi?ma=${written}`);
    expect(await found.text()).toContain('Đã nhận');
    const unknown = await get('/bao/theo-doi/0000-0000-0000-0000');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('Không tìm thấy phản ánh');
  });

  it('goes by a secret that the database does not hold', async () => {
    const fields = filledIn({ words: 'bí mật' });
    const { follow } = await sendReport(server, HERE, fields);
    const [, token = ''] = /theo-doi\/([^?]+)/.exec(follow) ?? [];
    const held = await Promise.all(
      ['events', 'report_details', 'report_followers', 'report_answers', 'report_sends'].map(
        async (name) => JSON.stringify((await database.pool.query(`select * from ${name}`)).rows),
      ),
    );
    for (const text of held) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(token.replaceAll('-', ''));
      expect(text).not.toContain(fields['key']);
    }
  });
});

describe('the indicators', () => {
  it('count what is open and how long the oldest has waited, in every unit', async () => {
    const summary = async (unit: string) =>
      (await (await get(`/api/reports/summary?unit=${unit}`)).json()) as ReportSummaryAnswer;
    const before = await summary('03002');
    expect(before).toMatchObject({ unit: '03002', open: 0, oldestDays: null });
    const sent = await sendReport(server, '03002');
    expect(sent.status).toBe(303);
    const one = newest();
    expect(await summary('03002')).toMatchObject({ open: 1, oldestDays: 0 });
    await step(one, { status: 'checking' }, stranger);
    expect(await summary('03002')).toMatchObject({ open: 1, oldestDays: null });
    const [east, west, all] = [await summary('11'), await summary('01'), await summary(NATION)];
    expect(east.open + west.open).toBe(all.open);
    expect((await get('/api/reports/summary?unit=77777')).status).toBe(404);
    expect((await get('/api/reports/summary?unit=x')).status).toBe(400);
  });

  it('come as a table of every commune of a unit, which says the same', async () => {
    await sendReport(server, '03003');
    newest();
    const response = await get('/api/reports/summary.csv?unit=11');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = parse(Buffer.from(await response.arrayBuffer()), {
      ...{ bom: true, columns: true },
    }) as Record<string, string>[];
    expect(rows.map((row) => row['Mã xã'])).toEqual(['03001', '03002', '03003', '03004']);
    expect(rows[2]).toMatchObject({
      ...{ Xã: 'Xã East 3', 'Mã tỉnh': '11', Tỉnh: 'Tỉnh Đông', 'Đã có sóng': '0' },
      'Chưa trả lời lâu nhất (ngày)': '0',
    });
    for (const row of rows) {
      const answer = await get(`/api/reports/summary?unit=${row['Mã xã']}`);
      const { open, byStatus, oldestDays, asOf } = (await answer.json()) as ReportSummaryAnswer;
      expect(row).toMatchObject({
        'Phản ánh chưa xong': String(open),
        'Chưa trả lời': String(byStatus.received),
        'Đang kiểm tra': String(byStatus.checking),
        'Chưa trả lời lâu nhất (ngày)': String(oldestDays ?? ''),
        'Tính tới ngày': asOf,
      });
    }
    expect((await get('/api/reports/summary.csv?unit=77777')).status).toBe(404);
  });
});

describe('a server that starts anew', () => {
  it('has every report as the others have it', async () => {
    const third = await startServer(database);
    expect(third.live.country.seq).toBe(await headOf(database.pool));
    await server.follower.reached(third.live.country.seq, 10_000);
    expect(third.live.country.tables.reports.count).toBe(table().count);
    expect(third.live.country.tables.reports.record(0)).toEqual(table().record(0));
    await third.close();
  });
});
