/** What servers begin with, made once for a run: the page, and a data folder of the small country to copy. */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/database/open.ts';
import { ensurePage, sourcesHash } from '../../server/page/build.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { fillSmall } from './small-system.ts';

declare module 'vitest' {
  interface ProvidedContext {
    smallFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensurePage(await sourcesHash());
  const folder = await temporaryFolder('small');
  const database = await openDatabase({ dataDir: folder, lock: 'tool' });
  await fillSmall(database.url);
  await database.close();
  project.provide('smallFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
