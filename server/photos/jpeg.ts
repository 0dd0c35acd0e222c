/**
 * A JPEG reduced to its picture (ITU-T T.81): tables, frames and scans stay; EXIF with its GPS, XMP,
 * thumbnails, comments and whatever lies behind the end of the image go. Of EXIF one number is written
 * anew: which way is up, because phones leave the turning to whoever shows the photo.
 */
import { BadPhoto } from './kinds.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;
/** DHT, JPG and DAC lie among the numbers of frames and are none. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
const EXIF = Buffer.from('Exif\0\0', 'latin1');
const ADOBE = Buffer.from('Adobe', 'latin1');
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

export interface Stripped {
  width: number;
  height: number;
  bytes: Buffer;
}

/** Throws `BadPhoto` for what is no whole JPEG. */
export function stripJpeg(bytes: Buffer): Stripped {
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let turned = 1;
  let scans = 0;
  let at = 2;
  for (;;) {
    // Any marker may be filled up with 0xff before it.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = markerAt(bytes, at);
    if (marker === EOI) break;
    const end = at + 2 + lengthAt(bytes, at + 2);
    if (end > bytes.length) throw cutOff();
    const content = bytes.subarray(at + 4, end);
    if (isFrame(marker)) {
      if (content.length < 6) throw new BadPhoto('its frame has no size');
      size ??= { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
    }
    if (marker === APP1) turned = orientationIn(content) ?? turned;
    let next = end;
    if (marker === SOS) {
      scans++;
      next = endOfScan(bytes, end);
    }
    if (isPicture(marker, content)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (!size || scans === 0) throw new BadPhoto('there is no picture in it');
  const head = Buffer.from([0xff, SOI]);
  const upright = turned === 1 ? [] : [orientationSegment(turned)];
  return { ...size, bytes: Buffer.concat([head, ...upright, ...kept, Buffer.from([0xff, EOI])]) };
}

/** The marker at a place. */
function markerAt(bytes: Buffer, at: number): number {
  if (at + 1 >= bytes.length) throw cutOff();
  const marker = bytes[at + 1] ?? 0;
  if (bytes[at] !== 0xff || marker < 0xc0 || marker === SOI)
    throw new BadPhoto(`there is no segment at byte ${at}`);
  return marker;
}

function lengthAt(bytes: Buffer, at: number): number {
  if (at + 2 > bytes.length) throw cutOff();
  const length = bytes.readUInt16BE(at);
  if (length < 2) throw new BadPhoto(`a segment at byte ${at} has no length`);
  return length;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);
}

/** Adobe's segment tells how colours are written; every other application's is about the photo. */
function isPicture(marker: number, content: Buffer): boolean {
  if (marker === COM) return false;
  if (marker < APP0 || marker > APP15) return true;
  return marker === APP14 && content.subarray(0, 5).equals(ADOBE);
}

/** Where the data of a scan ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw cutOff();
}

/** EXIF's orientation (1–8) in an APP1 segment; undefined where it says none. */
function orientationIn(content: Buffer): number | undefined {
  if (!content.subarray(0, 6).equals(EXIF)) return undefined;
  const tiff = content.subarray(6);
  if (tiff.length < 8) return undefined;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = short(directory);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return undefined;
    if (short(at) !== ORIENTATION_TAG || short(at + 2) !== SHORT) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An EXIF segment with the one number in it. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM', 0, 'latin1');
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION_TAG, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from([0xff, APP1, 0, 2 + EXIF.length + tiff.length]);
  return Buffer.concat([head, EXIF, tiff]);
}

function cutOff(): BadPhoto {
  return new BadPhoto('it is cut off before its end');
}
