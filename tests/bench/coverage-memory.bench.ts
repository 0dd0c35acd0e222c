import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import { CoverageByMethod } from '../../server/coverage/methods.ts';
import { bench, limitFinding } from './bench.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const GOAL_MB = 200;

export default bench({
  name: 'coverage in memory',
  goal: `the people grid and the engines of two methods in at most ${GOAL_MB} MB at 2.8 million cells and 69,000 stations`,
  async run() {
    const before = usedMB();
    const grid = syntheticGrid(1);
    const withGrid = usedMB();
    const stations = syntheticStations(grid, 69_000, 1);
    const withStations = usedMB();
    const coverage = new CoverageByMethod(grid, DEFAULT_LINK_BUDGET);
    coverage.load(stations);
    const after = usedMB();
    const gridMB = withGrid - before;
    const engineMB = after - withStations;
    return [
      limitFinding(`${grid.count} cells, grid and engines`, gridMB + engineMB, GOAL_MB, 'MB'),
      {
        what: 'of that',
        figures: `grid ${gridMB.toFixed(0)} MB, engines ${engineMB.toFixed(0)} MB`,
        verdict: coverage.methods.length === 2 ? 'shown' : 'not met',
      },
    ];
  },
});

/** Objects and array buffers that are still reachable, in MB; needs `--expose-gc`. */
function usedMB(): number {
  if (!globalThis.gc) throw new Error('run with node --expose-gc (npm run bench does)');
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
