/** Outages and availability as tables that leave the interface, in Vietnamese; written as CSV. */
import type { NetworkAvailability, NetworkOutages } from '../../data/wire/network.ts';
import { csvLine, csvStart } from '../gaps/csv.ts';
import type { Names } from '../gaps/export.ts';
import { yesOrNo } from '../gaps/gap-words.ts';

const OUTAGE_HEADS = [
  'Xã',
  'Mã xã',
  'Tỉnh',
  'Bắt đầu (UTC)',
  'Kết thúc (UTC)',
  'Thời gian (giây)',
  'Còn đang đứt',
  'Có dữ liệu mô phỏng',
];

const AVAILABILITY_HEADS = [
  'Đơn vị',
  'Mã',
  'Từ (UTC)',
  'Đến (UTC)',
  'Mức sẵn sàng (%)',
  'Mục tiêu (%)',
  'Đạt mục tiêu',
  'Số xã được tính',
  'Số xã đạt',
  'Số lần đứt',
  'Tổng thời gian đứt (giây)',
  'Lần đứt dài nhất (giây)',
  'Có dữ liệu mô phỏng',
];

export function outagesAsCsv(
  { outages }: NetworkOutages,
  names: Names,
  simulated: boolean,
): string {
  const rows = outages.map(({ commune, start, end, seconds }) => {
    const { name, province } = names(commune);
    const lasts = yesOrNo(end === null);
    return csvLine([name, commune, province, start, end, seconds, lasts, yesOrNo(simulated)]);
  });
  return csvStart(OUTAGE_HEADS) + rows.join('');
}

export function availabilityAsCsv(
  { rows, from, to, target }: NetworkAvailability,
  nameOf: (unit: string) => string,
  simulated: boolean,
): string {
  const lines = rows.map((row) =>
    csvLine([
      ...[nameOf(row.unit), row.unit, from, to],
      ...[inPercent(row.availability), inPercent(target)],
      row.availability === null ? null : yesOrNo(row.availability >= target),
      ...[row.communes, row.met, row.outages, row.downSeconds, row.longestSeconds],
      yesOrNo(simulated),
    ]),
  );
  return csvStart(AVAILABILITY_HEADS) + lines.join('');
}

/** With the four decimals by which one nine is told from the next. */
function inPercent(share: number | null): number | null {
  return share === null ? null : Number((share * 100).toFixed(4));
}
