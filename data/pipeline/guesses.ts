/**
 * Fifth stage: where each old ward is likely to lie and how much land it is likely to have. At its
 * place when that is known; else in its district in the order of its code, because the national
 * numbering runs from north to south within a district.
 */
import type { Evidence } from './evidence.ts';
import { FORMER_FIGURES } from './formerFigures.ts';
import type { OldDistrict, OldWard, OldWardKind } from './formerUnits.ts';
import type { Plane, Point } from './plane.ts';

/** Land that an old ward is likely to have, against that of an old rural commune. */
const LAND: Record<OldWardKind, number> = { ward: 0.1, town: 0.6, commune: 1 };
/** How far a district's wards reach north and south of its middle, of the side of its square. */
const NORTH_SOUTH = 0.4;
/** Old wards whose codes are further apart were not numbered in one district. */
const JUMP = 40;

/** An old district with those of its wards that are laid out here. */
export interface LaidDistrict {
  district: OldDistrict;
  wards: OldWard[];
}

/** Where an old ward is likely to lie. */
export interface Guess {
  ward: OldWard;
  /** Kilometres in the plane. */
  x: number;
  y: number;
  /** Whether a source says so. */
  known: boolean;
  /** Land it is likely to have, km². */
  landKm2: number;
}

/**
 * A guess for each ward; throws for a district of which nothing says where it lies. `drawnKm2` is
 * the land that the districts share.
 */
export function guessWards(
  districts: LaidDistrict[],
  evidence: Evidence,
  plane: Plane,
  drawnKm2: number,
): Guess[] {
  const landOf = landShares(districts, drawnKm2);
  const middles = new Map(
    districts.map(({ district }): [OldDistrict, Point] => {
      const middle = evidence.districts.get(district);
      if (middle) return [district, plane.toKm(middle)];
      const { name, formerProvince } = district;
      throw new Error(`Nothing says where ${name} (${formerProvince}) lies: add it to seats.ts.`);
    }),
  );
  return districts.flatMap(({ district, wards }) => {
    const [x, y] = middles.get(district) ?? [NaN, NaN];
    const side = Math.sqrt(landOf(wards));
    const placeOf = (ward: OldWard): Point | undefined => {
      const place = evidence.wards.get(ward);
      if (!place) return undefined;
      const [placeX, placeY] = plane.toKm(place);
      // A namesake far away is another place.
      return Math.hypot(placeX - x, placeY - y) < 3 * side + 15 ? [placeX, placeY] : undefined;
    };
    const blocks = blocksOf(wards);
    const largest = Math.max(...blocks.map((block) => block.length));
    return blocks.flatMap((block) => {
      const known = block.flatMap((ward) => [placeOf(ward)].filter((place) => place !== undefined));
      const origin = originOf(block, districts, district);
      const originMiddle = origin && middles.get(origin);
      let middle: Point = [x, y];
      if (block.length < largest && known.length > 0) middle = meanOf(known);
      else if (originMiddle) middle = meanOf([middle, originMiddle]);
      const blockSide = Math.sqrt(landOf(block));
      return block.map((ward, i): Guess => {
        const place = placeOf(ward);
        if (place) return { ward, x: place[0], y: place[1], known: true, landKm2: landOf([ward]) };
        const rank = block.length > 1 ? i / (block.length - 1) - 0.5 : 0;
        return {
          ward,
          x: middle[0],
          y: middle[1] - 2 * rank * NORTH_SOUTH * blockSide,
          known: false,
          landKm2: landOf([ward]),
        };
      });
    });
  });
}

/**
 * Land that wards are likely to have, km²: a former province's published area shared out between
 * its wards, all of it scaled to the land that is drawn.
 */
function landShares(districts: LaidDistrict[], drawnKm2: number): (wards: OldWard[]) => number {
  const weights = new Map<string, number>();
  for (const { district, wards } of districts)
    for (const ward of wards)
      weights.set(
        district.formerProvince,
        (weights.get(district.formerProvince) ?? 0) + LAND[ward.kind],
      );
  const publishedOf = (former: string) => FORMER_FIGURES[former]?.areaKm2 ?? NaN;
  const published = [...weights.keys()].reduce((sum, former) => sum + publishedOf(former), 0);
  const shares = new Map<OldWard, number>();
  for (const { district, wards } of districts)
    for (const ward of wards) {
      const part = LAND[ward.kind] / (weights.get(district.formerProvince) ?? NaN);
      shares.set(ward, (part * publishedOf(district.formerProvince) * drawnKm2) / published);
    }
  return (wards) => wards.reduce((sum, ward) => sum + (shares.get(ward) ?? 0), 0);
}

/** Wards whose codes follow one another; a jump means that they came from another district. */
function blocksOf(wards: OldWard[]): OldWard[][] {
  const blocks: OldWard[][] = [];
  for (const ward of wards) {
    const last = blocks.at(-1);
    if (last && Number(ward.code) - Number(last.at(-1)?.code) <= JUMP) last.push(ward);
    else blocks.push([ward]);
  }
  return blocks;
}

/** The district amid whose codes a block is, if not its own: it lies between the two. */
function originOf(
  block: OldWard[],
  districts: LaidDistrict[],
  own: OldDistrict,
): OldDistrict | undefined {
  const code = Number(block[0]?.code);
  return districts.find(({ district, wards }) => {
    const main = blocksOf(wards).reduce((a, b) => (b.length > a.length ? b : a));
    return district !== own && Number(main[0]?.code) < code && code < Number(main.at(-1)?.code);
  })?.district;
}

function meanOf(points: Point[]): Point {
  const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
  return [x, y];
}
