/** What of the data network is broken in a unit. */
import type { Country } from '../../data/model/country.ts';
import type { Table } from '../../data/model/table.ts';
import { LINE_STATUSES } from '../../data/model/things.ts';

export interface BrokenLine {
  noun: 'link' | 'node';
  id: number;
  /** Names of its two ends, or of the node; empty where an end is not known. */
  ends: [string] | [string, string];
  /** Middle of the line, or the node. */
  lon: number;
  lat: number;
}

const DOWN = LINE_STATUSES.indexOf('down');

/** Links that are down with an end inside, then nodes that are down inside. */
export function brokenLines(
  tables: Pick<Country['tables'], 'nodes' | 'links'>,
  inside: (commune: number) => boolean,
): BrokenLine[] {
  const { nodes, links } = tables;
  const broken: BrokenLine[] = [];
  for (let row = 0; row < links.count; row++) {
    if (links.columns.status[row] !== DOWN) continue;
    const from = nodeAt(nodes, links.columns.from[row] ?? 0);
    const to = nodeAt(nodes, links.columns.to[row] ?? 0);
    if (!(from && inside(from.commune)) && !(to && inside(to.commune))) continue;
    const ends = [from, to].filter((node) => node !== undefined);
    broken.push({
      noun: 'link',
      id: links.ids[row] ?? 0,
      ends: [from?.name ?? '', to?.name ?? ''],
      lon: ends.reduce((sum, node) => sum + node.lon, 0) / ends.length,
      lat: ends.reduce((sum, node) => sum + node.lat, 0) / ends.length,
    });
  }
  for (let row = 0; row < nodes.count; row++) {
    if (nodes.columns.status[row] !== DOWN || !inside(nodes.columns.commune[row] ?? 0)) continue;
    const lon = nodes.columns.position[row * 2] ?? NaN;
    const lat = nodes.columns.position[row * 2 + 1] ?? NaN;
    const name = nodes.columns.name[row] ?? '';
    broken.push({ noun: 'node', id: nodes.ids[row] ?? 0, ends: [name], lon, lat });
  }
  return broken;
}

function nodeAt(nodes: Table<'nodes'>, id: number) {
  const row = nodes.rowOf(id);
  if (row === undefined) return undefined;
  return {
    name: nodes.columns.name[row] ?? '',
    commune: nodes.columns.commune[row] ?? 0,
    lon: nodes.columns.position[row * 2] ?? NaN,
    lat: nodes.columns.position[row * 2 + 1] ?? NaN,
  };
}
