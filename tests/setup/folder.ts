/** A temporary data folder, open to the account that runs PostgreSQL when the tests run as root. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `phusong-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** Copies everything of a folder, owners and all, as PostgreSQL is strict about them. */
export async function copyInto(folder: string, from: string): Promise<void> {
  await run('cp', ['-a', `${from}/.`, folder]);
}
