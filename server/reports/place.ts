/** The place of a report: as a person gives it, and as much of it as everybody may see. */
import * as v from 'valibot';
import { Latitude, Longitude } from '../../data/model/scalars.ts';

export interface Point {
  lon: number;
  lat: number;
}

const NUMBER = String.raw`(\d{1,3}(?:[.,]\d+)?)`;
const TWO_NUMBERS = new RegExp(
  String.raw`^[(\s]*${NUMBER}\s*°?\s*[NBEĐ]?(?:\s*[,;/]\s*|\s+)${NUMBER}\s*°?\s*[NBEĐ]?[)\s]*$`,
  'iu',
);

/**
 * Two numbers as map programs write them, `21.386, 103.016`, in either order: which is the latitude
 * is told by where Viet Nam lies. Undefined for anything else.
 */
export function pointIn(text: string): Point | undefined {
  const [, first, second] = TWO_NUMBERS.exec(text) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [first, second].map((digits) => Number(digits.replace(',', '.')));
  return pointOf(a, b) ?? pointOf(b, a);
}

function pointOf(lat: number | undefined, lon: number | undefined): Point | undefined {
  const point = v.safeParse(v.object({ lat: Latitude, lon: Longitude }), { lat, lon });
  return point.success ? point.output : undefined;
}

/** Coarsest first: 110 m, 11 m, 1 m. */
const DECIMALS = [3, 4, 5];

/**
 * The point in the log, which everybody sees and nothing is taken out of: rounded so far that it names
 * no house, but not out of the commune that it is in.
 */
export function coarsened(
  { lon, lat }: Point,
  communeAt: (lon: number, lat: number) => string | undefined,
): Point {
  const commune = communeAt(lon, lat);
  for (const decimals of DECIMALS) {
    const scale = 10 ** decimals;
    const coarse = { lon: Math.round(lon * scale) / scale, lat: Math.round(lat * scale) / scale };
    if (communeAt(coarse.lon, coarse.lat) === commune) return coarse;
  }
  return { lon, lat };
}
