/** The worker that reads strangers' files, one after the other; see read-in-worker.ts. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { ImportMapping } from '../../data/wire/imports.ts';
import { damaged, tooLarge } from './archive.ts';
import { SAMPLE_ROWS } from './limits.ts';
import { openFile } from './open-file.ts';
import type { FromReader, ReadingOrder, ToReader } from './read-in-worker.ts';
import { ImportRefused } from './refused.ts';
import { createMapper, type MappedRow } from './rows.ts';
import type { RawRow } from './sheet.ts';

const BATCH = 1_000;

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

for (;;) {
  const { order } = (await answer()) as { order: ReadingOrder };
  try {
    await read(order);
    send({ end: true });
  } catch (error) {
    const known =
      error instanceof ImportRefused
        ? error
        : error instanceof RangeError
          ? tooLarge()
          : damaged(error);
    send({ refused: { reason: known.reason, message: known.message, code: known.code } });
  }
}

async function read({ file, name, kind, asked }: ReadingOrder): Promise<void> {
  const { sheet, close } = await openFile(file, name, kind, asked);
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
    // One batch is read while the one before is checked.
    let taken: Promise<unknown> = Promise.resolve();
    const flush = async (): Promise<void> => {
      await taken;
      count += batch.length;
      const done = sheet.count === undefined ? null : count / Math.max(1, sheet.count);
      send({ rows: batch, done });
      batch = [];
      taken = answer();
    };
    for (const row of samples) batch.push(map(row));
    for (;;) {
      if (batch.length >= BATCH) await flush();
      const next = await rows.next();
      if (next.done) break;
      batch.push(map(next.value));
    }
    if (batch.length > 0) await flush();
    await taken;
  } finally {
    close();
  }
}
