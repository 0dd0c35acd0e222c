/** Tours of the wall over HTTP: who reads and keeps them, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayInVietnam, dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import type { Tour } from '../../data/wire/tours.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';

let database: TestDatabase;
let server: TestServer;
let viewer: string;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  viewer = await server.signIn({ name: 'nguoixem', role: 'viewer', units: ['vn'] });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

interface Answer {
  status: number;
  body: Tour & { error?: { code: string; path?: string; message: string; current?: Tour } };
}

async function ask(method: string, path: string, body?: object, cookie?: string): Promise<Answer> {
  const response = await fetch(`${server.url}/api/tours${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(cookie === undefined ? {} : { cookie }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const put = (code: string, body: object, cookie = server.cookie) =>
  ask('PUT', `/${code}`, body, cookie);

const filmOf = (from: string, until: string) => ({
  ...{ show: 'film', unit: 'vn', seconds: 30 },
  span: { from, until },
});
const scenes = [
  { show: 'nation', seconds: 30 },
  { show: 'unit', unit: '01', seconds: 20 },
];

describe('a tour', () => {
  it('is made under its code, changed over the version that was seen, and taken away', async () => {
    const made = await put('phong-hop', { name: 'Phòng họp', scenes });
    expect([made.status, made.body]).toMatchObject([
      200,
      { code: 'phong-hop', version: 1, name: 'Phòng họp', scenes, changedBy: 'bientap' },
    ]);
    const changed = await put('phong-hop', {
      ...{ name: 'Phòng họp tầng 2', scenes: scenes.slice(0, 1), base: 1 },
    });
    expect(changed.body).toMatchObject({ version: 2, name: 'Phòng họp tầng 2' });
    expect((await ask('GET', '/phong-hop')).body.scenes).toHaveLength(1);
    expect((await ask('GET', '')).body).toMatchObject([{ code: 'phong-hop' }]);
    const tooLate = await ask('DELETE', '/phong-hop?base=1', undefined, server.cookie);
    expect([tooLate.status, tooLate.body.error?.code]).toEqual([409, 'stale']);
    const gone = await ask('DELETE', '/phong-hop?base=2', undefined, server.cookie);
    expect(gone.status).toBe(200);
    expect((await ask('GET', '/phong-hop')).status).toBe(404);
    expect((await ask('GET', '/a%00b')).status).toBe(404);
  });

  it('shows a film of days of which the log has something, also where it goes on after them', async () => {
    const day = (from: number) => dayOf(dayNumberOf(dayInVietnam(Date.now())) + from);
    const films = [filmOf(day(-900), day(0)), filmOf(day(0), day(900))];
    expect((await put('phim', { name: 'Phim', scenes: films })).status).toBe(200);
  });

  it('is not saved over what its sender has not seen, and the other one is shown', async () => {
    await put('hai-nguoi', { name: 'Một', scenes });
    await put('hai-nguoi', { name: 'Hai', scenes, base: 1 });
    for (const base of [undefined, 1]) {
      const late = await put('hai-nguoi', { name: 'Ba', scenes, ...(base ? { base } : {}) });
      expect([late.status, late.body.error?.code]).toEqual([409, 'stale']);
      expect(late.body.error?.current).toMatchObject({ name: 'Hai', version: 2 });
    }
  });

  it('is read by whoever may look, who is told no names without an account', async () => {
    await put('doc', { name: 'Đọc', scenes });
    expect((await ask('GET', '/doc')).body.changedBy).toBe('somebody');
    expect((await ask('GET', '/doc', undefined, viewer)).body.changedBy).toBe('bientap');
  });

  it('is kept by nobody who only looks', async () => {
    expect((await put('cua-toi', { name: 'x', scenes }, viewer)).status).toBe(403);
    expect((await ask('PUT', '/cua-toi', { name: 'x', scenes })).status).toBe(401);
    await put('con-day', { name: 'x', scenes });
    expect((await ask('DELETE', '/con-day?base=1', undefined, viewer)).status).toBe(403);
    expect((await ask('GET', '/con-day')).status).toBe(200);
  });

  it.each([
    ['no view', 'sai', { name: 'x', scenes: [] }, 'scenes'],
    [
      'an unknown view',
      'sai',
      { name: 'x', scenes: [{ show: 'tv', seconds: 9 }] },
      'scenes.0.show',
    ],
    [
      'a unit that is not there',
      'sai',
      {
        name: 'x',
        scenes: [scenes[0], { show: 'unit', unit: '99', seconds: 9 }],
      },
      'scenes.1.unit',
    ],
    [
      'a film of a unit that is not there',
      'sai',
      { name: 'x', scenes: [{ show: 'film', unit: '99', span: { days: 30 }, seconds: 30 }] },
      'scenes.0.unit',
    ],
    [
      'a film of days before the log',
      'sai',
      { name: 'x', scenes: [filmOf('2001-01-01', '2001-12-31')] },
      'scenes.0.span.until',
    ],
    [
      'a film of days that are still to come',
      'sai',
      { name: 'x', scenes: [filmOf('2099-01-01', '2099-12-31')] },
      'scenes.0.span.from',
    ],
    [
      'a film that ends before it begins',
      'sai',
      { name: 'x', scenes: [filmOf('2099-12-31', '2099-01-01')] },
      'scenes.0.span.until',
    ],
    ['no name', 'sai', { name: ' ', scenes }, 'name'],
    ['a code that no address holds', 'Sai%20r%E1%BB%93i', { name: 'x', scenes }, 'code'],
    ['more than there is', 'sai', { name: 'x', scenes, colour: 'red' }, 'colour'],
  ])('with %s is refused, and says where', async (_what, code, body, path) => {
    const { status, body: answer } = await put(code, body);
    expect([status, answer.error?.path]).toEqual([400, path]);
    expect((await ask('GET', '')).body).not.toMatchObject([{ code: 'sai' }]);
  });
});
