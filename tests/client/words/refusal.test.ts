import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { refusalSaid } from '../../../client/words/refusal.ts';
import { REFUSAL_WORDS } from '../../../client/words/refusal-words.ts';
import { DEFAULT_LINK_BUDGET, LinkBudgetParameters } from '../../../data/radio/link-budget.ts';
import { Command, refusedBy, type Refusal, type RefusalCode } from '../../../data/wire/commands.ts';
import { PlanRequest } from '../../../data/wire/plans.ts';
import { ScenarioContent } from '../../../data/wire/scenarios.ts';

const CODES = Object.keys(REFUSAL_WORDS.vi.codes) as RefusalCode[];
const refusal = (more: Partial<Refusal> = {}): Refusal => ({
  ...{ code: 'invalid', message: 'an English sentence' },
  ...more,
});
/** In both languages. */
const said = (more: Partial<Refusal>): [vi: string, en: string] => [
  refusalSaid(refusal(more), 'vi'),
  refusalSaid(refusal(more), 'en'),
];
/** What a schema refuses, in both. */
function refused(schema: v.GenericSchema, input: unknown): [vi: string, en: string] {
  const parsed = v.safeParse(schema, input, { abortPipeEarly: true });
  if (parsed.success) throw new Error('it is not refused');
  return said(refusedBy(parsed.issues[0]));
}

const STATION = {
  ...{ type: 'station.add', key: 'words-key', name: 'Trạm', operator: 'viettel' },
  ...{ technology: '5g', band: 'n41', lon: 105, lat: 21, heightM: 35, status: 'planned' },
};

describe('a refusal is a sentence in the reader’s language', () => {
  it.each(CODES)('for the code %s', (code) => {
    for (const sentence of said({ code })) {
      expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
      expect(sentence).not.toContain('an English sentence');
    }
    const [vietnamese, english] = said({ code });
    expect(vietnamese).not.toBe(english);
  });

  it('and the server’s own only for a code that is not known here', () => {
    const code = 'on_strike' as RefusalCode;
    expect(said({ code })).toEqual(['an English sentence', 'an English sentence']);
    // A reason that is not known here says no less than the code.
    const reason = { is: 'of_tomorrow' } as unknown as Refusal['reason'];
    expect(
      refusalSaid({ ...refusal(), ...(reason ? { reason } : {}), path: 'heightM' }, 'vi'),
    ).toBe('Độ cao ăng-ten: không hợp lệ.');
  });
});

describe('it names the field as the reader does, and what is wrong with it', () => {
  it.each<[more: object, vietnamese: string, english: string]>([
    [{ heightM: 0 }, 'Độ cao ăng-ten: phải từ 1 trở lên.', 'Antenna height: must be at least 1.'],
    [
      { heightM: 301 },
      'Độ cao ăng-ten: không được quá 300.',
      'Antenna height: must be at most 300.',
    ],
    [{ heightM: '35' }, 'Độ cao ăng-ten: phải là số.', 'Antenna height: must be a number.'],
    [{ heightM: undefined }, 'Độ cao ăng-ten: còn thiếu.', 'Antenna height: is missing.'],
    [{ azimuth: 360 }, 'Hướng chính: phải nhỏ hơn 360.', 'Main direction: must be less than 360.'],
    [{ beamwidth: 0 }, 'Góc mở: phải lớn hơn 0.', 'Beam width: must be more than 0.'],
    [
      { band: 'n1' },
      'Băng tần: không phải một trong các lựa chọn.',
      'Band: is none of the choices.',
    ],
    [{ name: ' ' }, 'Tên: không được để trống.', 'Name: must not be empty.'],
    [{ name: 'x'.repeat(201) }, 'Tên: dài quá 200 ký tự.', 'Name: is longer than 200 characters.'],
    [
      { name: 'hai\ndòng' },
      'Tên: chỉ được một dòng, không có ký tự điều khiển.',
      'Name: must be one line, without control characters.',
    ],
    [
      { plannedFor: '2025-02-30' },
      'Kế hoạch phát sóng: phải là một ngày có trong lịch, ví dụ 28/7/2025.',
      'Planned for: must be a day of the calendar, for example 28/7/2025.',
    ],
    [{ lon: 99 }, 'Tọa độ: phải từ 100 trở lên.', 'Coordinates: must be at least 100.'],
    [
      { colour: 'red' },
      '“colour”: không có mục nào tên như vậy.',
      '“colour”: there is nothing of that name.',
    ],
  ])('%o', (more, vietnamese, english) => {
    // As it comes over the wire: what is undefined is not there.
    const given: unknown = JSON.parse(JSON.stringify({ ...STATION, ...more }));
    expect(refused(Command, given)).toEqual([vietnamese, english]);
  });

  it('every field that can be set has a name in both languages', () => {
    const fields = Command.options.flatMap(({ entries }) => Object.keys(entries));
    const unnamed = [...new Set(fields)].filter((field) =>
      said({ path: field, reason: { is: 'missing' } }).some((sentence) =>
        sentence.startsWith(`“${field}”`),
      ),
    );
    // What no person fills in.
    expect(unnamed.sort()).toEqual(['key', 'linkBudget', 'type']);
  });

  it('within a scenario, which part of it', () => {
    const draft = { operator: 'viettel', technology: '5g', band: 'n41', lon: 105, lat: 21 };
    const content = { add: [draft, { ...draft, heightM: -5 }] };
    expect(refused(v.object({ content: ScenarioContent }), { content })).toEqual([
      'Trạm dự kiến 2 · Độ cao ăng-ten: phải từ 1 trở lên.',
      'Draft site 2 · Antenna height: must be at least 1.',
    ]);
    expect(said({ code: 'outside_territory', path: 'add.0.lon' })[0]).toBe(
      'Trạm dự kiến 1 · Tọa độ: nằm ngoài lãnh thổ đang dùng.',
    );
    expect(
      said({
        code: 'not_found',
        path: 'remove.2',
        reason: { is: 'no_such', what: 'station', id: 40 },
      })[0],
    ).toBe('Trạm đang có thứ 3: không có trạm 40.');
    expect(refused(ScenarioContent, { switchOff: {} })[0]).toBe(
      'Tắt cả một nhà mạng: phải chọn nhà mạng, công nghệ hoặc đơn vị.',
    );
  });

  it('a panel’s own fields by the panel’s names', () => {
    const names: Record<string, string> = { bandwidthMHz: 'Băng thông kênh', budget: 'Ngân sách' };
    const nameOf = (field: string): string | undefined => names[field];
    const bandwidthMHz = { ...DEFAULT_LINK_BUDGET.bandwidthMHz, n41: 33 };
    const odd = v.safeParse(LinkBudgetParameters, { ...DEFAULT_LINK_BUDGET, bandwidthMHz });
    if (odd.success) throw new Error('there is no such channel');
    expect(refusalSaid(refusedBy(odd.issues[0]), 'vi', nameOf)).toBe(
      'Băng thông kênh · n41: băng này không có kênh rộng như vậy với khoảng cách sóng mang con đã chọn.',
    );
    const plan = v.safeParse(PlanRequest, { count: 1, limits: { budget: 0 } });
    if (plan.success) throw new Error('nothing is bought for nothing');
    expect(refusalSaid(refusedBy(plan.issues[0]), 'vi', nameOf)).toBe(
      'Ngân sách: phải từ 1 trở lên.',
    );
  });
});

