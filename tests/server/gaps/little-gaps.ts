/** Gaps of countries of a few cells: rows of them 400 m apart, from 105° E, 21° N. */
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { createCoverage, type Coverage } from '../../../server/coverage/engine.ts';
import type { Site } from '../../../server/coverage/site.ts';
import type { Clusters } from '../../../server/gaps/clusters.ts';
import { CommuneCells } from '../../../server/gaps/commune-cells.ts';
import { KeptClusters } from '../../../server/gaps/kept-clusters.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../../../server/coverage/plane.ts';
import type { Wanted } from '../../../server/gaps/wanted.ts';
import type { PeopleGrid } from '../../../server/territory/territory.ts';
import { gridOf, type Cell } from '../coverage/little-country.ts';

const STEP_M = 400;
const [WEST, SOUTH] = [105, 21];
export const ANY_5G: Wanted = { operator: undefined, technology: '5g' };

/** The place so many steps east and north. */
export function at(east: number, north = 0): { lon: number; lat: number } {
  const lat = SOUTH + (north * STEP_M) / METRES_PER_DEGREE;
  return { lon: WEST + (east * STEP_M) / metresPerDegreeOfLongitude(SOUTH), lat };
}

/** Cells from west to east with these people, all of one commune. */
export function row(people: readonly number[], commune = '00001', east = 0, north = 0): Cell[] {
  return people.map((count, index) => ({ ...at(east + index, north), people: count, commune }));
}

/** A gap in words a test can write: where its id cell is, in steps, and what is in it. */
export interface LittleGap {
  east: number;
  north: number;
  people: number;
  cells: number;
  commune: string;
}

export function gapsIn(cells: readonly Cell[], sites: readonly Site[], wanted = ANY_5G) {
  const grid = gridOf(cells);
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  for (const one of sites) coverage.add(one);
  return gapsOf(keptOver(coverage, grid), grid, wanted);
}

export function keptOver(coverage: Coverage, grid: PeopleGrid): KeptClusters {
  const cells = new CommuneCells(coverage.field, grid.communes.length);
  return new KeptClusters(coverage, cells, grid.communes.length);
}

/** All gaps, made where they are not known; from north to south, west to east by their id cells. */
export function gapsOf(kept: KeptClusters, grid: PeopleGrid, wanted = ANY_5G): LittleGap[] {
  const { field } = kept.coverage;
  return grid.communes
    .flatMap((code, commune) =>
      madeBy(kept, wanted, commune).list.map((cluster) => ({
        east: steps((field.lonOf(cluster.cell) - WEST) * metresPerDegreeOfLongitude(SOUTH)),
        north: steps((field.latOf(cluster.cell) - SOUTH) * METRES_PER_DEGREE),
        people: cluster.people,
        cells: cluster.cells,
        commune: code,
      })),
    )
    .sort((a, b) => b.north - a.north || a.east - b.east);
}

function madeBy(kept: KeptClusters, wanted: Wanted, commune: number): Clusters {
  const making = kept.make(wanted, commune);
  let known = kept.known(wanted, commune);
  while (!known) {
    const step = making.next();
    if (step.done) known = step.value;
  }
  return known;
}

const steps = (metres: number): number => Math.round(metres / STEP_M) + 0;
