/**
 * The fields of what goes out, and their words: as an import has them, and those of what none brings.
 * Of a report that is what everybody sees on the map; words, photo, contact and exact place lie
 * beside the log and are in no file.
 */
import { FIELD_WORDS, VALUE_WORDS } from '../../data/imports/field-words.ts';
import { FIELDS, type Field } from '../../data/imports/kinds.ts';
import {
  DUTY_STATUSES,
  OPERATORS,
  REPORT_STATUSES,
  TECHNOLOGIES,
  type DutyStatus,
  type ReportStatus,
} from '../../data/model/things.ts';
import type { ExportKind } from '../../data/wire/exports.ts';

const REPORT_FIELDS: readonly Field[] = [
  { name: 'id', type: { type: 'id' } },
  { name: 'operator', type: { type: 'choice', of: OPERATORS } },
  { name: 'technology', type: { type: 'choice', of: TECHNOLOGIES } },
  { name: 'lon', type: { type: 'east' } },
  { name: 'lat', type: { type: 'north' } },
  { name: 'approximatePlace', type: { type: 'flag' } },
  { name: 'status', type: { type: 'choice', of: REPORT_STATUSES } },
  { name: 'receivedOn', type: { type: 'day' } },
  { name: 'answeredOn', type: { type: 'day' } },
  { name: 'simulated', type: { type: 'flag' } },
];

const day = (name: string): Field => ({ name, type: { type: 'day' } });
const text = (name: string): Field => ({ name, type: { type: 'text' } });
const ORIGIN: readonly Field[] = [text('source'), { name: 'simulated', type: { type: 'flag' } }];

const PROGRAMME_FIELDS: readonly Field[] = [
  { name: 'id', type: { type: 'id' } },
  ...[text('name'), text('nameEn'), { name: 'unit', type: { type: 'unit' } } as const],
  ...[text('responsible'), text('decision'), day('starts'), day('due'), text('indicator')],
  ...ORIGIN,
];

const DUTY_FIELDS: readonly Field[] = [
  { name: 'id', type: { type: 'id' } },
  { name: 'programme', type: { type: 'whole' } },
  { name: 'unit', type: { type: 'unit' } },
  ...[text('name'), text('responsible'), day('due')],
  { name: 'status', type: { type: 'choice', of: DUTY_STATUSES } },
  ...[day('doneOn'), text('note')],
  ...ORIGIN,
];

const REPORT_STATUS_WORDS: Record<ReportStatus, string> = {
  received: 'Chưa trả lời',
  checking: 'Đang kiểm tra',
  confirmed: 'Đã xác nhận',
  solved: 'Đã có sóng',
  declined: 'Không tiếp nhận',
};

const DUTY_STATUS_WORDS: Omit<Record<DutyStatus, string>, 'planned'> = {
  doing: 'Đang làm',
  done: 'Đã xong',
  cancelled: 'Đã hủy',
};

export function fieldsOf(kind: ExportKind): readonly Field[] {
  switch (kind) {
    case 'reports':
      return REPORT_FIELDS;
    case 'programmes':
      return PROGRAMME_FIELDS;
    case 'duties':
      return DUTY_FIELDS;
    default:
      return FIELDS[kind];
  }
}

/** Heads of columns, by field. */
export const HEADS: Readonly<Record<string, string>> = {
  ...FIELD_WORDS.vi,
  approximatePlace: 'Chỉ biết xã',
  receivedOn: 'Ngày nhận',
  answeredOn: 'Ngày trả lời',
  nameEn: 'Tên tiếng Anh',
  responsible: 'Chịu trách nhiệm',
  decision: 'Văn bản',
  starts: 'Bắt đầu',
  due: 'Hạn',
  programme: 'Mã chương trình',
  doneOn: 'Ngày xong',
  note: 'Ghi chú',
};

/** The values of choices, by field. */
export const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...VALUE_WORDS,
  status: { ...VALUE_WORDS['status'], ...REPORT_STATUS_WORDS, ...DUTY_STATUS_WORDS },
};
