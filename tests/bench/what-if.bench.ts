import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import { CoverageByMethod } from '../../server/coverage/methods.ts';
import { siteIn, type Site } from '../../server/coverage/site.ts';
import { LAYERS } from '../../server/coverage/tally.ts';
import { tryOut, type SiteChange, type Trial } from '../../server/scenarios/try-out.ts';
import { bench, compare, limitFinding, ratioFinding, type Finding } from './bench.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const STATIONS = 69_000;
/** Drafts to draw from, new ones each round, so that nothing is warm in the cache. */
const DRAFTS = 20_000;
/** The first quarter of the layers is one operator's 4G and 5G. */
const ONE_OPERATOR = (1 << (LAYERS / 4)) - 1;

export default bench({
  name: 'what if',
  goal: 'gained and lost of every unit, by both methods, in at most 50 ms for one site and 1 s for 1,000, against counting the changed country anew',
  async run() {
    const grid = syntheticGrid(1);
    const stations = syntheticStations(grid, STATIONS, 1);
    const coverage = new CoverageByMethod(grid, DEFAULT_LINK_BUDGET);
    coverage.load(stations);
    const thought = syntheticStations(grid, DRAFTS, 2);
    const drafts = Array.from({ length: DRAFTS }, (_, row) => siteIn(thought, row));
    const standing = Array.from({ length: STATIONS }, (_, row) => siteIn(stations, row));
    let next = 0;

    /** The next drafts; every third of them takes the place of a station that stands. */
    const scenario = (sites: number): Trial => {
      const changes: SiteChange[] = [];
      for (let i = 0; i < sites; i++, next++) {
        const before: Site | null = i % 3 === 2 ? (standing[next % STATIONS] ?? null) : null;
        changes.push({ before, after: drafts[next % DRAFTS] ?? null });
      }
      return { changes, layersOff: 0 };
    };
    const answer = (trial: Trial): void => {
      for (const method of coverage.methods) {
        const engine = coverage.by(method);
        if (engine) tryOut(engine, grid, trial);
      }
    };
    /** Apart from the live one, as whoever counts anew has to. */
    const anew = new CoverageByMethod(grid, DEFAULT_LINK_BUDGET);
    const countAnew = { run: () => anew.load(stations) };
    const cases = [
      { what: 'one site', trial: () => scenario(1), times: 20, mostMs: 50, atMost: 0.05 },
      { what: '1,000 sites', trial: () => scenario(1_000), times: 1, mostMs: 1_000, atMost: 0.5 },
      {
        what: 'one of four operators down',
        trial: (): Trial => ({ changes: [], layersOff: ONE_OPERATOR }),
        times: 1,
        mostMs: 1_000,
        atMost: 0.5,
      },
    ];
    const findings: Finding[] = [];
    for (const { what, trial, times, mostMs, atMost } of cases) {
      const found = await compare({ times, run: () => answer(trial()) }, countAnew);
      findings.push(
        ratioFinding(what, 'counting anew', found, atMost),
        limitFinding(`${what}, the slowest round`, found.ours.most, mostMs, 'ms'),
      );
    }
    return findings;
  },
});
