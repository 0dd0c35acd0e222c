/** What is left of a photo: its picture, and which way is up. */
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { cleanPhoto } from '../../../server/photos/clean.ts';
import { BadPhoto } from '../../../server/photos/kinds.ts';
import { jpeg, JPEG_SCAN, png, SECRET, vp8, webp } from '../../setup/photos.ts';

const wordsIn = (bytes: Buffer): string => bytes.toString('latin1');
const whyNot = (bytes: Buffer): string | undefined => {
  try {
    cleanPhoto(bytes);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(BadPhoto);
    return (error as BadPhoto).why;
  }
};

describe.each([
  ['jpeg', jpeg(), { width: 640, height: 480 }],
  ['png', png(), { width: 64, height: 48 }],
  ['webp', webp(), { width: 64, height: 48 }],
])('a %s', (kind, given, size) => {
  it('is told by its bytes, measured, and keeps nothing that was written into it', () => {
    expect(wordsIn(given)).toContain(SECRET);
    const { bytes, ...rest } = cleanPhoto(given);
    expect(rest).toEqual({ kind, ...size });
    expect(wordsIn(bytes)).not.toContain('SECRET');
  });

  it('is the same when it is cleaned again', () => {
    const once = cleanPhoto(given);
    expect(cleanPhoto(once.bytes)).toEqual(once);
  });

  it('is refused when it is cut off anywhere', () => {
    const { bytes } = cleanPhoto(given);
    for (let length = 0; length < bytes.length; length++)
      expect(['kind', 'broken']).toContain(whyNot(bytes.subarray(0, length)));
  });

  it('is refused or cleaned, but never breaks anything, with any byte of it changed', () => {
    const change = fc.tuple(fc.nat(given.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(given);
        for (const [at, value] of changes) bytes[at] = value;
        whyNot(bytes);
      }),
    );
  });
});

describe('a JPEG', () => {
  it.each([true, false])('keeps which way is up (little-endian: %s)', (littleEndian) => {
    const { bytes } = cleanPhoto(jpeg({ orientation: 6, littleEndian }));
    const at = bytes.indexOf('Exif');
    // The one entry of the one directory: tag 0x0112, a SHORT, once, 6.
    expect(bytes.subarray(at + 16, at + 26).toString('hex')).toBe('0112000300000001' + '0006');
    expect(wordsIn(cleanPhoto(jpeg({ orientation: 1 })).bytes)).not.toContain('Exif');
  });

  it('keeps its tables and its whole scan', () => {
    const { bytes } = cleanPhoto(jpeg());
    expect(bytes.includes(JPEG_SCAN)).toBe(true);
    expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
    for (const marker of [0xdb, 0xc0, 0xc4, 0xda])
      expect(bytes.includes(Buffer.from([0xff, marker, 0]))).toBe(true);
  });
});

describe('a PNG', () => {
  it('is the same picture afterwards', () => {
    const { bytes } = cleanPhoto(png(20, 30));
    const { width, height, data } = PNG.sync.read(bytes);
    expect([width, height, data.length]).toEqual([20, 30, 20 * 30 * 4]);
  });
});

describe('a WebP', () => {
  it('says of itself only what is left: its transparency', () => {
    const { bytes } = cleanPhoto(webp());
    expect(bytes[bytes.indexOf('VP8X') + 8]).toBe(0x10);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  });

  it('is measured without a canvas, too', () => {
    expect(cleanPhoto(webp([['VP8 ', vp8(320, 200)]]))).toMatchObject({ width: 320, height: 200 });
    const lossless = Buffer.from([0x2f, 0, 0, 0, 0, 0]);
    lossless.writeUInt32LE((320 - 1) | ((200 - 1) << 14), 1);
    expect(cleanPhoto(webp([['VP8L', lossless]]))).toMatchObject({ width: 320, height: 200 });
  });

  it('is no film', () => {
    expect(whyNot(webp([['ANIM', Buffer.alloc(6)]]))).toBe('broken');
  });
});

describe('what is refused', () => {
  it.each([
    ['a page that calls itself a photo', Buffer.from('<html><script>alert(1)</script>'), 'kind'],
    ['a GIF', Buffer.from('GIF89a'), 'kind'],
    ['a picture in a container of Apple', Buffer.from('\0\0\0\x18ftypheic'), 'kind'],
    ['nothing', Buffer.alloc(0), 'kind'],
    [
      'a page behind the first bytes of a JPEG',
      Buffer.from('\xff\xd8\xff<html>', 'latin1'),
      'broken',
    ],
    ['more dots than a screen can hold', jpeg({ width: 11_000, height: 9_000 }), 'dots'],
    ['a line of dots', jpeg({ width: 65_000, height: 20 }), 'dots'],
    ['a single dot', jpeg({ width: 1, height: 1 }), 'dots'],
  ])('%s', (_, bytes, why) => {
    expect(whyNot(bytes)).toBe(why);
  });
});
