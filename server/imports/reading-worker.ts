/** The worker that reads a stranger's file; see read-in-worker.ts. */
import { createReadStream, createWriteStream } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';
import type { ImportMapping } from '../../data/wire/imports.ts';
import { damaged, tooLarge } from './archive.ts';
import { MOST_UNPACKED, SAMPLE_ROWS } from './limits.ts';
import { openSheet } from './open-sheet.ts';
import type { FromReader, ReadingOrder, ToReader } from './read-in-worker.ts';
import { ImportRefused } from './refused.ts';
import { createMapper, type MappedRow } from './rows.ts';
import type { RawRow } from './sheet.ts';
import { contentOf } from './sniff.ts';

const BATCH = 1_000;

const order = workerData as ReadingOrder;
let heard: (message: ToReader) => void = () => undefined;
parentPort?.on('message', (message: ToReader) => heard(message));

function send(message: FromReader): void {
  parentPort?.postMessage(message);
}

/** What the server answers: it reads no faster than rows are checked. */
function answer(): Promise<ToReader> {
  return new Promise((resolve) => (heard = resolve));
}

// On Linux the priority is the thread's own, elsewhere it would be the whole server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

try {
  await read();
} catch (error) {
  const known =
    error instanceof ImportRefused
      ? error
      : error instanceof RangeError
        ? tooLarge()
        : damaged(error);
  send({ refused: { reason: known.reason, message: known.message, code: known.code } });
}
parentPort?.close();

async function read(): Promise<void> {
  const { name, kind, asked } = order;
  let { file } = order;
  let content = await contentOf(file, name);
  if (content === 'gzip') {
    await unpack(file, `${file}.unpacked`);
    file = `${file}.unpacked`;
    content = await contentOf(file, name.replace(/\.gz$/i, ''));
    if (content === 'gzip') throw damaged(new Error('an archive in an archive'));
  }
  const { sheet, close } = await openSheet(file, content, kind, asked);
  try {
    const rows = sheet.rows[Symbol.asyncIterator]();
    const samples: RawRow[] = [];
    while (samples.length < SAMPLE_ROWS) {
      const next = await rows.next();
      if (next.done) break;
      samples.push(next.value);
    }
    const { rows: streamed, ...found } = sheet;
    void streamed;
    send({ found: { ...found, samples: samples.map(({ cells }) => cells) } });
    const { mapping } = (await answer()) as { mapping: ImportMapping };
    const map = createMapper(kind, sheet.headers, mapping, samples);
    let batch: MappedRow[] = [];
    let count = 0;
    const flush = async (): Promise<void> => {
      count += batch.length;
      const done = sheet.count === undefined ? null : count / Math.max(1, sheet.count);
      send({ rows: batch, done });
      batch = [];
      await answer();
    };
    for (const row of samples) batch.push(map(row));
    for (;;) {
      if (batch.length >= BATCH) await flush();
      const next = await rows.next();
      if (next.done) break;
      batch.push(map(next.value));
    }
    if (batch.length > 0) await flush();
    send({ end: true });
  } finally {
    close();
  }
}

async function unpack(from: string, to: string): Promise<void> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MOST_UNPACKED) done(tooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), createGunzip(), counted, createWriteStream(to));
  } catch (error) {
    throw error instanceof ImportRefused ? error : damaged(error);
  }
}
