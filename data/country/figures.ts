/**
 * The published figures of the national programme on which the product starts: each with its
 * source and the day it is true for. What is simulated is calibrated to them, never the reverse.
 */
export interface PublishedFigure {
  /** Code of the indicator, `5g.population`. */
  code: string;
  name: string;
  nameEn: string;
  /** Unit of the value; a `share` is 0–1. */
  unit: FigureUnit;
  /** Whether more or less of it is better; `neither` for a plain count. */
  direction: Direction;
  value: number;
  /** How the source states the value; absent: exactly. */
  bound?: 'about' | 'above';
  /** What the value is out of, where the source says so (communes on the network: 3,321). */
  outOf?: number;
  target?: number;
  /** Day by which the target is to be reached. */
  targetDate?: string;
  /** Day the value is true for; months without a day are their last day. */
  asOf: string;
  source: string;
  /** Code of the unit that it is about; absent: the nation. */
  territory?: string;
}

/** What values are counted in; a `share` is 0–1. */
export const FIGURE_UNITS = [
  'stations',
  'share',
  'hamlets',
  'communes',
  'centres',
  'databases',
  'provinces',
  'procedures',
  'transactions',
  'certificates',
  'people',
  'systems',
  'parcels',
  'records',
  'dong',
  'reports',
  'days',
] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** Whether more or less of it is better; `neither` for a plain count. */
export const DIRECTIONS = ['more', 'less', 'neither'] as const;
export type Direction = (typeof DIRECTIONS)[number];

const BREAKTHROUGH = {
  asOf: '2025-07-28',
  source: 'Cục Phổ biến, giáo dục pháp luật, “Chuyển đổi số quốc gia – đột phá chiến lược”',
};
const NEWS_AGENCY = { asOf: '2025-06-30', source: 'TTXVN, 2025-07-27' };
const PARTY_SITE = { asOf: '2025-07-10', source: 'Trang tin Đảng bộ TP.HCM' };
const BANKING_TIMES = { asOf: '2025-07-31', source: 'Thời báo Ngân hàng', territory: '31' };
const VOV5 = { asOf: '2022-03-31', source: 'VOV5' };
const YEAR_END = '2025-12-31';

