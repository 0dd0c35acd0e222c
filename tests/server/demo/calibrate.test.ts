import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../server/demo/calibrate.ts';
import { HamletGuard } from '../../../server/demo/hamlets.ts';
import { Land } from '../../../server/demo/land.ts';
import { SMALL_FIGURES, smallTerritory } from './small-country.ts';

describe('calibrating the roll-out', () => {
  const land = new Land(smallTerritory());
  const guard = new HamletGuard([]);

  it.each([
    { share5g: 0.87, share5gOnAir: 0.25, stations5gOnAir: 560 },
    { share5g: 0.92, share5gOnAir: 0.3, stations5gOnAir: 700 },
    { share5g: 0.96, share5gOnAir: 0.31, stations5gOnAir: 700 },
  ])('finds $share5g for all and $share5gOnAir for those on air', (wanted) => {
    const figures = { ...SMALL_FIGURES, stations5g: 5_000, ...wanted };
    const { calibration, rollOut } = calibrate(land, figures, guard, 7);
    expect(Math.abs(calibration.shareOfAll - wanted.share5g)).toBeLessThan(0.005);
    expect(Math.abs(calibration.shareOnAir - wanted.share5gOnAir)).toBeLessThan(0.005);
    const onAir = rollOut.reduce((sum, part) => sum + part.onAir, 0);
    expect(onAir).toBe(wanted.stations5gOnAir);
  });

  it('comes as near as it can where a share is out of reach, and says how near', () => {
    const figures = { ...SMALL_FIGURES, stations5g: 800, stations5gOnAir: 100 };
    const { calibration } = calibrate(land, figures, guard, 7);
    expect(calibration.shareOfAll).toBeLessThan(0.8);
    expect(calibration.shareOfAll).toBeGreaterThan(0.2);
    expect(calibration.spread).toBeGreaterThan(0.9);
  });
});
