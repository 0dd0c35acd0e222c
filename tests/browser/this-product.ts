/**
 * The product of the files that run in this worker, one after another. No other worker has it: each takes
 * one that is free and holds it for as long as it lives. Vitest's own number of a worker can be held by two
 * of them, when one group of projects ends and the next one begins.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inject } from 'vitest';
import { isAlive } from '../../server/database/postmaster.ts';
import { holderOf, type Product } from './product.ts';

function takeProduct(): Product {
  for (const product of inject('products')) if (take(holderOf(product))) return product;
  throw new Error('No product is free for this worker.');
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(file, 'utf8')))) return false;
    rmSync(file, { force: true });
    return take(file);
  }
}

export const { url, folder, operatorPassword } = takeProduct();
