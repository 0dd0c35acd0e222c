/** How far the engine's estimates are from Turf's exact polygons, on communes of a territory. */
import type { MultiPolygon } from 'geojson';
import { peopleIn, shareIn } from '../../../data/model/estimate.ts';
import type { Table } from '../../../data/model/table.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { PeopleField } from '../../../server/coverage/field.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { siteIn } from '../../../server/coverage/site.ts';
import type { Random } from '../../../server/demo/random.ts';
import type { PeopleGrid } from '../../../server/territory/territory.ts';
import { exactShare, type Circle } from './exact-share.ts';

export interface Accuracy {
  /** Points of a share between engine and polygons, of each commune looked at. */
  points: number[];
  /** Shares (0–1) over the people of all communes looked at. */
  engine: number;
  exact: number;
}

/** Compares `count` communes drawn by chance; people are even in each, as the packs spread them. */
export function accuracyOf(
  grid: PeopleGrid,
  geometryOf: (commune: string) => MultiPolygon,
  stations: Table<'stations'>,
  count: number,
  random: Random,
): Accuracy {
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  coverage.load(stations);
  const circles = circlesOf(grid, stations);
  const points: number[] = [];
  let people = 0;
  let byEngine = 0;
  let byPolygons = 0;
  const left = [...grid.communes];
  while (points.length < count && left.length > 0) {
    const [commune = ''] = left.splice(random.below(left.length), 1);
    const row = coverage.row(commune) ?? [];
    const population = peopleIn(row, 'population');
    if (population === 0) continue;
    const exact = exactShare(geometryOf(commune), circles);
    points.push(Math.abs(shareIn(row, 'covered') - exact) * 100);
    people += population;
    byEngine += peopleIn(row, 'covered');
    byPolygons += exact * population;
  }
  return { points, engine: byEngine / people, exact: byPolygons / people };
}

/** The footprints of a country's stations on air. */
export function circlesOf(grid: PeopleGrid, stations: Table<'stations'>): Circle[] {
  const field = new PeopleField(grid);
  return Array.from({ length: stations.count }, (_, row) => siteIn(stations, row))
    .filter((site) => site !== null)
    .map((site) => {
      const radiusM = radiusFootprint(site, field.surroundingsAt(site.lon, site.lat));
      return { lon: site.lon, lat: site.lat, radiusM };
    });
}
