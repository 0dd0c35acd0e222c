/** The synthetic country as plans are asked about it: 12,106 5G stations, and a node in each commune. */
import * as v from 'valibot';
import { TECHNOLOGIES, OPERATORS } from '../../data/model/things.ts';
import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import { PlanRequest, type PlanRequestInput } from '../../data/wire/plans.ts';
import { createCoverage } from '../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../server/coverage/reach.ts';
import { layerOf } from '../../server/coverage/tally.ts';
import type { Question } from '../../server/plans/question.ts';
import type { PeopleGrid } from '../../server/territory/territory.ts';
import { syntheticGrid, syntheticStations } from './synthetic.ts';

const STATIONS = 12_106;
/** Communes of the synthetic country, of which every third is specially disadvantaged. */
const HARD = 3;

/** Answers the questions of that country, each with arrays of its own where a plan takes them over. */
export function planningCountry(): (asked: PlanRequestInput) => Question {
  const grid = syntheticGrid(1);
  const stations = syntheticStations(grid, STATIONS, 1, ['n41', 'n77', 'n78']);
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  coverage.load(stations);
  const centres = centresOf(grid);
  const { position, heightM } = stations.columns;
  const technology = TECHNOLOGIES.indexOf('5g');
  const layers = OPERATORS.reduce(
    (bits, _, operator) => bits | (1 << layerOf({ operator, technology })),
    0,
  );
  return (asked) => ({
    request: v.parse(PlanRequest, asked),
    grid,
    linkBudget: DEFAULT_LINK_BUDGET,
    covered: coverage.masks.map((mask) => ((mask & layers) === 0 ? 0 : 1)),
    inside: new Uint8Array(grid.communes.length).fill(1),
    disadvantaged: Uint8Array.from(grid.communes, (_, commune) => Number(commune % HARD === 0)),
    centres,
    masts: {
      position: position.slice(0, STATIONS * 2),
      commune: Int32Array.from({ length: STATIONS }, (_, i) => 1 + (i % grid.communes.length)),
      heightM: heightM.slice(0, STATIONS),
    },
    hamlets: centres.slice(0, 2 * 355),
    nodes: centres,
  });
}

function centresOf({ count, communes, commune, lon, lat }: PeopleGrid): Float64Array {
  const centres = new Float64Array(communes.length * 2);
  const cells = new Float64Array(communes.length);
  for (let cell = 0; cell < count; cell++) {
    const of = commune[cell] ?? 0;
    cells[of] = (cells[of] ?? 0) + 1;
    centres[of * 2] = (centres[of * 2] ?? 0) + (lon[cell] ?? 0);
    centres[of * 2 + 1] = (centres[of * 2 + 1] ?? 0) + (lat[cell] ?? 0);
  }
  return centres.map((sum, i) => sum / (cells[i >> 1] ?? 1));
}
