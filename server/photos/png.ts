/**
 * A PNG reduced to its picture (W3C PNG, third edition): only the chunks that say how it looks stay;
 * texts, EXIF, times, profiles and animation go, and whatever lies behind its end.
 */
import { BadPhoto } from './kinds.ts';
import type { Stripped } from './jpeg.ts';

const SIGNATURE_LENGTH = 8;
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'sBIT']);

/** Throws `BadPhoto` for what is no whole PNG. */
export function stripPng(bytes: Buffer): Stripped {
  const kept = [bytes.subarray(0, SIGNATURE_LENGTH)];
  let size: { width: number; height: number } | undefined;
  let isThere = false;
  for (let at = SIGNATURE_LENGTH; ;) {
    if (at + 12 > bytes.length) throw new BadPhoto('it is cut off before its end');
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) throw new BadPhoto('it is cut off before its end');
    if (!size) {
      if (type !== 'IHDR' || length !== 13) throw new BadPhoto('it does not begin with its size');
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (type === 'IDAT') isThere = true;
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    at = end;
    if (type === 'IEND') break;
  }
  if (!isThere) throw new BadPhoto('there is no picture in it');
  return { ...size, bytes: Buffer.concat(kept) };
}
