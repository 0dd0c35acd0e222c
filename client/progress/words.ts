/** The words of the task "progress". */
import type { Metric } from '../../data/country/targets.ts';
import type { WrittenArrival } from '../../data/forecast/answer.ts';
import { view } from '../view/view.svelte.ts';
import type { Column } from './board.ts';

type Why = Extract<WrittenArrival, { why: string }>['why'];

const vi = {
  title: (place: string) => `Tiến độ: ${place}`,
  metric: 'Chỉ số',
  metrics: {
    '5g.population': 'Dân số có 5G',
    '5g.stations': 'Trạm 5G',
    'hamlets.uncovered': 'Thôn lõm sóng',
    'tslcd.communes': 'Xã nối mạng',
  } satisfies Record<Metric, string>,
  questions: {
    '5g.population': (target: string) => `Với nhịp độ này, khi nào đạt ${target} dân số có 5G?`,
    '5g.stations': (target: string) => `Với nhịp độ này, khi nào đủ ${target} trạm 5G phát sóng?`,
    'hamlets.uncovered': () => 'Với nhịp độ này, khi nào hết thôn lõm sóng?',
    'tslcd.communes': (target: string) =>
      `Với nhịp độ này, khi nào đủ ${target} xã nối mạng truyền số liệu?`,
  } satisfies Record<Metric, (target: string) => string>,
  making: 'Đang dựng lịch sử từ nhật ký…',
  failed: (why: string) => `Không lấy được tiến độ. ${why}`,
  empty: 'Chưa có gì để theo dõi: chưa có trạm, thôn hay nút mạng nào.',

  interval: (earliest: string, latest: string) => `khoảng tin cậy 90%: ${earliest} – ${latest}`,
  noLatest: (earliest: string) => `sớm nhất ${earliest}; muộn nhất không xác định được`,
  reachedOn: (day: string) => `Đã đạt từ ${day}`,
  reached: 'Đã đạt từ đầu',
  never: 'Không đạt với nhịp độ này',
  unknown: 'Chưa dự báo được',
  why: {
    backwards: 'số liệu đang đi lùi',
    standstill: 'số liệu đứng yên',
    tooFar: 'phải mất hơn 30 năm',
    tooFewPoints: 'lịch sử còn quá ngắn',
    noChange: '12 tuần qua không thay đổi',
    tooLittleChange: '12 tuần qua quá ít thay đổi',
    noTarget: 'chưa có kế hoạch nào để so',
  } satisfies Record<Why, string>,
  verdict: {
    reached: 'đã đạt',
    inTime: 'kịp hạn',
    coming: 'chưa đặt hạn',
    late: (days: string) => `chậm ${days} ngày`,
    overdue: (days: string) => `quá hạn, chậm ${days} ngày`,
    neverOverdue: 'quá hạn, không đạt',
    never: 'không kịp',
    unknown: 'chưa rõ',
  },
  due: (day: string) => `hạn ${day}`,
  counted: (day: string, simulated: boolean) =>
    `Tính từ ${day}${simulated ? ' (ngày mô phỏng)' : ''}, theo trung vị độ dốc (Theil–Sen) 12 tuần gần nhất của chính đơn vị. Là đường thẳng: không kể kế hoạch và những phần khó còn lại.`,
  otherMethod: (chosen: string) =>
    `Lịch sử chỉ có theo bán kính; cách đang chọn (${chosen}) không áp dụng ở đây.`,
  planShort: (value: string, day: string) => `Làm hết kế hoạch (${day}) cũng chỉ đạt ${value}.`,
  planEnough: (value: string, day: string) => `Làm hết kế hoạch (${day}) đạt ${value}.`,
  planLeft: (value: string, day: string) => `Nếu kịp mọi hạn, đến ${day} còn ${value} thôn.`,
  simulated: 'Mô phỏng',

  /** What a metric that is to grow, or to shrink, has come to. */
  built: { more: 'Đã có', less: 'Hiện còn' },
  figures: {
    planned: 'Kế hoạch đến nay',
    target: 'Mục tiêu',
    gap: 'Còn thiếu',
    pace: 'Nhịp độ mỗi tuần',
  },
  paceBetween: (least: string, most: string) => `từ ${least} đến ${most}`,
  people: (people: string) => `${people} người`,
  ownPlan: 'theo kế hoạch của đơn vị',
  national: 'mục tiêu cả nước',
  targetSource: (source: string, day: string) => `Mục tiêu: ${source}, ${day}`,

  chart: {
    label: (metric: string, place: string) => `Biểu đồ ${metric}, ${place}`,
    reader: 'Xem từng tuần trên biểu đồ',
    planned: 'Kế hoạch',
    forecast: 'Dự báo và khoảng tin cậy 90%',
    target: 'Mục tiêu',
    today: 'hôm nay',
    at: (day: string, what: string, built: string, planned: string) =>
      `${day}: ${what.toLocaleLowerCase('vi')} ${built}, kế hoạch ${planned}`,
    table: 'Số liệu từng tuần',
    day: 'Ngày',
  },
  board: {
    provinces: 'Các tỉnh, thành phố',
    communes: (province: string) => `Các xã, phường của ${province}`,
    download: 'Tải CSV',
    columns: {
      name: 'Đơn vị',
      planned: 'Kế hoạch',
      gap: 'Còn thiếu',
      pace: 'Mỗi tuần',
      trend: '12 tuần',
      arrival: 'Dự báo đạt',
    } satisfies Record<Exclude<Column, 'built'>, string>,
  },
  map: { title: 'So với hạn', ends: ['không kịp', 'đạt'] as [string, string] },
};

