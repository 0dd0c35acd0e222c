/**
 * Which communes are connected, moved on change by change: for the log, which is retold event by event,
 * where searching the whole graph for each would take hours. A change is followed only as far as it
 * reaches. What it says is what `graphOf` and `connectedIn` say of the same tables.
 */
import type { Fields } from '../model/table.ts';

/** A change of the network as an event tells it. */
export interface NetworkChange {
  noun: 'node' | 'link';
  verb: 'add' | 'change' | 'remove';
  id: number;
  /** The fields that it sets; `commune` is the number of the one that the node serves if it is communal. */
  fields: Fields;
}

interface Node {
  level: unknown;
  /** Number of the commune that it serves, where it is a communal one. */
  commune: number;
  up: boolean;
  reached: boolean;
}

interface Link {
  from: number;
  to: number;
  up: boolean;
}

export class Connection {
  readonly #nodes = new Map<number, Node>();
  readonly #links = new Map<number, Link>();
  /** Ids of the links that name a node, whether or not it is there. */
  readonly #linksAt = new Map<number, Set<number>>();
  /** Nodes by which each commune is connected. */
  readonly #connected = new Map<number, number>();
  /** Communes that were looked at in a change, and whether they were connected before it. */
  #before = new Map<number, boolean>();

  isConnected(commune: number): boolean {
    return (this.#connected.get(commune) ?? 0) > 0;
  }

  /** Takes a change; answers the numbers of the communes that are connected now and were not, or the other way round. */
  take(change: NetworkChange): number[] {
    this.#before = new Map();
    if (change.noun === 'node') this.#takeNode(change);
    else this.#takeLink(change);
    return [...this.#before]
      .filter(([commune, before]) => before !== this.isConnected(commune))
      .map(([commune]) => commune);
  }

  #takeNode({ verb, id, fields }: NetworkChange): void {
    const known = this.#nodes.get(id);
    if (verb !== 'add' && !known) return;
    if (known) this.#switchOff(id, known);
    if (verb === 'remove') {
      this.#nodes.delete(id);
      return;
    }
    const { level, status, commune } = fields;
    const node: Node = {
      level: level ?? known?.level,
      commune: typeof commune === 'number' ? commune : (known?.commune ?? 0),
      up: status === undefined ? (known?.up ?? false) : status === 'up',
      reached: false,
    };
    this.#nodes.set(id, node);
    if (!node.up) return;
    const isReached =
      isCentral(node) || this.#neighbours(id).some((next) => this.#nodes.get(next)?.reached);
    if (isReached) this.#flood(id);
  }

  #takeLink({ verb, id, fields }: NetworkChange): void {
    const known = this.#links.get(id);
    if (verb !== 'add' && !known) return;
    if (known) {
      for (const end of [known.from, known.to]) this.#linksAt.get(end)?.delete(id);
      this.#links.delete(id);
    }
    const link: Link = {
      from: Number(fields['from'] ?? known?.from),
      to: Number(fields['to'] ?? known?.to),
      up: fields['status'] === undefined ? (known?.up ?? false) : fields['status'] === 'up',
    };
    const stays =
      verb !== 'remove' && link.up && known?.up && known.from === link.from && known.to === link.to;
    if (verb !== 'remove') {
      this.#links.set(id, link);
      for (const end of [link.from, link.to]) {
        const at = this.#linksAt.get(end);
        if (at) at.add(id);
        else this.#linksAt.set(end, new Set([id]));
      }
    }
    if (stays) return;
    if (known?.up) this.#look([known.from, known.to]);
    if (verb !== 'remove' && link.up)
      for (const [one, other] of [
        [link.from, link.to],
        [link.to, link.from],
      ] as const)
        if (this.#nodes.get(one)?.reached) this.#flood(other);
  }

  /** A node is taken out: it reaches nothing, and what is behind it has to be looked at. */
  #switchOff(id: number, node: Node): void {
    if (!node.reached) return;
    this.#setReached(node, false);
    node.up = false;
    this.#look(this.#neighbours(id));
  }

  /** Whether nodes still reach a centre; those that do not, and all that is with them, are cut. */
  #look(starts: readonly number[]): void {
    const safe = new Set<number>();
    for (const start of starts) {
      if (!this.#nodes.get(start)?.reached || safe.has(start)) continue;
      const walked = new Set([start]);
      const waiting = [start];
      let found = isCentral(this.#nodes.get(start));
      for (let at = waiting.pop(); at !== undefined && !found; at = waiting.pop())
        for (const next of this.#neighbours(at)) {
          const node = this.#nodes.get(next);
          if (!node?.up || walked.has(next)) continue;
          found ||= isCentral(node) || safe.has(next);
          walked.add(next);
          waiting.push(next);
        }
      for (const at of walked) {
        const node = this.#nodes.get(at);
        if (found) safe.add(at);
        else if (node?.reached) this.#setReached(node, false);
      }
    }
  }

  /** What a node that is up leads on to is reached. */
  #flood(start: number): void {
    const waiting = [start];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const node = this.#nodes.get(at);
      if (!node?.up || node.reached) continue;
      this.#setReached(node, true);
      waiting.push(...this.#neighbours(at));
    }
  }

  #setReached(node: Node, reached: boolean): void {
    node.reached = reached;
    if (node.level !== 'communal' || node.commune === 0) return;
    if (!this.#before.has(node.commune))
      this.#before.set(node.commune, this.isConnected(node.commune));
    const count = (this.#connected.get(node.commune) ?? 0) + (reached ? 1 : -1);
    this.#connected.set(node.commune, count);
  }

  /** Nodes at the other ends of the links that are up. */
  #neighbours(id: number): number[] {
    const found: number[] = [];
    for (const at of this.#linksAt.get(id) ?? []) {
      const link = this.#links.get(at);
      if (link?.up && link.from !== link.to) found.push(link.from === id ? link.to : link.from);
    }
    return found;
  }
}

function isCentral(node: Node | undefined): boolean {
  return node?.level === 'central';
}
