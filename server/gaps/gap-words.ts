/** The words of the exported tables: they leave the interface and are read in Vietnamese. */
import type { SolutionKind } from '../../data/country/solution-costs.ts';
import type { Method } from '../../data/model/estimate.ts';
import type { Operator } from '../../data/model/things.ts';

export const METHOD_WORDS: Record<Method, string> = {
  radius: 'ước lượng theo bán kính',
  linkBudget: 'ước lượng theo quỹ đường truyền',
  terrain: 'ước lượng theo địa hình',
};

export const OPERATOR_WORDS: Record<Operator | 'any', string> = {
  any: 'bất kỳ nhà mạng',
  viettel: 'Viettel',
  vinaphone: 'VinaPhone',
  mobifone: 'MobiFone',
  other: 'Nhà mạng khác',
};

export const SOLUTION_WORDS: Record<SolutionKind, string> = {
  station: 'Trạm mới',
  repeater: 'Trạm lặp',
  satellite: 'Vệ tinh',
};

export const yesOrNo = (value: boolean | null): string | null =>
  value === null ? null : value ? 'có' : 'không';

export const GAP_HEADS = [
  'Mã vùng lõm (H3)',
  'Số người',
  'Xã',
  'Mã xã',
  'Tỉnh',
  'Kinh độ',
  'Vĩ độ',
  'Số ô có dân',
  'Trạm gần nhất (m)',
  'Nút mạng gần nhất (m)',
  'Thôn lõm sóng',
  'Điện lưới',
  'Đặc biệt khó khăn',
  'Công nghệ',
  'Nhà mạng',
  'Phương pháp',
  'Thời điểm số liệu (UTC)',
  'Mô phỏng',
];

export const HAMLET_HEADS = [
  'Mã thôn',
  'Thôn',
  'Xã',
  'Mã xã',
  'Tỉnh',
  'Kinh độ',
  'Vĩ độ',
  'Số người',
  'Số hộ',
  'Điện lưới',
  'Đặc biệt khó khăn',
  'Hạn phủ sóng',
  'Số ngày còn lại',
  'Mã vùng lõm (H3)',
  'Trạm gần nhất (m)',
  'Nút mạng gần nhất (m)',
  'Giải pháp rẻ nhất (giả định)',
  'Chi phí giả định (triệu đồng)',
  'Phương pháp',
  'Thời điểm số liệu (UTC)',
  'Mô phỏng',
];
