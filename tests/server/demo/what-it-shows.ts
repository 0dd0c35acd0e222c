/** Questions that tests ask of a simulated country. */
import type { Country } from '../../../data/model/country.ts';
import {
  BANDS,
  HAMLET_STATUSES,
  LINE_STATUSES,
  NODE_LEVELS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../../data/model/things.ts';
import { NetworkAnalysis } from '../../../data/network/analysis.ts';
import { footprintRadiusM } from '../../../data/radio/footprint.ts';
import { PeopleField } from '../../../server/coverage/field.ts';
import { metresBetween } from '../../../server/demo/land.ts';
import type { PeopleGrid } from '../../../server/territory/territory.ts';

/** Stations by technology and status: `5g on_air`. */
export function stationsBy({ tables: { stations } }: Country): Record<string, number> {
  const { technology, status } = stations.columns;
  const counts: Record<string, number> = {};
  for (let row = 0; row < stations.count; row++) {
    const key = `${TECHNOLOGIES[technology[row] ?? -1]} ${STATION_STATUSES[status[row] ?? -1]}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Hamlets still without a signal, as records. */
export function openHamlets({ tables: { hamlets } }: Country) {
  return Array.from({ length: hamlets.count }, (_, row) => hamlets.record(row)).filter(
    ({ status }) => status === HAMLET_STATUSES[0],
  );
}

/** Names of hamlets without a signal that a station on air reaches all the same. */
export function hamletsInFootprints(country: Country, grid: PeopleGrid): string[] {
  const field = new PeopleField(grid);
  const { stations } = country.tables;
  const { position, band, status } = stations.columns;
  const onAir = STATION_STATUSES.indexOf('on_air');
  const reached: string[] = [];
  for (const hamlet of openHamlets(country))
    for (let row = 0; row < stations.count; row++) {
      if (status[row] !== onAir) continue;
      const lon = position[row * 2] ?? NaN;
      const lat = position[row * 2 + 1] ?? NaN;
      const distance = metresBetween(lon, lat, Number(hamlet['lon']), Number(hamlet['lat']));
      // No band reaches farther than 6 km.
      if (distance > 6_000) continue;
      if (distance > footprintRadiusM(band[row] ?? BANDS.length, field.surroundingsAt(lon, lat)))
        continue;
      reached.push(`${String(hamlet['name'])} by ${stations.columns.name[row] ?? ''}`);
    }
  return reached;
}

/** Nodes and links of the data network, counted and checked. */
export function networkOf(country: Country) {
  const { nodes, links } = country.tables;
  const level = (row: number | undefined) =>
    NODE_LEVELS[nodes.columns.level[row ?? -1] ?? -1] ?? 'none';
  const status = (index: number | undefined) => LINE_STATUSES[index ?? -1] ?? 'none';
  const homes = new Map<number, number[]>();
  const kinds: Record<string, number> = {};
  const analysis = new NetworkAnalysis(country.tables, () => 1);
  const connected = analysis.communes.filter((commune) => analysis.isConnected(commune)).length;
  let at200ByVnpt = 0;
  for (let row = 0; row < links.count; row++) {
    const from = links.columns.from[row] ?? 0;
    const to = links.columns.to[row] ?? 0;
    const kind = `${level(nodes.rowOf(from))}-${level(nodes.rowOf(to))} ${status(links.columns.status[row])}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    homes.set(from, [...(homes.get(from) ?? []), to]);
    if (links.columns.bandwidthMbps[row] === 200 && links.columns.provider[row] === 'VNPT')
      at200ByVnpt++;
  }
  const nodeKinds: Record<string, number> = {};
  const provincialHomes: number[] = [];
  /** Communal nodes by where their first line leads, and those with a second. */
  const homed = { province: 0, neighbour: 0, elsewhere: 0, twice: 0 };
  for (let row = 0; row < nodes.count; row++) {
    const kind = `${level(row)} ${status(nodes.columns.status[row])}`;
    nodeKinds[kind] = (nodeKinds[kind] ?? 0) + 1;
    const own = homes.get(nodes.ids[row] ?? 0) ?? [];
    if (level(row) === 'provincial') provincialHomes.push(new Set(own).size);
    if (level(row) === 'communal') {
      const home = nodes.rowOf(own[0] ?? 0);
      if (level(home) === 'provincial') homed.province++;
      else if (level(home) === 'communal') homed.neighbour++;
      else homed.elsewhere++;
      if (own.length > 1) homed.twice++;
    }
  }
  return { nodes: nodeKinds, links: kinds, at200ByVnpt, provincialHomes, homed, connected };
}
