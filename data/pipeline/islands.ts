/**
 * Islands that Natural Earth lacks or gives to others, put at their true places by hand. Their
 * outlines are not surveyed: each is a rounded shape of the stated area. The features of Hoàng Sa
 * and Trường Sa, many of them reefs of a few hectares, are drawn larger than they are.
 */
import type { Land } from './formerShapes.ts';
import { planeAt, ringArea, type Point } from './plane.ts';

interface Island {
  name: string;
  lon: number;
  lat: number;
  areaKm2: number;
}

interface Group {
  /** Code of the commune that all of them belong to. */
  commune: string;
  former: string;
  islands: Island[];
}

/** Drawn area of a feature of Hoàng Sa or Trường Sa, km²: about 900 m in radius. */
const FEATURE_KM2 = 2.5;

const feature = (name: string, lon: number, lat: number): Island => ({
  name,
  lon,
  lat,
  areaKm2: FEATURE_KM2,
});

const GROUPS: Group[] = [
  {
    commune: '20333',
    former: 'Đà Nẵng',
    islands: [
      feature('Đảo Hoàng Sa', 111.607, 16.536),
      feature('Đảo Hữu Nhật', 111.583, 16.505),
      feature('Đảo Quang Ảnh', 111.514, 16.448),
      feature('Đảo Duy Mộng', 111.741, 16.469),
      feature('Đảo Quang Hòa', 111.71, 16.448),
      feature('Đảo Bạch Quy', 111.762, 16.052),
      feature('Đảo Tri Tôn', 111.203, 15.784),
      feature('Đá Lồi', 111.68, 16.23),
      feature('Đá Chim Én', 112.05, 16.34),
      feature('Đá Bông Bay', 112.51, 16.04),
      feature('Đảo Phú Lâm', 112.337, 16.834),
      feature('Đảo Linh Côn', 112.731, 16.668),
      feature('Đảo Cây', 112.267, 16.98),
      feature('Đảo Bắc', 112.311, 16.966),
      feature('Đảo Nam', 112.332, 16.943),
    ],
  },
  {
    commune: '22736',
    former: 'Khánh Hòa',
    islands: [
      feature('Đảo Trường Sa', 111.918, 8.645),
      feature('Đảo Trường Sa Đông', 112.349, 8.93),
      feature('Đá Lát', 111.66, 8.67),
      feature('Đá Tây', 112.25, 8.86),
      feature('Đá Đông', 112.6, 8.83),
      feature('Đá Châu Viên', 112.835, 8.863),
      feature('Đá Chữ Thập', 112.93, 9.6),
      feature('Đảo An Bang', 112.92, 7.892),
      feature('Bãi Thuyền Chài', 113.32, 8.18),
      feature('Đá Kỳ Vân', 113.93, 7.98),
      feature('Đá Hoa Lau', 113.84, 7.374),
      feature('Đảo Phan Vinh', 113.697, 8.973),
      feature('Đá Tốc Tan', 114, 8.81),
      feature('Đá Núi Le', 114.19, 8.72),
      feature('Đá Tiên Nữ', 114.655, 8.855),
      feature('Đảo Sinh Tồn', 114.329, 9.886),
      feature('Đảo Sinh Tồn Đông', 114.562, 9.904),
      feature('Đá Tư Nghĩa', 114.497, 9.925),
      feature('Đá Cô Lin', 114.25, 9.775),
      feature('Đá Gạc Ma', 114.283, 9.72),
      feature('Đá Len Đao', 114.37, 9.78),
      feature('Đá Lớn', 113.87, 10.06),
      feature('Đảo Nam Yết', 114.365, 10.18),
      feature('Đá Ga Ven', 114.225, 10.206),
      feature('Đảo Sơn Ca', 114.479, 10.376),
      feature('Đảo Ba Bình', 114.366, 10.377),
      feature('Đá Thị', 114.585, 10.412),
      feature('Đảo Loại Ta', 114.425, 10.668),
      feature('Đá Xu Bi', 114.083, 10.923),
      feature('Đảo Thị Tứ', 114.287, 11.053),
      feature('Đá Nam', 114.302, 11.388),
      feature('Đảo Song Tử Tây', 114.328, 11.428),
      feature('Đảo Song Tử Đông', 114.357, 11.455),
      feature('Đảo Bến Lạc', 115.022, 11.079),
      feature('Đảo Vĩnh Viễn', 115.802, 10.733),
      feature('Đảo Bình Nguyên', 115.829, 10.817),
      feature('Đá Vành Khăn', 115.536, 9.905),
      feature('Bãi Cỏ Mây', 115.87, 9.73),
    ],
  },
  {
    commune: '07192',
    former: 'Quảng Ninh',
    islands: [{ name: 'Đảo Trần', lon: 107.96, lat: 21.235, areaKm2: 4.4 }],
  },
  {
    commune: '11948',
    former: 'Hải Phòng',
    islands: [{ name: 'Đảo Bạch Long Vĩ', lon: 107.728, lat: 20.133, areaKm2: 3.1 }],
  },
  {
    commune: '19742',
    former: 'Quảng Trị',
    islands: [{ name: 'Đảo Cồn Cỏ', lon: 107.339, lat: 17.159, areaKm2: 2.3 }],
  },
  {
    commune: '20434',
    former: 'Quảng Nam',
    islands: [{ name: 'Cù Lao Chàm', lon: 108.51, lat: 15.955, areaKm2: 14 }],
  },
  {
    commune: '21548',
    former: 'Quảng Ngãi',
    islands: [
      { name: 'Đảo Lý Sơn', lon: 109.116, lat: 15.382, areaKm2: 9.7 },
      { name: 'Đảo Bé', lon: 109.085, lat: 15.429, areaKm2: 0.7 },
    ],
  },
  {
    commune: '21607',
    former: 'Bình Định',
    islands: [{ name: 'Cù Lao Xanh', lon: 109.352, lat: 13.615, areaKm2: 3.6 }],
  },
  {
    commune: '31105',
    former: 'Kiên Giang',
    islands: [{ name: 'Đảo Thổ Chu', lon: 103.48, lat: 9.305, areaKm2: 13 }],
  },
  {
    commune: '31108',
    former: 'Kiên Giang',
    islands: [
      { name: 'Hòn Tre', lon: 104.845, lat: 9.965, areaKm2: 4.3 },
      { name: 'Hòn Sơn', lon: 104.63, lat: 9.8, areaKm2: 11.5 },
      { name: 'Nam Du', lon: 104.352, lat: 9.69, areaKm2: 9 },
    ],
  },
  {
    commune: '30814',
    former: 'Kiên Giang',
    islands: [{ name: 'Hòn Nghệ', lon: 104.553, lat: 10.03, areaKm2: 3.8 }],
  },
  {
    commune: '30811',
    former: 'Kiên Giang',
    islands: [{ name: 'Hòn Heo', lon: 104.52, lat: 10.145, areaKm2: 4 }],
  },
  {
    commune: '30781',
    former: 'Kiên Giang',
    islands: [{ name: 'Quần đảo Hải Tặc', lon: 104.325, lat: 10.305, areaKm2: 2.6 }],
  },
];

/** The hand-placed islands as pieces of land, each of one commune. */
export function islandLand(): Land[] {
  return GROUPS.flatMap(({ commune, former, islands }) =>
    islands.map((island) => ({ former, commune, ring: outlineOf(island) })),
  );
}

/** Radii of the outline, one a vertex: a shore is not a circle. */
const SHORE = [1, 0.86, 1.04, 0.93, 1.1, 0.9, 0.98, 1.08, 0.88, 1.02, 0.94, 1.06];

/** An outline of exactly the island's area around its place, counter-clockwise. */
function outlineOf({ lon, lat, areaKm2 }: Island): Point[] {
  const plane = planeAt(lat);
  const unit = SHORE.map((radius, i): Point => {
    const angle = (2 * Math.PI * i) / SHORE.length;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const scale = Math.sqrt(areaKm2 / ringArea(unit));
  const [x0, y0] = plane.toKm([lon, lat]);
  return unit.map(([x, y]) => plane.toDegrees([x0 + x * scale, y0 + y * scale]));
}
