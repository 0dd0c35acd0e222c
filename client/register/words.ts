/** The words of the task "register". Numbers, days and places arrive already written. */
import type { Likeness, RegisterOrder, RegisterPart, Standing } from '../../data/wire/register.ts';
import { view } from '../view/view.svelte.ts';

const vi = {
  title: (place: string) => `Nghiệm thu trạm 5G – ${place}`,
  what: (from: string, to: string, threshold: string) =>
    `Theo Nghị định 88/2025/NĐ-CP: trạm 5G ngoài trời nghiệm thu từ ${from} đến ${to}, mỗi trạm tính một lần cho một nhà mạng, hỗ trợ khi một nhà mạng có từ ${threshold} trạm.`,
  assumed:
    'Hệ thống chưa ghi trạm trong nhà hay ngoài trời: mọi trạm 5G được coi là ngoài trời. Trạm nghi trùng chỉ tính trạm nghiệm thu trước.',
  wholeCountry: 'Ngưỡng tính trên cả nước; bảng này là phần của đơn vị đang mở.',
  operator: 'Nhà mạng',
  any: 'Tất cả',
  counted: 'Được tính',
  ofThreshold: (share: string, threshold: string) => `${share} của ${threshold}`,
  reached: 'đã đủ ngưỡng',
  left: (count: string) => `còn thiếu ${count}`,
  duplicates: 'Nghi trùng',
  missing: 'Thiếu hồ sơ',
  early: 'Ngày bất thường',
  total: 'Cộng',
  part: 'Đang xem',
  parts: {
    all: 'Tất cả',
    counted: 'Được tính',
    duplicate: 'Nghi trùng',
    missing: 'Thiếu hồ sơ',
    early: 'Ngày bất thường',
  } satisfies Record<RegisterPart, string>,
  from: 'Nghiệm thu từ ngày',
  to: 'đến ngày',
  find: 'Tìm tên trạm hoặc số văn bản',
  export: 'Tải bảng đang xem:',
  files: { csv: 'CSV' },
  orders: {
    name: 'Trạm',
    acceptedOn: 'Nghiệm thu',
    document: 'Văn bản',
  } satisfies Record<RegisterOrder, string>,
  standings: {
    counted: 'được tính',
    duplicate: 'nghi trùng, không tính',
    missing: 'thiếu hồ sơ, không tính',
  } satisfies Record<Standing, string>,
  likeness: {
    place: 'cùng băng tần, cùng vị trí',
    document: 'cùng văn bản, cùng vị trí',
    name: 'cùng tên, cùng xã',
  } satisfies Record<Likeness, string>,
  apart: (metres: string) => `cách ${metres} m`,
  countsAs: (id: string) => `tính theo trạm số ${id}`,
  isEarly: (since: string) => `nghiệm thu trước ngày phát sóng ${since}`,
  onAir: (since: string) => `phát sóng ${since}`,
  noDay: 'thiếu ngày nghiệm thu',
  noDocument: 'thiếu văn bản',
  simulated: 'mô phỏng',
  none: 'Không có trạm nào như vậy ở đây.',
  loading: 'Đang lập bảng…',
  listed: (shown: string, total: string) =>
    `Đang hiện ${shown} trong ${total} trạm; tệp tải về có đủ.`,
  failed: (why: string) => `Máy chủ không nhận: ${why}`,
  unreachable: 'Không tới được máy chủ. Kiểm tra đường truyền rồi thử lại.',
  asOf: (time: string) => `Số liệu lúc ${time}.`,
};
export type RegisterWords = typeof vi;

const en: RegisterWords = {
  title: (place) => `Acceptance of 5G stations – ${place}`,
  what: (from, to, threshold) =>
    `Under Decree 88/2025/NĐ-CP: outdoor 5G stations accepted from ${from} to ${to}, each counted once for one operator; support begins at ${threshold} stations of an operator.`,
  assumed:
    'Whether a station is outdoors is not recorded: every 5G station is taken to be. Of probable duplicates the first accepted counts.',
  wholeCountry: 'The threshold is of the whole country; this is the part of the open unit.',
  operator: 'Operator',
  any: 'All',
  counted: 'Counted',
  ofThreshold: (share, threshold) => `${share} of ${threshold}`,
  reached: 'threshold reached',
  left: (count) => `${count} to go`,
  duplicates: 'Duplicates?',
  missing: 'Papers missing',
  early: 'Odd dates',
  total: 'Together',
  part: 'Showing',
  parts: {
    all: 'All',
    counted: 'Counted',
    duplicate: 'Duplicates?',
    missing: 'Papers missing',
    early: 'Odd dates',
  },
  from: 'Accepted from',
  to: 'until',
  find: 'Find a station or a document number',
  export: 'Download what is shown:',
  files: { csv: 'CSV' },
  orders: { name: 'Station', acceptedOn: 'Accepted', document: 'Document' },
  standings: {
    counted: 'counted',
    duplicate: 'probably a duplicate, not counted',
    missing: 'papers missing, not counted',
  },
  likeness: {
    place: 'same band, same place',
    document: 'same document, same place',
    name: 'same name, same commune',
  },
  apart: (metres) => `${metres} m apart`,
  countsAs: (id) => `counted as station ${id}`,
  isEarly: (since) => `accepted before it went on air on ${since}`,
  onAir: (since) => `on air ${since}`,
  noDay: 'no day of acceptance',
  noDocument: 'no document',
  simulated: 'simulated',
  none: 'There is no such station here.',
  loading: 'Making the register…',
  listed: (shown, total) => `Showing ${shown} of ${total} stations; the file has all of them.`,
  failed: (why) => `The server refused: ${why}`,
  unreachable: 'The server cannot be reached. Check the line, then try again.',
  asOf: (time) => `Data of ${time}.`,
};

/** Reactive: in the language of the view. */
export function registerWords(): RegisterWords {
  return view.language === 'en' ? en : vi;
}
