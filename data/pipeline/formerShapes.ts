/**
 * The land of each former province: Natural Earth's shapes under their right names, and the islands
 * that they put under the wrong province moved home. Joined by HASC code, because three of the names
 * are wrong (Đồng Nai is “Đông Nam Bộ”, Bắc Kạn is “Đông Bắc”, Hưng Yên is “Đồng Bằng Sông Hồng”).
 */
import { formerProvinces } from '../country/provinces.ts';
import { planeAt, ringArea, ringHolds, type Point } from './plane.ts';
import type { FormerShape } from './sources.ts';

/** Former province of each HASC code (second half of `VN.xx`). */
const NAMES: Record<string, string> = {
  AG: 'An Giang',
  BD: 'Bình Định',
  BG: 'Bắc Giang',
  BI: 'Bình Dương',
  BK: 'Bắc Kạn',
  BL: 'Bạc Liêu',
  BN: 'Bắc Ninh',
  BP: 'Bình Phước',
  BR: 'Bến Tre',
  BU: 'Bình Thuận',
  BV: 'Bà Rịa - Vũng Tàu',
  CB: 'Cao Bằng',
  CM: 'Cà Mau',
  CN: 'Cần Thơ',
  DA: 'Đà Nẵng',
  DB: 'Điện Biên',
  DC: 'Đắk Lắk',
  DN: 'Đồng Nai',
  DO: 'Đắk Nông',
  DT: 'Đồng Tháp',
  GL: 'Gia Lai',
  HC: 'Hồ Chí Minh',
  HD: 'Hải Dương',
  HG: 'Hà Giang',
  HI: 'Hà Nội',
  HM: 'Hà Nam',
  HO: 'Hòa Bình',
  HP: 'Hải Phòng',
  HT: 'Hà Tĩnh',
  HU: 'Hậu Giang',
  HY: 'Hưng Yên',
  KG: 'Kiên Giang',
  KH: 'Khánh Hòa',
  KT: 'Kon Tum',
  LA: 'Long An',
  LD: 'Lâm Đồng',
  LI: 'Lai Châu',
  LO: 'Lào Cai',
  LS: 'Lạng Sơn',
  NA: 'Nghệ An',
  NB: 'Ninh Bình',
  ND: 'Nam Định',
  NT: 'Ninh Thuận',
  PT: 'Phú Thọ',
  PY: 'Phú Yên',
  QB: 'Quảng Bình',
  QG: 'Quảng Ngãi',
  QM: 'Quảng Nam',
  QN: 'Quảng Ninh',
  QT: 'Quảng Trị',
  SL: 'Sơn La',
  ST: 'Sóc Trăng',
  TB: 'Thái Bình',
  TG: 'Tiền Giang',
  TH: 'Thanh Hóa',
  TN: 'Tây Ninh',
  TQ: 'Tuyên Quang',
  TT: 'Thừa Thiên Huế',
  TV: 'Trà Vinh',
  TY: 'Thái Nguyên',
  VC: 'Vĩnh Phúc',
  VL: 'Vĩnh Long',
  YB: 'Yên Bái',
};

/** Islands that are communes of their own: a point on each, and the commune's code. */
const ISLAND_COMMUNES: { at: Point; commune: string; former: string }[] = [
  { at: [106.614, 8.709], commune: '26732', former: 'Bà Rịa - Vũng Tàu' }, // Côn Đảo, drawn under Sóc Trăng
  { at: [107.01, 20.79], commune: '11914', former: 'Hải Phòng' }, // Cát Bà, drawn under Quảng Ninh
  { at: [107.48, 21.18], commune: '06994', former: 'Quảng Ninh' }, // Cái Bầu, Vân Đồn
  { at: [107.497, 20.972], commune: '06994', former: 'Quảng Ninh' },
  { at: [107.487, 20.862], commune: '06994', former: 'Quảng Ninh' },
  { at: [107.593, 21.053], commune: '06994', former: 'Quảng Ninh' },
  { at: [107.365, 20.818], commune: '06994', former: 'Quảng Ninh' },
  { at: [107.365, 20.877], commune: '06994', former: 'Quảng Ninh' },
  { at: [107.762, 20.986], commune: '07192', former: 'Quảng Ninh' }, // Cô Tô
  { at: [107.834, 21.015], commune: '07192', former: 'Quảng Ninh' }, // Thanh Lân, Cô Tô
  { at: [107.787, 21.345], commune: '06967', former: 'Quảng Ninh' }, // Cái Chiên
  { at: [107.886, 21.373], commune: '06757', former: 'Quảng Ninh' }, // Vĩnh Thực
  { at: [108.944, 10.528], commune: '23272', former: 'Bình Thuận' }, // Phú Quý
  { at: [103.983, 10.276], commune: '31078', former: 'Kiên Giang' }, // Phú Quốc
];

/** A piece of land: one ring in degrees, without a closing vertex, counter-clockwise. */
export interface Land {
  former: string;
  ring: Point[];
  /** The only commune on it; absent: it is shared out between those of the former province. */
  commune?: string;
}

/** Every piece of land of the 63 former provinces. */
export function landOf(shapes: FormerShape[]): Land[] {
  const lands = shapes.flatMap(({ hasc, geometry }) => {
    const former = NAMES[hasc.slice(3)];
    if (!former) return []; // Natural Earth's own entry for the Trường Sa islands: see islands.ts
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return polygons.map((polygon) => homeOf({ former, ring: ringOf(polygon, former) }));
  });
  const unhomed = ISLAND_COMMUNES.filter(
    ({ at, commune }) =>
      !lands.some((land) => land.commune === commune && ringHolds(land.ring, at)),
  );
  if (unhomed.length > 0)
    throw new Error(`No island at ${unhomed.map(({ at }) => at.join(', ')).join('; ')}.`);
  const found = new Set(lands.map((land) => land.former));
  const lacking = formerProvinces.filter((province) => !found.has(province.name));
  if (lacking.length > 0)
    throw new Error(`No shape for ${lacking.map((province) => province.name).join(', ')}.`);
  return lands;
}

/** Square kilometres of a piece of land. */
export function areaOf(ring: readonly Point[]): number {
  const latitude = ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length;
  const plane = planeAt(latitude);
  return Math.abs(ringArea(ring.map((point) => plane.toKm(point))));
}

function ringOf(polygon: number[][][], former: string): Point[] {
  const [outer, ...holes] = polygon;
  if (!outer || holes.length > 0) throw new Error(`The shape of ${former} has an unexpected hole.`);
  const ring = outer.slice(0, -1).map(([lon = NaN, lat = NaN]): Point => [lon, lat]);
  return ringArea(ring) < 0 ? ring.reverse() : ring;
}

/** The land with the commune that owns it, where it is an island of a single commune. */
function homeOf(land: Land): Land {
  // Only islands are looked at: a mainland can hold such a point by being drawn too wide.
  if (areaOf(land.ring) > 1000) return land;
  const home = ISLAND_COMMUNES.find(({ at }) => ringHolds(land.ring, at));
  return home ? { ...land, former: home.former, commune: home.commune } : land;
}
