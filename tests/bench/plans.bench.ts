/**
 * Where next, for the whole synthetic country: seconds in the worker that a server makes plans in,
 * and the lazy greedy against the plain one that looks at every candidate before each choice.
 */
import { setInterval } from 'node:timers';
import { lazyGreedy } from '../../server/plans/greedy.ts';
import { planInWorker } from '../../server/plans/plan-in-worker.ts';
import { prepare } from '../../server/plans/preparation.ts';
import type { PlanRequestInput } from '../../data/wire/plans.ts';
import { exhaustiveGreedy } from '../server/plans/exhaustive.ts';
import { bench, limitFinding, number, type Finding } from './bench.ts';
import { planningCountry } from './planning-country.ts';

const CASES: { what: string; asked: PlanRequestInput; atMostS: number }[] = [
  { what: '200 sites', asked: { count: 200 }, atMostS: 10 },
  { what: '2,000 sites', asked: { count: 2_000 }, atMostS: 60 },
  {
    what: '2,000 sites of n78, by link budget',
    asked: { count: 2_000, band: 'n78', method: 'linkBudget' },
    atMostS: 60,
  },
  {
    what: '2,000 sites, hamlets first, limits per province and per operator and band',
    asked: { count: 2_000, goal: 'hamlets', limits: { perProvince: 100, perOperatorBand: 400 } },
    atMostS: 60,
  },
  {
    what: '2,000 sites near the network, for money, masts cheaper',
    asked: {
      count: 2_000,
      limits: { nodeWithinM: 10_000, budget: 100_000, costPerSite: 100, costOnMast: 60 },
    },
    atMostS: 60,
  },
  { what: '10,000 sites of n78', asked: { count: 10_000, band: 'n78' }, atMostS: 300 },
];
const MOST_MB = 400;
/** The plain greedy looks at 0.7 million candidates for each site: a few must do. */
const COMPARED = 4;
const RATIO = 0.05;

export default bench({
  name: 'where next',
  goal: '200 sites for the country in 10 s, 2,000 in 60 s, as exhaustive greedy would choose them',
  async run() {
    const questionOf = planningCountry();
    const findings: Finding[] = [];
    let mostMb = 0;
    for (const { what, asked, atMostS } of CASES) {
      globalThis.gc?.();
      const before = process.memoryUsage.rss();
      const watching = setInterval(() => {
        mostMb = Math.max(mostMb, (process.memoryUsage.rss() - before) / 1e6);
      }, 50);
      const start = performance.now();
      const { sites, candidates } = await planInWorker(questionOf(asked)).answer;
      const seconds = (performance.now() - start) / 1000;
      clearInterval(watching);
      const chosen = `${what} (${sites.length} of ${candidates} places)`;
      findings.push(limitFinding(chosen, seconds, atMostS, 's'));
    }
    findings.push(limitFinding('memory that a plan takes', mostMb, MOST_MB, 'MB'));
    findings.push(againstExhaustive(questionOf));
    return findings;
  },
});

function againstExhaustive(questionOf: ReturnType<typeof planningCountry>): Finding {
  const { task } = prepare(questionOf({ count: COMPARED }));
  let start = performance.now();
  const lazy = lazyGreedy(task).taken;
  const lazyMs = performance.now() - start;
  start = performance.now();
  const plain = exhaustiveGreedy(task);
  const ratio = lazyMs / (performance.now() - start);
  const same = JSON.stringify(lazy) === JSON.stringify(plain);
  return {
    what: `lazy against exhaustive, ${COMPARED} sites of ${task.candidates} candidates`,
    figures: `ratio ${number(ratio)}, wanted at most ${RATIO}; ${same ? 'the same' : 'OTHER'} sites`,
    verdict: same && ratio <= RATIO ? 'met' : 'not met',
  };
}
