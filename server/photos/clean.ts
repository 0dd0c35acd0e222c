/** A photo as it is taken in: its kind by its bytes, its size within bounds, its metadata gone. */
import { stripJpeg } from './jpeg.ts';
import { BadPhoto, kindOf, type CleanPhoto, type PhotoKind } from './kinds.ts';
import { stripPng } from './png.ts';
import { stripWebp } from './webp.ts';

/** A screen that shows it must unpack it: 48 million dots are 190 MB there. */
const MOST_DOTS = 48_000_000;
const LONGEST_SIDE = 12_000;
const SHORTEST_SIDE = 16;

const STRIP = { jpeg: stripJpeg, png: stripPng, webp: stripWebp } as const satisfies Record<
  PhotoKind,
  unknown
>;

/** Throws `BadPhoto` with the reason, for the one who sent it. */
export function cleanPhoto(given: Buffer): CleanPhoto {
  const kind = kindOf(given);
  if (!kind) throw new BadPhoto('it is no JPEG, PNG or WebP', 'kind');
  const { width, height, bytes } = STRIP[kind](given);
  const [shorter, longer] = width < height ? [width, height] : [height, width];
  if (shorter < SHORTEST_SIDE || longer > LONGEST_SIDE || width * height > MOST_DOTS)
    throw new BadPhoto(`it measures ${width} × ${height} dots`, 'dots');
  return { kind, width, height, bytes };
}
