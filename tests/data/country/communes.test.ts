import { describe, expect, it } from 'vitest';
import { communeOf } from '../../../data/country/commune.ts';
import { communes } from '../../../data/country/communes.ts';
import { provinces } from '../../../data/country/provinces.ts';

const byCode = new Map(communes.map((commune) => [commune.code, commune]));

describe('the list of communes', () => {
  it('has 3,321 different five-digit codes', () => {
    expect(communes).toHaveLength(3321);
    expect(byCode.size).toBe(3321);
    for (const code of byCode.keys()) expect(code).toMatch(/^\d{5}$/);
  });

  it('puts each commune in a province that exists, and leaves none without', () => {
    expect([...new Set(communes.map((commune) => commune.province))].sort()).toEqual(
      provinces.map((province) => province.code),
    );
    expect(communes.filter((commune) => commune.province === '01')).toHaveLength(126);
  });

  it('counts wards, communes and the 13 special zones as the law stands on 30 April 2026', () => {
    const count = (type: string) => communes.filter((commune) => commune.type === type).length;
    expect(count('special_zone')).toBe(13);
    expect(count('ward')).toBe(697);
    expect(count('commune')).toBe(2611);
  });

  it('knows the changes since the packages were made', () => {
    expect(byCode.get('06978')?.name).toBe('Xã Ba Chẽ');
    expect(byCode.get('23938')?.name).toBe('Xã Ia Mơ');
    expect(byCode.has('06970')).toBe(false);
    expect(byCode.has('23737')).toBe(false);
    expect(byCode.get('26368')?.name).toBe('Phường Long Thành');
  });

  it('gives Hoàng Sa to Đà Nẵng and Trường Sa to Khánh Hòa', () => {
    expect(byCode.get('20333')).toMatchObject({ name: 'Đặc khu Hoàng Sa', province: '48' });
    expect(byCode.get('22736')).toMatchObject({ name: 'Đặc khu Trường Sa', province: '56' });
  });

  it('writes names in NFC, and English ones without accents', () => {
    for (const commune of communes) {
      expect(commune.name).toBe(commune.name.normalize('NFC'));
      expect(commune.nameEn).toMatch(/^[A-Za-z0-9 .'’-]+$/);
    }
  });
});

describe('a commune by name', () => {
  it('takes its type and its English name from the Vietnamese one', () => {
    expect(communeOf('00004', '01', 'Phường Ba Đình')).toMatchObject({
      type: 'ward',
      nameEn: 'Ba Dinh Ward',
    });
    expect(communeOf('31078', '91', 'Đặc khu Phú Quốc').nameEn).toBe('Phu Quoc Special Zone');
    expect(communeOf('24820', '68', 'Phường 1 Bảo Lộc').nameEn).toBe('Ward 1 Bao Loc');
  });

  it('refuses a name that does not begin with a type, saying which', () => {
    expect(() => communeOf('00004', '01', 'Ba Đình')).toThrow(/00004 “Ba Đình”/);
  });
});
