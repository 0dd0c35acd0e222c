import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../data/log/event.ts';
import type { Accepted, CommandInput } from '../../data/wire/commands.ts';
import { decodeSnapshot } from '../../data/wire/snapshot.ts';
import type { Estimates, Events, Reset } from '../../data/wire/stream.ts';
import { sharedSnapshots } from '../../server/http/compressed-snapshot.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { buildPack } from '../../server/territory/pack.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer, type TestSocket } from '../setup/server.ts';
import { centreOfSmall, smallTerritory } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

let keys = 0;
const stationAt = (commune: string, more: object = {}): CommandInput => {
  const [lon, lat] = centreOfSmall(commune);
  return {
    type: 'station.add',
    key: `stream-${++keys}`,
    name: 'Trạm',
    operator: 'mobifone',
    technology: '5g',
    band: 'n77',
    lon,
    lat,
    heightM: 30,
    status: 'on_air',
    ...more,
  };
};
const add = async (commune: string, more: object = {}): Promise<Accepted> => {
  const { body } = await server.post(stationAt(commune, more));
  return body as Accepted;
};

/** A client that writes down all it is told. */
function listen(socket: TestSocket) {
  const heard = {
    batches: [] as Events[],
    events: [] as Event[],
    estimates: [] as Estimates[],
    resets: [] as Reset[],
    /** Number up to which it knows everything; throws when a batch leaves a hole. */
    seq: -1,
  };
  socket.on('events', (batch) => {
    if (heard.seq >= 0 && batch.from !== heard.seq + 1)
      throw new Error(`a batch from ${batch.from} after ${heard.seq}`);
    heard.seq = batch.to;
    heard.batches.push(batch);
    heard.events.push(...batch.events);
  });
  socket.on('estimates', (estimates) => heard.estimates.push(estimates));
  socket.on('reset', (reset) => heard.resets.push(reset));
  return heard;
}

