/**
 * Takes in a file over HTTP: it goes to a temporary file as it comes, never whole into memory, and no
 * further than its limit. Several servers share only the database, so what is to be kept goes there;
 * the temporary file is gone when it has been read.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import { MOST_BYTES } from './limits.ts';
import { ImportRefused } from './refused.ts';

export interface Received {
  /** Where it lies for now. */
  file: string;
  /** What it is called. */
  name: string;
  fields: Record<string, string>;
  /** Takes it away. */
  forget(): Promise<void>;
}

const MOST_FIELD = 64 * 1024;

export async function temporaryPlace(): Promise<{ file: string; forget(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'phusong-import-'));
  return {
    file: path.join(folder, 'file'),
    forget: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Throws `ImportRefused` for what is no such request, or a file that is too large. */
export async function receive(request: Request): Promise<Received> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? ''))
    throw new ImportRefused('no_file', 'Send the file as multipart/form-data, in the part "file".');
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES + MOST_FIELD * 4)
    throw tooLargeFile();
  const place = await temporaryPlace();
  try {
    const { name, fields } = await take(request, place.file);
    if (name === undefined)
      throw new ImportRefused('no_file', 'The request has no part "file" with a file in it.');
    return { ...place, name, fields };
  } catch (error) {
    await place.forget();
    throw error;
  }
}

async function take(
  request: Request,
  file: string,
): Promise<{ name: string | undefined; fields: Record<string, string> }> {
  let name: string | undefined;
  let writing: Promise<void> | undefined;
  const fields: Record<string, string> = {};
  const parser = busboy({
    headers: request.headers,
    defParamCharset: 'utf8',
    limits: { files: 1, fileSize: MOST_BYTES, fields: 10, fieldSize: MOST_FIELD, parts: 12 },
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('file', (part, stream, { filename }) => {
      if (part !== 'file' || filename === undefined) {
        stream.resume();
        return;
      }
      name = filename.normalize('NFC').slice(-200);
      stream.on('limit', () => reject(tooLargeFile()));
      writing = pipeline(stream, createWriteStream(file));
      writing.catch(reject);
    });
    parser.on('field', (field, value) => (fields[field] = value));
    parser.on('error', (error) =>
      reject(
        new ImportRefused(
          'no_file',
          `The request cannot be read (${error instanceof Error ? error.message : ''}).`,
        ),
      ),
    );
    parser.on('close', resolve);
    request.on('aborted', () =>
      reject(new ImportRefused('no_file', 'The file did not come whole.')),
    );
    request.pipe(parser);
  });
  await writing;
  return { name, fields };
}

function tooLargeFile(): ImportRefused {
  const megabytes = MOST_BYTES / 1024 / 1024;
  return new ImportRefused(
    'too_large',
    `The file is larger than ${megabytes} MB: split it, or send only what changed.`,
    'too_large',
  );
}
