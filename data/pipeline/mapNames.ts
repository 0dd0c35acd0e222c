/**
 * Names written on the map that are not units: seas, archipelagoes, islands, neighbours.
 */
import type { Place } from '../../server/territory/territory.ts';

export const MAP_NAMES: Place[] = [
  { kind: 'sea', name: 'Biển Đông', nameEn: 'East Sea (Biển Đông)', lon: 112.6, lat: 13.4 },
  {
    kind: 'sea',
    name: 'Vịnh Bắc Bộ',
    nameEn: 'Gulf of Tonkin (Vịnh Bắc Bộ)',
    lon: 107.7,
    lat: 19.5,
  },
  {
    kind: 'sea',
    name: 'Vịnh Thái Lan',
    nameEn: 'Gulf of Thailand',
    lon: 102.4,
    lat: 9.6,
  },
  {
    kind: 'archipelago',
    name: 'Quần đảo Hoàng Sa (Đà Nẵng)',
    nameEn: 'Hoàng Sa Archipelago (Đà Nẵng)',
    lon: 111.95,
    lat: 16.55,
  },
  {
    kind: 'archipelago',
    name: 'Quần đảo Trường Sa (Khánh Hòa)',
    nameEn: 'Trường Sa Archipelago (Khánh Hòa)',
    lon: 114,
    lat: 9.4,
  },
  { kind: 'island', name: 'Phú Quốc', nameEn: 'Phu Quoc', lon: 103.98, lat: 10.25 },
  { kind: 'island', name: 'Thổ Chu', nameEn: 'Tho Chu', lon: 103.48, lat: 9.305 },
  { kind: 'island', name: 'Côn Đảo', nameEn: 'Con Dao', lon: 106.61, lat: 8.69 },
  { kind: 'island', name: 'Phú Quý', nameEn: 'Phu Quy', lon: 108.944, lat: 10.528 },
  { kind: 'island', name: 'Lý Sơn', nameEn: 'Ly Son', lon: 109.116, lat: 15.382 },
  { kind: 'island', name: 'Cù Lao Chàm', nameEn: 'Cu Lao Cham', lon: 108.51, lat: 15.955 },
  { kind: 'island', name: 'Cồn Cỏ', nameEn: 'Con Co', lon: 107.339, lat: 17.159 },
  { kind: 'island', name: 'Bạch Long Vĩ', nameEn: 'Bach Long Vi', lon: 107.728, lat: 20.133 },
  { kind: 'island', name: 'Cát Bà', nameEn: 'Cat Ba', lon: 107.01, lat: 20.79 },
  { kind: 'island', name: 'Cô Tô', nameEn: 'Co To', lon: 107.765, lat: 20.98 },
  { kind: 'country', name: 'Trung Quốc', nameEn: 'China', lon: 108.2, lat: 24.2 },
  { kind: 'country', name: 'Lào', nameEn: 'Laos', lon: 102.9, lat: 19.4 },
  { kind: 'country', name: 'Campuchia', nameEn: 'Cambodia', lon: 104.9, lat: 12.6 },
  { kind: 'country', name: 'Thái Lan', nameEn: 'Thailand', lon: 101.2, lat: 15.5 },
  { kind: 'country', name: 'Myanmar', nameEn: 'Myanmar', lon: 96.6, lat: 20.6 },
  { kind: 'country', name: 'Malaysia', nameEn: 'Malaysia', lon: 102.2, lat: 4.2 },
  { kind: 'country', name: 'Indonesia', nameEn: 'Indonesia', lon: 111.5, lat: 1.4 },
  { kind: 'country', name: 'Brunei', nameEn: 'Brunei', lon: 114.6, lat: 4.5 },
  { kind: 'country', name: 'Philippines', nameEn: 'Philippines', lon: 118.7, lat: 9.9 },
];
