/**
 * The network as a drawing, in a square of a thousand: the central nodes in the middle, the provincial
 * ones round them, and outside, in the part of the circle that is their province's, the communal ones.
 * Of one province its own node is in the middle, and its communes stand on one circle with their names.
 */
import { levelOf } from '../../data/model/unit.ts';
import { CENTRAL, COMMUNAL, communeServed, type NetworkTables } from '../../data/network/graph.ts';

export const SIDE = 1_000;
const MIDDLE = SIDE / 2;
const CENTRAL_RADIUS = 55;
const PROVINCIAL_RADIUS = 170;
/** Communal nodes lie between these, in rows. */
const [INNER, OUTER] = [255, 490];
/** Where the communes of one province stand, so that names fit outside, and the centres. */
export const NAMED_RADIUS = 305;
const NAMED_CENTRAL_RADIUS = 120;
/** Where the nodes of other provinces stand, to which some of its communes have a line. */
const NEIGHBOUR_RADIUS = 215;
/** What of its part of the circle a province leaves free, so that it is told from the next. */
const GAP = 0.12;

export interface Point {
  x: number;
  y: number;
}

export interface DrawnNode extends Point {
  id: number;
  row: number;
  level: number;
  /** Number of the commune that a communal node serves. */
  commune: number;
  /** Radians, clockwise from the top: where its name goes. */
  angle: number;
}

export interface DrawnLink {
  id: number;
  row: number;
  from: Point;
  to: Point;
}

export interface Schema {
  nodes: DrawnNode[];
  links: DrawnLink[];
  /** Parts of the circle that belong to provinces; empty for one province. */
  sectors: { province: string; angle: number }[];
  /** Radius of the mark of a communal node. */
  mark: number;
}

/**
 * @param province draws one province only; null for all
 * @param provinceOf code of a commune's province, by its number
 */
export function schemaOf(
  tables: NetworkTables,
  province: string | null,
  provinceOf: (commune: number) => string | undefined,
): Schema {
  const { nodes } = tables;
  const { level, unit, commune } = nodes.columns;
  const centrals: number[] = [];
  const byProvince = new Map<string, { provincial: number[]; communal: number[] }>();
  const partOf = (code: string) => {
    const known = byProvince.get(code);
    if (known) return known;
    const made = { provincial: [], communal: [] };
    byProvince.set(code, made);
    return made;
  };
  for (let row = 0; row < nodes.count; row++) {
    const served = communeServed(unit[row], commune[row] ?? 0);
    if (level[row] === CENTRAL) centrals.push(row);
    else if (level[row] === COMMUNAL) partOf(provinceOf(served) ?? '').communal.push(row);
    else partOf(provinceServed(unit[row] ?? '') ?? provinceOf(served) ?? '').provincial.push(row);
  }
  const drawn: DrawnNode[] = [];
  const place = (row: number, angle: number, radius: number): void => {
    drawn.push({
      ...at(angle, radius),
      ...{ id: nodes.ids[row] ?? 0, row, level: level[row] ?? 0, angle },
      commune: level[row] === COMMUNAL ? communeServed(unit[row], commune[row] ?? 0) : 0,
    });
  };
  if (province !== null) {
    const { provincial, communal } = byProvince.get(province) ?? { provincial: [], communal: [] };
    spread(centrals, (row, angle) => place(row, angle, NAMED_CENTRAL_RADIUS));
    spread(provincial, (row, angle) => place(row, angle, provincial.length === 1 ? 0 : 50));
    spread(besideTheirHosts(tables, communal), (row, angle) => place(row, angle, NAMED_RADIUS));
    for (const [row, angle] of neighboursOf(tables, drawn)) place(row, angle, NEIGHBOUR_RADIUS);
    return { nodes: drawn, links: linksOf(tables, drawn), sectors: [], mark: 7 };
  }
  spread(centrals, (row, angle) => place(row, angle, CENTRAL_RADIUS));
  const parts = [...byProvince].sort(([a], [b]) => (a < b ? -1 : 1));
  const weightOf = ({ communal }: { communal: number[] }): number => communal.length + 12;
  const all = parts.reduce((sum, [, part]) => sum + weightOf(part), 0);
  const spacing = spacingFor(parts.map(([, part]) => [part.communal.length, weightOf(part) / all]));
  const sectors: Schema['sectors'] = [];
  let from = 0;
  for (const [code, part] of parts) {
    const width = (2 * Math.PI * weightOf(part)) / all;
    const middle = from + width / 2;
    sectors.push({ province: code, angle: middle });
    part.provincial.forEach((row, i) =>
      place(row, middle + (i - (part.provincial.length - 1) / 2) * 0.05, PROVINCIAL_RADIUS),
    );
    const places = rowsIn(part.communal.length, width * (1 - GAP), spacing);
    part.communal.forEach((row, i) => {
      const found = places[i];
      if (found) place(row, middle + found.turn, found.radius);
    });
    from += width;
  }
  return { nodes: drawn, links: linksOf(tables, drawn), sectors, mark: spacing * 0.36 };
}

/** The province that a provincial node names; undefined where it names something else. */
function provinceServed(unit: string): string | undefined {
  return levelOf(unit) === 'province' ? unit : undefined;
}

