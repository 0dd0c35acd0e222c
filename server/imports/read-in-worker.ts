/**
 * Reads a file in a thread of its own, with bounds on its memory and its time: a file is made by
 * strangers, and whatever it does to the one who reads it must not reach the server. Who has come through
 * a file unharmed is kept for a while, so that the next one does not wait for another to begin.
 */
import { Worker } from 'node:worker_threads';
import type { Kind } from '../../data/imports/kinds.ts';
import type { RefusalCode } from '../../data/wire/commands.ts';
import type { ImportMapping } from '../../data/wire/imports.ts';
import { LONGEST_READ_MS, READER_HEAP_MB } from './limits.ts';
import { ImportRefused } from './refused.ts';
import type { MappedRow } from './rows.ts';
import type { Cell, Sheet } from './sheet.ts';

export interface ReadingOrder {
  /** Where the file lies, and what it is called. */
  file: string;
  name: string;
  kind: Kind;
  asked: Pick<ImportMapping, 'encoding' | 'sheet'>;
}

/** What is found before the rows. */
export type FoundSheet = Omit<Sheet, 'rows'> & { samples: Cell[][] };

export type FromReader =
  | { found: FoundSheet }
  /** `done` is the share of the rows, 0–1, where it is known how many there are. */
  | { rows: MappedRow[]; done: number | null }
  | { end: true }
  | { refused: { reason: string; message: string; code: RefusalCode } };
export type ToReader = { order: ReadingOrder } | { mapping: ImportMapping } | { next: true };

export interface Reading {
  /** What is in the file; throws `ImportRefused`. */
  found: Promise<FoundSheet>;
  /** Reads on, with the columns as they are to be understood; throws `ImportRefused`. */
  rows(
    mapping: ImportMapping,
    take: (rows: MappedRow[], done: number | null) => Promise<void>,
  ): Promise<void>;
  stop(): void;
}

const KEPT_MS = 60_000;
/** The reader that waits for the next file. */
let spare: { worker: Worker; letGo: () => void; timer: NodeJS.Timeout } | undefined;

function hire(): Worker {
  const kept = spare;
  if (!kept)
    return new Worker(new URL('./reading-worker.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: READER_HEAP_MB },
      execArgv: [],
    });
  spare = undefined;
  clearTimeout(kept.timer);
  kept.worker.off('error', kept.letGo).off('exit', kept.letGo).ref();
  return kept.worker;
}

function keep(worker: Worker): void {
  if (spare) {
    void worker.terminate();
    return;
  }
  const letGo = (): void => {
    if (spare?.worker === worker) spare = undefined;
    void worker.terminate();
  };
  // It must not keep a server that is to stop.
  worker.on('error', letGo).on('exit', letGo).unref();
  spare = { worker, letGo, timer: setTimeout(letGo, KEPT_MS).unref() };
}

export function readInWorker(order: ReadingOrder, longestMs = LONGEST_READ_MS): Reading {
  const worker = hire();
  let stopped = false;
  let isThrough = false;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const deadline = setTimeout(() => {
    fail(new ImportRefused('too_slow', 'Reading the file took too long: split it.', 'too_large'));
    void worker.terminate();
  }, longestMs);
  deadline.unref();

  let found: (sheet: FoundSheet) => void = () => undefined;
  let take: (rows: MappedRow[], done: number | null) => Promise<void> = async () => undefined;
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const onMessage = (message: FromReader): void => {
    if ('found' in message) found(message.found);
    else if ('end' in message) ended();
    else if ('refused' in message) {
      const { reason, message: sentence, code } = message.refused;
      fail(new ImportRefused(reason, sentence, code));
      void worker.terminate();
    } else
      take(message.rows, message.done).then(
        () => worker.postMessage({ next: true } satisfies ToReader),
        (error: unknown) => {
          fail(error);
          void worker.terminate();
        },
      );
  };
  const onError = (error: Error): void => {
    const isMemory = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY';
    fail(
      isMemory
        ? new ImportRefused(
            'too_much_memory',
            'Reading the file needs more memory than a file may: split it.',
            'too_large',
          )
        : new ImportRefused('damaged', `The file cannot be read (${error.message}).`),
    );
  };
  const onExit = (): void => {
    clearTimeout(deadline);
    fail(
      stopped
        ? new ImportRefused('stopped', 'Reading the file was stopped.')
        : new ImportRefused('damaged', 'The file cannot be read: its reader ended.'),
    );
  };
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  worker.postMessage({ order } satisfies ToReader);

  return {
    found: Promise.race([new Promise<FoundSheet>((resolve) => (found = resolve)), failed]),
    async rows(mapping, taking) {
      take = taking;
      worker.postMessage({ mapping } satisfies ToReader);
      await Promise.race([end, failed]);
      clearTimeout(deadline);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      isThrough = true;
      keep(worker);
    },
    stop() {
      // By then it may be reading somebody else's file.
      if (isThrough) return;
      stopped = true;
      void worker.terminate();
    },
  };
}
