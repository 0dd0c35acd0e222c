import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Plan } from '../../data/wire/plans.ts';
import { createPlans } from '../../server/plans/plans.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
let closed: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  closed = await startServer(database, { public: false });
  const [lon, lat] = centreOfSmall('00001');
  await server.post({
    ...{ type: 'station.add', key: 'plan-test-1', name: 'Trạm thử', operator: 'viettel' },
    ...{ technology: '5g', band: 'n41', lon, lat, heightM: 42, status: 'on_air' },
  });
  const [hamletLon, hamletLat] = centreOfSmall('03004');
  await server.post({
    ...{ type: 'hamlet.add', key: 'plan-test-2', name: 'Thôn thử', lon: hamletLon, lat: hamletLat },
    ...{ households: 10, people: 40, gridPower: false, speciallyDisadvantaged: true },
    status: 'uncovered',
  });
});
afterAll(async () => {
  await server.close();
  await closed.close();
  await database.close();
});

type Answer<T> = { status: number; body: T };

async function ask<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, cookie, at = server }: { body?: unknown; cookie?: string; at?: TestServer } = {},
): Promise<Answer<T>> {
  const response = await fetch(at.url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...(cookie ? { cookie } : {}) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

const planOf = async (id: string): Promise<Plan> =>
  (await ask<Plan>('GET', `/api/plans/${id}`)).body;

async function started(body: object): Promise<string> {
  const answer = await ask<{ id: string }>('POST', '/api/plans', { body });
  expect(answer.status).toBe(202);
  return answer.body.id;
}

async function ended(id: string): Promise<Plan> {
  await expect
    .poll(async () => (await planOf(id)).state, { timeout: 60_000 })
    .not.toMatch(/waiting|running/);
  return planOf(id);
}

async function estimates(): Promise<unknown> {
  const { body } = await ask<{ methods: unknown }>('GET', '/api/estimates/vn');
  return body.methods;
}

describe('a plan', () => {
  it('is taken in at once, and answered with its sites, its curve and what is sure of it', async () => {
    const before = await estimates();
    const { length } = server.live.recent;
    const plan = await ended(await started({ count: 3 }));
    expect(plan).toMatchObject({
      ...{ state: 'done', progress: 1, method: 'radius', seq: server.live.country.seq },
      ...{ asOf: server.live.country.at, ended: 'count' },
      request: { count: 3, goal: 'people', technology: '5g', unit: 'vn', limits: {} },
      guarantee: { rule: 'count', factor: 1 - 1 / Math.E, matroids: 0 },
    });
    expect(plan.candidates).toBeGreaterThan(3);
    expect(plan.sites).toHaveLength(3);
    expect(plan.curve.map(({ sites }) => sites)).toEqual([0, 1, 2, 3]);
    for (const site of plan.sites) {
      expect(site.gain).toBeGreaterThan(0);
      expect(Number.isInteger(site.gain)).toBe(true);
      expect(site.commune).toMatch(/^0[03]00[1-4]$/);
      expect(site).toMatchObject({ band: 'n28', technology: '5g', nodeM: null });
    }
    expect(plan.curve.at(-1)?.people).toBe(plan.sites.reduce((sum, { gain }) => sum + gain, 0));
    // It has only been thought of.
    expect(await estimates()).toEqual(before);
    expect(server.live.recent).toHaveLength(length);
  });

  it('begins from what is on air, in the unit that was asked about', async () => {
    const before = server.live.coverage?.by('radius')?.row('01')?.[0] ?? NaN;
    const plan = await ended(await started({ count: 1, unit: '01' }));
    const { byTechnology } = await estimateOf('01');
    expect(plan.curve[0]).toEqual({ sites: 0, people: 0, share: byTechnology['5g'].share });
    expect(before).toBe(61_000);
    expect(plan.sites[0]?.commune).toMatch(/^00/);
  });

  it('takes hamlets of the register first when it is asked to', async () => {
    const plan = await ended(await started({ count: 2, goal: 'hamlets' }));
    expect(plan.sites.map(({ hamlets }) => hamlets)).toEqual([1, 0]);
  });

  it('takes as many as there are where more are asked for, and says so', async () => {
    const plan = await ended(await started({ count: 10_000, unit: '00001', band: 'n41' }));
    expect(plan.sites.length).toBeLessThan(10_000);
    expect(plan.ended).toBe('covered');
    expect(plan.candidates).toBeGreaterThan(plan.sites.length);
    expect(plan.curve.at(-1)?.share).toBe(1);
    expect(plan.guarantee?.proven).toBe(1);
  });

  it('can be made by the link budget', async () => {
    const plan = await ended(await started({ count: 2, method: 'linkBudget', band: 'n41' }));
    expect(plan).toMatchObject({ state: 'done', method: 'linkBudget' });
    expect(plan.sites).toHaveLength(2);
  });

  async function estimateOf(unit: string) {
    const { body } = await ask<{
      methods: { radius: { byTechnology: { '5g': { share: number } } } };
    }>('GET', `/api/estimates/${unit}`);
    return body.methods.radius;
  }
});

describe('a plan that is cancelled', () => {
  it('stops, and stays as it is', async () => {
    const id = await started({ count: 10_000, band: 'n78' });
    const { status, body } = await ask<Plan>('DELETE', `/api/plans/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'cancelled', sites: [] });
    expect((await planOf(id)).state).toBe('cancelled');
    // The next one has its turn.
    expect((await ended(await started({ count: 1 }))).state).toBe('done');
    expect((await planOf(id)).state).toBe('cancelled');
  });

  it('after it was done is done all the same', async () => {
    const id = await started({ count: 1 });
    await ended(id);
    expect((await ask<Plan>('DELETE', `/api/plans/${id}`)).body.state).toBe('done');
  });
});

describe('what cannot be planned is refused with its place and a reason', () => {
  it.each([
    ['no number', {}, 400, 'count'],
    ['none', { count: 0 }, 400, 'count'],
    ['less than none', { count: -5 }, 400, 'count'],
    ['half a site', { count: 1.5 }, 400, 'count'],
    ['too many', { count: 10_001 }, 400, 'count'],
    ['a number in words', { count: '20' }, 400, 'count'],
    ['an unknown goal', { count: 1, goal: 'profit' }, 400, 'goal'],
    ['an unknown operator', { count: 1, operator: 'fpt' }, 400, 'operator'],
    [
      'an operator without such a band',
      { count: 1, operator: 'vinaphone', band: 'n41' },
      400,
      'operator',
    ],
    ['an operator without 5G', { count: 1, operator: 'other' }, 400, 'operator'],
    ['a band of another technology', { count: 1, technology: '4g', band: 'n78' }, 400, 'band'],
    ['a method that makes no plans', { count: 1, method: 'terrain' }, 400, 'method'],
    ['a code that is none', { count: 1, unit: 'Hà Nội' }, 400, 'unit'],
    ['a unit that is not there', { count: 1, unit: '99' }, 404, 'unit'],
    ['a mast under ground', { count: 1, heightM: -3 }, 400, 'heightM'],
    ['no site per province', { count: 1, limits: { perProvince: 0 } }, 400, 'limits.perProvince'],
    ['a limit that is unknown', { count: 1, limits: { perVillage: 1 } }, 400, 'limits.perVillage'],
    [
      'a distance below nothing',
      { count: 1, limits: { nodeWithinM: -1 } },
      400,
      'limits.nodeWithinM',
    ],
    ['money without a price', { count: 1, limits: { budget: 100 } }, 400, 'limits'],
    ['a price for masts alone', { count: 1, limits: { costOnMast: 100 } }, 400, 'limits'],
    ['a field that is unknown', { count: 1, colour: 'red' }, 400, 'colour'],
    ['a goal nobody can tell', { count: 1, goal: 'disadvantaged' }, 400, 'goal'],
  ])('%s', async (_, body, status, path) => {
    const refused = await ask<{ error: Refusal }>('POST', '/api/plans', {
      body,
      cookie: server.cookie,
      at: closed,
    });
    expect(refused.status).toBe(status);
    expect(refused.body.error.path).toBe(path);
    expect(refused.body.error.message).toContain(path.split('.')[0]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'count=3'],
    ['a list', '[1]'],
    ['too much', JSON.stringify({ count: 1, unit: 'x'.repeat(70_000) })],
  ])('%s', async (_, body) => {
    const { status } = await ask('POST', '/api/plans', { body, cookie: server.cookie, at: closed });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('a plan that is not there, or no more', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      const { status, body } = await ask<{ error: Refusal }>(method, '/api/plans/nothing');
      expect(status).toBe(404);
      expect(body.error.message).toContain('nothing');
    }
  });
});

describe('who may plan', () => {
  it('is whoever may read: nobody without signing in where the system is closed', async () => {
    const body = { count: 1 };
    const stranger = await ask<{ error: Refusal }>('POST', '/api/plans', { body, at: closed });
    expect([stranger.status, stranger.body.error.code]).toEqual([401, 'unauthenticated']);
    const reader = await ask<{ id: string }>('POST', '/api/plans', {
      ...{ body, at: closed, cookie: closed.cookie },
    });
    expect(reader.status).toBe(202);
    expect((await ask('GET', `/api/plans/${reader.body.id}`, { at: closed })).status).toBe(401);
  });

  it('has two plans under way at most, and only so many starts a minute', async () => {
    const large = { count: 10_000, band: 'n78' };
    const ids = [await started(large), await started(large)];
    const third = await ask<{ error: Refusal }>('POST', '/api/plans', { body: large });
    expect([third.status, third.body.error.code]).toEqual([429, 'too_many']);
    for (const id of ids) await ask('DELETE', `/api/plans/${id}`);
    let refused: Answer<{ error: Refusal }> | undefined;
    for (let tries = 0; tries < 40 && !refused; tries++) {
      const answer = await ask<{ error: Refusal }>('POST', '/api/plans', { body: { count: 0 } });
      if (answer.status === 429) refused = answer;
    }
    expect(refused?.body.error).toMatchObject({ code: 'too_many' });
  });
});

describe('the plans of a server', () => {
  const request = {
    ...({
      count: 10_000,
      goal: 'people',
      technology: '5g',
      band: 'n78',
      method: 'radius',
    } as const),
    ...{ unit: 'vn', heightM: 35, limits: {} },
  };

  it('are made one at a time, in the order in which they were asked for, a few of them waiting', () => {
    let started = 0;
    let stopped = 0;
    const run = () => {
      started++;
      return { answer: new Promise<never>(() => undefined), stop: () => void stopped++ };
    };
    const plans = createPlans(server.live, { run });
    const all = Array.from({ length: 8 }, (_, i) => plans.start(request, `owner ${i}`)) as Plan[];
    const states = (): string[] => all.map(({ state }) => state);
    const rest = (count: number, state: string): string[] =>
      Array.from({ length: count }, () => state);
    expect(states()).toEqual(['running', ...rest(7, 'waiting')]);
    expect(plans.start(request, 'one more')).toMatchObject({ code: 'too_many' });
    plans.cancel(all[3]?.id ?? '');
    expect([started, stopped]).toEqual([1, 0]);
    plans.cancel(all[0]?.id ?? '');
    expect([started, stopped]).toEqual([2, 1]);
    expect(states().slice(0, 5)).toEqual([
      'cancelled',
      'running',
      'waiting',
      'cancelled',
      'waiting',
    ]);
    plans.close();
    expect(states()).toEqual(rest(8, 'cancelled'));
    expect([started, stopped]).toEqual([2, 2]);
  });

  it('are forgotten an hour after they ended', () => {
    let now = Date.UTC(2025, 6, 28);
    const plans = createPlans(server.live, { now: () => now });
    const plan = plans.start(request, 'owner') as Plan;
    plans.cancel(plan.id);
    now += 59 * 60_000;
    expect(plans.get(plan.id)).toBe(plan);
    now += 60_000;
    expect(plans.get(plan.id)).toBeUndefined();
  });

  it('fail where one takes too long, and the next has its turn', async () => {
    const plans = createPlans(server.live, { longestMs: 1 });
    const plan = plans.start(request, 'owner') as Plan;
    await expect.poll(() => plan.state).toBe('failed');
    expect(plan.failure?.message).toContain('too long');
    expect((plans.start(request, 'owner') as Plan).state).toBe('running');
    plans.close();
  });
});
