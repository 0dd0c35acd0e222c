import { describe, expect, it } from 'vitest';
import { COORDINATE_SYSTEMS, zonesOf } from '../../../data/imports/coordinate-systems.ts';
import { provinces } from '../../../data/country/provinces.ts';
import { systemIn, toWgs84 } from '../../../server/imports/coordinates.ts';
import { readDegrees } from '../../../server/imports/numbers.ts';

describe('VN-2000 to WGS 84', () => {
  // Reference points by another program, PROJ 9.5.1 with the EPSG database (pyproj 3.7.2): of the
  // transformations of TransformerGroup(3405, 4326, always_xy=True), "VN-2000 to WGS 84 (2)" (EPSG:6960),
  // which is the one for the country; (1) is for the waters off the Mekong delta and 0.8 m beside it.
  it.each([
    ['EPSG:3405', 588_000, 2_326_000, 105.848777682, 21.031713417],
    ['EPSG:3406', 240_000, 1_780_000, 108.5712985, 16.085181672],
    ['EPSG:9210', 600_000.5, 1_191_000.25, 106.666160203, 10.76848816],
    ['EPSG:5897', 587_000.123, 2_325_500.456, 105.838844149, 21.020945512],
    ['EPSG:9205', 512_345.67, 2_372_345.67, 103.121004851, 21.446133163],
    ['EPSG:9218', 480_000, 1_400_000, 108.317664651, 12.659297992],
    ['EPSG:5899', 545_123.4, 1_774_567.8, 108.173534759, 16.044667758],
    ['EPSG:5897', 504_996.88697646605, 2_339_559.458350043, 105.05, 21.15],
  ])('%s %d %d', (code, east, north, lon, lat) => {
    const [x, y] = toWgs84(code)?.(east, north) ?? [NaN, NaN];
    // 5e-8° is half a centimetre.
    expect(x).toBeCloseTo(lon, 7);
    expect(y).toBeCloseTo(lat, 7);
  });

  it('is no shift for what is WGS 84 already, and about 200 m for VN-2000 in degrees', () => {
    expect(toWgs84('EPSG:4326')?.(105, 21)).toEqual([105, 21]);
    const [lon = NaN, lat = NaN] = toWgs84('EPSG:4756')?.(105, 21) ?? [];
    const metres = Math.hypot((lon - 105) * Math.cos(0.3665), lat - 21) * 111_320;
    expect(metres).toBeGreaterThan(150);
    expect(metres).toBeLessThan(250);
  });

  it('knows the zones of every province, the one in force first', () => {
    for (const { code } of provinces) {
      const zones = zonesOf(code);
      expect(zones.length).toBeGreaterThan(0);
      for (const zone of zones)
        expect(COORDINATE_SYSTEMS.map((system) => system.code)).toContain(zone);
    }
    expect(zonesOf('12')).toEqual(['EPSG:9208', 'EPSG:9205']);
    expect(zonesOf('79')[0]).toBe('EPSG:9210');
  });
});

describe('the system that a .prj names', () => {
  const projected = (name: string, meridian: number, scale: number): string =>
    `PROJCS["${name}",GEOGCS["VN-2000",DATUM["Vietnam_2000"]],PARAMETER["central_meridian",${meridian}],PARAMETER["scale_factor",${scale}]]`;

  it.each([
    [projected('VN_2000_UTM_Zone_48N', 105, 0.9996), 'EPSG:3405'],
    [projected('VN_2000_UTM_Zone_49N', 111, 0.9996), 'EPSG:3406'],
    [projected('anything', 105.75, 0.9999), 'EPSG:9210'],
    [projected('another meridian', 101, 0.9999), 'unknown'],
    ['GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]', 'EPSG:4326'],
    ['GEOGCS["GCS_VN-2000",DATUM["D_Vietnam_2000"]]', 'EPSG:4756'],
    ['PROJCS["WGS 84 / UTM zone 48N",GEOGCS["WGS 84"]]', 'unknown'],
    ['', undefined],
  ])('%s', (wkt, code) => {
    expect(systemIn(wkt)).toBe(code);
  });
});

describe('degrees, minutes and seconds', () => {
  it.each([
    [`105°51'16,5"E`, 105 + 51 / 60 + 16.5 / 3600],
    ['21° 01′ 42″ N', 21 + 1 / 60 + 42 / 3600],
    ['105°30', undefined],
    ['105.85', undefined],
  ])('%s', (text, degrees) => {
    if (degrees === undefined) expect(readDegrees(text)).toBeUndefined();
    else expect(readDegrees(text)).toBeCloseTo(degrees, 9);
  });
});
