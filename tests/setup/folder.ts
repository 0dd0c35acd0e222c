/** A temporary data folder, open to the account that runs PostgreSQL when the tests run as root. */
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `phusong-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}