/** The published figures, in the order of the programme. */
export const publishedFigures: readonly PublishedFigure[] = [
  {
    code: '5g.stations',
    name: 'Trạm 5G đang phát sóng',
    nameEn: '5G base stations on air',
    unit: 'stations',
    direction: 'more',
    value: 12_106,
    target: 69_000,
    targetDate: YEAR_END,
    ...BREAKTHROUGH,
  },
  {
    code: '5g.population',
    name: 'Tỷ lệ dân số được phủ sóng 5G',
    nameEn: 'Share of the population that can get 5G',
    unit: 'share',
    direction: 'more',
    value: 0.26,
    bound: 'above',
    target: 0.9,
    targetDate: YEAR_END,
    ...BREAKTHROUGH,
  },
  {
    code: 'hamlets.uncovered',
    name: 'Thôn chưa có sóng di động (lõm sóng)',
    nameEn: 'Hamlets without mobile signal',
    unit: 'hamlets',
    direction: 'less',
    value: 355,
    target: 0,
    ...BREAKTHROUGH,
  },
  {
    code: 'hamlets.uncovered.hard',
    name: 'Thôn lõm sóng ở vùng đặc biệt khó khăn',
    nameEn: 'Hamlets without mobile signal in specially disadvantaged areas',
    unit: 'hamlets',
    direction: 'less',
    value: 349,
    target: 0,
    ...BREAKTHROUGH,
  },
  {
    code: 'tslcd.communes',
    name: 'Xã đã nối Mạng truyền số liệu chuyên dùng',
    nameEn: 'Communes on the Party-and-State data-transmission network',
    unit: 'communes',
    direction: 'more',
    value: 3_319,
    outOf: 3_321,
    target: 3_321,
    ...BREAKTHROUGH,
  },
  {
    code: 'datacentres',
    name: 'Trung tâm dữ liệu đã triển khai',
    nameEn: 'Data centres deployed (national, ministry, enterprise)',
    unit: 'centres',
    direction: 'more',
    value: 41,
    ...BREAKTHROUGH,
  },
  {
    code: 'databases.deploying',
    name: 'Cơ sở dữ liệu quốc gia đang triển khai',
    nameEn: 'National databases being deployed',
    unit: 'databases',
    direction: 'more',
    value: 9,
    outOf: 10,
    target: 10,
    ...BREAKTHROUGH,
  },
  {
    code: 'databases.complete',
    name: 'Cơ sở dữ liệu quốc gia đã hoàn thành',
    nameEn: 'National databases complete',
    unit: 'databases',
    direction: 'more',
    value: 5,
    outOf: 10,
    target: 10,
    ...BREAKTHROUGH,
  },
  {
    code: 'tthc.configured',
    name: 'Tỉnh đã cấu hình xong thủ tục hành chính',
    nameEn: 'Provinces that finished configuring procedures on the provincial system',
    unit: 'provinces',
    direction: 'more',
    value: 27,
    outOf: 34,
    target: 34,
    ...BREAKTHROUGH,
  },
  {
    code: 'tthc.connected',
    name: 'Tỉnh đã kết nối Cổng Dịch vụ công quốc gia',
    nameEn: 'Provinces whose system is joined to the National Public Service Portal',
    unit: 'provinces',
    direction: 'more',
    value: 33,
    outOf: 34,
    target: 34,
    ...BREAKTHROUGH,
  },
  {
    code: 'tthc.total',
    name: 'Thủ tục hành chính đã công bố',
    nameEn: 'Administrative procedures published',
    unit: 'procedures',
    direction: 'neither',
    value: 5_840,
    ...BREAKTHROUGH,
    asOf: '2025-06-28',
  },
  {
    code: 'tthc.province',
    name: 'Thủ tục hành chính cấp tỉnh đã công bố',
    nameEn: 'Administrative procedures published, provincial level',
    unit: 'procedures',
    direction: 'neither',
    value: 2_370,
    ...BREAKTHROUGH,
    asOf: '2025-06-28',
  },
  {
    code: 'tthc.commune',
    name: 'Thủ tục hành chính cấp xã đã công bố',
    nameEn: 'Administrative procedures published, commune level',
    unit: 'procedures',
    direction: 'neither',
    value: 420,
    ...BREAKTHROUGH,
    asOf: '2025-06-28',
  },
  {
    code: 'crypto.province',
    name: 'Tỉnh đã mã hóa văn bản mật',
    nameEn: 'Provinces reached by encryption of “mật” documents',
    unit: 'provinces',
    direction: 'more',
    value: 34,
    outOf: 34,
    target: 34,
    ...BREAKTHROUGH,
  },
  {
    code: 'dvc.online',
    name: 'Hồ sơ trực tuyến toàn trình',
    nameEn: 'Online full-process dossiers',
    unit: 'share',
    direction: 'more',
    value: 0.3951,
    target: 0.8,
    targetDate: YEAR_END,
    ...NEWS_AGENCY,
  },
  {
    code: 'dvc.online.ministries',
    name: 'Hồ sơ trực tuyến toàn trình của các bộ, ngành',
    nameEn: 'Online full-process dossiers, ministries',
    unit: 'share',
    direction: 'more',
    value: 0.51,
    bound: 'above',
    ...NEWS_AGENCY,
  },
  {
    code: 'dvc.online.localities',
    name: 'Hồ sơ trực tuyến toàn trình của địa phương',
    nameEn: 'Online full-process dossiers, localities',
    unit: 'share',
    direction: 'more',
    value: 0.15,
    bound: 'above',
    ...NEWS_AGENCY,
  },
  {
    code: 'ndxp.transactions',
    name: 'Giao dịch qua Nền tảng tích hợp, chia sẻ dữ liệu quốc gia',
    nameEn: 'Transactions through the national data exchange platform this year',
    unit: 'transactions',
    direction: 'more',
    value: 630_000_000,
    bound: 'about',
    target: 863_000_000,
    targetDate: YEAR_END,
    ...NEWS_AGENCY,
  },
  {
    code: 'signature.adults',
    name: 'Người trưởng thành có chữ ký số cá nhân',
    nameEn: 'Adults with a personal digital signature',
    unit: 'share',
    direction: 'more',
    value: 0.3548,
    ...NEWS_AGENCY,
  },
  {
    code: 'signature.certificates',
    name: 'Chứng thư chữ ký số cá nhân',
    nameEn: 'Personal digital signature certificates',
    unit: 'certificates',
    direction: 'more',
    value: 20_000_000,
    bound: 'about',
    ...NEWS_AGENCY,
  },
  {
    code: 'hanoi.5g.communes',
    name: 'Xã, phường của Hà Nội được bổ sung 5G trong chiến dịch 45 ngày',
    nameEn: 'Hà Nội communes given additional 5G in the 45-day campaign',
    unit: 'communes',
    direction: 'more',
    value: 126,
    outOf: 126,
    target: 126,
    ...BREAKTHROUGH,
    asOf: '2025-07-25',
    territory: '01',
  },
  {
    code: 'danang.upgrade',
    name: 'Kinh phí đề xuất nâng cấp công nghệ thông tin mỗi xã của Đà Nẵng',
    nameEn: 'IT upgrade proposed for each commune of Đà Nẵng',
    unit: 'dong',
    direction: 'neither',
    value: 500_000_000,
    ...BREAKTHROUGH,
    asOf: '2025-07-27',
    territory: '48',
  },
  {
    code: 'id.cards',
    name: 'Thẻ căn cước gắn chip',
    nameEn: 'Chip ID cards',
    unit: 'people',
    direction: 'more',
    value: 87_000_000,
    bound: 'about',
    ...PARTY_SITE,
  },
  {
    code: 'id.profiles',
    name: 'Hồ sơ định danh điện tử',
    nameEn: 'Electronic identity profiles',
    unit: 'people',
    direction: 'more',
    value: 70_000_000,
    bound: 'about',
    ...PARTY_SITE,
  },
  {
    code: 'id.accounts',
    name: 'Tài khoản VNeID đã kích hoạt',
    nameEn: 'Active VNeID accounts',
    unit: 'people',
    direction: 'more',
    value: 50_000_000,
    bound: 'about',
    ...PARTY_SITE,
  },
  {
    code: 'haiphong.lgsp',
    name: 'Hệ thống trung ương đã nối trục LGSP của Hải Phòng',
    nameEn: 'Central systems joined to the LGSP of Hải Phòng',
    unit: 'systems',
    direction: 'more',
    value: 19,
    ...BANKING_TIMES,
  },
  {
    code: 'haiphong.parcels',
    name: 'Thửa đất đã số hóa của Hải Phòng',
    nameEn: 'Digitised land parcels of Hải Phòng',
    unit: 'parcels',
    direction: 'more',
    value: 1_000_000,
    bound: 'about',
    ...BANKING_TIMES,
  },
  {
    code: 'haiphong.online',
    name: 'Hồ sơ trực tuyến của Hải Phòng',
    nameEn: 'Online dossiers of Hải Phòng',
    unit: 'share',
    direction: 'more',
    value: 0.9,
    bound: 'above',
    ...BANKING_TIMES,
  },
  {
    code: 'haiphong.signature',
    name: 'Cơ quan của Hải Phòng ký số',
    nameEn: 'Agencies of Hải Phòng that sign digitally',
    unit: 'share',
    direction: 'more',
    value: 1,
    ...BANKING_TIMES,
  },
  {
    code: 'civil.births',
    name: 'Dữ liệu đăng ký khai sinh',
    nameEn: 'Births in the national civil-status database',
    unit: 'records',
    direction: 'more',
    value: 23_000_000,
    bound: 'about',
    ...VOV5,
  },
  {
    code: 'civil.marriages',
    name: 'Dữ liệu đăng ký kết hôn',
    nameEn: 'Marriages in the national civil-status database',
    unit: 'records',
    direction: 'more',
    value: 4_500_000,
    bound: 'about',
    ...VOV5,
  },
  {
    code: 'civil.deaths',
    name: 'Dữ liệu đăng ký khai tử',
    nameEn: 'Deaths in the national civil-status database',
    unit: 'records',
    direction: 'more',
    value: 3_200_000,
    bound: 'about',
    ...VOV5,
  },
];
