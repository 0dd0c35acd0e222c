import { readFile } from 'node:fs/promises';
import { createCoverage } from '../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../server/coverage/reach.ts';
import { siteIn } from '../../server/coverage/site.ts';
import { Random } from '../../server/demo/random.ts';
import { unpackGrid } from '../../server/territory/grid.ts';
import { openPack } from '../../server/territory/pack.ts';
import { accuracyOf, circlesOf } from '../server/coverage/accuracy.ts';
import { exactShare } from '../server/coverage/exact-share.ts';
import { bench, compare, limitFinding, quantile, ratioFinding, type Finding } from './bench.ts';
import { syntheticStations } from './synthetic.ts';

/** The 5G stations on air on 28 July 2025, so that most communes are covered in part. */
const STATIONS = 12_106;
const BANDS_5G = ['n41', 'n77', 'n78'] as const;
const NATION_POINTS = 0.2;
const MEDIAN_POINTS = 0.5;
const NINETIETH_POINTS = 1.5;
/** An edit against computing one commune again with polygons. */
const GOAL = 0.001;

export default bench({
  name: 'coverage against exact polygons',
  goal:
    `over all communes, some minutes: nation within ${NATION_POINTS} points of Turf, communes within ${MEDIAN_POINTS} (median) and ` +
    `${NINETIETH_POINTS} (90th percentile); an edit at most ${GOAL} of one commune by Turf`,
  async run() {
    const pack = new URL('../../data/territory/approximate.pack', import.meta.url);
    const territory = openPack(await readFile(pack));
    const grid = unpackGrid(territory);
    const stations = syntheticStations(grid, STATIONS, 7, BANDS_5G);
    const geometryOf = (code: string) => territory.geometryOf(code);
    const random = new Random(7, 'communes');

    const { points, engine, exact } = accuracyOf(
      grid,
      geometryOf,
      stations,
      grid.communes.length,
      random,
    );
    const spread = [0.25, 0.5, 0.75, 0.9, 0.95, 1]
      .map((share) => `${share * 100} %: ${quantile(points, share).toFixed(2)}`)
      .join(', ');
    const findings: Finding[] = [
      limitFinding('nation', Math.abs(engine - exact) * 100, NATION_POINTS, 'points'),
      limitFinding('communes, median', quantile(points, 0.5), MEDIAN_POINTS, 'points'),
      limitFinding('communes, 90th percentile', quantile(points, 0.9), NINETIETH_POINTS, 'points'),
      { what: `spread over ${points.length} communes`, figures: spread, verdict: 'shown' },
    ];

    const coverage = createCoverage(grid, allRound(radiusFootprint));
    coverage.load(stations);
    const circles = circlesOf(grid, stations);
    const onLand = circles.findIndex(({ lon, lat }) => territory.communeAt(lon, lat));
    const commune = territory.communeAt(circles[onLand]?.lon ?? 0, circles[onLand]?.lat ?? 0) ?? '';
    const site = siteIn(stations, onLand);
    const times = await compare(
      {
        times: 1000,
        run: () => {
          coverage.replace(site, null);
          coverage.replace(null, site);
        },
      },
      { run: () => exactShare(geometryOf(commune), circles) },
      { rounds: 5, warmUp: 1 },
    );
    findings.push(
      ratioFinding('a station down and back', `Turf on its commune (${commune})`, times, GOAL),
    );
    return findings;
  },
});
