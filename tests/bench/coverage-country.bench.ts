import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import { createCoverage } from '../../server/coverage/engine.ts';
import { inSector, linkBudgetFootprint, radiusFootprint } from '../../server/coverage/reach.ts';
import { siteIn } from '../../server/coverage/site.ts';
import { bench, compare, ratioFinding, type Finding } from './bench.ts';
import { PlainIncrements } from './increments.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const STATIONS = 69_000;
const CASES = [
  { what: 'every footprint 2 km', footprint: () => 2000 },
  { what: 'the table of radii', footprint: radiusFootprint },
  { what: 'the link budget', footprint: linkBudgetFootprint(DEFAULT_LINK_BUDGET) },
];
/** About what the prototype's 190 ms are to the plain loop on an idle machine. */
const GOAL = 5;

export default bench({
  name: 'coverage of the whole country',
  goal: `${STATIONS} stations counted over 2.8 million cells in about 190 ms, at most ${GOAL} times what the bare increments take`,
  async run() {
    const grid = syntheticGrid(1);
    const stations = syntheticStations(grid, STATIONS, 1);
    const sites = Array.from({ length: STATIONS }, (_, row) => siteIn(stations, row)).flatMap(
      (site) => site ?? [],
    );
    const findings: Finding[] = [];
    for (const { what, footprint } of CASES) {
      const plain = new PlainIncrements(grid, sites, footprint);
      const start = performance.now();
      const coverage = createCoverage(grid, inSector(footprint));
      const setUpMs = performance.now() - start;
      const times = await compare(
        { run: () => coverage.load(stations) },
        {
          run: () => {
            plain.clear();
            plain.run(1);
          },
        },
      );
      findings.push(
        ratioFinding(`${what}, ${plain.total} increments`, 'a plain loop', times, GOAL),
        { what: 'set-up, once', figures: `${setUpMs.toFixed(0)} ms`, verdict: 'shown' },
      );
    }
    return findings;
  },
});
