/** What the feed lets happen to the hamlets without a signal: they are given one. */
import { HAMLET_STATUSES } from '../../data/model/things.ts';
import { FOOTPRINT_RADIUS_M } from '../../data/radio/footprint.ts';
import type { FeedView, Proposal } from './feed-view.ts';
import { metresBetween, placeAt } from './land.ts';
import { SIMULATED } from './names.ts';

const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');
/** Of a few hamlets, the one with the nearest deadline is next. */
const CHOICES = 3;
const STATION_PART = 0.85;
const OTHER_SOLUTIONS = ['repeater', 'satellite'] as const;
/** Metres between a hamlet and its station, and places tried for it. */
const NEAR = { least: 150, most: 600 };
const TRIES = 8;

/** A hamlet is solved, mostly by a new station near it. */
export function solveHamlet(
  view: FeedView,
  inside: (lon: number, lat: number) => boolean,
): Proposal[] {
  const { random } = view;
  const { columns } = view.country.tables.hamlets;
  let next: number | undefined;
  for (let choice = 0; choice < CHOICES; choice++) {
    const row = view.pick('hamlets', (r) => columns.status[r] === UNCOVERED);
    if (row === undefined) break;
    if (next === undefined || (columns.deadline[row] ?? 0) < (columns.deadline[next] ?? 0))
      next = row;
  }
  if (next === undefined) return [];
  if (!random.chance(STATION_PART))
    return [
      view.change('hamlet.resolve', next, {
        solution: random.pick(OTHER_SOLUTIONS),
        resolvedOn: view.day,
      }),
    ];
  const hamletLon = columns.position[next * 2] ?? NaN;
  const hamletLat = columns.position[next * 2 + 1] ?? NaN;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const angle = random.between(0, 2 * Math.PI);
    const off = random.between(NEAR.least, NEAR.most);
    const [lon, lat] = placeAt(hamletLon, hamletLat, off * Math.cos(angle), off * Math.sin(angle));
    if (!inside(lon, lat)) continue;
    const fiveG = random.chance(0.3);
    const station = view.add('station.add', {
      ...SIMULATED,
      name: `${columns.name[next] ?? ''} V${fiveG ? 5 : 4}-1`,
      operator: 'viettel',
      technology: fiveG ? '5g' : '4g',
      band: fiveG ? 'n28' : 'b28',
      lon,
      lat,
      heightM: 42,
      status: 'on_air',
      since: view.day,
      ...(fiveG ? { acceptedOn: view.day } : {}),
    });
    const radiusM = FOOTPRINT_RADIUS_M[fiveG ? 'n28' : 'b28'].rural;
    return [station, ...solvedBy(view, lon, lat, radiusM)];
  }
  return [];
}

/** Hamlets that a new footprint reaches have their signal. */
export function solvedBy(view: FeedView, lon: number, lat: number, radiusM: number): Proposal[] {
  const { hamlets } = view.country.tables;
  const { status, position } = hamlets.columns;
  const solved: Proposal[] = [];
  for (let row = 0; row < hamlets.count; row++) {
    if (status[row] !== UNCOVERED || !view.free('hamlets', row)) continue;
    const distance = metresBetween(
      lon,
      lat,
      position[row * 2] ?? NaN,
      position[row * 2 + 1] ?? NaN,
    );
    if (distance > radiusM) continue;
    solved.push(view.change('hamlet.resolve', row, { solution: 'station', resolvedOn: view.day }));
  }
  return solved;
}
