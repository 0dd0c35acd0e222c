/** What reports come to in every commune, as a table for spreadsheets, in Vietnamese. */
import { emptySummary, type ReportSummary } from '../../data/model/reports.ts';
import { csvLine, csvStart } from '../gaps/csv.ts';
import type { Territory } from '../territory/territory.ts';

const HEADS = [
  'Mã xã',
  'Xã',
  'Mã tỉnh',
  'Tỉnh',
  'Phản ánh chưa xong',
  'Chưa trả lời',
  'Đang kiểm tra',
  'Đã xác nhận',
  'Đã có sóng',
  'Không tiếp nhận',
  'Chưa trả lời lâu nhất (ngày)',
  'Tính tới ngày',
];

/**
 * Every commune that is let through, those without a report too.
 * @param asOf the day on which the ages were counted
 */
export function summaryAsCsv(
  summaries: ReadonlyMap<number, ReportSummary>,
  { communes, provinces }: Pick<Territory, 'communes' | 'provinces'>,
  inside: (commune: number) => boolean,
  asOf: string,
): string {
  const provinceNames = new Map(provinces.map(({ code, name }) => [code, name]));
  const none = emptySummary();
  const lines = communes
    .filter(({ code }) => inside(Number(code)))
    .map(({ code, name, province }) => {
      const { open, byStatus, oldestDays } = summaries.get(Number(code)) ?? none;
      const { received, checking, confirmed, solved, declined } = byStatus;
      return csvLine([
        ...[code, name, province, provinceNames.get(province) ?? ''],
        ...[open, received, checking, confirmed, solved, declined],
        oldestDays,
        asOf,
      ]);
    });
  return csvStart(HEADS) + lines.join('');
}
