/**
 * The Party-and-State data-transmission network: three central nodes in a ring, a provincial node in
 * each province homed to two of them, a node in each commune on its province's, a few of them by way
 * of a neighbouring commune or with a second line; and how, over the past, the communes were connected
 * and their links raised to 200 Mbit/s.
 */
import { dayNumberOf } from '../../data/model/scalars.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Province } from '../territory/territory.ts';
import type { Chronicle, Happened } from './chronicle.ts';
import { curveThrough, dayOfPart, type Curve } from './curve.ts';
import type { DemoFigures } from './figures.ts';
import { metresBetween, placeAt, type Land } from './land.ts';
import { SIMULATED, withoutType } from './names.ts';
import { Random } from './random.ts';

/** Hà Nội, Đà Nẵng, TP. Hồ Chí Minh. */
const CENTRES = ['01', '48', '79'];
/** Metres by which nodes in one city stand apart, so that they can be told apart on the map. */
const BESIDE_M = 600;
const BESIDE_WITHIN_M = 1_200;

const CORE = 'Cục Bưu điện Trung ương';
const RING_MBPS = 100_000;
const PROVINCIAL_MBPS = 10_000;
const RAISED_MBPS = 200;
const FIRST_MBPS = [50, 100, 100];
const OTHER_PROVIDERS = ['Viettel', 'Viettel', 'MobiFone'];
const MAIN_PROVIDER = 'VNPT';

const CONNECTED = curveThrough(
  ['2024-01-02', 0.52],
  ['2024-06-30', 0.6],
  ['2024-12-31', 0.74],
  ['2025-05-31', 0.88],
  ['2025-06-30', 0.97],
  ['2025-07-25', 1],
);
const RAISED = curveThrough(
  ['2024-04-01', 0],
  ['2024-12-31', 0.25],
  ['2025-04-30', 0.5],
  ['2025-06-30', 0.86],
  ['2025-07-27', 1],
);

/** Shares of the communes (0–1): thinly peopled ones behind a neighbour, those with a second line … */
const BEHIND_NEIGHBOUR = 0.28;
const SECOND_LINE = 0.26;
/** … and of the second lines those that lead to another province's node. */
const TO_OTHER_PROVINCE = 0.3;
/** People per km² below which a line may lead by way of a neighbour. */
const THIN = 120;
/** Within so many days of its connection a commune had its second line. */
const SECOND_WITHIN_DAYS = 120;

interface Node {
  happened: Happened;
  place: readonly [number, number];
}

export function tellNetwork(
  chronicle: Chronicle,
  land: Land,
  figures: DemoFigures,
  seed: number,
): void {
  const random = new Random(seed, 'network');
  const opening = dayNumberOf(figures.from);
  const centres = centralProvinces(land).map((province) =>
    addNode(chronicle, opening, {
      name: `Nút trung tâm ${withoutType(province.name)}`,
      level: 'central',
      unit: NATION,
      place: seatOf(land, province.code, BESIDE_M, BESIDE_M),
      status: 'up',
    }),
  );
  const link = (from: Node, to: Node, fields: Record<string, string | number>, day = opening) =>
    chronicle.add(
      'link.add',
      day,
      { ...SIMULATED, ...fields },
      { from: from.happened, to: to.happened },
    );
  const ring = centres.length > 2 ? centres : centres.slice(1);
  for (const [i, from] of ring.entries()) {
    const to = centres[(centres.indexOf(from) + 1) % centres.length];
    if (to && (i > 0 || from !== to))
      link(from, to, { provider: CORE, bandwidthMbps: RING_MBPS, status: 'up' });
  }

  const provincial = new Map<string, Node>();
  for (const { code, name } of land.provinces) {
    const place = seatOf(land, code, -BESIDE_M, 0);
    const node = addNode(chronicle, opening, {
      name: `Nút tỉnh ${withoutType(name)}`,
      level: 'provincial',
      unit: code,
      place,
      status: 'up',
    });
    provincial.set(code, node);
    const homes = [...centres].sort(
      (a, b) => metresBetween(...place, ...a.place) - metresBetween(...place, ...b.place),
    );
    for (const centre of homes.slice(0, 2))
      link(node, centre, { provider: CORE, bandwidthMbps: PROVINCIAL_MBPS, status: 'up' });
  }
  tellCommunes(chronicle, land, figures, provincial, link, random);
}

