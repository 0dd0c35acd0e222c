/** The rules that a system begins with; whoever may keeps them from then on, like all others. */
import type { RuleFields } from '../../data/alerts/rule.ts';
import { NATION } from '../../data/model/unit.ts';

const ORDINARY = {
  ...{ on: true, severity: 'warning', wall: false, units: [NATION], settleMinutes: 30 },
  ...{ quiet: null, escalation: null, webhooks: [] },
} satisfies Partial<RuleFields>;

export const ORDINARY_RULES: readonly RuleFields[] = [
  {
    ...ORDINARY,
    name: 'Xã mất kết nối mạng truyền số liệu',
    watch: { what: 'commune_cut', minutes: 5 },
    severity: 'critical',
    wall: true,
  },
  {
    ...ORDINARY,
    name: 'Xã không còn trạm nào phát sóng quá 24 giờ',
    watch: { what: 'station_down', hours: 24, alone: true },
  },
  {
    ...ORDINARY,
    name: 'Độ phủ 5G của tỉnh giảm 1 điểm trong 24 giờ',
    watch: { what: 'coverage_falling', field: '5g', points: 1, hours: 24 },
  },
  {
    ...ORDINARY,
    name: 'Thôn quá hạn có sóng',
    watch: { what: 'deadline', of: 'hamlets', daysBefore: 0 },
    severity: 'notice',
  },
  {
    ...ORDINARY,
    name: 'Tỉnh không có dữ liệu mới trong 24 giờ',
    watch: { what: 'silent', hours: 24 },
  },
];
