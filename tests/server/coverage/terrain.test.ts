import { describe, expect, it } from 'vitest';
import { peopleIn } from '../../../data/model/estimate.ts';
import { knifeEdgeLossDb } from '../../../data/radio/diffraction.ts';
import {
  DEFAULT_LINK_BUDGET,
  linkBudgetOf,
  linkBudgetRangeM,
  probabilityAt,
} from '../../../data/radio/link-budget.ts';
import { CoverageByMethod } from '../../../server/coverage/methods.ts';
import type { Elevation } from '../../../server/terrain/elevation.ts';
import { gridOf, site, tableOf } from './little-country.ts';

const METRES_PER_DEGREE = 111_195;
const [LON, LAT] = [106, 10];

/** A village every 100 m north of a mast, ten people in each, farther than it reaches. */
const country = gridOf(
  Array.from({ length: 60 }, (_, i) => ({
    lon: LON,
    lat: LAT + ((i + 1) * 100) / METRES_PER_DEGREE,
    people: 10,
    commune: '91001',
  })),
);
const mast = site('viettel', 'n28', LON, LAT);
const rangeM = linkBudgetRangeM(mast.band, 0, mast.heightM, DEFAULT_LINK_BUDGET);

/** Land of these heights by metres north of the mast. */
function landOf(heightAtM: (northM: number) => number): Elevation {
  const heightAt = (_lon: number, lat: number) => heightAtM((lat - LAT) * METRES_PER_DEGREE);
  return {
    heightAt,
    profile([fromLon, fromLat], [toLon, toLat], stepM, out) {
      const lengthM = Math.hypot(toLon - fromLon, toLat - fromLat) * METRES_PER_DEGREE;
      const steps = Math.max(1, Math.ceil(lengthM / stepM - 1e-6));
      for (let i = 0; i <= steps; i++)
        out[i] = heightAt(fromLon, fromLat + ((toLat - fromLat) * i) / steps);
      return steps + 1;
    },
  };
}

async function counted(elevation: Elevation | null): Promise<CoverageByMethod> {
  const coverage = new CoverageByMethod(country, DEFAULT_LINK_BUDGET, elevation);
  coverage.load(tableOf([]));
  coverage.replace(null, mast);
  if (elevation) await expect.poll(() => coverage.waiting).toBe(0);
  return coverage;
}

function reachedBy(coverage: CoverageByMethod, method: 'linkBudget' | 'terrain'): number {
  return peopleIn(coverage.by(method)?.row('vn') ?? [], '5g') / 10;
}

describe('method terrain', () => {
  it('is not available without an elevation model, and does not pretend', async () => {
    const coverage = await counted(null);
    expect(coverage.by('terrain')).toBeUndefined();
    expect(coverage.terrainProgress).toBeNull();
    expect(coverage.rowsOf('vn')).not.toHaveProperty('terrain');
  });

  it('over level land is the link budget', async () => {
    const coverage = await counted(landOf(() => 12));
    expect(reachedBy(coverage, 'terrain')).toBe(reachedBy(coverage, 'linkBudget'));
    expect(reachedBy(coverage, 'terrain')).toBe(Math.floor(rangeM / 100));
  });

  it('leaves the far side of a ridge without a signal, as far as one edge by hand says', async () => {
    // A wall of 150 m stands 1,000 m from a mast of 35 m; a person at 1.5 m is 300 m behind it.
    // The ray passes the wall at 35 + (1.5 − 35) · 1000/1300 = 9.23 m, the wall is 140.77 m above it.
    // n28 is 770 MHz: λ = 0.3893 m. ν = h √(2 (d1 + d2) / (λ d1 d2))
    //   = 140.77 · √(2 · 1300 / (0.3893 · 1000 · 300)) = 140.77 · 0.14920 = 21.00.
    // P.526 (31): J = 6.9 + 20 log10(√(20.9² + 1) + 20.9) = 6.9 + 20 log10(41.82) = 39.33 dB.
    const edgeDb = knifeEdgeLossDb(21.0);
    expect(edgeDb).toBeCloseTo(39.33, 1);
    const budget = linkBudgetOf(
      { band: 'n28', surroundings: 'rural', heightM: 35 },
      DEFAULT_LINK_BUDGET,
    );
    expect(probabilityAt(budget, 1_300, edgeDb)).toBeLessThan(DEFAULT_LINK_BUDGET.edgeProbability);

    const coverage = await counted(landOf((north) => (Math.abs(north - 1_000) < 50 ? 150 : 0)));
    // Every village up to the one on the wall, and none behind.
    expect(reachedBy(coverage, 'terrain')).toBe(10);
    expect(reachedBy(coverage, 'linkBudget')).toBe(Math.floor(rangeM / 100));
  });

  it('sees over a ridge that is lower than the ray', async () => {
    const coverage = await counted(landOf((north) => (Math.abs(north - 500) < 50 ? 5 : 0)));
    expect(reachedBy(coverage, 'terrain')).toBeGreaterThan(15);
  });

  it('takes land of unknown height for level', async () => {
    const coverage = await counted(landOf(() => NaN));
    expect(reachedBy(coverage, 'terrain')).toBe(reachedBy(coverage, 'linkBudget'));
  });
});

describe('counting over terrain', () => {
  const hills = landOf((north) => 40 * Math.sin(north / 300));

  it('goes on behind the others, says how far it is, and ends where counting at once would', async () => {
    const sites = Array.from({ length: 40 }, (_, i) =>
      site('viettel', 'n41', LON, LAT + (i * 150) / METRES_PER_DEGREE),
    );
    const coverage = new CoverageByMethod(country, DEFAULT_LINK_BUDGET, hills);
    coverage.load(tableOf(sites));
    expect(coverage.terrainProgress).toBeLessThan(1);
    expect(coverage.methods).toEqual(['radius', 'linkBudget']);
    for (const each of sites.slice(0, 20)) coverage.replace(each, null);
    await expect.poll(() => coverage.waiting).toBe(0);
    expect(coverage.methods).toEqual(['radius', 'linkBudget', 'terrain']);

    const anew = new CoverageByMethod(country, DEFAULT_LINK_BUDGET, hills);
    anew.load(tableOf(sites.slice(20)));
    await expect.poll(() => anew.waiting).toBe(0);
    expect(coverage.tables()).toEqual(anew.tables());
  });
});
