/** The pack that comes with the product: what it must be, whoever made it. */
import { existsSync } from 'node:fs';
import Flatbush from 'flatbush';
import type { MultiPolygon } from 'geojson';
import { beforeAll, describe, expect, it } from 'vitest';
import { communes as listed } from '../../../data/country/communes.ts';
import { isMountain, provinces as published } from '../../../data/country/provinces.ts';
import { readApproximatePack } from '../../../server/territory/approximate.ts';
import { comparePack } from '../../../server/territory/check.ts';
import { openPack, type Territory } from '../../../server/territory/pack.ts';

const OFFICIAL = '../shared/territory/vn_provinces_wards_geojson_2026-07-25.zip';

/** West, south, east, north. */
const HOANG_SA = [111, 15.5, 113.1, 17.3] as const;
const TRUONG_SA = [111.3, 6.3, 117.4, 12.1] as const;

let bytes: Uint8Array;
let territory: Territory;

beforeAll(async () => {
  bytes = await readApproximatePack();
  territory = await openPack(bytes);
});

describe('the approximate pack', () => {
  it('is small enough to come with the product, and says what it is', () => {
    expect(bytes.length).toBeLessThanOrEqual(3_000_000);
    expect(territory.kind).toBe('approximate');
    for (const part of territory.provenance) {
      expect(part.source).not.toBe('');
      expect(part.licence).not.toBe('');
    }
  });

  it('has the 34 provinces and the 3,321 communes of the official list', () => {
    const names = (units: readonly { code: string; name: string; nameEn: string }[]) =>
      units.map(({ code, name, nameEn }) => ({ code, name, nameEn })).sort(byCode);
    expect(names(territory.provinces)).toEqual(names(published));
    expect(names(territory.communes)).toEqual(names(listed));
  });

  it('shares out the published people of each province to the last person', () => {
    for (const province of published) {
      const people = territory.communes
        .filter((commune) => commune.province === province.code)
        .map((commune) => commune.population);
      expect(people.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
      expect(sum(people), province.name).toBe(province.population);
    }
  });

  it('states land that adds up to the published area of each province', () => {
    for (const province of published) {
      const areas = territory.communes
        .filter((commune) => commune.province === province.code)
        .map((commune) => commune.areaKm2);
      expect(Math.abs(sum(areas) - province.areaKm2), province.name).toBeLessThan(1);
    }
  });

  it('puts the uncovered hamlets’ hard places in upland communes, and has enough of them', () => {
    const hard = territory.communes.filter((commune) => commune.speciallyDisadvantaged);
    expect(hard.length).toBeGreaterThan(349);
    for (const commune of hard) {
      expect(commune.type, commune.name).toBe('commune');
      expect(isMountain(commune.province), commune.name).toBe(true);
    }
  });
});

describe('its borders', () => {
  it('leave no gap: the communes’ outer edges are exactly their province’s', () => {
    for (const province of territory.provinces) {
      const outline = edgesOf(territory.geometryOf(province.code));
      const members = territory.communes.filter((commune) => commune.province === province.code);
      const outer = withoutInner(
        members.flatMap((commune) => edgesOf(territory.geometryOf(commune.code))),
      );
      expect([...outer].sort(), province.name).toEqual([...outline].sort());
    }
  });

  it('overlap nowhere: no edge belongs to two communes from one side, and none cross', () => {
    const edges = territory.communes.flatMap((commune) =>
      edgesOf(territory.geometryOf(commune.code)),
    );
    expect(new Set(edges).size).toBe(edges.length);
    expect(crossings(edges)).toEqual([]);
  });

  it('give every commune a place of its own, inside it', () => {
    const centres = territory.communes.map((commune) => territory.centreOf(commune.code));
    expect(new Set(centres.map(String)).size).toBe(3321);
    for (const [i, commune] of territory.communes.entries()) {
      const [lon, lat] = centres[i] ?? [NaN, NaN];
      expect(territory.communeAt(lon, lat), commune.name).toBe(commune.code);
    }
  });
});

describe('the islands', () => {
  it('include Hoàng Sa of Đà Nẵng and Trường Sa of Khánh Hòa, each within its sea', () => {
    for (const [code, province, box] of [
      ['20333', '48', HOANG_SA],
      ['22736', '56', TRUONG_SA],
    ] as const) {
      expect(territory.communes.find((commune) => commune.code === code)?.province).toBe(province);
      const polygons = territory.geometryOf(code).coordinates;
      expect(polygons.length).toBeGreaterThan(10);
      for (const ring of polygons.flat()) expect(isWithin(ring, box)).toBe(true);
    }
    expect(territory.communeAt(111.607, 16.536)).toBe('20333');
    expect(territory.communeAt(112.337, 16.834)).toBe('20333');
    expect(territory.communeAt(111.918, 8.645)).toBe('22736');
    expect(territory.communeAt(114.366, 10.377)).toBe('22736');
  });

  it('are labelled as Vietnamese, and the sea is Biển Đông', () => {
    const named = (name: string) => territory.places.find((place) => place.name === name);
    expect(named('Biển Đông')?.kind).toBe('sea');
    expect(named('Quần đảo Hoàng Sa (Đà Nẵng)')).toMatchObject({ kind: 'archipelago' });
    expect(named('Quần đảo Trường Sa (Khánh Hòa)')).toMatchObject({ kind: 'archipelago' });
    expect(named('Vịnh Bắc Bộ')).toBeDefined();
    expect(named('Vịnh Thái Lan')).toBeDefined();
  });

  it.each([
    ['Phú Quốc', 103.98, 10.27, '31078'],
    ['Côn Đảo', 106.614, 8.709, '26732'],
    ['Lý Sơn', 109.116, 15.382, '21548'],
    ['Cồn Cỏ', 107.339, 17.159, '19742'],
    ['Bạch Long Vĩ', 107.728, 20.133, '11948'],
    ['Thổ Chu', 103.48, 9.305, '31105'],
    ['Cù Lao Chàm', 108.51, 15.955, '20434'],
    ['Hòn Tre', 104.845, 9.965, '31108'],
    ['Phú Quý', 108.944, 10.528, '23272'],
    ['Cát Bà', 107.01, 20.79, '11914'],
  ])('have %s at its place, under its own commune', (_, lon, lat, code) => {
    expect(territory.communeAt(lon, lat)).toBe(code);
  });
});

describe('the neighbours', () => {
  it('are all there', () => {
    const names = territory.neighbours().map((neighbour) => neighbour.nameEn);
    for (const name of ['China', 'Laos', 'Cambodia', 'Thailand']) expect(names).toContain(name);
  });

  it('own no island of Hoàng Sa or Trường Sa', () => {
    for (const { name, geometry } of territory.neighbours())
      for (const [ring = []] of geometry.coordinates) {
        expect(isWithin(ring, HOANG_SA), name).toBe(false);
        expect(isWithin(ring, TRUONG_SA), name).toBe(false);
        // No land of others at all in Hoàng Sa; Trường Sa's box also reaches Borneo and Palawan.
        expect(
          ring.some((point) => isWithin([point], HOANG_SA)),
          name,
        ).toBe(false);
        if (ring.some((point) => isWithin([point], TRUONG_SA)))
          expect(['Malaysia', 'Philippines']).toContain(name);
      }
  });
});

describe('against the official country', () => {
  const here = existsSync(OFFICIAL);
  it.skipIf(!here)(
    `has the middle commune less than 8 km off${here ? '' : ` (skipped: ${OFFICIAL} is absent)`}`,
    async () => {
      const { centres, areas } = await comparePack(territory, OFFICIAL);
      const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
      expect(middle(centres.map(({ km }) => km))).toBeLessThan(8);
      expect(middle(areas.map(({ percent }) => percent))).toBeLessThan(5);
    },
  );
});

/** An edge as text, from and to in steps of 1e-5 degrees. */
function edgesOf({ coordinates }: MultiPolygon): string[] {
  return coordinates.flat().flatMap((ring) => {
    const points = ring.map((point) => point.map((value) => Math.round(value * 1e5)).join());
    return points.slice(1).map((to, i) => `${points[i]} ${to}`);
  });
}

/** Edges without those that another one runs back along. */
function withoutInner(edges: string[]): Set<string> {
  const all = new Set(edges);
  return new Set(edges.filter((edge) => !all.has(edge.split(' ').reverse().join(' '))));
}

function crossings(edges: string[]): string[] {
  const lines = [...new Set(edges.map((edge) => edge.split(' ').sort().join(' ')))].map(
    (edge) => edge.split(/[ ,]/).map(Number) as [number, number, number, number],
  );
  const index = new Flatbush(lines.length, 16, Int32Array);
  for (const [ax, ay, bx, by] of lines)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  return lines.flatMap((one, i) => {
    const [ax, ay, bx, by] = one;
    const near = index.search(
      Math.min(ax, bx),
      Math.min(ay, by),
      Math.max(ax, bx),
      Math.max(ay, by),
      (j) => j > i,
    );
    return near.flatMap((j) => {
      const other = lines[j];
      return other && cross(one, other) ? `${one.join()} × ${other.join()}` : [];
    });
  });
}

type Line = readonly [number, number, number, number];

/** Whether each line has an end strictly on either side of the other. */
function cross(one: Line, other: Line): boolean {
  const side = ([ax, ay, bx, by]: Line, x: number, y: number) =>
    Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  return (
    side(one, other[0], other[1]) * side(one, other[2], other[3]) < 0 &&
    side(other, one[0], one[1]) * side(other, one[2], one[3]) < 0
  );
}

function isWithin(
  ring: readonly (readonly number[])[],
  [west, south, east, north]: readonly [number, number, number, number],
): boolean {
  return ring.every(
    ([lon = NaN, lat = NaN]) => lon >= west && lon <= east && lat >= south && lat <= north,
  );
}

const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
