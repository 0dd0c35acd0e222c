import { describe, expect, it } from 'vitest';
import { formerProvinces, isMountain, provinces } from '../../../data/country/provinces.ts';
import { FORMER_FIGURES } from '../../../data/pipeline/formerFigures.ts';

describe('the 34 provinces', () => {
  it('are 34 with different two-digit codes, in order', () => {
    const codes = provinces.map((province) => province.code);
    expect(codes).toHaveLength(34);
    expect(new Set(codes).size).toBe(34);
    expect(codes).toEqual([...codes].sort());
    for (const code of codes) expect(code).toMatch(/^\d{2}$/);
  });

  it('have the people and land of Resolution 202/2025/QH15', () => {
    const people = provinces.reduce((sum, province) => sum + province.population, 0);
    const land = provinces.reduce((sum, province) => sum + province.areaKm2, 0);
    expect(people).toBe(113_571_926);
    expect(land).toBeCloseTo(331_326.53, 2);
    expect(provinces.find((province) => province.code === '01')).toEqual({
      code: '01',
      name: 'Hà Nội',
      nameEn: 'Hanoi',
      type: 'city',
      population: 8_807_523,
      areaKm2: 3359.84,
    });
  });

  it('count seven centrally governed cities, Đồng Nai the latest', () => {
    const cities = provinces.filter((province) => province.type === 'city');
    expect(cities.map((city) => city.nameEn)).toEqual([
      'Hanoi',
      'Hai Phong',
      'Hue',
      'Da Nang',
      'Dong Nai',
      'Ho Chi Minh City',
      'Can Tho',
    ]);
  });

  it('are mountainous in the north and the Central Highlands, not in the deltas', () => {
    for (const code of ['04', '08', '11', '12', '14', '15', '52', '66', '68'])
      expect(isMountain(code), code).toBe(true);
    for (const code of ['01', '31', '33', '79', '82', '96'])
      expect(isMountain(code), code).toBe(false);
  });
});

describe('the 63 provinces before 1 July 2025', () => {
  it('are 63 and each is part of a province of today', () => {
    const codes = new Set(provinces.map((province) => province.code));
    expect(formerProvinces).toHaveLength(63);
    expect(new Set(formerProvinces.map((former) => former.name)).size).toBe(63);
    for (const former of formerProvinces) expect(codes, former.name).toContain(former.successor);
    expect(new Set(formerProvinces.map((former) => former.successor)).size).toBe(34);
  });

  it('lead from an old name to the new province', () => {
    const successorOf = (name: string) =>
      formerProvinces.find((former) => former.nameEn === name)?.successor;
    expect(successorOf('Ha Giang')).toBe('08');
    expect(successorOf('Binh Duong')).toBe('79');
    expect(successorOf('Kien Giang')).toBe('91');
  });

  it('had together the land of the provinces that they became', () => {
    for (const province of provinces) {
      const formers = formerProvinces.filter((former) => former.successor === province.code);
      const land = formers.reduce(
        (sum, former) => sum + (FORMER_FIGURES[former.name]?.areaKm2 ?? NaN),
        0,
      );
      expect(Math.abs(land / province.areaKm2 - 1), province.name).toBeLessThan(0.001);
    }
  });
});
