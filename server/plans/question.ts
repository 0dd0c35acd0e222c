/**
 * What a plan is made from: plain data, so that it can go to a worker. The arrays of the grid lie in
 * shared memory and go without a copy; of the rest, all that may change is copied when it is asked.
 */
import {
  HAMLET_STATUSES,
  LINE_STATUSES,
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';
import type { LinkBudgetParameters } from '../../data/radio/link-budget.ts';
import type { PlanRequest } from '../../data/wire/plans.ts';
import type { LiveCountry } from '../country/live.ts';
import { layerOf } from '../coverage/tally.ts';
import type { PeopleGrid } from '../territory/territory.ts';

export interface Question {
  request: PlanRequest;
  grid: PeopleGrid;
  linkBudget: LinkBudgetParameters;
  /** By cell of a field made from the grid: 1 where the people have the signal already. */
  covered: Uint8Array;
  /** By commune of the grid: 1 where sites may stand and people count. */
  inside: Uint8Array;
  /** By commune of the grid: 1 for the specially disadvantaged. */
  disadvantaged: Uint8Array;
  /** By commune of the grid: a place in its middle. */
  centres: Float64Array;
  /** Stations whose mast stands: places likewise, the numbers of their communes, metres. */
  masts: { position: Float64Array; commune: Int32Array; heightM: Float64Array };
  /** Hamlets without a signal: `lon` and `lat` interleaved, degrees. */
  hamlets: Float64Array;
  /** Nodes of the data-transmission network that are built, likewise. */
  nodes: Float64Array;
}

/** The question at this moment; undefined before there is a territory. */
export function questionOf(live: LiveCountry, request: PlanRequest): Question | undefined {
  const { ground, country } = live;
  const coverage = live.coverage?.by(request.method);
  if (!ground || !coverage) return undefined;
  const { grid, territory } = ground;
  const byCode = new Map(territory.communes.map((commune) => [commune.code, commune]));
  const { stations, hamlets, nodes } = country.tables;
  const standing = rowsWhere(stations.columns.status, stations.count, (status) =>
    MASTS.has(STATION_STATUSES[status]),
  );
  const open = rowsWhere(
    hamlets.columns.status,
    hamlets.count,
    (status) => HAMLET_STATUSES[status] === 'uncovered',
  );
  const built = rowsWhere(
    nodes.columns.status,
    nodes.count,
    (status) => LINE_STATUSES[status] !== 'planned',
  );
  return {
    request,
    grid,
    linkBudget: country.coverage.linkBudget,
    covered: coveredBy(coverage.masks, layersOf(request)),
    inside: Uint8Array.from(grid.communes, (code) => Number(isInside(code, request.unit, ground))),
    disadvantaged: Uint8Array.from(grid.communes, (code) =>
      Number(byCode.get(code)?.speciallyDisadvantaged === true),
    ),
    centres: Float64Array.from(grid.communes.flatMap((code) => territory.centreOf(code))),
    masts: {
      position: placesOf(stations.columns.position, standing),
      commune: Int32Array.from(standing, (row) => stations.columns.commune[row] ?? 0),
      heightM: Float64Array.from(standing, (row) => stations.columns.heightM[row] ?? NaN),
    },
    hamlets: placesOf(hamlets.columns.position, open),
    nodes: placesOf(nodes.columns.position, built),
  };
}

/** Stations whose mast stands: planned ones have none yet, and of retired ones nobody knows. */
const MASTS: ReadonlySet<string | undefined> = new Set(['building', 'on_air', 'down']);

function rowsWhere(column: Uint8Array, count: number, wanted: (value: number) => boolean) {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (wanted(column[row] ?? 0)) rows.push(row);
  return rows;
}

function placesOf(position: Float64Array, rows: readonly number[]): Float64Array {
  const places = new Float64Array(rows.length * 2);
  for (const [i, row] of rows.entries()) places.set(position.subarray(row * 2, row * 2 + 2), i * 2);
  return places;
}

/** The layers of which any one is the signal that a request is about, as bits. */
function layersOf({ technology, operator }: PlanRequest): number {
  return OPERATORS.filter((each) => operator === undefined || each === operator).reduce(
    (bits, each) =>
      bits |
      (1 <<
        layerOf({
          operator: OPERATORS.indexOf(each),
          technology: TECHNOLOGIES.indexOf(technology),
        })),
    0,
  );
}

function coveredBy(masks: Readonly<Uint8Array>, layers: number): Uint8Array {
  const covered = new Uint8Array(masks.length);
  for (let cell = 0; cell < masks.length; cell++)
    covered[cell] = ((masks[cell] ?? 0) & layers) === 0 ? 0 : 1;
  return covered;
}

function isInside(
  commune: string,
  unit: string,
  ground: { provinceOf(commune: string): string | undefined },
): boolean {
  if (unit === NATION) return true;
  return levelOf(unit) === 'commune' ? commune === unit : ground.provinceOf(commune) === unit;
}
