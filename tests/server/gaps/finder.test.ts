/** Gaps that take long to be made: how far they are, and several who ask for them at once. */
import { beforeEach, expect, it, vi } from 'vitest';
import { emptyCountry } from '../../../data/model/country.ts';
import type { Operator, Technology } from '../../../data/model/things.ts';
import { NATION } from '../../../data/model/unit.ts';
import { DEFAULT_LINK_BUDGET } from '../../../data/radio/link-budget.ts';
import { makeGround, type Ground } from '../../../server/country/ground.ts';
import type { LiveCountry } from '../../../server/country/live.ts';
import { CoverageByMethod } from '../../../server/coverage/methods.ts';
import { GapFinder } from '../../../server/gaps/finder.ts';
import { findGaps, gapProgress, type GapQuestion } from '../../../server/gaps/gaps.ts';
import { KeptClusters } from '../../../server/gaps/kept-clusters.ts';
import { newSite, type Wanted } from '../../../server/gaps/wanted.ts';
import { keepGapsWarm } from '../../../server/gaps/warm.ts';
import type { Elevation } from '../../../server/terrain/elevation.ts';
import { unpackGrid } from '../../../server/territory/grid.ts';
import { buildPack, openPack } from '../../../server/territory/pack.ts';
import { centreOfSmall, smallTerritory } from '../../setup/small-territory.ts';
import { ANY_5G } from './little-gaps.ts';

/** Flat land of which a height takes long to be known, so that gaps over it take about a second. */
const slowLand: Elevation = {
  heightAt: () => 0,
  profile(_from, _to, _stepM, out) {
    for (const until = performance.now() + 0.02; performance.now() < until;);
    out.fill(0, 0, 2);
    return 2;
  },
};

let finder: GapFinder;
beforeEach(async () => {
  const territory = openPack((await buildPack(smallTerritory())).bytes);
  const ground: Ground = makeGround(territory, unpackGrid(territory), slowLand);
  const country = emptyCountry();
  const coverage = new CoverageByMethod(ground.grid, DEFAULT_LINK_BUDGET, slowLand);
  coverage.load(country.tables.stations);
  finder = new GapFinder({ country, ground, coverage } as unknown as LiveCountry);
});

const WAITS = new AbortController().signal;
const question = (more: Partial<GapQuestion> = {}): GapQuestion => ({
  ...{ method: 'terrain', wanted: ANY_5G, unit: NATION, minPeople: 0, limit: 5_000 },
  ...more,
});
async function peopleIn(asked: GapQuestion, stop = WAITS): Promise<number> {
  const found = await findGaps(finder, asked, stop);
  if (typeof found === 'string') throw new Error(found);
  return found.people;
}
const turn = () => new Promise(setImmediate);

it('tell how far they are: from nothing to all, and the same to all who wait', async () => {
  const shares: number[] = [];
  let waits = 2;
  const both = [question(), question({ minPeople: 5 })].map((one) =>
    peopleIn(one).finally(() => waits--),
  );
  expect(gapProgress(finder, question())).toBe(0);
  while (waits > 0) {
    const share = gapProgress(finder, question());
    expect(gapProgress(finder, question({ minPeople: 5 }))).toBe(share);
    if (share !== shares.at(-1)) shares.push(share);
    await turn();
  }
  await Promise.all(both);
  expect(gapProgress(finder, question())).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  // Eight communes of the same size, one after another; the last one may come with the answer.
  expect(shares.map((share) => Math.round(share * 8)).slice(0, 8)).toEqual([...Array(8).keys()]);
});

it('of one commune do not wait for those of the whole country', async () => {
  const order: string[] = [];
  await Promise.all([
    peopleIn(question()).then(() => order.push('country')),
    peopleIn(question({ unit: '03004' })).then(() => order.push('commune')),
  ]);
  expect(order).toEqual(['commune', 'country']);
});

it('are made for who stays when another who asked for them goes away', async () => {
  const leaving = new AbortController();
  const first = findGaps(finder, question(), leaving.signal);
  const second = peopleIn(question());
  while (gapProgress(finder, question()) < 0.25) await turn();
  leaving.abort();
  expect(await first).toBe('stopped');
  const had = gapProgress(finder, question());
  expect(had).toBeLessThan(1);
  expect(await second).toBe(122_000);
});

it('of more wishes at once than are kept are all made in the end', async () => {
  const of = (technology: Technology, ...operators: (Operator | undefined)[]): Wanted[] =>
    operators.map((operator) => ({ operator, technology }));
  const wishes = [
    ...of('5g', undefined, 'viettel', 'vinaphone', 'mobifone'),
    ...of('4g', undefined, 'other'),
  ];
  const people = await Promise.all(wishes.map((wanted) => peopleIn(question({ wanted }))));
  expect(people).toEqual(wishes.map(() => 122_000));
});

it('that a planner sees first are made before anybody asks, and follow the country', async () => {
  const make = vi.spyOn(KeptClusters.prototype, 'make');
  const made = () => make.mock.calls.map(([, commune]) => commune);
  const stop = new AbortController();
  const warming = keepGapsWarm(finder, stop.signal, 1);
  await expect.poll(() => gapProgress(finder, question({ method: 'radius' }))).toBe(1);
  expect(made()).toEqual([...Array(8).keys()]);
  make.mockClear();
  const [lon, lat] = centreOfSmall('00003');
  finder.live.coverage?.replace(null, newSite(ANY_5G, lon, lat));
  await expect.poll(made).toEqual([2]);
  stop.abort();
  await warming;
  make.mockRestore();
});
