/**
 * What fails and comes back: stations, alone or several of a commune at once, and links of the data
 * network; a communal node goes down with its only link. And what is done to the network meanwhile.
 */
import { LINE_STATUSES, NODE_LEVELS, STATION_STATUSES } from '../../data/model/things.ts';
import { crew, statusOf } from './feed-roll-out.ts';
import type { FeedView, Proposal } from './feed-view.ts';

/** Something that is down and will be back. */
export interface Outage {
  table: 'stations' | 'links';
  id: number;
  /** The feed's count of events at which it is to be back. */
  until: number;
}

const PLANNED = LINE_STATUSES.indexOf('planned');
const UP = LINE_STATUSES.indexOf('up');
const DOWN = LINE_STATUSES.indexOf('down');
const STATION_DOWN = STATION_STATUSES.indexOf('down');
const COMMUNAL = NODE_LEVELS.indexOf('communal');
const MAIN_PROVIDER = 'VNPT';
const RAISED_MBPS = 200;

/** Stations of a commune go down. */
export function loseStations(view: FeedView): Proposal[] {
  const first = view.pick('stations', (row) => statusOf(view, row) === 'on_air');
  return crew(view, first, 'on_air').map((row) =>
    view.change('station.change', row, { status: 'down' }),
  );
}

/** A link goes down, and with it a communal node that has no other up. */
export function loseLink(view: FeedView): Proposal[] {
  const { status, from } = view.country.tables.links.columns;
  const row = view.pick('links', (r) => status[r] === UP);
  if (row === undefined) return [];
  const link = view.change('link.change', row, { status: 'down' });
  const node = from[row] ?? 0;
  if (hasOtherLink(view, node, row)) return [link];
  return [link, ...nodeWith(view, node, UP, 'down')];
}

/** Whether a node has another line up: one that leads on from it. */
function hasOtherLink({ country }: FeedView, node: number, but: number): boolean {
  const { columns, count } = country.tables.links;
  for (let row = 0; row < count; row++)
    if (row !== but && columns.from[row] === node && columns.status[row] === UP) return true;
  return false;
}

/** What was down comes back; nothing where somebody else has seen to it. */
export function comeBack(view: FeedView, { table, id }: Outage): Proposal[] {
  const row = view.country.tables[table].rowOf(id);
  if (row === undefined || !view.free(table, row)) return [];
  if (table === 'stations')
    return statusOf(view, row) === 'down'
      ? [view.change('station.change', row, { status: 'on_air' })]
      : [];
  const { status, from } = view.country.tables.links.columns;
  if (status[row] !== DOWN) return [];
  const link = view.change('link.change', row, { status: 'up' });
  return [link, ...nodeWith(view, from[row] ?? 0, DOWN, 'up')];
}

/** The communal node at the end of a link, when it is in one state, goes into another. */
function nodeWith(view: FeedView, id: number, is: number, becomes: 'up' | 'down'): Proposal[] {
  const { nodes } = view.country.tables;
  const row = nodes.rowOf(id);
  if (row === undefined || !view.free('nodes', row)) return [];
  if (nodes.columns.level[row] !== COMMUNAL || nodes.columns.status[row] !== is) return [];
  return [view.change('node.change', row, { status: becomes })];
}

/** A commune's link is raised to 200 Mbit/s. */
export function raiseLink(view: FeedView): Proposal[] {
  const { status, bandwidthMbps } = view.country.tables.links.columns;
  const row = view.pick(
    'links',
    (r) => status[r] === UP && (bandwidthMbps[r] ?? Infinity) < RAISED_MBPS,
  );
  if (row === undefined) return [];
  return [view.change('link.change', row, { bandwidthMbps: RAISED_MBPS, provider: MAIN_PROVIDER })];
}

/** A commune that was still without is connected: its link comes up, and its node. */
export function connectCommune(view: FeedView): Proposal[] {
  const { status, from } = view.country.tables.links.columns;
  const row = view.pick('links', (r) => status[r] === PLANNED);
  if (row === undefined) return [];
  const link = view.change('link.change', row, { status: 'up' });
  return [link, ...nodeWith(view, from[row] ?? 0, PLANNED, 'up')];
}

/** What the simulation finds down when it begins: it will see to its return. */
export function downAtStart(view: FeedView): Omit<Outage, 'until'>[] {
  const { stations, links } = view.country.tables;
  const found: Omit<Outage, 'until'>[] = [];
  for (let row = 0; row < stations.count; row++)
    if (stations.columns.status[row] === STATION_DOWN && view.free('stations', row))
      found.push({ table: 'stations', id: stations.ids[row] ?? 0 });
  for (let row = 0; row < links.count; row++)
    if (links.columns.status[row] === DOWN && view.free('links', row))
      found.push({ table: 'links', id: links.ids[row] ?? 0 });
  return found;
}
