/**
 * What falls with what: for every node and link at once the communes that are connected now and would
 * not be without it. One search in depth from the root (Hopcroft and Tarjan, 1973): below a vertex p, the
 * part of the tree that begins with a child v hangs on p alone when nothing in it leads back above p.
 * Such a part is one run of the order of discovery, so its communes and people are two numbers each. A
 * commune that several nodes serve falls with what each of them falls with; there are few, and they are
 * kept apart.
 */
import {
  graphOf,
  reached,
  ROOT,
  vertexOfLink,
  vertexOfNode,
  type Graph,
  type NetworkElement,
  type NetworkTables,
} from './graph.ts';

/** People of a commune by its number; 0 for one that the territory does not have. */
export type PeopleOf = (commune: number) => number;

export interface Impact {
  /** Numbers of the communes, in order. */
  communes: number[];
  people: number;
}

/** A node or link on which communes hang alone. */
export interface WeakPoint extends NetworkElement {
  communes: number;
  people: number;
}

const NONE = -1;

export class NetworkAnalysis {
  readonly graph: Graph;
  readonly #tables: NetworkTables;
  /** 1 for each vertex that reaches a central node. */
  readonly #reached: Uint8Array;
  /** Place of each vertex in the order of discovery, and how many there are from it on below it. */
  readonly #place: Int32Array;
  readonly #size: Int32Array;
  readonly #parent: Int32Array;
  /** The earliest place that a vertex or anything below it leads back to. */
  readonly #low: Int32Array;
  /** Of each vertex a child that hangs on it alone, and the next such child of the same parent. */
  readonly #firstFalling: Int32Array;
  readonly #nextFalling: Int32Array;
  /** Communes of one node in the order of discovery; how many, and their people, up to each place. */
  readonly #found: number[] = [];
  readonly #communesUpTo: Int32Array;
  readonly #peopleUpTo: Float64Array;
  /** Communes of several nodes, by each vertex on which they hang alone. */
  readonly #ofSeveral = new Map<number, number[]>();
  readonly #peopleOf: PeopleOf;

