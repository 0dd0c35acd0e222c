/** How much one address may ask, and what it is told when that was too much. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Refusal } from '../../data/wire/commands.ts';
import { LIMITS } from '../../server/http/throttle.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';

const FEW = { requests: 3, seconds: 3_600 };

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database, {
    trustProxy: true,
    limits: { ...LIMITS, whatIf: FEW, gaps: FEW, plans: FEW },
  });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

function ask(path: string, address: string, body?: object): Promise<Response> {
  return fetch(server.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

it.each([
  ['/api/what-if', { add: [] }],
  ['/api/gaps', undefined],
  ['/api/plans', { count: 0 }],
])(
  '%s is answered so many times, then refused in words; others are still answered',
  async (path, body) => {
    const statuses: number[] = [];
    for (let time = 0; time < FEW.requests; time++)
      statuses.push((await ask(path, '203.0.113.1', body)).status);
    expect(statuses).not.toContain(429);
    const refused = await ask(path, '203.0.113.1', body);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const { error } = (await refused.json()) as { error: Refusal };
    expect(error).toMatchObject({
      code: 'too_many',
      message: 'At most 3 times in 3600 seconds: wait so long, then try again.',
    });
    expect((await ask(path, '203.0.113.2', body)).status).toBe(statuses[0]);
    // What one may ask elsewhere is not used up.
    expect((await ask('/api/estimates/vn', '203.0.113.1')).status).toBe(200);
  },
);

it('the files of gaps and the register are as much work, and counted with them', async () => {
  const paths = [
    '/api/export/gaps.csv',
    '/api/hamlets',
    '/api/export/hamlet-register.csv',
    '/api/gaps',
  ];
  const statuses = [];
  for (const path of paths) statuses.push((await ask(path, '203.0.113.3')).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});
