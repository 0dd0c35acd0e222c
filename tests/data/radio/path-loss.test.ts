import { describe, expect, it } from 'vitest';
import { buildingEntryLossDb, ENTRY_SPREAD_DB } from '../../../data/radio/building-entry.ts';
import { normalProbability } from '../../../data/radio/normal.ts';
import {
  breakpointM,
  lineOfSightFadingDb,
  lineOfSightLossDb,
  lineOfSightProbability,
  obstructedLossDb,
  OBSTRUCTED_FADING_DB,
  type Link,
} from '../../../data/radio/path-loss.ts';

/** 700 MHz from a 35 m mast, 2.55 GHz from a 25 m roof, 3.75 GHz from a 10 m lamp post. */
const rural: Link = { model: 'RMa', gigahertz: 0.77, stationM: 35, terminalM: 1.5 };
const urban: Link = { model: 'UMa', gigahertz: 2.55, stationM: 25, terminalM: 1.5 };
const street: Link = { model: 'UMi', gigahertz: 3.75, stationM: 10, terminalM: 1.5 };

describe('rural macro (RMa), by hand', () => {
  // Breakpoint 2π · 35 · 1.5 · 0.77e9 / 3e8 = 846.66 m.
  it('breaks where the formula of note 5 says', () => {
    expect(breakpointM(rural)).toBeCloseTo(846.66, 2);
  });

  it('with line of sight, before the breakpoint: 500 m', () => {
    // d3D = √(500² + 33.5²) = 501.121; 5^1.72 = 15.9305
    // 20 log10(40π · 501.121 · 0.77 / 3)        84.1704
    // + 0.03 · 15.9305 · log10(501.121)          1.2903
    // − 0.044 · 15.9305                          0.7009
    // + 0.002 · log10(5) · 501.121               0.7005   = 85.4604
    expect(lineOfSightLossDb(rural, 500)).toBeCloseTo(85.4604, 3);
  });

  it('with line of sight, beyond it: 3 km', () => {
    // at the breakpoint 88.7258 + 1.3992 − 0.7009 + 1.1836 = 90.6076
    // + 40 log10(3000.187 / 846.659) = 21.9776             = 112.5852
    expect(lineOfSightLossDb(rural, 3000)).toBeCloseTo(112.5852, 3);
  });

  it('without line of sight: 3 km', () => {
    // 161.04 − 7.1 log10(20) + 7.5 log10(5)              161.04 − 9.2373 + 5.2423
    // − (24.37 − 3.7 · (5/35)²) · log10(35)              − 24.2945 · 1.544068 = 37.5123
    // + (43.42 − 3.1 log10(35)) · (log10(3000.187) − 3)  + 38.6334 · 0.477148 = 18.4339
    // + 20 log10(0.77)                                   − 2.2702
    // − (3.2 · log10(11.75 · 1.5)² − 4.97)               + 0.0009          = 135.6972
    expect(obstructedLossDb(rural, 3000)).toBeCloseTo(135.6972, 3);
  });

  it('shadow fading widens from 4 to 6 dB at the breakpoint', () => {
    expect(lineOfSightFadingDb(rural, 846)).toBe(4);
    expect(lineOfSightFadingDb(rural, 847)).toBe(6);
    expect(lineOfSightFadingDb(urban, 4000)).toBe(4);
  });

  it('shadow fading without line of sight is 8, 6 and 7.82 dB', () => {
    expect(OBSTRUCTED_FADING_DB).toEqual({ RMa: 8, UMa: 6, UMi: 7.82 });
  });
});

describe('urban macro (UMa), by hand', () => {
  // Breakpoint 4 · (25 − 1) · (1.5 − 1) · 2.55e9 / 3e8 = 408 m.
  it('with line of sight, before the breakpoint: 200 m', () => {
    // 28 + 22 log10(201.376) + 20 log10(2.55) = 28 + 50.6882 + 8.1308 = 86.8190
    expect(breakpointM(urban)).toBeCloseTo(408, 6);
    expect(lineOfSightLossDb(urban, 200)).toBeCloseTo(86.819, 3);
  });

  it('with line of sight, beyond it: 1 km', () => {
    // 28 + 40 log10(1000.276) + 8.1308 − 9 log10(408² + 23.5²)
    // = 28 + 120.0048 + 8.1308 − 47.0048 = 109.1308
    expect(lineOfSightLossDb(urban, 1000)).toBeCloseTo(109.1308, 3);
  });

  it('without line of sight: 1 km', () => {
    // 13.54 + 39.08 log10(1000.276) + 8.1308 = 13.54 + 117.2447 + 8.1308 = 138.9155
    expect(obstructedLossDb(urban, 1000)).toBeCloseTo(138.9155, 3);
  });

  it('falls by 0.6 dB for each metre that a person is higher', () => {
    const upstairs = obstructedLossDb({ ...urban, terminalM: 2.5 }, 4000);
    expect(obstructedLossDb(urban, 4000) - upstairs).toBeCloseTo(0.6, 3);
  });
});

