/**
 * Watches the disk of the embedded database, so that writing ends early and in words: PostgreSQL
 * itself, when it meets a full disk, ends in the middle of things.
 */
import { statfs } from 'node:fs/promises';
import type { Disk } from '../../data/wire/stream.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { stateOf } from './room.ts';

const EVERY_MS = 2_000;

export interface DiskWatch {
  /** Null where there is no disk of ours to watch, or it does not say. */
  readonly disk: Disk | null;
  /** Why nothing may be written now; undefined when it may. */
  refusal(): Refusal | undefined;
  /** Called when the state has changed. */
  onChange(listener: () => void): void;
  close(): void;
}

/** For a database on a disk that we do not see. */
export const noDisk: DiskWatch = {
  disk: null,
  refusal: () => undefined,
  onChange: () => undefined,
  close: () => undefined,
};

/**
 * @param readFreeMB megabytes free; undefined where that cannot be told, which leaves what was known
 * @returns once the disk has been read
 */
export async function watchDisk(
  readFreeMB: () => Promise<number | undefined>,
  everyMs = EVERY_MS,
): Promise<DiskWatch> {
  let disk: Disk | null = null;
  const listeners: (() => void)[] = [];

  async function read(): Promise<void> {
    const freeMB = await readFreeMB().catch(() => undefined);
    if (freeMB === undefined) return;
    const before = disk?.state ?? 'ok';
    disk = { freeMB, state: stateOf(freeMB, before) };
    if (disk.state !== before) for (const listener of listeners) listener();
  }

  await read();
  const reading = setInterval(() => void read(), everyMs);
  return {
    get disk() {
      return disk;
    },
    refusal: () => (disk?.state === 'full' ? full(disk.freeMB) : undefined),
    onChange: (listener) => void listeners.push(listener),
    close: () => clearInterval(reading),
  };
}

/** What is free for others than root on the disk of a folder; some network disks do not say. */
export async function freeMBOf(folder: string): Promise<number | undefined> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return blocks === 0 ? undefined : Math.floor((bavail * bsize) / 1024 ** 2);
}

function full(freeMB: number): Refusal {
  return {
    code: 'unavailable',
    message: `The disk of the server is nearly full (${freeMB} MB free): no change is taken until there is room again.`,
  };
}
