/**
 * The live cuts: communes that belong to the network and do not reach a central node, whatever the
 * reason. A commune that is still planned is no cut.
 */
import {
  CENTRAL,
  communeServed,
  COMMUNAL,
  DOWN,
  PLANNED,
  UP,
  type NetworkElement,
  type NetworkTables,
} from './graph.ts';
import type { NetworkAnalysis, PeopleOf } from './analysis.ts';

/** One commune without the network, and what is broken between it and the centre. */
export interface Cut {
  /** Number of the commune. */
  commune: number;
  people: number;
  /** Since when, ms since 1970; null where that is not known. */
  since: number | null;
  /** What is down where its part of the network ends; empty where nothing is, but nothing leads on. */
  causes: NetworkElement[];
}

/**
 * All cuts, most people first.
 * @param since when each commune lost the network, as the log tells it; what is in it has been
 *   connected before and counts even where its node has gone back to the plan since
 */
export function liveCuts(
  tables: NetworkTables,
  analysis: NetworkAnalysis,
  peopleOf: PeopleOf,
  since: ReadonlyMap<number, number> = new Map(),
): Cut[] {
  const cut = new Set(since.keys());
  for (const commune of communesOfTheNetwork(tables)) cut.add(commune);
  const causesOf = causesIn(tables);
  return [...cut]
    .filter((commune) => !analysis.isConnected(commune))
    .map((commune) => ({
      commune,
      people: peopleOf(commune),
      since: since.get(commune) ?? null,
      causes: causesOf(commune),
    }))
    .sort((a, b) => b.people - a.people || a.commune - b.commune);
}

/** Numbers of the communes with a node that is no mere plan, on a link that is none either. */
function communesOfTheNetwork({ nodes, links }: NetworkTables): Set<number> {
  const linked = new Set<number>();
  const { from, to, status: linkStatus } = links.columns;
  for (let row = 0; row < links.count; row++)
    if (linkStatus[row] !== PLANNED) linked.add(from[row] ?? 0).add(to[row] ?? 0);
  const communes = new Set<number>();
  const { level, status, unit, commune } = nodes.columns;
  for (let row = 0; row < nodes.count; row++)
    if (level[row] === COMMUNAL && status[row] !== PLANNED && linked.has(nodes.ids[row] ?? 0))
      communes.add(communeServed(unit[row], commune[row] ?? 0));
  communes.delete(0);
  return communes;
}

/**
 * From a commune's nodes over all that is up, to what is down at the edges of that; of these the causes
 * are those behind which a central node could be reached, if all that is down were up.
 */
function causesIn(tables: NetworkTables): (commune: number) => NetworkElement[] {
  const { nodes, links } = tables;
  const { level, status, unit, commune: standsIn } = nodes.columns;
  const { status: linkStatus } = links.columns;
  const neighbours = neighboursIn(tables);
  const nodesOf = new Map<number, number[]>();
  for (let row = 0; row < nodes.count; row++) {
    if (level[row] !== COMMUNAL) continue;
    const commune = communeServed(unit[row], standsIn[row] ?? 0);
    nodesOf.set(commune, [...(nodesOf.get(commune) ?? []), row]);
  }
  /** Those of a part of the network that was looked at already, by the nodes in it. */
  const known = new Map<number, NetworkElement[]>();

  return (commune) => {
    const causes = new Map<string, NetworkElement>();
    for (const start of nodesOf.get(commune) ?? [])
      for (const cause of known.get(start) ?? causesFrom(start))
        causes.set(`${cause.noun}${cause.id}`, cause);
    return [...causes.values()];
  };

  function causesFrom(start: number): NetworkElement[] {
    const part = new Set([start]);
    /** What is down at the edges, and the node from which it would go on. */
    const edges = new Map<string, { element: NetworkElement; beyond: number }>();
    const note = (noun: 'node' | 'link', id: number, beyond: number): void =>
      void edges.set(`${noun}${id}`, { element: { noun, id }, beyond });
    for (const row of part) {
      for (const { link, node } of neighbours.get(row) ?? []) {
        if (linkStatus[link] === DOWN) note('link', links.ids[link] ?? 0, node);
        if (linkStatus[link] !== UP || status[row] !== UP || part.has(node)) continue;
        if (status[node] === UP) part.add(node);
        else if (status[node] === DOWN) note('node', nodes.ids[node] ?? 0, node);
      }
    }
    const causes = [...edges.values()]
      .filter(({ beyond }) => leadsToCentre(beyond, part))
      .map(({ element }) => element);
    if (status[start] === DOWN) causes.unshift({ noun: 'node', id: nodes.ids[start] ?? 0 });
    for (const row of part) known.set(row, causes);
    return causes;
  }

  function leadsToCentre(from: number, part: ReadonlySet<number>): boolean {
    if (part.has(from)) return false;
    const walked = new Set([from]);
    for (const row of walked) {
      if (status[row] === PLANNED) continue;
      if (level[row] === CENTRAL) return true;
      for (const { link, node } of neighbours.get(row) ?? [])
        if (linkStatus[link] !== PLANNED && !part.has(node)) walked.add(node);
    }
    return false;
  }
}

/** Rows of the links at each node, and of the nodes at their other ends. */
function neighboursIn({ nodes, links }: NetworkTables) {
  const neighbours = new Map<number, { link: number; node: number }[]>();
  const { from, to } = links.columns;
  for (let link = 0; link < links.count; link++) {
    const [one, other] = [nodes.rowOf(from[link] ?? 0), nodes.rowOf(to[link] ?? 0)];
    if (one === undefined || other === undefined || one === other) continue;
    for (const [at, node] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = neighbours.get(at);
      if (known) known.push({ link, node });
      else neighbours.set(at, [{ link, node }]);
    }
  }
  return neighbours;
}
