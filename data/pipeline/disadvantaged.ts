/**
 * Which communes are taken as specially disadvantaged. The official lists name villages and old
 * communes; this rule only comes near them: a xã of an upland former province, made from rural
 * communes alone, whose middle is far from that of every commune with an old town or ward in it.
 */
import { formerProvinces } from '../country/provinces.ts';
import type { OldDistrict } from './formerUnits.ts';
import { planeAt, type Point } from './plane.ts';

/** Kilometres from the nearest town. */
const FAR_KM = 8;

/** Codes of the specially disadvantaged, from the middles (degrees) and names of all communes. */
export function findDisadvantaged(
  districts: OldDistrict[],
  middles: Map<string, Point>,
  isRural: (commune: string) => boolean,
): Set<string> {
  const wards = districts.flatMap((district) => district.wards);
  const urban = new Set(wards.filter((w) => w.kind !== 'commune').map((w) => w.commune));
  const towns = [...middles].filter(([code]) => urban.has(code)).map(([, middle]) => middle);
  const upland = new Set(formerProvinces.filter((p) => p.mountain).map((p) => p.name));
  const rural = districts
    .filter((district) => upland.has(district.formerProvince))
    .flatMap((district) => district.wards.map((ward) => ward.commune))
    .filter((commune) => isRural(commune) && !urban.has(commune));
  return new Set(
    rural.filter((commune) => {
      const middle = middles.get(commune);
      return middle !== undefined && towns.every((town) => kmBetween(middle, town) > FAR_KM);
    }),
  );
}

function kmBetween(a: Point, b: Point): number {
  const plane = planeAt((a[1] + b[1]) / 2);
  const [ax, ay] = plane.toKm(a);
  const [bx, by] = plane.toKm(b);
  return Math.hypot(ax - bx, ay - by);
}
