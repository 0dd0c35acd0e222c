import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import { createCoverage } from '../../server/coverage/engine.ts';
import { inSector, linkBudgetFootprint } from '../../server/coverage/reach.ts';
import { siteIn } from '../../server/coverage/site.ts';
import { terrainReach } from '../../server/coverage/terrain-reach.ts';
import { elevationOver } from '../../server/terrain/elevation.ts';
import { TILE_CELLS } from '../../server/terrain/tile-grid.ts';
import { bench, compare, limitFinding, ratioFinding } from './bench.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const STATIONS = 69_000;
const EDITED = 300;
const GOAL_MS = 1;
/** A profile of the land for each of a hundred cells, instead of one comparison for each. */
const GOAL = 60;

/** Hills of some hundred metres over a square of degrees that holds the country. */
function hills() {
  const [west, south, columns, rows] = [1_010, 80, 90, 160];
  const heights = new Int16Array(TILE_CELLS);
  for (let cell = 0; cell < TILE_CELLS; cell++)
    heights[cell] = Math.round(150 * (1 + Math.sin(cell / 7) * Math.cos(cell / 431)));
  // One tile of hills, everywhere the same: what counts is the work, not the view.
  return elevationOver({
    west,
    south,
    columns,
    rows,
    slots: new Int32Array(columns * rows),
    heights,
  });
}

export default bench({
  name: 'coverage over terrain',
  goal: `a station down and back over hills in at most ${GOAL_MS} ms, at most ${GOAL} times the link budget's`,
  async run() {
    const grid = syntheticGrid(1);
    const stations = syntheticStations(grid, STATIONS, 1);
    const sites = Array.from({ length: EDITED }, (_, i) =>
      siteIn(stations, i * Math.floor(STATIONS / EDITED)),
    ).flatMap((site) => site ?? []);
    const terrain = createCoverage(grid, terrainReach(DEFAULT_LINK_BUDGET, hills()));
    const level = createCoverage(
      grid,
      inSector(linkBudgetFootprint(DEFAULT_LINK_BUDGET)),
      terrain.field,
    );
    const edit = (coverage: typeof level) => () => {
      for (const site of sites) {
        coverage.replace(null, site);
        coverage.replace(site, null);
      }
    };
    const times = await compare(
      { run: edit(terrain) },
      { run: edit(level) },
      { rounds: 5, warmUp: 1 },
    );
    return [
      limitFinding('a station down and back', times.ours.median / EDITED, GOAL_MS, 'ms'),
      ratioFinding(`${EDITED} stations down and back`, 'the link budget', times, GOAL),
    ];
  },
});
