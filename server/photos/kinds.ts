/** What a photo is, told by its bytes and never by its name, and what is wrong with one. */

export type PhotoKind = 'jpeg' | 'png' | 'webp';

/** A photo without anything but its picture. */
export interface CleanPhoto {
  kind: PhotoKind;
  width: number;
  height: number;
  bytes: Buffer;
}

/** The bytes are no photo that can be taken; the message says why. */
export class BadPhoto extends Error {
  readonly why: 'kind' | 'broken' | 'dots';

  constructor(message: string, why: BadPhoto['why'] = 'broken') {
    super(message);
    this.why = why;
  }
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** The kind that the first bytes say; undefined for anything else. */
export function kindOf(bytes: Buffer): PhotoKind | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return 'png';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
    return 'webp';
  return undefined;
}
