/**
 * The 34 provinces of Viet Nam and the 63 they were made from.
 *
 * Codes, areas and populations: Resolution 202/2025/QH15 of 12 June 2025, in force from
 * 1 July 2025. Đồng Nai is a centrally governed city since 30 April 2026; the law is as of that day.
 */
import { withoutAccents } from './english.ts';

export interface NationalProvince {
  /** Official two-digit code, `01` … `96`. */
  code: string;
  name: string;
  nameEn: string;
  /** `city`: a centrally governed city (thành phố). */
  type: 'city' | 'province';
  population: number;
  areaKm2: number;
}

export interface FormerProvince {
  name: string;
  nameEn: string;
  /** Code of the province that it is part of today. */
  successor: string;
  /** See `isMountain`. */
  mountain: boolean;
}

type Row = [code: string, name: string, type: 'c' | 'p', areaKm2: number, population: number];

// oxfmt-ignore
const ROWS: Row[] = [
  ['01', 'Hà Nội', 'c', 3359.84, 8_807_523],
  ['04', 'Cao Bằng', 'p', 6700.39, 573_119],
  ['08', 'Tuyên Quang', 'p', 13795.50, 1_865_270],
  ['11', 'Điện Biên', 'p', 9539.93, 673_091],
  ['12', 'Lai Châu', 'p', 9068.73, 512_601],
  ['14', 'Sơn La', 'p', 14109.83, 1_404_587],
  ['15', 'Lào Cai', 'p', 13256.92, 1_778_785],
  ['19', 'Thái Nguyên', 'p', 8375.21, 1_799_489],
  ['20', 'Lạng Sơn', 'p', 8310.18, 881_384],
  ['22', 'Quảng Ninh', 'p', 6207.93, 1_497_447],
  ['24', 'Bắc Ninh', 'p', 4718.60, 3_619_433],
  ['25', 'Phú Thọ', 'p', 9361.38, 4_022_638],
  ['31', 'Hải Phòng', 'c', 3194.72, 4_664_124],
  ['33', 'Hưng Yên', 'p', 2514.81, 3_567_943],
  ['37', 'Ninh Bình', 'p', 3942.62, 4_412_264],
  ['38', 'Thanh Hóa', 'p', 11114.71, 4_324_783],
  ['40', 'Nghệ An', 'p', 16486.49, 3_831_694],
  ['42', 'Hà Tĩnh', 'p', 5994.45, 1_622_901],
  ['44', 'Quảng Trị', 'p', 12700.00, 1_870_845],
  ['46', 'Huế', 'c', 4947.11, 1_432_986],
  ['48', 'Đà Nẵng', 'c', 11859.59, 3_065_628],
  ['51', 'Quảng Ngãi', 'p', 14832.55, 2_161_755],
  ['52', 'Gia Lai', 'p', 21576.53, 3_583_693],
  ['56', 'Khánh Hòa', 'p', 8555.86, 2_243_554],
  ['66', 'Đắk Lắk', 'p', 18096.40, 3_346_853],
  ['68', 'Lâm Đồng', 'p', 24233.07, 3_872_999],
  ['75', 'Đồng Nai', 'c', 12737.18, 4_491_408],
  ['79', 'TP. Hồ Chí Minh', 'c', 6772.59, 14_002_598],
  ['80', 'Tây Ninh', 'p', 8536.44, 3_254_170],
  ['82', 'Đồng Tháp', 'p', 5938.64, 4_370_046],
  ['86', 'Vĩnh Long', 'p', 6296.20, 4_257_581],
  ['91', 'An Giang', 'p', 9888.91, 4_952_238],
  ['92', 'Cần Thơ', 'c', 6360.83, 4_199_824],
  ['96', 'Cà Mau', 'p', 7942.39, 2_606_672],
];

/** English names that are more than the name without its accents. */
const ENGLISH: Record<string, string> = {
  'Hà Nội': 'Hanoi',
  'TP. Hồ Chí Minh': 'Ho Chi Minh City',
  'Hồ Chí Minh': 'Ho Chi Minh City',
};

const englishOf = (name: string) => ENGLISH[name] ?? withoutAccents(name);

/** The 34 provinces, by code. */
export const provinces: readonly NationalProvince[] = ROWS.map(
  ([code, name, type, areaKm2, population]) => ({
    code,
    name,
    nameEn: englishOf(name),
    type: type === 'c' ? 'city' : 'province',
    population,
    areaKm2,
  }),
);

/**
 * The 63 provinces up to 30 June 2025, under the province that each is part of today; an asterisk
 * marks the upland ones. Thừa Thiên Huế was the city of Huế in its last half year; the older name
 * is the one that people search for.
 */
const FORMER: Record<string, string> = {
  '01': 'Hà Nội',
  '04': 'Cao Bằng*',
  '08': 'Tuyên Quang*, Hà Giang*',
  '11': 'Điện Biên*',
  '12': 'Lai Châu*',
  '14': 'Sơn La*',
  '15': 'Lào Cai*, Yên Bái*',
  '19': 'Thái Nguyên*, Bắc Kạn*',
  '20': 'Lạng Sơn*',
  '22': 'Quảng Ninh',
  '24': 'Bắc Ninh, Bắc Giang',
  '25': 'Phú Thọ, Vĩnh Phúc, Hòa Bình*',
  '31': 'Hải Phòng, Hải Dương',
  '33': 'Hưng Yên, Thái Bình',
  '37': 'Ninh Bình, Hà Nam, Nam Định',
  '38': 'Thanh Hóa',
  '40': 'Nghệ An',
  '42': 'Hà Tĩnh',
  '44': 'Quảng Trị, Quảng Bình',
  '46': 'Thừa Thiên Huế',
  '48': 'Đà Nẵng, Quảng Nam',
  '51': 'Quảng Ngãi, Kon Tum*',
  '52': 'Gia Lai*, Bình Định',
  '56': 'Khánh Hòa, Ninh Thuận',
  '66': 'Đắk Lắk*, Phú Yên',
  '68': 'Lâm Đồng*, Đắk Nông*, Bình Thuận',
  '75': 'Đồng Nai, Bình Phước',
  '79': 'Hồ Chí Minh, Bình Dương, Bà Rịa - Vũng Tàu',
  '80': 'Tây Ninh, Long An',
  '82': 'Đồng Tháp, Tiền Giang',
  '86': 'Vĩnh Long, Bến Tre, Trà Vinh',
  '91': 'An Giang, Kiên Giang',
  '92': 'Cần Thơ, Hậu Giang, Sóc Trăng',
  '96': 'Cà Mau, Bạc Liêu',
};

/** The 63 provinces up to 30 June 2025, each with its successor's code. */
export const formerProvinces: readonly FormerProvince[] = Object.entries(FORMER)
  .sort(([a], [b]) => a.localeCompare(b))
  .flatMap(([successor, names]) =>
    names.split(', ').map((marked) => {
      const name = marked.replace('*', '');
      return { name, nameEn: englishOf(name), successor, mountain: marked.endsWith('*') };
    }),
  );

/**
 * Whether a province is mountainous, by this rule: it holds a former province of the two upland
 * regions of the national statistics, the northern midlands and mountains (without Bắc Giang and
 * old Phú Thọ, which are mostly midland) and the Central Highlands.
 */
export function isMountain(provinceCode: string): boolean {
  return MOUNTAIN.has(provinceCode);
}

const MOUNTAIN = new Set(formerProvinces.filter((p) => p.mountain).map((p) => p.successor));
