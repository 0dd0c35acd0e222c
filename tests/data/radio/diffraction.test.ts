import { describe, expect, it } from 'vitest';
import {
  bullingtonLossDb,
  knifeEdgeLossDb,
  terrainLossDb,
  type TerrainPath,
} from '../../../data/radio/diffraction.ts';

/** 10 km at 1 GHz over the sea, a point every 100 m, antennas 100 m above it. */
function overTheSea(): TerrainPath {
  const count = 101;
  return {
    distancesM: Float64Array.from({ length: count }, (_, i) => i * 100),
    heightsM: new Float64Array(count),
    count,
    transmitterM: 100,
    receiverM: 100,
    frequencyMHz: 1000,
  };
}
function withRidges(path: TerrainPath, ridges: Record<number, number>): TerrainPath {
  for (const [metres, heightM] of Object.entries(ridges))
    path.heightsM[Number(metres) / 100] = heightM;
  return path;
}

describe('one knife edge (P.526-15 equation 31), by hand', () => {
  it('that grazes the ray takes 6 dB', () => {
    // 6.9 + 20 log10(√(0.1² + 1) − 0.1) = 6.9 + 20 log10(0.904988) = 6.0328
    expect(knifeEdgeLossDb(0)).toBeCloseTo(6.0328, 3);
  });

  it('above the ray', () => {
    // ν = 1: 6.9 + 20 log10(√(0.9² + 1) + 0.9) = 6.9 + 20 log10(2.245362) = 13.9255
    expect(knifeEdgeLossDb(1)).toBeCloseTo(13.9255, 3);
  });

  it('takes nothing from ν = −0.78 down, and all but nothing just above', () => {
    expect(knifeEdgeLossDb(-0.78)).toBe(0);
    expect(knifeEdgeLossDb(-5)).toBe(0);
    expect(knifeEdgeLossDb(-Infinity)).toBe(0);
    expect(knifeEdgeLossDb(-0.7799)).toBeCloseTo(0, 1);
  });
});

describe('the Bullington construction (P.1812-6 equations 13–21), by hand', () => {
  // Wavelength 299.792458 / 1000 = 0.299792 m. In the middle of 10 km the Earth bulges by
  // 5000 · 5000 / (2 · 8.5e6) = 1.470588 m.

  it('one ridge of 140 m in the middle', () => {
    // It stands 140 + 1.470588 − 100 = 41.470588 m above the ray.
    // ν = 41.470588 · √(2 · 10000 / (0.299792 · 5000 · 5000)) = 41.470588 · 0.0516576 = 2.142273
    // Luc = 6.9 + 20 log10(√(2.042273² + 1) + 2.042273) = 6.9 + 20 log10(4.316230) = 19.6021
    // L = Luc + (1 − e^(−19.6021/6)) · (10 + 0.02 · 10) = 19.6021 + 0.961880 · 10.2 = 29.4133
    expect(bullingtonLossDb(withRidges(overTheSea(), { 5000: 140 }))).toBeCloseTo(29.4133, 3);
  });

  it('two ridges of 130 m, 2 km from each end, become one edge above the middle', () => {
    // Bulge there 2000 · 8000 / 17e6 = 0.941176 m: 30.941176 m above the ray, a slope of 0.01547059
    // from either end. The slopes meet in the middle, 5000 · 0.01547059 = 77.352941 m above the ray.
    // ν = 77.352941 · 0.0516576 = 3.995871; Luc = 24.8723
    // L = 24.8723 + (1 − e^(−24.8723/6)) · 10.2 = 24.8723 + 0.984163 · 10.2 = 34.9108
    const path = withRidges(overTheSea(), { 2000: 130, 8000: 130 });
    expect(bullingtonLossDb(path)).toBeCloseTo(34.9108, 3);
  });

  it('the same way back', () => {
    const there = { ...withRidges(overTheSea(), { 2000: 130, 7000: 160 }), receiverM: 30 };
    const back = withRidges(overTheSea(), { 8000: 130, 3000: 160 });
    expect(bullingtonLossDb({ ...back, transmitterM: 30 })).toBeCloseTo(bullingtonLossDb(there), 9);
  });

  it('a ridge below the ray takes less the deeper it lies, then nothing', () => {
    // ν = −0.78 in the middle is 0.78 / 0.0516576 = 15.0994 m below the ray, 16.57 m with the bulge.
    const at = (heightM: number) => bullingtonLossDb(withRidges(overTheSea(), { 5000: heightM }));
    expect(at(84)).toBeGreaterThan(0);
    expect(at(95)).toBeGreaterThan(at(84));
    expect(at(83)).toBe(0);
  });

  it('clear sea takes nothing', () => {
    expect(bullingtonLossDb(overTheSea())).toBe(0);
  });

  it('a ridge whose top is exactly on the ray takes what a grazing edge takes', () => {
    // Luc = 6.0328; L = 6.0328 + (1 − e^(−6.0328/6)) · 10.2 = 12.5007
    const flatEarth = { ...overTheSea(), effectiveEarthRadiusKm: Infinity };
    expect(bullingtonLossDb(withRidges(flatEarth, { 5000: 100 }))).toBeCloseTo(12.5007, 3);
  });

  it('reads only `count` points, so that arrays can be used again for shorter paths', () => {
    const path = withRidges(overTheSea(), { 8000: 900 });
    expect(bullingtonLossDb({ ...path, count: 51 })).toBe(0);
  });

  it('has nothing to say of a path without terrain between its ends', () => {
    expect(bullingtonLossDb({ ...overTheSea(), count: 2 })).toBe(0);
    expect(bullingtonLossDb({ ...overTheSea(), count: 1 })).toBe(0);
  });
});

describe('what terrain adds to level ground', () => {
  /** From a mast of 35 m to a person at 1.5 m, on ground rising by 200 m over the 10 km. */
  function overLand(): TerrainPath {
    const path = overTheSea();
    for (let i = 0; i < path.count; i++) path.heightsM[i] = i * 2;
    return { ...path, transmitterM: 35, receiverM: 201.5 };
  }

  it('is nothing on level or evenly sloping ground, though that grazes the ray', () => {
    expect(bullingtonLossDb(overLand())).toBeGreaterThan(5);
    expect(terrainLossDb(overLand())).toBe(0);
  });

  it('is the difference where a ridge stands in the way', () => {
    const level = bullingtonLossDb(overLand());
    const path = withRidges(overLand(), { 5000: 250 });
    expect(terrainLossDb(path)).toBeCloseTo(bullingtonLossDb(path) - level, 9);
    expect(terrainLossDb(path)).toBeGreaterThan(20);
  });

  it('is nothing over a valley', () => {
    const path = overLand();
    for (let i = 1; i < path.count - 1; i++) path.heightsM[i] = 0;
    expect(terrainLossDb(path)).toBe(0);
  });

  it('is nothing where a hollow lies lower than level ground would, but for one knoll', () => {
    const path = overLand();
    for (let i = 1; i < path.count - 1; i++) path.heightsM[i] = 0;
    withRidges(path, { 9000: 180 });
    expect(bullingtonLossDb(path)).toBeGreaterThan(0);
    expect(terrainLossDb(path)).toBe(0);
  });
});
