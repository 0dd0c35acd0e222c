/**
 * A WebP reduced to its picture (RFC 9649): the image and its transparency stay; EXIF, XMP, colour
 * profiles and unknown chunks go. An animation is no photo.
 */
import { BadPhoto } from './kinds.ts';
import type { Stripped } from './jpeg.ts';

const RIFF_HEADER = 12;
const CHUNK_HEADER = 8;
const ALPHA_FLAG = 0x10;

/** Throws `BadPhoto` for what is no whole still WebP. */
export function stripWebp(bytes: Buffer): Stripped {
  const length = bytes.length < RIFF_HEADER ? 0 : bytes.readUInt32LE(4) + 8;
  if (length > bytes.length) throw new BadPhoto('it is cut off before its end');
  const kept: Buffer[] = [];
  let canvas: { width: number; height: number } | undefined;
  let image: { width: number; height: number } | undefined;
  for (let at = RIFF_HEADER; at + CHUNK_HEADER <= length;) {
    const type = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + CHUNK_HEADER + size;
    if (end > length) throw new BadPhoto('it is cut off before its end');
    const content = bytes.subarray(at + CHUNK_HEADER, end);
    if (type === 'ANIM' || type === 'ANMF') throw new BadPhoto('it is an animation');
    if (type === 'VP8X') {
      if (size < 10) throw new BadPhoto('its canvas has no size');
      canvas = { width: 1 + content.readUIntLE(4, 3), height: 1 + content.readUIntLE(7, 3) };
      const still = Buffer.from(content);
      // Of what may be in the file only transparency is left.
      still[0] = (still[0] ?? 0) & ALPHA_FLAG;
      kept.push(chunk(type, still));
    } else if (type === 'ALPH') kept.push(chunk(type, content));
    else if (type === 'VP8 ' || type === 'VP8L') {
      image ??= type === 'VP8L' ? sizeOfLossless(content) : sizeOfLossy(content);
      kept.push(chunk(type, content));
    }
    at = end + (size % 2);
  }
  if (!image) throw new BadPhoto('there is no picture in it');
  const body = Buffer.concat(kept);
  const head = Buffer.alloc(RIFF_HEADER);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  head.write('WEBP', 8, 'latin1');
  return { ...(canvas ?? image), bytes: Buffer.concat([head, body]) };
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(CHUNK_HEADER);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** Fourteen bits each, behind the start code of a key frame (RFC 6386, 9.1). */
function sizeOfLossy(content: Buffer): { width: number; height: number } {
  if (content.length < 10 || content.readUIntBE(3, 3) !== 0x9d012a)
    throw new BadPhoto('its picture does not begin with a key frame');
  return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
}

/** Fourteen bits each, one less than the size, behind the signature. */
function sizeOfLossless(content: Buffer): { width: number; height: number } {
  if (content.length < 5 || content[0] !== 0x2f)
    throw new BadPhoto('its picture has no lossless signature');
  const bits = content.readUInt32LE(1);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}
