import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Present } from '../../data/wire/stream.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer, type TestSocket } from '../setup/server.ts';

let database: TestDatabase;
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  second = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await second.close();
  await database.close();
});

let things = 100;

/** Somebody with the form of a thing open. */
function attend(at: TestServer, thing: number | null, cookie: string | undefined = at.cookie) {
  const socket: TestSocket = at.connect(cookie);
  const heard: Present[] = [];
  socket.on('present', (present) => heard.push(present));
  socket.emit('attend', { thing });
  return { socket, heard, last: () => heard.at(-1) };
}

describe('two people on one thing', () => {
  it('each see that the other is there, and when they leave', async () => {
    const thing = things++;
    const one = attend(server, thing);
    await expect.poll(one.last).toEqual({ thing, names: [] });
    const other = attend(server, thing);
    await expect.poll(one.last).toEqual({ thing, names: ['bientap'] });
    await expect.poll(other.last).toEqual({ thing, names: ['bientap'] });
    other.socket.emit('attend', { thing: null });
    await expect.poll(one.last).toEqual({ thing, names: [] });
    other.socket.emit('attend', { thing });
    await expect.poll(one.last).toEqual({ thing, names: ['bientap'] });
    other.socket.disconnect();
    await expect.poll(one.last).toEqual({ thing, names: [] });
  });

  it('know of each other on two servers of one database', async () => {
    const thing = things++;
    const near = attend(server, thing);
    await expect.poll(near.last).toEqual({ thing, names: [] });
    const far = attend(second, thing);
    await expect.poll(near.last).toEqual({ thing, names: ['bientap'] });
    // Who comes later asks, and is told of those who were there before.
    await expect.poll(far.last).toEqual({ thing, names: ['bientap'] });
    near.socket.emit('attend', { thing: things++ });
    await expect.poll(far.last).toEqual({ thing, names: [] });
    near.socket.emit('attend', { thing });
    await expect.poll(far.last).toEqual({ thing, names: ['bientap'] });
    near.socket.disconnect();
    await expect.poll(far.last).toEqual({ thing, names: [] });
  });

  it('on two things they are alone', async () => {
    const [first, other] = [attend(server, things++), attend(server, things++)];
    await expect.poll(first.last).toMatchObject({ names: [] });
    await expect.poll(other.last).toMatchObject({ names: [] });
  });
});

describe('names', () => {
  it('are told only to who is signed in, and nobody else is named', async () => {
    const thing = things++;
    const visitor = attend(server, thing, '');
    const member = attend(server, thing);
    await expect.poll(member.last).toEqual({ thing, names: [] });
    const other = attend(server, thing);
    await expect.poll(other.last).toEqual({ thing, names: ['bientap'] });
    expect(visitor.heard).toEqual([]);
  });

  it('survive whatever a client or a stranger on the channel says', async () => {
    const thing = things++;
    const member = attend(server, thing);
    const emit = member.socket.emit.bind(member.socket) as (
      event: string,
      ...rest: unknown[]
    ) => void;
    for (const nonsense of [undefined, null, 3, 'x', [], {}, { thing: 'x' }, { thing: -1 }])
      emit('attend', nonsense);
    emit('attend');
    emit('attend', { thing });
    for (const said of [
      '',
      '{',
      '{"thing":1}',
      `{"from":"x","thing":${thing},"names":[7],"ask":true}`,
    ])
      await database.pool.query('select pg_notify($1, $2)', ['phusong_presence', said]);
    await database.pool.query('select pg_notify($1, $2)', [
      'phusong_presence',
      JSON.stringify({ from: 'another server', thing, names: ['chị Hoa'], ask: false }),
    ]);
    await expect.poll(member.last).toEqual({ thing, names: ['chị Hoa'] });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
