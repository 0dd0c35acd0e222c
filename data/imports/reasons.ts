/**
 * Why a row of a file is refused, or what is worth a second look, in words: in the list on the screen
 * in the reader's language, and in the column of the file that goes back in Vietnamese.
 */
import type { Kind } from './kinds.ts';
import { FIELD_WORDS, VALUE_WORDS } from './field-words.ts';

export type ReasonCode =
  | 'formula'
  | 'missing'
  | 'not_number'
  | 'not_whole'
  | 'not_day'
  | 'not_choice'
  | 'not_flag'
  | 'not_unit'
  | 'not_node'
  | 'not_id'
  | 'range'
  | 'too_long'
  | 'band'
  | 'planned_since'
  | 'to_come'
  | 'accepted_early'
  | 'node_elsewhere'
  | 'needs_solution'
  | 'same_ends'
  | 'geometry'
  | 'outside_territory'
  | 'no_territory'
  | 'forbidden'
  | 'role'
  /** Of rows that were kept before files could be proposed. */
  | 'review'
  | 'not_found'
  | 'stale'
  | 'ambiguous'
  | 'repeated'
  | 'simulated'
  | 'generation'
  | 'country'
  | 'coordinates'
  | 'damaged'
  | 'near'
  | 'near_row'
  | 'moved'
  | 'changed_since'
  | 'in_use'
  | 'other';

/** One thing about a row: which field, what was found there, and what it is about. */
export interface Reason {
  code: ReasonCode;
  field?: string;
  /** What the cell held, cut to a length that can be shown. */
  value?: string;
  /** The row, id or distance that it is about. */
  about?: number;
  /** The sentence, in English, of a check that has no words here. */
  message?: string;
}

/** What a field must be, where the check says no more than that it is not so. */
const MUST_BE: Record<'vi' | 'en', Record<string, string>> = {
  vi: {
    lon: 'phải là kinh độ từ 100 đến 120',
    lat: 'phải là vĩ độ từ 5 đến 25',
    heightM: 'phải từ 1 đến 300 m',
    azimuth: 'phải từ 0 đến dưới 360 độ',
    beamwidth: 'phải trên 0 và tới 360 độ',
    households: 'phải là số nguyên từ 0',
    people: 'phải là số nguyên từ 0',
    bandwidthMbps: 'phải từ 1 đến 10.000.000 Mbit/s',
    unit: 'phải là mã đơn vị: vn, 2 số của tỉnh hoặc 5 số của xã',
    indicator: 'phải là mã chỉ số như 5g.stations',
  },
  en: {
    lon: 'must be a longitude from 100 to 120',
    lat: 'must be a latitude from 5 to 25',
    heightM: 'must be from 1 to 300 m',
    azimuth: 'must be from 0 to below 360 degrees',
    beamwidth: 'must be above 0 and up to 360 degrees',
    households: 'must be a whole number from 0',
    people: 'must be a whole number from 0',
    bandwidthMbps: 'must be from 1 to 10,000,000 Mbit/s',
    unit: 'must be the code of a unit: vn, 2 digits of a province or 5 of a commune',
    indicator: 'must be the code of an indicator such as 5g.stations',
  },
};

/** `must` is what `MUST_BE` says of the field; `about` is written already. */
type Say = (reason: Reason & { must: string; words: string; near: string }) => string;

const VI: Record<ReasonCode, Say> = {
  formula: () => 'ô chứa công thức; hãy dán lại thành giá trị',
  missing: () => 'còn trống, trong khi đối tượng mới phải có',
  not_number: () => 'không đọc được là số',
  not_whole: () => 'phải là số nguyên',
  not_day: () => 'không đọc được là ngày (ngày/tháng/năm)',
  not_choice: ({ words }) => `phải là một trong: ${words}`,
  not_flag: () => 'phải là có hoặc không',
  not_unit: () => 'không có đơn vị nào mã hoặc tên như vậy, hoặc có nhiều hơn một',
  not_node: () => 'không có nút nào mã hoặc tên như vậy, hoặc có nhiều hơn một',
  not_id: () => 'không phải mã của hệ thống',
  range: ({ must }) => must || 'có giá trị không được nhận',
  too_long: () => 'phải là một dòng tối đa 200 ký tự',
  band: () => 'băng tần không thuộc công nghệ của trạm',
  planned_since: () => 'trạm còn trong kế hoạch thì chưa có ngày phát sóng',
  to_come: () => 'ngày này chưa tới',
  accepted_early: () => 'không thể nghiệm thu trước ngày phát sóng',
  node_elsewhere: () => 'nút cấp xã phải đặt trong xã mà nó phục vụ',
  needs_solution: () => 'thôn đã có sóng phải kèm giải pháp',
  same_ends: () => 'tuyến phải nối hai nút khác nhau',
  geometry: () => 'hình không phải là một điểm',
  outside_territory: () => 'vị trí không nằm trong xã nào',
  no_territory: () => 'hệ thống chưa có bộ ranh giới',
  forbidden: () => 'nằm ngoài đơn vị mà tài khoản này phụ trách',
  role: () => 'vai trò của tài khoản này không được làm việc đó',
  review: () =>
    'tỉnh yêu cầu duyệt, và khi đọc tệp này thì tệp chưa gửi duyệt được: hãy gửi lại tệp',
  not_found: ({ near }) => `không có đối tượng mang mã ${near}`,
  stale: () => 'đối tượng vừa được thay đổi sau khi xem trước; hãy xem lại',
  ambiguous: ({ near }) => `có ${near} đối tượng trùng tên và nhà mạng; hãy cho mã`,
  repeated: ({ near }) => `lặp lại dòng ${near}`,
  simulated: () => 'là dữ liệu mô phỏng, không nhập thành số liệu thật',
  generation: () => 'hệ thống chỉ giữ trạm 4G và 5G',
  country: () => 'mã quốc gia (mcc) không phải 452 của Việt Nam',
  coordinates: () => 'không chuyển được tọa độ; hãy kiểm tra hệ tọa độ',
  damaged: () => 'dòng bị hỏng: số cột khác hàng tiêu đề',
  near: ({ near }) => `có thể trùng với đối tượng mã ${near} cách dưới 50 m`,
  near_row: ({ near }) => `có thể trùng với dòng ${near} cách dưới 50 m`,
  moved: ({ near }) => `vị trí mới cách vị trí cũ ${near} km`,
  changed_since: () => 'đã được thay đổi sau lần nhập nên giữ nguyên',
  in_use: () => 'nút còn tuyến nối nên không gỡ được',
  other: () => 'không nhận được dòng này',
};

