/** What the feed lets happen to the roll-out: crews start building, stations come on air. */
import { BANDS, OPERATORS, STATION_STATUSES, type StationStatus } from '../../data/model/things.ts';
import { communeCodeOf } from '../../data/model/unit.ts';
import { FOOTPRINT_RADIUS_M } from '../../data/radio/footprint.ts';
import { acceptance } from './acceptance.ts';
import type { FeedView, Proposal } from './feed-view.ts';
import { solvedBy } from './feed-hamlets.ts';

/** Stations that a crew works on at once, at most. */
const CREW = 4;
/** Of a few that are planned, the one with the earliest day is begun. */
const CHOICES = 3;

/** Planned stations of one operator in one commune begin to be built. */
export function beginBuilding(view: FeedView): Proposal[] {
  const { plannedFor } = view.country.tables.stations.columns;
  let first: number | undefined;
  for (let choice = 0; choice < CHOICES; choice++) {
    const row = view.pick('stations', (r) => statusOf(view, r) === 'planned');
    if (row === undefined) break;
    if (first === undefined || (plannedFor[row] ?? 0) < (plannedFor[first] ?? 0)) first = row;
  }
  return crew(view, first, 'planned').map((row) =>
    view.change('station.change', row, { status: 'building' }),
  );
}

/** Stations being built go on air; a hamlet that they reach has its signal. */
export function goOnAir(view: FeedView): Proposal[] {
  const { position, band, commune, operator } = view.country.tables.stations.columns;
  const first = view.pick('stations', (row) => statusOf(view, row) === 'building');
  return crew(view, first, 'building').flatMap((row) => {
    const since = view.day;
    const onAir = view.change('station.change', row, {
      status: 'on_air',
      since,
      ...acceptance(
        OPERATORS[operator[row] ?? -1] ?? 'other',
        communeCodeOf(commune[row] ?? 0),
        since,
        view.random,
      ),
    });
    const radiusM = FOOTPRINT_RADIUS_M[BANDS[band[row] ?? 0] ?? 'n41'].rural;
    const solved = solvedBy(view, position[row * 2] ?? NaN, position[row * 2 + 1] ?? NaN, radiusM);
    return [onAir, ...solved];
  });
}

export function statusOf(view: FeedView, row: number): StationStatus | undefined {
  return STATION_STATUSES[view.country.tables.stations.columns.status[row] ?? -1];
}

/**
 * A row and some that follow it, all of one commune and operator and in one state: plans list their
 * stations commune by commune, so neighbours in the table are neighbours on the ground.
 */
export function crew(view: FeedView, first: number | undefined, status: StationStatus): number[] {
  if (first === undefined) return [];
  const { commune, operator } = view.country.tables.stations.columns;
  const size = 1 + Math.floor(CREW * view.random.next() ** 2);
  const rows = [first];
  for (let row = first + 1; row < first + size; row++) {
    const fits =
      view.free('stations', row) &&
      commune[row] === commune[first] &&
      operator[row] === operator[first] &&
      statusOf(view, row) === status;
    if (!fits) break;
    rows.push(row);
  }
  return rows;
}
