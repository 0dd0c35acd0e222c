/**
 * The data network as a graph of what works now. A commune is connected when a communal node that
 * serves it is up and reaches a central node over nodes and links that are up. Nodes and links are
 * vertices alike, so that the failure of either is the loss of one vertex; the central nodes hang on
 * one root that cannot fail.
 */
import type { Country } from '../model/country.ts';
import { LINE_STATUSES, NODE_LEVELS } from '../model/things.ts';
import { communeNumberOf } from '../model/unit.ts';

/** What the graph is made of: nothing else of the country counts. */
export type NetworkTables = Pick<Country['tables'], 'nodes' | 'links'>;

/** A node or a link, by its id. */
export interface NetworkElement {
  noun: 'node' | 'link';
  id: number;
}

export const ROOT = 0;

/** Statuses and levels as the tables hold them. */
export const UP = LINE_STATUSES.indexOf('up');
export const DOWN = LINE_STATUSES.indexOf('down');
export const PLANNED = LINE_STATUSES.indexOf('planned');
export const CENTRAL = NODE_LEVELS.indexOf('central');
export const COMMUNAL = NODE_LEVELS.indexOf('communal');

/**
 * Vertices are numbers: the root, then the nodes by their rows, then the links by theirs.
 * The neighbours of a vertex `v` are `targets[offsets[v]]` up to `targets[offsets[v + 1]]`.
 */
export interface Graph {
  vertices: number;
  nodes: number;
  links: number;
  /** Rows of the communal nodes that serve each commune, by its number, in the order of numbers. */
  served: ReadonlyMap<number, readonly number[]>;
  offsets: Int32Array;
  targets: Int32Array;
}

export function vertexOfNode(row: number): number {
  return 1 + row;
}

export function vertexOfLink({ nodes }: Graph, row: number): number {
  return 1 + nodes + row;
}

/** The commune that a communal node serves: the one it names, else the one it stands in; 0 for none. */
export function communeServed(unit: unknown, standsIn: number): number {
  return communeNumberOf(unit) || standsIn;
}

/**
 * The graph of what works in the tables.
 * @param failed rows of nodes that are taken to have failed
 */
export function graphOf(tables: NetworkTables, failed?: ReadonlySet<number>): Graph {
  const { nodes, links } = tables;
  const { level, status } = nodes.columns;
  const works = (row: number | undefined): row is number =>
    row !== undefined && status[row] === UP && !failed?.has(row);

  const pairs: number[] = [];
  for (let row = 0; row < nodes.count; row++)
    if (level[row] === CENTRAL && works(row)) pairs.push(ROOT, vertexOfNode(row));
  const { from, to, status: linkStatus } = links.columns;
  for (let row = 0; row < links.count; row++) {
    if (linkStatus[row] !== UP || from[row] === to[row]) continue;
    const ends = [nodes.rowOf(from[row] ?? 0), nodes.rowOf(to[row] ?? 0)];
    const link = 1 + nodes.count + row;
    if (ends.every(works)) for (const end of ends) pairs.push(vertexOfNode(end ?? 0), link);
  }
  const vertices = 1 + nodes.count + links.count;
  return {
    ...{ vertices, nodes: nodes.count, links: links.count, served: servedIn(tables) },
    ...neighboursOf(vertices, pairs),
  };
}

function servedIn({ nodes }: NetworkTables): Map<number, number[]> {
  const { level, unit, commune } = nodes.columns;
  const served = new Map<number, number[]>();
  for (let row = 0; row < nodes.count; row++) {
    if (level[row] !== COMMUNAL) continue;
    const number = communeServed(unit[row], commune[row] ?? 0);
    const rows = served.get(number);
    if (rows) rows.push(row);
    else if (number > 0) served.set(number, [row]);
  }
  return new Map([...served].sort(([a], [b]) => a - b));
}

function neighboursOf(vertices: number, pairs: readonly number[]) {
  const offsets = new Int32Array(vertices + 1);
  for (const vertex of pairs) offsets[vertex + 1] = (offsets[vertex + 1] ?? 0) + 1;
  for (let v = 0; v < vertices; v++) offsets[v + 1] = (offsets[v + 1] ?? 0) + (offsets[v] ?? 0);
  const next = offsets.slice();
  const targets = new Int32Array(pairs.length);
  const join = (from: number, to: number): void => {
    const at = next[from] ?? 0;
    targets[at] = to;
    next[from] = at + 1;
  };
  for (let i = 0; i < pairs.length; i += 2) {
    const [a = 0, b = 0] = [pairs[i], pairs[i + 1]];
    join(a, b);
    join(b, a);
  }
  return { offsets, targets };
}

/** Which vertices reach the root, one byte each. */
export function reached({ vertices, offsets, targets }: Graph): Uint8Array {
  const seen = new Uint8Array(vertices);
  const waiting = [ROOT];
  seen[ROOT] = 1;
  for (let v = waiting.pop(); v !== undefined; v = waiting.pop())
    for (let i = offsets[v] ?? 0; i < (offsets[v + 1] ?? 0); i++) {
      const next = targets[i] ?? 0;
      if (seen[next] === 1) continue;
      seen[next] = 1;
      waiting.push(next);
    }
  return seen;
}

/** Numbers of the communes that are connected in a graph. */
export function connectedIn(graph: Graph): number[] {
  const seen = reached(graph);
  return [...graph.served]
    .filter(([, rows]) => rows.some((row) => seen[vertexOfNode(row)] === 1))
    .map(([commune]) => commune);
}
