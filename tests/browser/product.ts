/**
 * The products for the browser tests, each with its whole demo country on an empty data folder: one for
 * each of the two files that run at the same time, so that neither meets what the other one does.
 */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { ensurePage, sourcesHash } from '../../server/page/build.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { startMain } from '../setup/main-process.ts';
import { chromiumPath } from './chromium.ts';

export interface Product {
  url: string;
  /** Its data folder, in which its database is. */
  folder: string;
  /** The one-time password of `operator`, as the terminal showed it. */
  operatorPassword: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    products: Product[];
  }
}

const AT_ONCE = 2;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  chromiumPath();
  // Before them: each would build it.
  await ensurePage(await sourcesHash());
  const started = await Promise.all(Array.from({ length: AT_ONCE }, startProduct));
  project.provide(
    'products',
    started.map(({ product }) => product),
  );
  return async () => void (await Promise.all(started.map(({ stop }) => stop())));
}

async function startProduct(): Promise<{ product: Product; stop: () => Promise<void> }> {
  const folder = await temporaryFolder('browser');
  const { child, ready, ended, output } = startMain({ PHUSONG_DATA_DIR: folder });
  const url = await ready;
  return {
    product: { url, folder, operatorPassword: /operator \/ (\S+)/.exec(output())?.[1] ?? '' },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
