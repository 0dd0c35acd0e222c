/** The words of the task "gaps". */
import type { SolutionKind, SolutionReason } from '../../data/country/solution-costs.ts';
import { view } from '../view/view.svelte.ts';
import type { HamletOrder } from './register.ts';

const vi = {
  title: (signal: string, place: string) => `Vùng lõm ${signal}: ${place}`,
  registerOf: (place: string) => `Thôn lõm sóng: ${place}`,
  tabs: 'Xem',
  gaps: 'Vùng lõm',
  register: 'Thôn lõm sóng',
  technology: 'Công nghệ',
  operator: 'Nhà mạng',
  any: 'Bất kỳ',
  noBand: 'Nhà mạng này không có băng tần cho công nghệ đó.',
  leastPeople: 'Số người ít nhất',
  noLeast: 'Không hạn chế',
  from: (people: string) => `từ ${people}`,
  hard: 'Chỉ vùng đặc biệt khó khăn',
  hamlets: 'Chỉ vùng có thôn lõm sóng',
  people: (people: string) => `${people} người`,
  inGaps: (gaps: string) => `trong ${gaps} vùng lõm`,
  how: (method: string, band: string, height: string) =>
    `${method}; mỗi vùng vừa tầm một trạm mới ${band} cao ${height} m.`,
  listed: (listed: string) => `Bản đồ và danh sách là ${listed} vùng đông người nhất.`,
  looking: 'Đang tìm vùng lõm…',
  none: 'Không có vùng lõm nào như vậy.',
  failed: (why: string) => `Không lấy được: ${why}`,
  unreachable: 'Không tới được máy chủ. Sẽ tự thử lại.',
  station: (distance: string) => `trạm gần nhất ${distance}`,
  noStation: 'chưa có trạm nào',
  node: (distance: string) => `nút mạng ${distance}`,
  hamletsIn: (count: string) => `${count} thôn lõm sóng`,
  grid: 'có điện lưới',
  noGrid: 'chưa có điện lưới',
  hardHere: 'đặc biệt khó khăn',
  tryHere: 'Thử một trạm ở đây',
  more: (count: string) => `Xem thêm ${count}`,
  export: 'Tải về',
  files: { csv: 'CSV', geojson: 'GeoJSON' },

  ofHamlets: (hamlets: string, people: string) => `${hamlets} thôn, ${people} người`,
  noHamlets: 'Không còn thôn nào thiếu sóng.',
  orders: { name: 'Thôn', people: 'Người', daysLeft: 'Hạn' } satisfies Record<HamletOrder, string>,
  until: (day: string) => `hạn ${day}`,
  simulated: 'mô phỏng',
  solutions: {
    station: 'trạm mới',
    repeater: 'trạm lặp',
    satellite: 'vệ tinh',
  } satisfies Record<SolutionKind, string>,
  why: {
    station_near: 'có trạm gần để lặp sóng',
    line_short: 'đường nối mạng ngắn',
    line_long: 'đường nối mạng quá dài',
    too_many_people: 'quá đông cho một kênh vệ tinh',
  } satisfies Record<SolutionReason, string>,
  cheapest: (solution: string, cost: string, why: string) =>
    `${solution}, khoảng ${cost} triệu đồng (${why})`,
  assumed: 'Giải pháp rẻ nhất tính theo bảng chi phí giả định của hệ thống, không phải số công bố.',
};

const en: GapWords = {
  title: (signal, place) => `${signal} gaps: ${place}`,
  registerOf: (place) => `Hamlets without signal: ${place}`,
  tabs: 'Show',
  gaps: 'Gaps',
  register: 'Hamlets without signal',
  technology: 'Technology',
  operator: 'Operator',
  any: 'Any',
  noBand: 'This operator has no band for that technology.',
  leastPeople: 'Least people',
  noLeast: 'No limit',
  from: (people) => `from ${people}`,
  hard: 'Only specially disadvantaged ones',
  hamlets: 'Only with hamlets without signal',
  people: (people) => `${people} people`,
  inGaps: (gaps) => `in ${gaps} gaps`,
  how: (method, band, height) =>
    `${method}; each within reach of one new ${band} site ${height} m high.`,
  listed: (listed) => `The map and the list are the ${listed} gaps with most people.`,
  looking: 'Looking for gaps…',
  none: 'There are no such gaps.',
  failed: (why) => `Not available: ${why}`,
  unreachable: 'The server is out of reach. It will be tried again.',
  station: (distance) => `nearest station ${distance}`,
  noStation: 'no station yet',
  node: (distance) => `network node ${distance}`,
  hamletsIn: (count) => `${count} registered hamlets`,
  grid: 'grid power',
  noGrid: 'no grid power',
  hardHere: 'specially disadvantaged',
  tryHere: 'Try a station here',
  more: (count) => `Show ${count} more`,
  export: 'Download',
  files: { csv: 'CSV', geojson: 'GeoJSON' },

  ofHamlets: (hamlets, people) => `${hamlets} hamlets, ${people} people`,
  noHamlets: 'No hamlet is without a signal any more.',
  orders: { name: 'Hamlet', people: 'People', daysLeft: 'Deadline' },
  until: (day) => `due ${day}`,
  simulated: 'simulated',
  solutions: { station: 'new station', repeater: 'repeater', satellite: 'satellite' },
  why: {
    station_near: 'a station to repeat is near',
    line_short: 'the line to the network is short',
    line_long: 'the line to the network would be too long',
    too_many_people: 'too many people for a satellite link',
  },
  cheapest: (solution, cost, why) => `${solution}, about ${cost} million đồng (${why})`,
  assumed:
    'The cheapest solution follows the system’s own table of assumed costs, not published figures.',
};

type GapWords = typeof vi;

/** Reactive: read it inside a component or a `$derived`. */
export function gapWords(): GapWords {
  return view.language === 'en' ? en : vi;
}
