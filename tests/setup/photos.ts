/** Photos of each kind as phones make them: a picture, and around it what nobody should get. */
import { PNG } from 'pngjs';

/** What must not be left of a photo. */
export const SECRET = 'SECRET 21.386 103.016';

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** EXIF with an orientation and, behind it, the secret. */
function exif(orientation: number, littleEndian: boolean): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(littleEndian ? 'II' : 'MM', 0, 'latin1');
  const short = (value: number, at: number) =>
    littleEndian ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    littleEndian ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(SECRET)]);
}

/** The scan of a JPEG: a stuffed byte and a restart, which are not its end. */
export const JPEG_SCAN = Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]);

export function jpeg({
  width = 640,
  height = 480,
  orientation = 6,
  littleEndian = true,
}: { width?: number; height?: number; orientation?: number; littleEndian?: boolean } = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, exif(orientation, littleEndian)),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${SECRET}`)),
    segment(0xfe, Buffer.from(SECRET)),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, frame),
    segment(0xc4, Buffer.alloc(20, 1)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    JPEG_SCAN,
    Buffer.from([0xff, 0xd9]),
    Buffer.from(`a film behind the photo: ${SECRET}`),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content, Buffer.alloc(4)]);
}

export function png(width = 64, height = 48): Buffer {
  const plain = PNG.sync.write(new PNG({ width, height, fill: true }));
  const afterHeader = 8 + 25;
  return Buffer.concat([
    plain.subarray(0, afterHeader),
    pngChunk('tEXt', Buffer.from(`Comment\0${SECRET}`)),
    pngChunk('eXIf', Buffer.from(SECRET)),
    plain.subarray(afterHeader),
    Buffer.from(SECRET),
  ]);
}

function webpChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** A WebP of chunks; by default an extended one with everything that is not its picture. */
export function webp(chunks: readonly [type: string, content: Buffer][] = extended()): Buffer {
  const body = Buffer.concat(chunks.map(([type, content]) => webpChunk(type, content)));
  const head = Buffer.alloc(12);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, body]);
}

/** The lossy picture of a WebP, of an odd length. */
export function vp8(width = 64, height = 48): Buffer {
  const picture = Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, 7]);
  picture.writeUInt16LE(width, 6);
  picture.writeUInt16LE(height, 8);
  return picture;
}

function extended(): [string, Buffer][] {
  const canvas = Buffer.alloc(10);
  canvas[0] = 0x10 | 0x08 | 0x04 | 0x20;
  canvas.writeUIntLE(64 - 1, 4, 3);
  canvas.writeUIntLE(48 - 1, 7, 3);
  return [
    ['VP8X', canvas],
    ['ICCP', Buffer.from(SECRET)],
    ['ALPH', Buffer.from([0, 1, 2])],
    ['VP8 ', vp8()],
    ['EXIF', Buffer.from(SECRET)],
    ['XMP ', Buffer.from(SECRET)],
  ];
}