const en: typeof vi = {
  title: (place) => `Progress: ${place}`,
  metric: 'Measure',
  metrics: {
    '5g.population': 'People with 5G',
    '5g.stations': '5G stations',
    'hamlets.uncovered': 'Hamlets without signal',
    'tslcd.communes': 'Communes on the network',
  },
  questions: {
    '5g.population': (target) => `At this pace, when can ${target} of people get 5G?`,
    '5g.stations': (target) => `At this pace, when are ${target} 5G stations on air?`,
    'hamlets.uncovered': () => 'At this pace, when has every hamlet a signal?',
    'tslcd.communes': (target) => `At this pace, when are ${target} communes on the data network?`,
  },
  making: 'Making the history from the log…',
  failed: (why) => `The progress could not be read. ${why}`,
  empty: 'There is nothing to follow yet: no station, hamlet or network node.',

  interval: (earliest, latest) => `90% confidence: ${earliest} – ${latest}`,
  noLatest: (earliest) => `${earliest} at the earliest; no latest day can be told`,
  reachedOn: (day) => `Reached on ${day}`,
  reached: 'Reached from the beginning',
  never: 'Not at this pace',
  unknown: 'No forecast yet',
  why: {
    backwards: 'the figure is going backwards',
    standstill: 'the figure stands still',
    tooFar: 'it would take more than 30 years',
    tooFewPoints: 'the history is too short',
    noChange: 'nothing changed in 12 weeks',
    tooLittleChange: 'too little changed in 12 weeks',
    noTarget: 'nothing is planned to compare with',
  },
  verdict: {
    reached: 'reached',
    inTime: 'in time',
    coming: 'no day set',
    late: (days) => (days === '1' ? '1 day late' : `${days} days late`),
    overdue: (days) => `overdue, ${days === '1' ? '1 day' : `${days} days`} late`,
    neverOverdue: 'overdue, not reached',
    never: 'not in time',
    unknown: 'unclear',
  },
  due: (day) => `due ${day}`,
  counted: (day, simulated) =>
    `Counted from ${day}${simulated ? ' (a simulated day)' : ''}, by the median slope (Theil–Sen) of the unit’s own last 12 weeks. A straight line: it knows nothing of plans or of the hard part that is left.`,
  otherMethod: (chosen) =>
    `The history is kept by radius only; the method chosen (${chosen}) does not apply here.`,
  planShort: (value, day) => `Even the whole plan (${day}) comes to ${value} only.`,
  planEnough: (value, day) => `The whole plan (${day}) comes to ${value}.`,
  planLeft: (value, day) => `With every deadline kept, ${value} are left on ${day}.`,
  simulated: 'Simulated',

  built: { more: 'Built', less: 'Left' },
  figures: {
    planned: 'Planned by now',
    target: 'Target',
    gap: 'Missing',
    pace: 'Pace a week',
  },
  paceBetween: (least, most) => `${least} to ${most}`,
  people: (people) => `${people} people`,
  ownPlan: 'by the unit’s own plan',
  national: 'national target',
  targetSource: (source, day) => `Target: ${source}, ${day}`,

  chart: {
    label: (metric, place) => `Chart of ${metric}, ${place}`,
    reader: 'Read the chart week by week',
    planned: 'Planned',
    forecast: 'Forecast and its 90% interval',
    target: 'Target',
    today: 'today',
    at: (day, what, built, planned) =>
      `${day}: ${what.toLocaleLowerCase('en')} ${built}, planned ${planned}`,
    table: 'Figures week by week',
    day: 'Day',
  },
  board: {
    provinces: 'Provinces and cities',
    communes: (province) => `Communes of ${province}`,
    download: 'Download CSV',
    columns: {
      name: 'Unit',
      planned: 'Planned',
      gap: 'Missing',
      pace: 'A week',
      trend: '12 weeks',
      arrival: 'Forecast',
    },
  },
  map: { title: 'Against the day set', ends: ['not in time', 'reached'] },
};

export type ProgressWords = typeof vi;

/** Reactive: read it inside a component or a `$derived`. */
export function progressWords(): ProgressWords {
  return view.language === 'en' ? en : vi;
}
