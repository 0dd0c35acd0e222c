/** Whether PostgreSQL runs on a data directory, as its lock file `postmaster.pid` tells. */
import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf } from '../errors.ts';

export interface Postmaster {
  pid: number;
  port: number;
  /** `ready` means that it takes connections; `starting` includes recovery after a crash. */
  state: 'starting' | 'ready' | 'stopping';
}

/** A number that no process ever has. */
const NO_PROCESS = 2 ** 31 - 2;

/**
 * The PostgreSQL that runs on this data directory, or undefined where none does.
 *
 * A lock file that a crashed machine left behind counts for nothing. Where its process is gone,
 * PostgreSQL replaces the file itself. Where the number now belongs to another program, PostgreSQL
 * would believe the file, so the number is put out of use here; the file stays, because by its other
 * lines PostgreSQL makes sure that no orphan of the old server still writes.
 */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const file = join(data, 'postmaster.pid');
  const text = await read(file);
  if (text === undefined) return undefined;
  const postmaster = parse(text);
  if (postmaster && (await worksIn(postmaster.pid, data))) return postmaster;
  if (postmaster && !isAlive(postmaster.pid)) return undefined;
  // It may be in the making this very moment: only what stays the same is stale.
  await pause(200);
  if ((await read(file)) !== text) return undefined;
  if (postmaster) await writeFile(file, text.replace(/^\d+/, String(NO_PROCESS)));
  else await rm(file, { force: true });
  return undefined;
}

/** Whether there is a process of that number, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The lines are: pid, data directory, start time, port, socket folder, address, memory key, state. */
function parse(text: string): Postmaster | undefined {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return undefined;
  const word = lines[7]?.trim();
  const state = word === 'ready' ? 'ready' : word === 'stopping' ? 'stopping' : 'starting';
  return { pid, port, state };
}

/**
 * Whether that process is the PostgreSQL of this data directory: it works inside it, which tells it
 * from whatever else may have got its number, and from a dead process that nobody has buried yet.
 */
export async function worksIn(pid: number, data: string): Promise<boolean> {
  try {
    if (process.platform === 'linux') {
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data));
    }
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']);
    return stdout.includes(data);
  } catch {
    return false;
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