function tellCommunes(
  chronicle: Chronicle,
  land: Land,
  figures: DemoFigures,
  provincial: ReadonlyMap<string, Node>,
  link: (from: Node, to: Node, fields: Record<string, string | number>, day?: number) => Happened,
  random: Random,
): void {
  const opening = dayNumberOf(figures.from);
  const { communes, density } = land;
  const all = communes.map((_, i) => i);
  // Fewest people last: these are not on the network yet.
  const bySize = [...all].sort(
    (a, b) => (communes[b]?.population ?? 0) - (communes[a]?.population ?? 0) || a - b,
  );
  const unconnected = new Set(bySize.slice(bySize.length - figures.communesUnconnected));
  // Both went through the country province by province, the denser places a little earlier.
  const byTurn = (): number[] => {
    const turn = new Map(land.provinces.map(({ code }) => [code, random.next()]));
    const key = all.map(
      (i) =>
        (turn.get(land.provinceOf(i)) ?? 0) +
        0.5 * random.next() -
        0.08 * Math.log10(1 + (density[i] ?? 0)),
    );
    return all.filter((i) => !unconnected.has(i)).sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0));
  };
  const connectedOn = daysAlong(CONNECTED, byTurn());
  const raisedOn = daysAlong(RAISED, byTurn().slice(0, figures.links200));
  const ways = waysOf(land, connectedOn, random);
  const told = new Map<number, Node>();

  // Those behind a neighbour come after it.
  for (const i of [...all].sort((a, b) => Number(ways.has(a)) - Number(ways.has(b)))) {
    const commune = communes[i];
    const province = commune && provincial.get(commune.province);
    if (!province) continue;
    const day = connectedOn.get(i);
    const there = day !== undefined && day <= opening;
    const status = there ? 'up' : 'planned';
    const node = addNode(chronicle, opening, {
      name: `Nút ${commune.name}`,
      level: 'communal',
      unit: commune.code,
      place: land.centreOf(commune.code),
      status,
    });
    told.set(i, node);
    const raised = raisedOn.get(i);
    const line = link(node, told.get(ways.get(i) ?? -1) ?? province, {
      provider: raised === undefined ? random.pick(OTHER_PROVIDERS) : MAIN_PROVIDER,
      bandwidthMbps: random.pick(FIRST_MBPS),
      status,
    });
    if (day !== undefined && !there) {
      chronicle.change(line, 'link.change', day, { status: 'up' });
      chronicle.change(node.happened, 'node.change', day, { status: 'up' });
    }
    if (raised !== undefined)
      chronicle.change(line, 'link.change', Math.max(raised, day ?? raised), {
        bandwidthMbps: RAISED_MBPS,
      });
    if (day !== undefined && !ways.has(i) && random.chance(SECOND_LINE))
      link(
        node,
        random.chance(TO_OTHER_PROVINCE)
          ? nearestTo(
              node,
              [...provincial.values()].filter((other) => other !== province),
            )
          : province,
        {
          provider: random.pick(OTHER_PROVIDERS),
          bandwidthMbps: random.pick(FIRST_MBPS),
          status: 'up',
        },
        Math.min(
          Math.max(day, opening) + random.below(SECOND_WITHIN_DAYS),
          dayNumberOf(figures.to),
        ),
      );
  }
}

/** Communes whose line leads by way of a neighbour that was connected no later, and which that is. */
function waysOf(
  land: Land,
  connectedOn: ReadonlyMap<number, number>,
  random: Random,
): Map<number, number> {
  const { communes, density } = land;
  const ways = new Map<number, number>();
  const hosts = new Set<number>();
  for (const [i, commune] of communes.entries()) {
    const day = connectedOn.get(i);
    if (day === undefined || (density[i] ?? 0) > THIN || hosts.has(i)) continue;
    if (!random.chance(BEHIND_NEIGHBOUR)) continue;
    const place = land.centreOf(commune.code);
    let host: number | undefined;
    let least = Infinity;
    for (const [j, other] of communes.entries()) {
      if (j === i || other.province !== commune.province || ways.has(j)) continue;
      if ((connectedOn.get(j) ?? Infinity) > day) continue;
      const metres = metresBetween(...place, ...land.centreOf(other.code));
      if (metres < least) [host, least] = [j, metres];
    }
    if (host === undefined) continue;
    ways.set(i, host);
    hosts.add(host);
  }
  return ways;
}

function nearestTo({ place }: Node, others: readonly Node[]): Node {
  const [first, ...rest] = others;
  if (!first) throw new Error('there is one provincial node only');
  return rest.reduce(
    (nearest, other) =>
      metresBetween(...place, ...other.place) < metresBetween(...place, ...nearest.place)
        ? other
        : nearest,
    first,
  );
}

/** A day along the curve for each of some communes, in their order. */
function daysAlong(curve: Curve, communes: readonly number[]): Map<number, number> {
  return new Map(communes.map((i, at) => [i, dayOfPart(curve, (at + 0.5) / communes.length)]));
}

function addNode(
  chronicle: Chronicle,
  day: number,
  node: {
    name: string;
    level: 'central' | 'provincial' | 'communal';
    unit: string;
    place: readonly [number, number];
    status: 'planned' | 'up';
  },
): Node {
  const { place, ...fields } = node;
  const [lon, lat] = place;
  const happened = chronicle.add('node.add', day, { ...SIMULATED, ...fields, lon, lat });
  return { happened, place };
}

/** The three centres; in a territory without them, the provinces with most people. */
function centralProvinces(land: Land): Province[] {
  const known = land.provinces.filter(({ code }) => CENTRES.includes(code));
  if (known.length === CENTRES.length) return known;
  return [...land.provinces].sort((a, b) => b.population - a.population).slice(0, 3);
}

/**
 * A place in the commune that a province is governed from, or near enough: its densest. Beside the
 * centre of it, where the commune's own node stands, by so many metres if the commune is that wide.
 */
function seatOf(
  land: Land,
  province: string,
  eastM: number,
  northM: number,
): readonly [number, number] {
  let densest: number | undefined;
  for (const [i, commune] of land.communes.entries())
    if (
      commune.province === province &&
      (densest === undefined || (land.density[i] ?? 0) > (land.density[densest] ?? 0))
    )
      densest = i;
  if (densest === undefined) return land.centreOf(province);
  const centre = land.centreOf(land.communes[densest]?.code ?? '');
  const beside = placeAt(...centre, eastM, northM);
  const cell = land.nearestOf(densest, ...beside, BESIDE_WITHIN_M);
  return cell === undefined ? centre : land.middle(cell);
}
