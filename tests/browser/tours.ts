/** Tours of walls, kept for a test. */
import { expect } from 'vitest';
import { cookieOf } from './pages.ts';
import { url } from './this-product.ts';

/** Keeps a tour under its code, which no other has. */
export async function keepTour(code: string, scenes: object[]): Promise<void> {
  const response = await fetch(`${url}/api/tours/${code}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', cookie: await cookieOf('bientap') },
    body: JSON.stringify({ name: code, scenes }),
  });
  expect(response.status).toBe(200);
}