/** Clockwise from the top. */
function at(angle: number, radius: number): Point {
  return { x: MIDDLE + radius * Math.sin(angle), y: MIDDLE - radius * Math.cos(angle) };
}

function spread(rows: readonly number[], place: (row: number, angle: number) => void): void {
  rows.forEach((row, i) => place(row, (2 * Math.PI * i) / rows.length));
}

/** Places in a part of the circle, row by row outwards: turn from its middle, and radius. */
function rowsIn(count: number, width: number, spacing: number): { turn: number; radius: number }[] {
  const places: { turn: number; radius: number }[] = [];
  for (let radius = INNER; places.length < count; radius += spacing) {
    const room = Math.max(1, Math.floor((width * radius) / spacing));
    const here = Math.min(room, count - places.length);
    for (let i = 0; i < here; i++)
      places.push({ turn: ((i - (here - 1) / 2) * spacing) / radius, radius });
  }
  return places;
}

/** The widest spacing with which every province keeps within the circle. */
function spacingFor(parts: readonly (readonly [count: number, share: number])[]): number {
  const fits = (spacing: number): boolean =>
    parts.every(
      ([count, share]) =>
        (rowsIn(count, 2 * Math.PI * share * (1 - GAP), spacing).at(-1)?.radius ?? INNER) <= OUTER,
    );
  let spacing = 40;
  while (spacing > 4 && !fits(spacing)) spacing *= 0.95;
  return spacing;
}

/** Communal nodes in the order of their ids, each after the communal node that its line leads to. */
function besideTheirHosts({ nodes, links }: NetworkTables, rows: readonly number[]): number[] {
  const hosts = new Map<number, number>();
  const { from, to } = links.columns;
  const { level } = nodes.columns;
  const here = new Set(rows);
  for (let link = 0; link < links.count; link++) {
    const [guest, host] = [nodes.rowOf(from[link] ?? 0), nodes.rowOf(to[link] ?? 0)];
    if (guest === undefined || host === undefined || !here.has(guest) || !here.has(host)) continue;
    if (level[host] === COMMUNAL && hosts.get(host) !== guest) hosts.set(guest, host);
  }
  const ordered = new Set<number>();
  const guestsOf = new Map<number, number[]>();
  for (const [guest, host] of hosts) guestsOf.set(host, [...(guestsOf.get(host) ?? []), guest]);
  const take = (row: number): void => {
    if (ordered.has(row)) return;
    ordered.add(row);
    for (const guest of guestsOf.get(row) ?? []) take(guest);
  };
  for (const row of rows) if (!hosts.has(row)) take(row);
  for (const row of rows) take(row);
  return [...ordered];
}

/** Provincial nodes that are not drawn and to which a drawn one has a line, each beside the first such. */
function neighboursOf(
  { nodes, links }: NetworkTables,
  drawn: readonly DrawnNode[],
): Map<number, number> {
  const placed = new Map(drawn.map((node) => [node.row, node]));
  const { from, to } = links.columns;
  const { level } = nodes.columns;
  const found = new Map<number, number>();
  for (let link = 0; link < links.count; link++) {
    const ends = [nodes.rowOf(from[link] ?? 0), nodes.rowOf(to[link] ?? 0)] as const;
    for (const [one, other] of [ends, [ends[1], ends[0]]] as const) {
      const near = placed.get(one ?? -1);
      if (near?.level !== COMMUNAL || other === undefined || placed.has(other)) continue;
      if (level[other] !== COMMUNAL && !found.has(other)) found.set(other, near.angle);
    }
  }
  return found;
}

function linksOf({ nodes, links }: NetworkTables, drawn: readonly DrawnNode[]): DrawnLink[] {
  const placed = new Map(drawn.map((node) => [node.row, node]));
  const found: DrawnLink[] = [];
  for (let row = 0; row < links.count; row++) {
    const from = placed.get(nodes.rowOf(links.columns.from[row] ?? 0) ?? -1);
    const to = placed.get(nodes.rowOf(links.columns.to[row] ?? 0) ?? -1);
    if (from && to) found.push({ id: links.ids[row] ?? 0, row, from, to });
  }
  return found;
}

/** What a pointer means: the nearest node within a reach, else the nearest link; null for neither. */
export function elementAtPoint(
  { nodes, links }: Schema,
  point: Point,
  reach: number,
): { noun: 'node' | 'link'; id: number } | null {
  let best: { noun: 'node' | 'link'; id: number } | null = null;
  let least = reach;
  for (const node of nodes) {
    const distance = Math.hypot(node.x - point.x, node.y - point.y);
    if (distance < least) [best, least] = [{ noun: 'node', id: node.id }, distance];
  }
  if (best) return best;
  least = reach / 2;
  for (const link of links) {
    const distance = distanceTo(link, point);
    if (distance < least) [best, least] = [{ noun: 'link', id: link.id }, distance];
  }
  return best;
}

function distanceTo({ from, to }: DrawnLink, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(from.x + share * dx - x, from.y + share * dy - y);
}

/** Marks as one path of points of no length, which the ends of the line make round or square. */
export function pointsPath(points: readonly Point[]): string {
  return points.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('');
}

export function linesPath(links: readonly DrawnLink[]): string {
  return links
    .map(
      ({ from, to }) =>
        `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`,
    )
    .join('');
}
