/**
 * The products for the browser tests, each with its whole demo country on an empty data folder: one for
 * each of the two files that run at the same time, so that neither meets what the other one does.
 */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { copyInto, temporaryFolder } from '../setup/folder.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
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

/** The file that holds the process number of the worker that has a product. */
export const holderOf = ({ folder }: Pick<Product, 'folder'>): string => `${folder}.worker`;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  chromiumPath();
  // The first start builds the page and simulates a country; the others go on from a copy of its folder.
  const folder = await temporaryFolder('browser');
  const first = start(folder);
  await first.ready;
  const operatorPassword = /operator \/ (\S+)/.exec(first.output())?.[1] ?? '';
  first.child.kill('SIGTERM');
  await first.ended;
  const folders = [folder];
  while (folders.length < AT_ONCE) {
    const copy = await temporaryFolder('browser');
    await copyInto(copy, folder);
    folders.push(copy);
  }

  const servers = folders.map(start);
  const urls = await Promise.all(servers.map(({ ready }) => ready));
  const products = urls.map((url, i) => ({ url, folder: folders[i] ?? '', operatorPassword }));
  project.provide('products', products);
  return async () => {
    for (const { child } of servers) child.kill('SIGTERM');
    await Promise.all(servers.map(({ ended }) => ended));
    for (const one of products) {
      await rm(one.folder, { recursive: true, force: true });
      await rm(holderOf(one), { force: true });
    }
  };
}

function start(folder: string): MainProcess {
  return startMain({ PHUSONG_DATA_DIR: folder });
}
