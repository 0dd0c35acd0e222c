import { createCoverage } from '../../server/coverage/engine.ts';
import { radiusFootprint } from '../../server/coverage/radius.ts';
import { bench, limitFinding } from './bench.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const GOAL_MB = 200;

export default bench({
  name: 'coverage in memory',
  goal: `the people grid and the engine in at most ${GOAL_MB} MB at 2.8 million cells and 69,000 stations`,
  async run() {
    const before = usedMB();
    const grid = syntheticGrid(1);
    const withGrid = usedMB();
    const stations = syntheticStations(grid, 69_000, 1);
    const withStations = usedMB();
    const coverage = createCoverage(grid, radiusFootprint);
    coverage.load(stations);
    const after = usedMB();
    const gridMB = withGrid - before;
    const engineMB = after - withStations;
    return [
      limitFinding(`${grid.count} cells, grid and engine`, gridMB + engineMB, GOAL_MB, 'MB'),
      {
        what: 'of that',
        figures: `grid ${gridMB.toFixed(0)} MB, engine ${engineMB.toFixed(0)} MB`,
        verdict: coverage.units.length > 0 ? 'shown' : 'not met',
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
