/** The register as a table that leaves the interface, in Vietnamese; written as CSV. */
import type {
  Likeness,
  RegisterAnswer,
  RegisteredStation,
  Standing,
} from '../../data/wire/register.ts';
import type { StationStatus } from '../../data/model/things.ts';
import { csvLine, csvStart, type CsvCell } from '../gaps/csv.ts';
import type { Names } from '../gaps/export.ts';
import { OPERATOR_WORDS, yesOrNo } from '../gaps/gap-words.ts';

const HEADS = [
  'Mã trạm',
  'Tên trạm',
  'Nhà mạng',
  'Băng tần',
  'Xã',
  'Mã xã',
  'Tỉnh',
  'Kinh độ',
  'Vĩ độ',
  'Trạng thái',
  'Phát sóng từ',
  'Ngày nghiệm thu',
  'Văn bản nghiệm thu',
  'Kết quả',
  'Trùng với trạm',
  'Vì sao nghi trùng',
  'Cách trạm nghi trùng (m)',
  'Nghiệm thu trước khi phát sóng',
  'Ngoài trời (giả định)',
  'Nguồn',
  'Mô phỏng',
  'Thời điểm số liệu (UTC)',
];

const STANDING_WORDS: Record<Standing, string> = {
  counted: 'được tính',
  duplicate: 'nghi trùng, không tính',
  missing: 'thiếu hồ sơ, không tính',
};
const LIKENESS_WORDS: Record<Likeness, string> = {
  place: 'cùng băng tần, cùng vị trí',
  document: 'cùng văn bản, cùng vị trí',
  name: 'cùng tên, cùng xã',
};
const STATUS_WORDS: Record<StationStatus, string> = {
  planned: 'kế hoạch',
  building: 'đang xây dựng',
  on_air: 'đang phát sóng',
  down: 'mất sóng',
  retired: 'ngừng sử dụng',
};

/** Heads and rows, for whatever writes a table. */
function registerTable(
  { rows, asOf }: RegisterAnswer,
  names: Names,
): { heads: readonly string[]; rows: CsvCell[][] } {
  return { heads: HEADS, rows: rows.map((station) => [...cellsOf(station, names), asOf]) };
}

function cellsOf(station: RegisteredStation, names: Names): CsvCell[] {
  const { name, province } = names(station.commune);
  return [
    station.id,
    station.name,
    OPERATOR_WORDS[station.operator],
    station.band,
    name,
    station.commune,
    province,
    station.lon,
    station.lat,
    STATUS_WORDS[station.status],
    station.since,
    station.acceptedOn,
    station.document,
    STANDING_WORDS[station.standing],
    station.group === station.id ? null : station.group,
    station.likeness.map((why) => LIKENESS_WORDS[why]).join('; '),
    station.nearestM,
    yesOrNo(station.early),
    yesOrNo(true),
    station.source,
    yesOrNo(station.simulated),
  ];
}

export function registerAsCsv(answer: RegisterAnswer, names: Names): string {
  const { heads, rows } = registerTable(answer, names);
  return csvStart(heads) + rows.map(csvLine).join('');
}
