/**
 * Things that take a while to make appear whole or not at all: they are made in a folder named after
 * the process that makes them and then renamed into place. Two that make the same thing at once do
 * not disturb each other (one of the two is kept), and what a killed process left is swept away.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../errors.ts';
import { isAlive } from './postmaster.ts';

const PREFIX = 'making-';

/**
 * Makes `target` by filling a new folder beside it; `fill` must have synced what it wrote. Where
 * another process was faster, its result stays and ours is thrown away.
 */
export async function makeWhole(
  target: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(target);
  const draft = join(parent, `${PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(draft, { mode: 0o711 });
    await fill(draft);
    await sync(draft);
    await rename(draft, target).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    });
    await sync(parent);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes what processes that are no more left half made. */
export async function sweepUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const maker = Number.parseInt(name.slice(PREFIX.length), 10);
    if (isAlive(maker)) continue;
    // An orphaned initdb may still be writing there; what is left of it goes the next time.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Brings a file's bytes, or a folder's list of names, to the disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
