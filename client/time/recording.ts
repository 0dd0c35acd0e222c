/**
 * A film of what a canvas shows, as the browser records it, or as pictures one after the other in a ZIP:
 * for whoever cuts a film of them, and for browsers that record none.
 */
import { Zip, ZipPassThrough } from 'fflate';
import { asPng } from './picture.ts';

export interface Recording {
  /** The canvas shows the next picture. */
  drawn(): void;
  /** Ends it, and answers the file. */
  finish(): Promise<{ blob: Blob; extension: string }>;
}

const FRAMES = 24;
const BITS_PER_SECOND = 8_000_000;
/** Between two pictures: writing one takes a poor machine half as long. */
const PICTURE_MS = 200;

/** @param kind as `filmKind` has found it */
export function recordFilm(canvas: HTMLCanvasElement, kind: string): Recording {
  const recorder = new MediaRecorder(canvas.captureStream(FRAMES), {
    mimeType: kind,
    videoBitsPerSecond: BITS_PER_SECOND,
  });
  const pieces: Blob[] = [];
  const ended = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start(1_000);
  return {
    drawn: () => undefined,
    async finish() {
      if (recorder.state !== 'inactive') recorder.stop();
      await ended;
      const type = kind.split(';')[0] ?? kind;
      return { blob: new Blob(pieces, { type }), extension: type.split('/')[1] ?? 'webm' };
    },
  };
}

/** @param name of the pictures, before their numbers */
export function recordPictures(canvas: HTMLCanvasElement, name: string): Recording {
  const pictures = new PictureZip(name);
  let taking: Promise<void> | null = null;
  let takenAt = -Infinity;
  let broken: unknown;
  async function take(): Promise<void> {
    try {
      pictures.add(new Uint8Array(await (await asPng(canvas)).arrayBuffer()));
    } catch (error) {
      broken = error;
    }
    taking = null;
  }
  return {
    drawn() {
      const now = performance.now();
      if (taking || now - takenAt < PICTURE_MS) return;
      takenAt = now;
      taking = take();
    },
    async finish() {
      await taking;
      if (broken instanceof Error) throw broken;
      return { blob: pictures.finish(), extension: 'zip' };
    },
  };
}

/** Pictures with running numbers in a ZIP; they are small already, and lie in it as they are. */
export class PictureZip {
  readonly #name: string;
  /** As blobs, which the browser keeps on the disk where memory is short. */
  readonly #pieces: Blob[] = [];
  readonly #zip: Zip;
  #count = 0;

  constructor(name: string) {
    this.#name = name;
    this.#zip = new Zip((error, piece) => {
      if (error) throw error;
      // A copy: its buffer may be used again.
      this.#pieces.push(new Blob([Uint8Array.from(piece)]));
    });
  }

  add(png: Uint8Array): void {
    const number = String(++this.#count).padStart(4, '0');
    const file = new ZipPassThrough(`${this.#name}-${number}.png`);
    this.#zip.add(file);
    file.push(png, true);
  }

  finish(): Blob {
    this.#zip.end();
    return new Blob(this.#pieces, { type: 'application/zip' });
  }
}
