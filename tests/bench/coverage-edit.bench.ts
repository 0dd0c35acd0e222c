import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import { createCoverage } from '../../server/coverage/engine.ts';
import { inSector, linkBudgetFootprint, radiusFootprint } from '../../server/coverage/reach.ts';
import { siteIn } from '../../server/coverage/site.ts';
import { bench, compare, ratioFinding, type Finding } from './bench.ts';
import { PlainIncrements } from './increments.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const STATIONS = 69_000;
/** A new one each round, strewn over the country, so that nothing is warm in the cache. */
const EDITED = 5_000;
const CASES = [
  { what: 'footprint 2 km', footprint: () => 2000 },
  { what: 'the table of radii', footprint: radiusFootprint },
  { what: 'the link budget', footprint: linkBudgetFootprint(DEFAULT_LINK_BUDGET) },
];
/** About what the prototype's 2.6 µs are to the plain loop on an idle machine. */
const GOAL = 10;

export default bench({
  name: 'coverage after one edit',
  goal: `a station down and back, two edits, in about 6 µs, every estimate right; at most ${GOAL} times what the bare increments take`,
  async run() {
    const grid = syntheticGrid(1);
    const stations = syntheticStations(grid, STATIONS, 1);
    const edited = Array.from({ length: EDITED }, (_, i) =>
      siteIn(stations, i * Math.floor(STATIONS / EDITED)),
    ).flatMap((site) => site ?? []);
    const findings: Finding[] = [];
    for (const { what, footprint } of CASES) {
      const coverage = createCoverage(grid, inSector(footprint));
      coverage.load(stations);
      const plain = new PlainIncrements(grid, edited, footprint);
      plain.run(1);
      let next = 0;
      let nextPlain = 0;
      const times = await compare(
        {
          times: EDITED,
          run: () => {
            const site = edited[next++ % EDITED] ?? null;
            coverage.replace(site, null);
            coverage.replace(null, site);
          },
        },
        {
          times: EDITED,
          run: () => {
            const site = nextPlain++ % EDITED;
            plain.run(-1, site, site + 1);
            plain.run(1, site, site + 1);
          },
        },
      );
      findings.push(ratioFinding(`${what}, down and back`, 'a plain loop', times, GOAL));
    }
    return findings;
  },
});