  /** Good until the tables change. */
  constructor(tables: NetworkTables, peopleOf: PeopleOf) {
    const graph = graphOf(tables);
    const { vertices } = graph;
    this.graph = graph;
    this.#tables = tables;
    this.#peopleOf = peopleOf;
    this.#reached = reached(graph);
    this.#place = new Int32Array(vertices).fill(NONE);
    this.#size = new Int32Array(vertices);
    this.#parent = new Int32Array(vertices).fill(NONE);
    this.#low = new Int32Array(vertices);
    this.#firstFalling = new Int32Array(vertices).fill(NONE);
    this.#nextFalling = new Int32Array(vertices).fill(NONE);
    const order = this.#search();
    this.#communesUpTo = new Int32Array(order.length + 1);
    this.#peopleUpTo = new Float64Array(order.length + 1);
    const ofOne = new Map<number, number>();
    for (const [commune, rows] of graph.served) {
      const [first, ...others] = this.#reachedOf(rows);
      if (first !== undefined && others.length === 0) ofOne.set(first, commune);
      else if (first !== undefined)
        for (const vertex of this.#commonTo([first, ...others]))
          this.#ofSeveral.set(vertex, [...(this.#ofSeveral.get(vertex) ?? []), commune]);
    }
    order.forEach((vertex, place) => {
      const commune = ofOne.get(vertex);
      if (commune !== undefined) this.#found.push(commune);
      const people = commune === undefined ? 0 : peopleOf(commune);
      this.#communesUpTo[place + 1] = this.#found.length;
      this.#peopleUpTo[place + 1] = (this.#peopleUpTo[place] ?? 0) + people;
    });
  }

  /** Numbers of the communes that any communal node serves, in order. */
  get communes(): number[] {
    return [...this.graph.served.keys()];
  }

  isConnected(commune: number): boolean {
    return this.#reachedOf(this.graph.served.get(commune) ?? []).length > 0;
  }

  /** What is connected now and would not be if this failed; undefined where there is no such thing. */
  impactOf(element: NetworkElement): Impact | undefined {
    const vertex = this.#vertexOf(element);
    if (vertex === undefined) return undefined;
    const cut = [...(this.#ofSeveral.get(vertex) ?? [])];
    const people = this.#falling(vertex, (from, to) => {
      for (let at = from; at < to; at++) cut.push(this.#found[at] ?? 0);
    }).people;
    return { communes: cut.sort((a, b) => a - b), people };
  }

  /** The nodes and links on which a commune hangs alone, from its own up to the centre. */
  hangsOn(commune: number): NetworkElement[] {
    const vertices = this.#reachedOf(this.graph.served.get(commune) ?? []);
    return this.#commonTo(vertices).flatMap((vertex) => this.#elementAt(vertex) ?? []);
  }

  /** The same without the nodes that serve it: what else would have to fail. */
  hangsBeyondItself(commune: number): NetworkElement[] {
    const { ids } = this.#tables.nodes;
    const own = new Set((this.graph.served.get(commune) ?? []).map((row) => ids[row]));
    return this.hangsOn(commune).filter(({ noun, id }) => noun === 'link' || !own.has(id));
  }

  /** Everything on which communes hang alone, most people first. */
  weakPoints(): WeakPoint[] {
    const points: WeakPoint[] = [];
    for (let vertex = ROOT + 1; vertex < this.graph.vertices; vertex++) {
      if (this.#place[vertex] === NONE) continue;
      const { communes, people } = this.#falling(vertex);
      const element = this.#elementAt(vertex);
      if (communes > 0 && element) points.push({ ...element, communes, people });
    }
    return points.sort((a, b) => b.people - a.people || b.communes - a.communes || a.id - b.id);
  }

  /** Searches in depth, without recursion: a chain of nodes may be long. Answers the order. */
  #search(): number[] {
    const { offsets, targets } = this.graph;
    const next = offsets.slice();
    const order: number[] = [];
    const discover = (vertex: number, from: number): void => {
      this.#place[vertex] = this.#low[vertex] = order.length;
      this.#parent[vertex] = from;
      order.push(vertex);
    };
    discover(ROOT, NONE);
    for (let vertex = ROOT; vertex !== NONE;) {
      const at = next[vertex] ?? 0;
      if (at < (offsets[vertex + 1] ?? 0)) {
        next[vertex] = at + 1;
        const target = targets[at] ?? 0;
        if (this.#place[target] === NONE) {
          discover(target, vertex);
          vertex = target;
        } else if (target !== this.#parent[vertex])
          this.#low[vertex] = Math.min(this.#low[vertex] ?? 0, this.#place[target] ?? 0);
        continue;
      }
      const above: number = this.#parent[vertex] ?? NONE;
      this.#size[vertex] = order.length - (this.#place[vertex] ?? 0);
      if (above !== NONE) this.#settle(above, vertex);
      vertex = above;
    }
    return order;
  }

  /** A child is searched to its end: what it leads back to, its parent leads back to. */
  #settle(above: number, vertex: number): void {
    const low = this.#low[vertex] ?? 0;
    if (low >= (this.#place[above] ?? 0)) {
      this.#nextFalling[vertex] = this.#firstFalling[above] ?? NONE;
      this.#firstFalling[above] = vertex;
    }
    this.#low[above] = Math.min(this.#low[above] ?? 0, low);
  }

  /**
   * How many communes and people fall with a vertex: itself, and what hangs on it alone. `hear` is told
   * the runs of communes of one node, as indexes into those that were found.
   */
  #falling(
    vertex: number,
    hear?: (from: number, to: number) => void,
  ): { communes: number; people: number } {
    const several = this.#ofSeveral.get(vertex);
    let communes = several?.length ?? 0;
    let people = several?.reduce((sum, commune) => sum + this.#peopleOf(commune), 0) ?? 0;
    const take = (from: number, to: number): void => {
      const [first, end] = [this.#communesUpTo[from] ?? 0, this.#communesUpTo[to] ?? 0];
      communes += end - first;
      hear?.(first, end);
      people += (this.#peopleUpTo[to] ?? 0) - (this.#peopleUpTo[from] ?? 0);
    };
    const own = this.#place[vertex] ?? NONE;
    if (own === NONE) return { communes, people };
    take(own, own + 1);
    let child = this.#firstFalling[vertex] ?? NONE;
    for (; child !== NONE; child = this.#nextFalling[child] ?? NONE) {
      const from = this.#place[child] ?? 0;
      take(from, from + (this.#size[child] ?? 0));
    }
    return { communes, people };
  }

  /** Vertices of those rows of nodes that reach a central node. */
  #reachedOf(rows: readonly number[]): number[] {
    return rows.map(vertexOfNode).filter((vertex) => this.#reached[vertex] === 1);
  }

  /** The vertices on which every one of some vertices hangs alone, itself among them. */
  #commonTo(vertices: readonly number[]): number[] {
    const [first = [], ...others] = vertices.map((vertex) => this.#above(vertex));
    return first.filter((vertex) => others.every((list) => list.includes(vertex)));
  }

  /** The vertices on which one hangs alone, from itself up. */
  #above(vertex: number): number[] {
    const found = [vertex];
    let at = vertex;
    for (let up = this.#parent[at] ?? NONE; up > ROOT; up = this.#parent[at] ?? NONE) {
      if ((this.#low[at] ?? 0) >= (this.#place[up] ?? 0)) found.push(up);
      at = up;
    }
    return found;
  }

  #vertexOf({ noun, id }: NetworkElement): number | undefined {
    const row = this.#tables[noun === 'node' ? 'nodes' : 'links'].rowOf(id);
    if (row === undefined) return undefined;
    return noun === 'node' ? vertexOfNode(row) : vertexOfLink(this.graph, row);
  }

  #elementAt(vertex: number): NetworkElement | undefined {
    const { nodes } = this.graph;
    const [noun, row] =
      vertex <= nodes ? (['node', vertex - 1] as const) : (['link', vertex - 1 - nodes] as const);
    const id = this.#tables[noun === 'node' ? 'nodes' : 'links'].ids[row];
    return id === undefined ? undefined : { noun, id };
  }
}
