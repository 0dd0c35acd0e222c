import { describe, expect, test } from 'vitest';
import type { Unit } from '../../../client/live/live.ts';
import { fold } from '../../../client/search/fold.ts';
import { matchPlaces } from '../../../client/search/match.ts';
import { placesOf } from '../../../client/search/places.ts';
import { communes } from '../../../data/country/communes.ts';
import { formerProvinces, provinces } from '../../../data/country/provinces.ts';

const nowhere = { areaKm2: 1, centre: [105, 16], bounds: [104, 15, 106, 17] } as const;
const units = new Map<string, Unit>();
for (const { code, name, nameEn, type, population } of provinces)
  units.set(code, {
    ...{ code, name, nameEn, type, population, level: 'province', parent: 'vn' },
    ...structuredClone(nowhere),
  } as Unit);
for (const { code, name, nameEn, type, province } of communes)
  units.set(code, {
    ...{ code, name, nameEn, type, level: 'commune', parent: province, population: 10_000 },
    ...structuredClone(nowhere),
  } as Unit);
const places = placesOf(units, formerProvinces);

/** Names of what a query finds, a former name in brackets. */
function find(query: string, limit = 12): string[] {
  return matchPlaces(query, places, limit).map(({ place, former }) =>
    former === undefined ? place.unit.name : `${place.unit.name} (${former})`,
  );
}

test('accents, case and punctuation do not matter', () => {
  expect(fold('  ĐIỆN-BIÊN ')).toBe('dien bien');
  expect(fold('TP. Hồ Chí Minh')).toBe('tp ho chi minh');
  expect(fold('đắk lắk')).toBe('dak lak');
  // The same letters, composed and taken apart.
  expect(fold('Huế'.normalize('NFD'))).toBe(fold('Huế'.normalize('NFC')));
});

describe('searching for a place', () => {
  test('"dien bien" finds Điện Biên first', () => {
    expect(find('dien bien')[0]).toBe('Điện Biên');
    expect(find('Điện Biên')[0]).toBe('Điện Biên');
    expect(find('DIEN')[0]).toBe('Điện Biên');
    expect(find('điện biên')[0]).toBe('Điện Biên');
  });

  test('a former province finds the one that holds it now, and says so', () => {
    expect(find('ha giang')[0]).toBe('Tuyên Quang (Hà Giang)');
    expect(find('hà giang')[0]).toBe('Tuyên Quang (Hà Giang)');
    expect(find('binh duong')).toContain('TP. Hồ Chí Minh (Bình Dương)');
    expect(find('thua thien hue')[0]).toBe('Huế (Thừa Thiên Huế)');
  });

  test('a former province goes before a commune of the same name', () => {
    const found = find('hoa binh');
    expect(found[0]).toBe('Phú Thọ (Hòa Bình)');
    expect(found.slice(1).some((name) => /^(Xã|Phường) Hòa Bình$/.test(name))).toBe(true);
  });

  test('every former province finds its successor, with and without accents', () => {
    for (const { name, successor } of formerProvinces)
      for (const query of [name, fold(name)]) {
        const found = matchPlaces(query, places, 12).map(({ place }) => place.unit.code);
        expect(found, query).toContain(successor);
      }
  });

  test('every province is the first that its own name finds', () => {
    for (const { name } of provinces) {
      expect(find(name)[0]).toBe(name);
      expect(find(fold(name))[0], fold(name)).toBe(name);
    }
  });

  test('the word for the kind may be typed or left out', () => {
    expect(find('tinh dien bien')[0]).toBe('Điện Biên');
    expect(find('xa muong nhe')[0]).toBe('Xã Mường Nhé');
    expect(find('muong nhe')[0]).toBe('Xã Mường Nhé');
    expect(find('phú quốc')[0]).toBe('Đặc khu Phú Quốc');
  });

  test('codes find their units', () => {
    expect(find('11')[0]).toBe('Điện Biên');
    const [commune] = communes;
    expect(find(commune?.code ?? '')[0]).toBe(commune?.name);
  });

  test('what people call a city finds it', () => {
    expect(find('sai gon')[0]).toBe('TP. Hồ Chí Minh');
    expect(find('tphcm')[0]).toBe('TP. Hồ Chí Minh');
    expect(find('ho chi minh city')[0]).toBe('TP. Hồ Chí Minh');
    expect(find('hanoi')[0]).toBe('Hà Nội');
  });

  test('beginnings of words are enough', () => {
    expect(find('h noi')).toContain('Hà Nội');
    expect(find('thai ng')[0]).toBe('Thái Nguyên');
  });

  test('accents, where typed, are meant', () => {
    const [first] = find('hoà');
    expect(first).toBeDefined();
    const withAccent = find('Mường Lát');
    expect(withAccent[0]).toBe('Xã Mường Lát');
  });

  test('nothing typed finds nothing, and nonsense neither', () => {
    expect(find('')).toEqual([]);
    expect(find('  - ')).toEqual([]);
    expect(find('zzzzqq')).toEqual([]);
    expect(find('99999')).toEqual([]);
  });

  test('no more than asked for', () => {
    expect(find('a', 5)).toHaveLength(5);
  });

  test('a key costs less than reading the list of places once', () => {
    // Time of the processor, not of the clock: others may want the machine meanwhile.
    const timed = (work: () => void): number => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const best = (work: () => void): number =>
      Math.min(...Array.from({ length: 5 }, () => timed(work)));
    const reading = best(() => placesOf(units, formerProvinces));
    for (const query of ['x', 'xã t', 'thanh', 'phuong tan'])
      expect(
        best(() => find(query)),
        query,
      ).toBeLessThan(reading);
  });
});
