/**
 * A failure of everything in an area, such as a power cut or a flood. What feeds a node or a station
 * with power, and by which way its line really runs, is not recorded; so the definition is one of
 * places: the nodes that stand in the area fail, and the stations. A commune loses the network when it
 * is connected now and would not be; it loses coverage when fewer than half of the people who have any
 * signal today would still have one.
 */
import { peopleIn, ESTIMATE_FIELDS } from '../../data/model/estimate.ts';
import { communeNumberOf } from '../../data/model/unit.ts';
import { connectedIn, graphOf, UP } from '../../data/network/graph.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { AreaFailure, CommuneInArea } from '../../data/wire/network.ts';
import type { LiveCountry } from '../country/live.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';
import { siteIn } from '../coverage/site.ts';
import { tryOut, type SiteChange } from '../scenarios/try-out.ts';
import type { LiveNetwork } from './network.ts';

export interface AreaQuestion {
  lon: number;
  lat: number;
  radiusM: number;
  method: AreaFailure['method'];
}

/** Of the people covered today this many have to be left, or the commune has lost its coverage. */
const HALF = 0.5;
/** A trial works in one go; so many stations take about a third of a second. */
const MOST_STATIONS = 5_000;

const FIELDS = ESTIMATE_FIELDS.length;
const COVERED = ESTIMATE_FIELDS.indexOf('covered');

export function areaFailure(
  question: AreaQuestion,
  live: LiveCountry,
  network: LiveNetwork,
): AreaFailure | Refusal {
  const { ground, coverage, country } = live;
  const engine = coverage?.by(question.method);
  if (!ground || !engine)
    return { code: 'no_territory', message: 'No territory has been adopted yet.' };
  const { nodes, stations } = country.tables;
  const isInside = insideOf(question);
  const failed = new Set<number>();
  for (let row = 0; row < nodes.count; row++)
    if (nodes.columns.status[row] === UP && isInside(nodes.columns.position, row)) failed.add(row);
  const changes: SiteChange[] = [];
  for (let row = 0; row < stations.count; row++) {
    if (!isInside(stations.columns.position, row)) continue;
    const before = siteIn(stations, row);
    if (before) changes.push({ before, after: null });
  }
  if (changes.length > MOST_STATIONS) return tooMany(changes.length);

  const { lost } = tryOut(engine, ground.grid, { changes, layersOff: 0 });
  const analysis = network.analysis();
  const after = new Set(connectedIn(graphOf(country.tables, failed)));
  const communes: CommuneInArea[] = [];
  engine.units.forEach((commune, index) => {
    if (ground.provinceOf(commune) === undefined) return;
    const number = communeNumberOf(commune);
    const covered = peopleIn(engine.row(commune) ?? [], 'covered');
    const coveredAfter = covered - (lost[index * FIELDS + COVERED] ?? 0);
    const losesNetwork = analysis.isConnected(number) && !after.has(number);
    const losesCoverage = covered > 0 && coveredAfter < covered * HALF;
    if (!losesNetwork && !losesCoverage) return;
    const people = network.peopleOf(number);
    communes.push({ commune, people, losesNetwork, covered, coveredAfter, losesCoverage });
  });
  return {
    seq: country.seq,
    ...question,
    nodes: failed.size,
    stations: changes.length,
    communes: communes.sort(bothFirst),
    peopleOfBoth: communes.filter(losesBoth).reduce((sum, { people }) => sum + people, 0),
  };
}

function losesBoth({ losesNetwork, losesCoverage }: CommuneInArea): boolean {
  return losesNetwork && losesCoverage;
}

function bothFirst(a: CommuneInArea, b: CommuneInArea): number {
  return Number(losesBoth(b)) - Number(losesBoth(a)) || b.people - a.people;
}

function insideOf({ lon, lat, radiusM }: AreaQuestion) {
  const metresPerLon = metresPerDegreeOfLongitude(lat);
  return (position: Float64Array, row: number): boolean => {
    const x = ((position[row * 2] ?? NaN) - lon) * metresPerLon;
    const y = ((position[row * 2 + 1] ?? NaN) - lat) * METRES_PER_DEGREE;
    return x * x + y * y <= radiusM * radiusM;
  };
}

function tooMany(given: number): Refusal {
  return {
    code: 'too_large',
    message: `radiusM: the area holds ${given} stations, and at most ${MOST_STATIONS} fail at once; choose a smaller one.`,
    path: 'radiusM',
    reason: { is: 'stations', limit: MOST_STATIONS, given },
  };
}
