/** The product of the files that run in this worker, one after another. */
import { inject } from 'vitest';

const products = inject('products');
const product = products[(Number(process.env['VITEST_POOL_ID']) - 1) % products.length];
if (!product) throw new Error('No product was started for this worker.');

export const { url, folder, operatorPassword } = product;
