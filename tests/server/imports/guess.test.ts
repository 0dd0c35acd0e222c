import { describe, expect, it } from 'vitest';
import { NO_MAPPING } from '../../../data/wire/imports.ts';
import { guessColumns } from '../../../server/imports/column-names.ts';
import { guessMapping } from '../../../server/imports/guess.ts';

const guess = (headers: string[], row: (string | number)[], more: object = {}) =>
  guessMapping({
    ...{ kind: 'stations', found: { headers, samples: [row] }, asked: NO_MAPPING },
    ...{ remembered: undefined, province: undefined, ground: undefined, ...more },
  });

describe('the fields of columns', () => {
  it.each([
    [
      ['Tên trạm', 'NHÀ MẠNG', 'Kinh độ (E)', 'Vĩ độ (N)'],
      ['name', 'operator', 'lon', 'lat'],
    ],
    [
      ['TEN_TRAM', 'NHA_MANG', 'LONG', 'LAT'],
      ['name', 'operator', 'lon', 'lat'],
    ],
    [
      ['site', 'Chiều cao cột (m)', 'Tình trạng'],
      ['name', 'heightM', 'status'],
    ],
    [
      ['STT', 'Ghi chú', 'Tên trạm'],
      [undefined, undefined, 'name'],
    ],
  ])('%j', (headers, fields) => {
    const columns = guessColumns('stations', headers);
    expect(headers.map((header) => columns[header])).toEqual(fields);
  });

  it('the first column that names a field has it', () => {
    expect(guessColumns('stations', ['Tên trạm', 'Mã trạm'])).toEqual({ 'Tên trạm': 'name' });
  });

  it('what was asked comes before what is remembered, and that before a guess', () => {
    const { mapping } = guess(['Tên trạm', 'Cột B'], ['a', 'b'], {
      asked: { ...NO_MAPPING, columns: { 'Cột B': 'name' } },
      remembered: { ...NO_MAPPING, columns: { 'tên  TRẠM': 'document' } },
    });
    expect(mapping.columns).toEqual({ 'Tên trạm': 'document', 'Cột B': 'name' });
  });
});

describe('where places are', () => {
  it.each([
    [['Kinh độ', 'Vĩ độ'], [105.8, 21.02], { 'Kinh độ': 'lon', 'Vĩ độ': 'lat' }, 'EPSG:4326'],
    [['Kinh độ', 'Vĩ độ'], ['21,02', '105,8'], { 'Kinh độ': 'lat', 'Vĩ độ': 'lon' }, 'EPSG:4326'],
    [['X', 'Y'], ['2.325.500,4', '587.000,1'], { X: 'lat', Y: 'lon' }, 'EPSG:5897'],
    [['X', 'Y'], [587_000.1, 2_325_500.4], { X: 'lon', Y: 'lat' }, 'EPSG:5897'],
    [['X', 'Y'], [105.8, 21.02], { X: 'lon', Y: 'lat' }, 'EPSG:4326'],
  ])('%j with %j', (headers, row, columns, crs) => {
    const { mapping, crsUnsure } = guess(headers, row, { province: '01' });
    expect(mapping.columns).toEqual(columns);
    expect(mapping.crs).toBe(crs);
    expect(crsUnsure).toBe(crs !== 'EPSG:4326');
  });

  it('a system that nobody here knows is said to be unsure', () => {
    const found = { headers: ['lon', 'lat'], samples: [[105, 21]], crs: 'unknown' };
    expect(guess([], [], { found }).crsUnsure).toBe(true);
  });
});
