/** The data folder: made if it is missing, tried before anything is built on it. */
import { chmod, mkdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf, StartError } from '../errors.ts';
import { isRoot } from './account.ts';

/**
 * Makes the data folder where it is missing, tries to write in it, and returns its real path
 * (no symbolic links), by which it is known from then on.
 *
 * @throws {StartError} when it is a file, read-only, full, or not ours to write.
 */
export async function prepareFolder(dataDir: string): Promise<string> {
  const folder = resolve(dataDir);
  try {
    const made = await makeFolder(folder);
    // As root, PostgreSQL runs as another user, who passes through this folder but need not list it.
    if (made) await chmod(folder, isRoot() ? 0o711 : 0o700);
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    const probe = join(folder, `.probe-${process.pid}`);
    try {
      await writeFile(probe, 'can this folder be written?');
    } finally {
      await rm(probe, { force: true }).catch(() => undefined);
    }
    return await realpath(folder);
  } catch (error) {
    throw folderError(error, folder);
  }
}

/** Node's own `recursive` calls every failure below a read-only disk ENOENT. Returns whether it made it. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  await makeFolder(dirname(folder));
  return makeFolder(folder);
}

/**
 * @param megabytes what is about to be written
 * @throws {StartError} when the disk under the folder has less room than that.
 */
export async function ensureRoom(folder: string, megabytes: number): Promise<void> {
  const disk = await statfs(folder);
  const free = Math.floor((disk.bavail * disk.bsize) / 1024 ** 2);
  // Some network file systems count nothing at all: there the write itself has to tell.
  if (disk.blocks === 0 || free >= megabytes) return;
  throw new StartError(
    `The disk that holds the data folder ${folder} is full: ${free} MB free, ${megabytes} MB needed; ` +
      'make room on it, or set PHUSONG_DATA_DIR to a folder that has some.',
  );
}

/** Says in one sentence why a folder could not be used. A StartError passes through unchanged. */
export function folderError(error: unknown, folder: string): StartError {
  if (error instanceof StartError) return error;
  return new StartError(reason(error, folder), { cause: error });
}

function reason(error: unknown, folder: string): string {
  const elsewhere = 'set PHUSONG_DATA_DIR to another folder';
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk that holds the data folder ${folder} is full: make room on it, or ${elsewhere}.`;
    case 'EROFS':
      return `The data folder ${folder} is on a read-only disk: mount it writable, or ${elsewhere}.`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not write in the data folder ${folder}: change its owner, or ${elsewhere}.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `The data folder ${folder} cannot be made, because a file stands where a folder should: move the file away, or ${elsewhere}.`;
    default:
      return `The data folder ${folder} cannot be used (${error instanceof Error ? error.message : String(error)}): ${elsewhere}.`;
  }
}

/** Writes a small file so that it is there whole or not at all, even if the machine stops now. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `.draft-${process.pid}`);
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await rename(draft, file);
}