const EN: Record<ReasonCode, Say> = {
  formula: () => 'the cell holds a formula; paste it as a value',
  missing: () => 'is empty, and something new must have it',
  not_number: () => 'cannot be read as a number',
  not_whole: () => 'must be a whole number',
  not_day: () => 'cannot be read as a day (day/month/year)',
  not_choice: ({ words }) => `must be one of: ${words}`,
  not_flag: () => 'must be yes or no',
  not_unit: () => 'no unit has this code or name, or more than one has',
  not_node: () => 'no node has this id or name, or more than one has',
  not_id: () => 'is no id of this system',
  range: ({ must }) => must || 'is not a value that can be taken',
  too_long: () => 'must be one line of at most 200 characters',
  band: () => 'the band does not carry the technology of the station',
  planned_since: () => 'a planned station has not been on air yet',
  to_come: () => 'this day has not come yet',
  accepted_early: () => 'a station is not accepted before it is on air',
  node_elsewhere: () => 'the node of a commune stands in the commune that it serves',
  needs_solution: () => 'a resolved hamlet needs its solution',
  same_ends: () => 'a link joins two different nodes',
  geometry: () => 'the geometry is not one point',
  outside_territory: () => 'the place lies in no commune',
  no_territory: () => 'the system has no boundaries yet',
  forbidden: () => 'lies outside of the units that this account keeps',
  role: () => 'the role of this account may not do that',
  review: () =>
    'the province asks for approval, and files could not be proposed when this one was read: send it again',
  not_found: ({ near }) => `nothing has the id ${near}`,
  stale: () => 'it was changed after the preview; look again',
  ambiguous: ({ near }) => `${near} have this name and operator; give the id`,
  repeated: ({ near }) => `repeats row ${near}`,
  simulated: () => 'is simulated and does not become real by being imported',
  generation: () => 'only 4G and 5G stations are kept here',
  country: () => 'the country code (mcc) is not 452, Viet Nam',
  coordinates: () => 'the coordinates cannot be converted; check the coordinate system',
  damaged: () => 'the row is damaged: it has other columns than the head',
  near: ({ near }) => `perhaps the same as ${near}, less than 50 m away`,
  near_row: ({ near }) => `perhaps the same as row ${near}, less than 50 m away`,
  moved: ({ near }) => `the new place is ${near} km from the old one`,
  changed_since: () => 'was changed after the import and stays as it is',
  in_use: () => 'the node still has links and cannot be removed',
  other: ({ message = '' }) => message || 'this row cannot be taken',
};

/** A reason as a sentence, with the field and what stood there. */
export function sayReason(reason: Reason, kind: Kind, language: 'vi' | 'en'): string {
  const { code, field, value, about } = reason;
  const words = Object.values(VALUE_WORDS[field ?? ''] ?? {}).filter((word) =>
    isOf(kind, field ?? '', word),
  );
  const said = (language === 'vi' ? VI : EN)[code]({
    ...reason,
    must: MUST_BE[language][field ?? ''] ?? '',
    words: words.join(', '),
    near: about === undefined ? '' : String(about),
  });
  const name = field && (FIELD_WORDS[language][field] ?? field);
  const found = value === undefined || value === '' ? '' : ` “${value}”`;
  return name ? `${name}${found}: ${said}` : `${said}${found}`;
}

/** Whether a word of `status` is one that this kind has. */
function isOf(kind: Kind, field: string, word: string): boolean {
  if (field !== 'status') return true;
  const { planned, building, on_air, down, retired, uncovered, resolved, up } =
    VALUE_WORDS['status'] ?? {};
  if (kind === 'stations') return [planned, building, on_air, down, retired].includes(word);
  if (kind === 'hamlets') return [uncovered, resolved].includes(word);
  return [planned, up, down].includes(word);
}
