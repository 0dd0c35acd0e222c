import { describe, expect, test } from 'vitest';
import { formerFeatures } from '../../../client/time/former.ts';
import { formerProvinces, provinces } from '../../../data/country/provinces.ts';
import borders from '../../../data/territory/former-provinces.json';

describe('the former provinces on the map', () => {
  const { features } = formerFeatures(borders, (name, successor) => `${name}>${successor}`);
  const names = features.filter(({ geometry }) => geometry.type === 'Point');
  const shapes = features.filter(({ geometry }) => geometry.type === 'MultiPolygon');

  test('are all 63, each with its name and its successor', () => {
    expect(shapes).toHaveLength(63);
    const codes = new Set(provinces.map(({ code }) => code));
    for (const { properties } of names) {
      const [name, successor = ''] = properties.name.split('>');
      expect(formerProvinces.some((one) => one.name === name)).toBe(true);
      expect(codes.has(successor)).toBe(true);
    }
  });

  test('lie in Viet Nam, in closed rings, with their names within', () => {
    for (const [index, shape] of shapes.entries()) {
      const rings = (shape.geometry.coordinates as number[][][][]).flat();
      const points = rings.flat();
      for (const ring of rings) expect(ring[0]).toEqual(ring.at(-1));
      for (const [lon = NaN, lat = NaN] of points) {
        expect(lon > 102 && lon < 110).toBe(true);
        expect(lat > 8 && lat < 23.5).toBe(true);
      }
      const [x = NaN, y = NaN] = (names[index]?.geometry.coordinates ?? []) as number[];
      const [lons, lats] = [points.map(([lon = NaN]) => lon), points.map(([, lat = NaN]) => lat)];
      expect(x > Math.min(...lons) && x < Math.max(...lons)).toBe(true);
      expect(y > Math.min(...lats) && y < Math.max(...lats)).toBe(true);
    }
  });
});
