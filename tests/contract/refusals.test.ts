/** What people do wrong, and the sentence that comes of it: from the server to the reader. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalSaid } from '../../client/words/refusal.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Scenario } from '../../data/wire/scenarios.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { png } from '../setup/photos.ts';
import { sendReport } from '../setup/reports.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
let stationId: number;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database, { trustProxy: true });
  const { body } = await server.post({ type: 'station.add', key: 'refusals-key', ...STATION });
  stationId = (body as { id: number }).id;
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const [lon, lat] = centreOfSmall('00003');
const DRAFT = { operator: 'viettel', technology: '5g', band: 'n41', lon, lat };
const STATION = { ...DRAFT, name: 'Trạm', heightM: 35, status: 'on_air' };

/** How a request is refused, in the words of a Vietnamese reader. */
async function refused(path: string, body?: object, cookie = ''): Promise<string> {
  const response = await fetch(`${server.url}/api/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', cookie },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as { error?: Refusal };
  return answer.error ? refusalSaid(answer.error, 'vi') : 'it was not refused';
}

describe('a what-if', () => {
  it.each<[question: (id: number) => object, sentence: string]>([
    [
      () => ({ add: [DRAFT, { ...DRAFT, lon: 104.2 }] }),
      'Trạm dự kiến 2 · Tọa độ: nằm ngoài lãnh thổ đang dùng.',
    ],
    [
      () => ({ add: [{ ...DRAFT, band: 'b3' }] }),
      'Trạm dự kiến 1 · Băng tần: băng tần này không dùng cho công nghệ đã chọn.',
    ],
    [() => ({ remove: [4_000_000] }), 'Trạm đang có thứ 1: không có trạm 4000000.'],
    [
      (id) => ({ remove: [id], change: [{ id }] }),
      'Trạm đang có thứ 1: trạm ‹id› được nêu hai lần.',
    ],
    [() => ({ switchOff: { unit: '99' } }), 'Tắt cả một nhà mạng: không có đơn vị 99.'],
    [() => ({ method: 'terrain', add: [] }), 'Ở đây không có cách ước lượng “Địa hình”.'],
    [
      () => ({ add: Array.from({ length: 1_001 }, () => DRAFT) }),
      'Một phương án nêu nhiều nhất 1.000 trạm, mà đây là 1.001. Muốn tắt cả một nhà mạng thì không cần nêu từng trạm.',
    ],
  ])('%#', async (question, sentence) => {
    const said = await refused('what-if', question(stationId));
    expect(said.replace(`trạm ${stationId} `, 'trạm ‹id› ')).toBe(sentence);
  });
});

describe('gaps and progress', () => {
  it.each([
    ['gaps?unit=99', 'Không có đơn vị 99.'],
    ['gaps?operator=other', 'Nhà mạng: nhà mạng này không có băng tần phù hợp.'],
    ['gaps?method=terrain', 'Ở đây không có cách ước lượng “Địa hình”.'],
    ['gaps?limit=0', 'Số dòng: phải từ 1 trở lên.'],
    ['progress/99', 'Không có đơn vị 99.'],
    ['progress?level=commune&province=1', 'Tỉnh: phải là mã tỉnh (2 chữ số).'],
  ])('%s', async (path, sentence) => {
    expect(await refused(path)).toBe(sentence);
  });
});

describe('a plan', () => {
  it.each([
    [{ count: 0 }, 'Số trạm: phải từ 1 trở lên.'],
    [{ count: 5, unit: '99' }, 'Không có đơn vị 99.'],
    [
      { count: 5, limits: { budget: 100 } },
      'Giới hạn: ngân sách hay giá trên cột có sẵn cần có giá một trạm mới.',
    ],
    [
      { count: 5, goal: 'disadvantaged' },
      'Ưu tiên: bộ ranh giới đang dùng không cho biết xã nào đặc biệt khó khăn.',
    ],
  ])('%o', async (request, sentence) => {
    expect(await refused('plans', request)).toBe(sentence);
  });
});

describe('a scenario', () => {
  it('that may not be kept, or not any more, or not yet', async () => {
    const { cookie } = server;
    const wish = { name: 'Phương án', content: { add: [] } };
    expect(await refused('scenarios', wish)).toBe('Cần đăng nhập để làm việc này.');
    expect(await refused('scenarios', { content: {} }, cookie)).toBe('Tên: còn thiếu.');
    const response = await fetch(`${server.url}/api/scenarios`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify(wish),
    });
    const { id } = (await response.json()) as Scenario;
    expect(await refused(`scenarios/${id}`, wish, cookie)).toBe('Phiên bản đã xem: còn thiếu.');
    expect(await refused(`scenarios/${id}/approve`, { base: 1 }, cookie)).toBe(
      'Trạm dự kiến: không được để trống.',
    );
    expect(await refused('scenarios/99', undefined, cookie)).toBe('Không có phương án 99.');
  });
});

describe('a command', () => {
  const said = async (command: object): Promise<string> => {
    const { body } = await server.post({ key: `refusals-${crypto.randomUUID()}`, ...command });
    return refusalSaid((body as { error: Refusal }).error, 'vi');
  };

  it('that makes no sense', async () => {
    const planned = { type: 'station.add', ...STATION, status: 'planned', since: '2025-07-01' };
    expect(await said(planned)).toBe('Phát sóng từ: trạm trong kế hoạch thì chưa phát sóng.');
    const onAir = { type: 'station.add', ...STATION, since: '2025-07-01' };
    expect(await said({ ...onAir, since: '2098-07-01' })).toBe('Phát sóng từ: ngày này chưa tới.');
    expect(await said({ ...onAir, acceptedOn: '2025-06-30' })).toBe(
      'Nghiệm thu: không thể nghiệm thu trước ngày phát sóng.',
    );
    expect(await said({ type: 'station.change', id: stationId, base: 1 })).toBe(
      'Không có gì thay đổi.',
    );
    expect(await said({ type: 'station.change', id: 9_999, base: 1, heightM: 40 })).toBe(
      'Không có trạm 9999.',
    );
    const link = { type: 'link.add', provider: 'VNPT', bandwidthMbps: 200, status: 'up' };
    expect(await said({ ...link, from: 7, to: 7 })).toBe(
      'Đến: một đường truyền nối hai nút khác nhau.',
    );
    expect(await said({ ...link, from: 7, to: 8 })).toBe('Không có nút mạng 7.');
  });
});

describe('a report', () => {
  it('that is not there, or does not go on like this', async () => {
    const { cookie } = server;
    expect(await refused('reports/99999', undefined, cookie)).toBe('Không có phản ánh 99999.');
    expect(await refused('reports/summary?unit=99')).toBe('Không có đơn vị 99.');
    const before = server.live.country.tables.reports.count;
    await sendReport(server, '00003');
    await expect.poll(() => server.live.country.tables.reports.count).toBe(before + 1);
    const id = server.live.country.tables.reports.ids[before];
    const step = async (status: string): Promise<string> => {
      const key = `refusals-${crypto.randomUUID()}`;
      const { body } = await server.post({ type: 'report.change', key, id, base: 1, status });
      return refusalSaid((body as { error: Refusal }).error, 'vi');
    };
    expect(await step('declined')).toBe('Lời trả lời: còn thiếu.');
    expect(await step('confirmed')).toContain('phản ánh đang ở bước “chưa trả lời”');
  });
});

describe('a photo', () => {
  it.each([
    ['none', undefined, 'Ảnh: còn thiếu.'],
    ['no picture', Buffer.from('words'), 'Ảnh phải là JPEG, PNG hoặc WebP. Chọn ảnh khác.'],
    ['half of one', png().subarray(0, 40), 'Ảnh bị hỏng hoặc chưa đủ. Chọn ảnh khác.'],
    ['too large', Buffer.alloc(5 * 1024 ** 2 + 1), 'Ảnh lớn quá 5 MB. Chọn ảnh nhỏ hơn.'],
  ])('%s', async (_, photo, sentence) => {
    const body = new FormData();
    body.set('photo', new Blob([new Uint8Array(photo ?? [])]), 'anh.jpg');
    const headers = { cookie: server.cookie };
    const response = await fetch(`${server.url}/api/photos`, { method: 'POST', headers, body });
    const { error } = (await response.json()) as { error: Refusal };
    expect(refusalSaid(error, 'vi')).toBe(sentence);
  });
});

describe('a review', () => {
  it.each([
    ['review/99', { required: true }, 'Không có đơn vị 99.'],
    ['review/01', { required: true }, 'Việc này do người phê duyệt của nơi đó quyết định'],
    ['proposals/99/accept', {}, 'Không có đề xuất 99.'],
    ['proposals/99/return', {}, 'Lời nhắn: còn thiếu.'],
  ])('%s %o', async (path, body, sentence) => {
    expect(await refused(path, body, server.cookie)).toContain(sentence);
  });
});

describe('an account', () => {
  it('is kept by operators, and of units that are there', async () => {
    const wish = { name: 'mai.lo', role: 'editor', units: ['77'] };
    expect(await refused('accounts', wish, server.cookie)).toBe(
      'Vai trò của tài khoản này không được làm việc này.',
    );
    const operator = await server.signIn({ name: 'vanhanh', role: 'operator', units: ['vn'] });
    expect(await refused('accounts', wish, operator)).toBe('Không có đơn vị 77.');
  });
});