describe('what only the server can say is worded too', () => {
  it.each<[Partial<Refusal>, string]>([
    [{ code: 'forbidden', path: 'role' }, 'Vai trò của tài khoản này không được làm việc này.'],
    [
      { code: 'forbidden', path: 'units' },
      'Nơi này không thuộc đơn vị mà tài khoản này phụ trách.',
    ],
    [
      { code: 'in_use', path: 'id', reason: { is: 'still_linked', link: 7 } },
      'Nút này còn đường truyền 7. Xóa các đường truyền của nó trước.',
    ],
    [{ path: 'to', reason: { is: 'sense' } }, 'Đến: một đường truyền nối hai nút khác nhau.'],
    [{ path: 'from', reason: { is: 'no_such', what: 'node', id: 9 } }, 'Không có nút mạng 9.'],
    [
      { code: 'unavailable', path: 'method', reason: { is: 'counting', method: 'terrain' } },
      'Cách ước lượng “Địa hình” còn đang tính cho cả nước. Chờ một lát.',
    ],
    [
      { code: 'too_large', reason: { is: 'stations', limit: 1_000, given: 1_234 } },
      'Một phương án nêu nhiều nhất 1.000 trạm, mà đây là 1.234. Muốn tắt cả một nhà mạng thì không cần nêu từng trạm.',
    ],
    [
      { code: 'stale', path: 'id', reason: { is: 'taken_on', by: 'an.tran' } },
      'Cảnh báo này đã có an.tran nhận.',
    ],
    [
      { code: 'too_large', path: 'watch', reason: { is: 'alerts', limit: 200, given: 1_234 } },
      'Quy tắc này lập tức nêu 1.234 cảnh báo, mà một quy tắc có nhiều nhất 200. Thu hẹp nơi áp dụng hoặc đặt ngưỡng cao hơn.',
    ],
    [
      { code: 'too_many', reason: { is: 'too_often', times: 150, seconds: 10 } },
      'Quá 150 lần trong 10 giây. Chờ chừng ấy rồi thử lại.',
    ],
  ])('%o', (more, sentence) => {
    expect(said(more)[0]).toBe(sentence);
  });
});

it('the two catalogues say the same', () => {
  const keysOf = (branch: object, path = ''): string[] =>
    Object.entries(branch).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? keysOf(value, `${path}${key}.`)
        : `${path}${key}`,
    );
  expect(keysOf(REFUSAL_WORDS.en).sort()).toEqual(keysOf(REFUSAL_WORDS.vi).sort());
});