describe('the stream', () => {
  it('tells a follower everything after what it saw, then goes on live', async () => {
    const { seq } = server.live.country;
    await add('00001');
    const socket = server.connect(server.cookie);
    const heard = listen(socket);
    socket.emit('follow', { seq });
    await expect.poll(() => heard.seq).toBe(seq + 1);
    const { seq: live } = await add('00002');
    await expect.poll(() => heard.seq).toBeGreaterThanOrEqual(live);
    expect(heard.events.map((event) => event.seq)).toEqual([seq + 1, seq + 2]);
    expect(heard.events[1]).toMatchObject({
      type: 'station.add',
      by: 'bientap',
      commune: '00002',
      name: 'Trạm',
    });
  });

  it('tells no names of accounts to whoever is not signed in', async () => {
    const { seq } = server.live.country;
    const [nobody, editor] = [undefined, server.cookie].map((cookie) => {
      const socket = server.connect(cookie);
      socket.emit('follow', { seq, units: ['01'] });
      return listen(socket);
    });
    const added = await add('00001');
    for (const [heard, by] of [
      [nobody, 'somebody'],
      [editor, 'bientap'],
    ] as const) {
      await expect.poll(() => heard?.seq).toBeGreaterThanOrEqual(added.seq);
      expect(heard?.events).toMatchObject([{ seq: added.seq, type: 'station.add', by }]);
    }
  });

  it('reaches two clients with the same events and the changed estimates', async () => {
    const clients = [server.connect(), server.connect()].map((socket) => {
      socket.emit('follow', { seq: server.live.country.seq });
      return listen(socket);
    });
    await expect.poll(() => clients.every((heard) => heard.seq >= 0)).toBe(true);
    const { seq } = await add('03002');
    for (const heard of clients) {
      await expect.poll(() => heard.seq).toBeGreaterThanOrEqual(seq);
      expect(heard.events.map((event) => event.seq)).toEqual([seq]);
      const told = heard.estimates.at(-1);
      expect(Object.keys(told?.units ?? {}).sort()).toEqual(['03002', '11', 'vn']);
      expect(told?.units['vn']?.radius).toEqual(
        Array.from(server.live.coverage?.by('radius')?.row('vn') ?? []),
      );
    }
  });

  it('leaves out what happens elsewhere, and still answers for its numbers', async () => {
    const socket = server.connect();
    const heard = listen(socket);
    socket.emit('follow', { seq: server.live.country.seq, units: ['11'] });
    await expect.poll(() => heard.seq).toBeGreaterThanOrEqual(0);
    await add('00003');
    const inside = await add('03003');
    const last = await add('00003');
    await expect.poll(() => heard.seq).toBeGreaterThanOrEqual(last.seq);
    expect(heard.events.map((event) => event.seq)).toEqual([inside.seq]);
    const units = heard.estimates.flatMap((one) => Object.keys(one.units));
    expect(units.filter((unit) => unit.startsWith('0') || unit === 'vn')).toEqual(['03003']);
  });

  it('tells both provinces when something moves from one to the other', async () => {
    const { id } = await add('00002');
    const followers = ['01', '11'].map((unit) => {
      const socket = server.connect();
      const heard = listen(socket);
      socket.emit('follow', { seq: server.live.country.seq, units: [unit] });
      return heard;
    });
    await expect.poll(() => followers.every((heard) => heard.seq >= 0)).toBe(true);
    const [lon, lat] = centreOfSmall('03001');
    const { body } = await server.post({
      type: 'station.change',
      key: `stream-${++keys}`,
      id,
      base: 1,
      lon,
      lat,
    });
    const { seq } = body as Accepted;
    for (const heard of followers)
      await expect.poll(() => heard.events.map((event) => event.seq)).toEqual([seq]);
  });

  it('brings a client that lost its line back to where everyone is: nothing missed, nothing twice', async () => {
    const socket = server.connect();
    const heard = listen(socket);
    const from = server.live.country.seq;
    socket.emit('follow', { seq: from });
    await expect.poll(() => heard.seq).toBe(from);
    await add('00001');
    await expect.poll(() => heard.seq).toBe(from + 1);
    socket.on('connect', () => socket.emit('follow', { seq: heard.seq }));
    socket.io.engine.close();
    for (let i = 0; i < 20; i++) await add('00004');
    await expect.poll(() => heard.seq, { timeout: 10_000 }).toBeGreaterThanOrEqual(from + 21);
    const expected = Array.from({ length: 21 }, (_, i) => from + 1 + i);
    expect(heard.events.map((event) => event.seq)).toEqual(expected);
    expect(heard.estimates.at(-1)?.units).toHaveProperty('00004');
  });

  it('asks for a new snapshot when it is asked from a future or an unknown past', async () => {
    const socket = server.connect();
    const heard = listen(socket);
    socket.emit('follow', { seq: server.live.country.seq + 50 });
    await expect.poll(() => heard.resets.length).toBe(1);
    socket.emit('follow', { seq: -1 });
    await expect.poll(() => heard.resets.length).toBe(2);
    socket.emit('follow', { seq: 0, units: ['nowhere'] });
    await expect.poll(() => heard.resets.length).toBe(3);
  });

  it('gives a snapshot that a client can follow on from', async () => {
    const response = await fetch(`${server.url}/api/snapshot`);
    const snapshot = decodeSnapshot(new Uint8Array(await response.arrayBuffer()));
    expect(response.headers.get('x-seq')).toBe(String(snapshot.country.seq));
    expect(snapshot.country.tables.stations.count).toBe(server.live.country.tables.stations.count);
    expect(snapshot.estimates.radius?.units[0]).toBe('vn');
    const socket = server.connect();
    const heard = listen(socket);
    socket.emit('follow', { seq: snapshot.country.seq });
    await expect.poll(() => heard.seq).toBeGreaterThanOrEqual(snapshot.country.seq);
    expect(heard.resets).toEqual([]);
  });

  it('shares a snapshot for a second, and longer with who takes an older one and follows on', async () => {
    let now = 0;
    const ask = sharedSnapshots(server.live, () => now);
    const first = ask().seq;
    const { body } = await server.post(stationAt('00001'), server.cookie);
    await server.follower.reached((body as Accepted).seq, 10_000);
    const { seq } = server.live.country;
    expect(seq).toBeGreaterThan(first);
    now = 900;
    expect(ask().seq).toBe(first);
    now = 5_000;
    expect(ask(10_000).seq).toBe(first);
    expect(ask().seq).toBe(seq);
    now = 60_000;
    expect(ask(10_000).seq).toBe(seq);
  });

  it('takes commands with an acknowledgement, from those who are signed in', async () => {
    const signedIn = server.connect(server.cookie);
    const answer: unknown = await signedIn
      .timeout(10_000)
      .emitWithAck('command', stationAt('00001'));
    expect(answer).toMatchObject({ version: 1 });
    const visitor = server.connect();
    expect(await visitor.timeout(10_000).emitWithAck('command', stationAt('00001'))).toMatchObject({
      error: { code: 'unauthenticated' },
    });
  });

  it('survives whatever a client sends', async () => {
    const socket = server.connect(server.cookie);
    const emit = socket.emit.bind(socket) as (event: string, ...rest: unknown[]) => void;
    for (const nonsense of [undefined, null, 3, 'x', [], { seq: 'x' }, { seq: NaN }]) {
      emit('follow', nonsense);
      emit('command', nonsense);
      emit('command');
      emit('nothing', nonsense);
    }
    emit('follow');
    const answer: unknown = await socket.timeout(10_000).emitWithAck('command', {} as CommandInput);
    expect(answer).toMatchObject({ error: { code: 'invalid' } });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('resets everyone when a new territory is adopted, and stands on it', async () => {
    const socket = server.connect();
    const heard = listen(socket);
    socket.emit('follow', { seq: server.live.country.seq });
    await expect.poll(() => heard.seq).toBeGreaterThanOrEqual(0);
    const { bytes, hash } = await buildPack(smallTerritory('official'));
    const { seq } = await adoptPack(database.pool, { bytes, hash, kind: 'official' }, 'test');
    await expect.poll(() => heard.resets.at(-1)?.seq).toBe(seq);
    const health: unknown = await (await fetch(`${server.url}/healthz`)).json();
    expect(health).toMatchObject({ status: 'ok', seq, territory: { kind: 'official', hash } });
  });
});

describe('a system that is not public', () => {
  it('shows nothing to those who are not signed in, and everything to those who are', async () => {
    const closed = await startServer(database, { public: false });
    for (const path of [
      '/api/snapshot',
      '/api/units?level=province',
      '/tiles/provinces/5/25/14.mvt',
    ])
      expect((await fetch(`${closed.url}${path}`)).status).toBe(401);
    const visitor = closed.connect();
    await expect(new Promise((_, reject) => visitor.on('connect_error', reject))).rejects.toThrow(
      'unauthenticated',
    );
    const headers = { cookie: closed.cookie };
    expect((await fetch(`${closed.url}/api/snapshot`, { headers })).status).toBe(200);
    const member = closed.connect(closed.cookie);
    await expect.poll(() => member.connected).toBe(true);
    await closed.close();
  });
});

describe('in the middle of a batch of which more is to come', () => {
  it('nobody is told that nothing happened, and a snapshot of it is followed from there', async () => {
    const alone = await freshDatabase();
    const busy = await startServer(alone);
    await busy.follower.close();
    const { live } = busy;
    const [lon, lat] = centreOfSmall('00001');
    const next = (): Event => ({
      ...{ seq: live.country.seq + 1, at: new Date().toISOString(), by: 'x', type: 'station.add' },
      ...{ id: live.country.seq + 1, version: 1, effective: '2025-07-28', name: 'Trạm' },
      ...{ operator: 'viettel', technology: '5g', band: 'n41', lon, lat, heightM: 30 },
      ...{ status: 'on_air', simulated: false, source: '' },
    });
    const { seq } = live.country;
    const first = busy.connect();
    const heard = listen(first);
    first.emit('follow', { seq });
    await expect.poll(() => heard.seq).toBe(seq);

    await live.take([next()], true);
    const pulses = heard.batches.length;
    await expect.poll(() => heard.batches.length).toBeGreaterThan(pulses);
    expect(heard.seq).toBe(seq);
    const second = busy.connect();
    const later = listen(second);
    second.emit('follow', { seq: live.country.seq });
    await second.timeout(10_000).emitWithAck('command', {} as CommandInput);

    await live.take([next()], false);
    await expect.poll(() => [heard.seq, later.seq]).toEqual([seq + 2, seq + 2]);
    expect(heard.events.map((event) => event.seq)).toEqual([seq + 1, seq + 2]);
    expect(later.events.map((event) => event.seq)).toEqual([seq + 2]);
    expect([...heard.resets, ...later.resets]).toEqual([]);
    await busy.close();
    await alone.close();
  });
});
