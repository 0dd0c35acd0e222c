/** One real PostgreSQL for a run of the tests; each test file makes databases of its own in it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/database/open.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** A folder for what is costly to work out and the same for all, like the unpacked people. */
    sharedFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'phusong-tests-'));
  // When root runs the tests, PostgreSQL runs as another user, who has to pass through here.
  await chmod(folder, 0o755);
  const database = await openDatabase({ dataDir: folder });
  project.provide('postgresUrl', database.url);
  project.provide('sharedFolder', folder);
  return async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  };
}
