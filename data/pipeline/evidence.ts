/**
 * Fourth stage: what is known of where things lie. Each place of GeoNames is joined to the old
 * district that it was in and, where the names agree, to the old ward it stood in.
 */
import type { Land } from './formerShapes.ts';
import type { OldDistrict, OldWard } from './formerUnits.ts';
import { nameKey } from './nameKey.ts';
import { ringHolds, type Point } from './plane.ts';
import { HAND_PLACED, HAND_PLACED_WARDS } from './seats.ts';
import type { Town } from './sources.ts';

export interface Evidence {
  /** Middle of the known places of each old district, degrees. */
  districts: Map<OldDistrict, Point>;
  /** Where an old ward is known to lie, degrees. */
  wards: Map<OldWard, Point>;
  /** How many places of GeoNames were joined. */
  joined: { towns: number; toDistrict: number; toWard: number };
}

export function findEvidence(districts: OldDistrict[], towns: Town[], lands: Land[]): Evidence {
  const byName = groupBy(districts, (d) => `${d.province}|${nameKey(d.name)}`);
  const wardsOf = new Map(districts.map((d) => [d, groupBy(d.wards, (w) => nameKey(w.name))]));
  const byFormer = groupBy(districts, (d) => d.formerProvince);
  const districtPlaces = new Map<OldDistrict, Point[]>();
  const wardPlaces = new Map<OldWard, Point[]>();
  let toWard = 0;

  for (const town of towns) {
    const place: Point = [town.lon, town.lat];
    const former = lands.find((land) => ringHolds(land.ring, place))?.former;
    const key = nameKey(town.name);
    const holdsIt = (d: OldDistrict) => wardsOf.get(d)?.has(key) ?? false;
    const rank = (d: OldDistrict) =>
      (holdsIt(d) ? 2 : 0) + (d.name.toLowerCase() === town.district.toLowerCase() ? 1 : 0);
    // Two districts can share a name (a town and the countryside around it, or two former
    // provinces): then the one that has the place, then the one of the same type.
    const named = (byName.get(`${town.province}|${nameKey(town.district)}`) ?? [])
      .filter((d, _, all) => all.length === 1 || d.formerProvince === former)
      .sort((a, b) => rank(b) - rank(a));
    let district = named[0];

    let wards = district ? wardsOf.get(district)?.get(key) : undefined;
    if (!wards && former) {
      // Outside the district it is said to be in, a name counts only when it is the only one.
      const holders = (byFormer.get(former) ?? []).filter(holdsIt);
      const [holder] = holders;
      if (holder && holders.length === 1) {
        wards = wardsOf.get(holder)?.get(key);
        district ??= holder;
      }
    }
    for (const ward of wards ?? []) add(wardPlaces, ward, place);
    if (wards) toWard++;
    if (district) add(districtPlaces, district, place);
  }

  const toDistrict = [...districtPlaces.values()].reduce((sum, places) => sum + places.length, 0);
  for (const district of districts) {
    const byHand = HAND_PLACED[district.formerProvince]?.[district.name];
    if (byHand) add(districtPlaces, district, byHand);
    for (const ward of district.wards) {
      const place = HAND_PLACED_WARDS[district.formerProvince]?.[ward.name];
      if (place) wardPlaces.set(ward, [place]);
    }
  }
  return {
    districts: new Map([...districtPlaces].map(([district, places]) => [district, mean(places)])),
    wards: new Map([...wardPlaces].map(([ward, places]) => [ward, mean(places)])),
    joined: { towns: towns.length, toDistrict, toWard },
  };
}

function mean(points: Point[]): Point {
  const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

function groupBy<Item, Key>(items: Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) add(groups, keyOf(item), item);
  return groups;
}

function add<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
