/**
 * The 13 special zones: land and people as told with the resolutions of the National Assembly
 * Standing Committee on communes (June 2025), rounded. Only the land of Hoàng Sa and the figures of
 * Phú Quốc and Kiên Hải were checked against a printed source; check the others before relying on
 * them. The land includes reefs and islets that no openly licensed shape has; Hoàng Sa has no
 * published residents.
 */
interface Zone {
  province: string;
  areaKm2: number;
  population: number;
}

/** By commune code. */
export const ZONES: Record<string, Zone> = {
  '06994': { province: '22', areaKm2: 583.9, population: 53_900 }, // Vân Đồn
  '07192': { province: '22', areaKm2: 53.7, population: 7_150 }, // Cô Tô
  '11914': { province: '31', areaKm2: 287, population: 71_200 }, // Cát Hải
  '11948': { province: '31', areaKm2: 3.1, population: 690 }, // Bạch Long Vĩ
  '19742': { province: '44', areaKm2: 2.3, population: 140 }, // Cồn Cỏ
  '20333': { province: '48', areaKm2: 305, population: 0 }, // Hoàng Sa
  '21548': { province: '51', areaKm2: 10.4, population: 25_400 }, // Lý Sơn
  '22736': { province: '56', areaKm2: 496, population: 150 }, // Trường Sa
  '23272': { province: '68', areaKm2: 18, population: 32_300 }, // Phú Quý
  '26732': { province: '79', areaKm2: 75.8, population: 6_500 }, // Côn Đảo
  '31078': { province: '91', areaKm2: 575.3, population: 157_600 }, // Phú Quốc
  '31105': { province: '91', areaKm2: 14, population: 1_900 }, // Thổ Châu
  '31108': { province: '91', areaKm2: 27.9, population: 20_600 }, // Kiên Hải
};
