/** Trying a site by method `terrain`: behind a ridge, beyond its limit, and while it still counts. */
import { beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { emptyCountry } from '../../../data/model/country.ts';
import { DEFAULT_LINK_BUDGET } from '../../../data/radio/link-budget.ts';
import type { Refusal } from '../../../data/wire/commands.ts';
import { WhatIf, type WhatIfAnswer } from '../../../data/wire/scenarios.ts';
import { makeGround, type Ground } from '../../../server/country/ground.ts';
import { CoverageByMethod } from '../../../server/coverage/methods.ts';
import { siteIn } from '../../../server/coverage/site.ts';
import { MOST_BY_TERRAIN, type Waiting } from '../../../server/scenarios/terrain-cells.ts';
import { whatIf } from '../../../server/scenarios/what-if.ts';
import type { Elevation } from '../../../server/terrain/elevation.ts';
import { unpackGrid } from '../../../server/territory/grid.ts';
import { buildPack, openPack } from '../../../server/territory/pack.ts';
import { centreOfSmall, smallTerritory } from '../../setup/small-territory.ts';

const [lon, lat] = centreOfSmall('00003');
const draft = {
  ...{ operator: 'viettel', technology: '5g', band: 'n28', lon, lat },
  ...{ heightM: 35, name: 'Trạm sau núi' },
};

/** A wall of 800 m a kilometre east of the site, and flat land on either side. */
const heightAt = (east: number): number => (east > lon + 0.009 && east < lon + 0.011 ? 800 : 0);
const ridge: Elevation = {
  heightAt,
  profile([fromLon, fromLat], [toLon, toLat], stepM, out) {
    const steps = Math.max(
      1,
      Math.ceil((Math.hypot(toLon - fromLon, toLat - fromLat) * 111_195) / stepM),
    );
    for (let i = 0; i <= steps; i++) out[i] = heightAt(fromLon + ((toLon - fromLon) * i) / steps);
    return steps + 1;
  },
};

let ground: Ground;
beforeAll(async () => {
  const territory = openPack((await buildPack(smallTerritory())).bytes);
  ground = makeGround(territory, unpackGrid(territory), ridge);
});

/** A country of these stations, with method `terrain`, that has not begun to count. */
function living(stations: object[] = [], elevation = ridge) {
  const country = emptyCountry();
  stations.forEach((one, index) =>
    country.tables.stations.put(index + 1, 1, { ...one, status: 'on_air' }),
  );
  const coverage = new CoverageByMethod(ground.grid, DEFAULT_LINK_BUDGET, elevation);
  coverage.load(country.tables.stations);
  return { country, ground, coverage };
}
/** Nobody who goes away before the answer is there. */
const patient: Waiting = { tell: () => undefined, stop: new AbortController().signal };
const ask = (live: ReturnType<typeof living>, question: object, waiting = patient) =>
  whatIf(v.parse(WhatIf, { method: 'terrain', ...question }), live, waiting);

async function answered(answer: Promise<WhatIfAnswer | Refusal>): Promise<WhatIfAnswer> {
  const given = await answer;
  if ('code' in given) throw new Error(given.message);
  return given;
}

describe('by terrain', () => {
  it('a site reaches fewer behind a ridge, and building it gives just what was foretold', async () => {
    const live = living();
    const answer = await answered(ask(live, { add: [draft] }));
    const { terrain, linkBudget } = answer.methods;
    expect(answer.gained).toBe(terrain?.gained);
    expect(answer.gained).toBeGreaterThan(0);
    expect(answer.gained).toBeLessThan((linkBudget?.gained ?? 0) * 0.9);
    expect(live.coverage.waiting).toBe(0);

    const { stations } = live.country.tables;
    live.coverage.replace(
      null,
      siteIn(stations, stations.put(9, 1, { ...draft, status: 'on_air' })),
    );
    await expect.poll(() => live.coverage.waiting).toBe(0);
    expect(live.coverage.rowsOf('vn')?.terrain?.[1]).toBe(answer.after);
    const off = await answered(ask(live, { remove: [9] }));
    expect(off).toMatchObject({ before: answer.after, after: 0, lost: answer.after });
  });

  it('says that it is still counting while it is, and the other methods answer', async () => {
    const live = living([draft]);
    expect(await ask(live, { add: [draft] })).toMatchObject({
      code: 'unavailable',
      path: 'method',
    });
    const other = await answered(ask(live, { add: [draft], method: 'radius' }));
    expect(Object.keys(other.methods)).toContain('linkBudget');
    await expect.poll(() => live.coverage.waiting).toBe(0);
    expect((await answered(ask(live, { add: [draft] }))).gained).toBe(0);
  });

  it('takes in what changed a moment ago', async () => {
    const live = living();
    const { stations } = live.country.tables;
    const built = siteIn(stations, stations.put(9, 1, { ...draft, status: 'on_air' }));
    live.coverage.replace(null, built);
    expect(live.coverage.waiting).toBe(1);
    const { before, gained } = await answered(ask(live, { add: [draft] }));
    expect(before).toBeGreaterThan(0);
    expect(gained).toBe(0);
  });

  it('tries so many stations at once and no more; the other methods try them all', async () => {
    const live = living();
    const add = Array.from({ length: MOST_BY_TERRAIN + 1 }, () => draft);
    expect(await ask(live, { add })).toMatchObject({ code: 'too_large', path: 'method' });
    const other = await answered(ask(live, { add, method: 'linkBudget' }));
    expect(Object.keys(other.methods)).toEqual(['radius', 'linkBudget']);
  });

  it('says how far it is, and stops where nobody waits for it any more', async () => {
    // A station takes longer than a slice.
    const slow: Elevation = {
      ...ridge,
      profile(...asked) {
        for (const until = performance.now() + 0.05; performance.now() < until;);
        return ridge.profile(...asked);
      },
    };
    const add = [0, 1, 2, 3].map((index) => ({ ...draft, lon: lon + index / 1_000 }));
    const told: number[] = [];
    const tell = (share: number) => void told.push(share);
    await answered(ask(living([], slow), { add }, { ...patient, tell }));
    expect(told).toEqual([0.25, 0.5, 0.75]);

    const leaving = new AbortController();
    const waiting = { tell: () => leaving.abort(), stop: leaving.signal };
    await expect(ask(living([], slow), { add }, waiting)).rejects.toThrow('aborted');
  });
});
