/**
 * Reads a form with a photo (multipart/form-data) without trusting it: so many fields, so long, one
 * file, so large. What is too large is read to its end where that is bearable, because a browser shows
 * an answer only after it has sent everything.
 */
import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { MOST_PHOTO_BYTES } from '../../data/wire/photos.ts';

export interface Form {
  fields: Readonly<Record<string, string>>;
  /** The file of the field `photo`; null for none. */
  photo: Buffer | null;
  /** The photo was longer than it may be, and was let go. */
  tooLarge: boolean;
}

/** Why a form was not read. */
export class UnreadForm extends Error {
  readonly why: 'not_a_form' | 'too_large' | 'broken' | 'busy';

  constructor(why: UnreadForm['why'], options?: ErrorOptions) {
    super(why, options);
    this.why = why;
  }
}

const MOST_FIELDS = 24;
/** A thousand letters of Vietnamese, three bytes each, and room to say that it was too many. */
const MOST_FIELD_BYTES = 16 * 1024;
/** Read and thrown away, so that the answer is seen; beyond that the line is cut. */
const MOST_BODY_BYTES = 40 * 1024 * 1024;
/** Forms in memory at a time: with their photos 160 MB at most. */
const MOST_AT_ONCE = 32;
let atOnce = 0;

/** Throws `UnreadForm`. */
export async function readForm(request: IncomingMessage): Promise<Form> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? ''))
    throw new UnreadForm('not_a_form');
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES)
    throw new UnreadForm('too_large');
  if (atOnce >= MOST_AT_ONCE) throw new UnreadForm('busy');
  atOnce++;
  try {
    return await parse(request);
  } finally {
    atOnce--;
  }
}

function parse(request: IncomingMessage): Promise<Form> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    const parts: Buffer[] = [];
    let tooLarge = false;
    let seen = 0;
    let parser: busboy.Busboy;
    const fail = (why: UnreadForm['why'], cause?: unknown): void => {
      request.unpipe(parser);
      request.resume();
      reject(new UnreadForm(why, { cause }));
    };
    try {
      parser = busboy({
        headers: request.headers,
        limits: {
          fields: MOST_FIELDS,
          fieldSize: MOST_FIELD_BYTES,
          files: 1,
          fileSize: MOST_PHOTO_BYTES,
          parts: MOST_FIELDS + 1,
        },
      });
    } catch (cause) {
      reject(new UnreadForm('broken', { cause }));
      return;
    }
    request.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen > MOST_BODY_BYTES) request.destroy();
    });
    parser.on('field', (name, value) => {
      fields[name] = value;
    });
    parser.on('file', (name, file) => {
      file.on('data', (chunk: Buffer) => {
        if (name === 'photo') parts.push(chunk);
      });
      file.on('limit', () => {
        tooLarge = true;
        parts.length = 0;
      });
      // A line that breaks within the file is told by the parser, too.
      file.on('error', () => undefined);
    });
    parser.on('error', (cause) => fail('broken', cause));
    parser.on('close', () => {
      const photo = Buffer.concat(parts);
      resolve({ fields, photo: photo.length === 0 || tooLarge ? null : photo, tooLarge });
    });
    request.on('aborted', () => fail('broken'));
    request.on('error', (cause) => fail('broken', cause));
    request.pipe(parser);
  });
}
