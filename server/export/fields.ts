/**
 * The fields of what goes out, and their words: as an import has them, and those of reports besides.
 * Of a report that is what everybody sees on the map; words, photo, contact and exact place lie
 * beside the log and are in no file.
 */
import { FIELD_WORDS, VALUE_WORDS } from '../../data/imports/field-words.ts';
import { FIELDS, type Field } from '../../data/imports/kinds.ts';
import {
  OPERATORS,
  REPORT_STATUSES,
  TECHNOLOGIES,
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

const REPORT_STATUS_WORDS: Record<ReportStatus, string> = {
  received: 'Chưa trả lời',
  checking: 'Đang kiểm tra',
  confirmed: 'Đã xác nhận',
  solved: 'Đã có sóng',
  declined: 'Không tiếp nhận',
};

export function fieldsOf(kind: ExportKind): readonly Field[] {
  return kind === 'reports' ? REPORT_FIELDS : FIELDS[kind];
}

/** Heads of columns, by field. */
export const HEADS: Readonly<Record<string, string>> = {
  ...FIELD_WORDS.vi,
  approximatePlace: 'Chỉ biết xã',
  receivedOn: 'Ngày nhận',
  answeredOn: 'Ngày trả lời',
};

/** The values of choices, by field. */
export const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...VALUE_WORDS,
  status: { ...VALUE_WORDS['status'], ...REPORT_STATUS_WORDS },
};