describe('urban micro, street canyon (UMi), by hand', () => {
  // Breakpoint 4 · (10 − 1) · (1.5 − 1) · 3.75e9 / 3e8 = 225 m.
  it('with line of sight, before the breakpoint: 100 m', () => {
    // 32.4 + 21 log10(100.361) + 20 log10(3.75) = 32.4 + 42.0328 + 11.4806 = 85.9135
    expect(breakpointM(street)).toBeCloseTo(225, 6);
    expect(lineOfSightLossDb(street, 100)).toBeCloseTo(85.9135, 3);
  });

  it('with line of sight, beyond it: 500 m', () => {
    // 32.4 + 40 log10(500.072) + 11.4806 − 9.5 log10(225² + 8.5²)
    // = 32.4 + 107.9613 + 11.4806 − 44.6974 = 107.1446
    expect(lineOfSightLossDb(street, 500)).toBeCloseTo(107.1446, 3);
  });

  it('without line of sight: 500 m', () => {
    // 22.4 + 35.3 log10(500.072) + 21.3 log10(3.75) = 22.4 + 95.2759 + 12.2269 = 129.9027
    expect(obstructedLossDb(street, 500)).toBeCloseTo(129.9027, 3);
  });

  it('falls by 0.3 dB for each metre that a person is higher', () => {
    const upstairs = obstructedLossDb({ ...street, terminalM: 2.5 }, 4000);
    expect(obstructedLossDb(street, 4000) - upstairs).toBeCloseTo(0.3, 3);
  });
});

describe('every model', () => {
  const links = [rural, urban, street];

  it('has the same loss on both sides of its breakpoint, within 0.01 dB', () => {
    for (const link of links) {
      const at = breakpointM(link);
      const step = lineOfSightLossDb(link, at + 1e-6) - lineOfSightLossDb(link, at);
      expect(Math.abs(step), link.model).toBeLessThan(0.01);
    }
  });

  it('loses more the farther, and never less without line of sight than with it', () => {
    for (const link of links)
      for (let metres = 10; metres < 15_000; metres += 10) {
        const sight = lineOfSightLossDb(link, metres);
        expect(lineOfSightLossDb(link, metres + 10)).toBeGreaterThan(sight);
        expect(obstructedLossDb(link, metres)).toBeGreaterThanOrEqual(sight);
      }
  });

  it('counts a person nearer than 10 m as at 10 m', () => {
    for (const link of links) expect(lineOfSightLossDb(link, 0)).toBe(lineOfSightLossDb(link, 10));
  });

  it('counts a mast below 10 m or above 150 m as one of those', () => {
    const of = (stationM: number) => obstructedLossDb({ ...rural, stationM }, 2000);
    expect(of(3)).toBe(of(10));
    expect(of(300)).toBe(of(150));
    expect(of(150)).toBeLessThan(of(10));
  });
});

describe('the probability of line of sight, by hand', () => {
  it.each([
    ['RMa', 10, 1],
    ['RMa', 1010, 0.3679], // e^(−1000/1000)
    ['UMa', 18, 1],
    ['UMa', 100, 0.3477], // 0.18 + e^(−100/63) · 0.82 = 0.18 + 0.2045 · 0.82
    ['UMi', 18, 1],
    ['UMi', 100, 0.231], // 0.18 + e^(−100/36) · 0.82 = 0.18 + 0.0622 · 0.82
  ] as const)('%s at %i m is %f', (model, metres, probability) => {
    expect(lineOfSightProbability(model, metres)).toBeCloseTo(probability, 4);
  });
});

describe('into a building at 2 GHz, by hand', () => {
  // concrete 5 + 4 · 2 = 13 dB leaves 0.05012 of the power
  it('of plain glass and brick', () => {
    // glass 2 + 0.2 · 2 = 2.4 dB leaves 0.57544
    // 5 − 10 log10(0.3 · 0.57544 + 0.7 · 0.05012) = 5 − 10 log10(0.20772) = 11.8253
    // half a dB a metre: 25/3 m in town 4.1667, 10/3 m in the country 1.6667
    expect(buildingEntryLossDb('low_loss', 'UMa', 2)).toBeCloseTo(15.992, 3);
    expect(buildingEntryLossDb('low_loss', 'RMa', 2)).toBeCloseTo(13.492, 3);
  });

  it('of coated glass and concrete', () => {
    // glass 23 + 0.3 · 2 = 23.6 dB leaves 0.004365
    // 5 − 10 log10(0.7 · 0.004365 + 0.3 · 0.05012) = 5 − 10 log10(0.018091) = 22.4253; + 4.1667
    expect(buildingEntryLossDb('high_loss', 'UMi', 2)).toBeCloseTo(26.592, 3);
  });

  it('buildings differ by 4.4 dB, coated ones by 6.5 dB', () => {
    expect(ENTRY_SPREAD_DB).toEqual({ low_loss: 4.4, high_loss: 6.5 });
  });
});

it.each([
  [0, 0.5],
  [1, 0.8413447],
  [1.2815516, 0.9],
  [-1.6448536, 0.05],
  [-Infinity, 0],
  [Infinity, 1],
])('a normal variable is at most %f with probability %f, as the tables say', (z, probability) => {
  expect(normalProbability(z)).toBeCloseTo(probability, 6);
});
