/** One product with its whole demo country for all browser tests, on an empty data folder. */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startMain } from '../setup/main-process.ts';
import { chromiumPath } from './chromium.ts';
import { temporaryFolder } from '../setup/folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    productUrl: string;
    /** Its data folder, in which its database is. */
    productFolder: string;
    /** The one-time password of `operator`, as the terminal showed it. */
    operatorPassword: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  chromiumPath();
  const folder = await temporaryFolder('browser');
  const product = startMain({ PHUSONG_DATA_DIR: folder });
  project.provide('productFolder', folder);
  project.provide('productUrl', await product.ready);
  project.provide('operatorPassword', /operator \/ (\S+)/.exec(product.output())?.[1] ?? '');
  return async () => {
    product.child.kill('SIGTERM');
    await product.ended;
    await rm(folder, { recursive: true, force: true });
  };
}
