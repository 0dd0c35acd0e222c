/** Photos of what is built: stored first, named by the event, seen by those who keep the place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Accepted, CommandAnswer } from '../../data/wire/commands.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { jpeg, SECRET } from '../setup/photos.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
let reporter: string;
let viewer: string;
let stranger: string;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database, { trustProxy: true });
  reporter = await server.signIn({ name: 'hientruong', role: 'reporter', units: ['01'] });
  viewer = await server.signIn({ name: 'xem', role: 'viewer', units: ['01'] });
  stranger = await server.signIn({ name: 'noikhac', role: 'editor', units: ['11'] });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

let uploads = 0;
async function upload(photo: Buffer | string, cookie: string) {
  const body = new FormData();
  body.set('photo', new Blob([typeof photo === 'string' ? photo : new Uint8Array(photo)]), 'a.jpg');
  const response = await fetch(`${server.url}/api/photos`, {
    method: 'POST',
    body,
    headers: { cookie, 'X-Forwarded-For': `10.2.0.${++uploads}` },
  });
  const answer = (await response.json()) as { photo: string; error?: { code: string } };
  return { status: response.status, ...answer };
}
let keys = 0;
async function send(command: object, cookie = server.cookie): Promise<CommandAnswer> {
  const { body } = await server.post({ key: `with-photo-${++keys}`, ...command }, cookie);
  return body as CommandAnswer;
}
async function plannedStation(commune = '00001'): Promise<Accepted> {
  const [lon, lat] = centreOfSmall(commune);
  const answer = await send({
    type: 'station.add',
    ...{ name: 'Trạm', operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
    ...{ status: 'planned', lon, lat },
  });
  if (!('seq' in answer)) throw new Error(JSON.stringify(answer));
  return answer;
}
const see = (path: string, cookie: string) => fetch(server.url + path, { headers: { cookie } });

describe('a photo of a station', () => {
  it('is told by the event and not by the station, and kept without its metadata', async () => {
    const { id } = await plannedStation();
    const { status, photo } = await upload(jpeg(), reporter);
    expect(status).toBe(201);
    const answer = await send(
      { type: 'station.change', id, base: 1, status: 'on_air', since: '2025-09-01', photo },
      reporter,
    );
    expect(answer).toMatchObject({ id, version: 2 });
    expect(server.live.recent.at(-1)?.event).toMatchObject({ type: 'station.change', photo });
    const { stations } = server.live.country.tables;
    expect(stations.record(stations.rowOf(id) ?? -1)).not.toHaveProperty('photo');
    const list = await see(`/api/photos?of=${id}`, viewer);
    expect(await list.json()).toEqual([photo]);
    const shown = await see(`/api/photos/${photo}`, viewer);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await shown.arrayBuffer()).toString('latin1')).not.toContain(SECRET);
  });

  it('is seen by nobody else, who is not even told that it is there', async () => {
    const { id } = await plannedStation();
    const { photo } = await upload(jpeg(), reporter);
    expect((await see(`/api/photos/${photo}`, viewer)).status).toBe(404);
    expect((await see(`/api/photos/${photo}`, reporter)).status).toBe(200);
    await send({ type: 'station.change', id, base: 1, status: 'building', photo }, reporter);
    expect((await see(`/api/photos/${photo}`, stranger)).status).toBe(404);
    expect((await see(`/api/photos/${photo}`, '')).status).toBe(401);
    expect(await (await see(`/api/photos?of=${id}`, stranger)).json()).toEqual([]);
  });

  it('may be all that is told, or come with a new station', async () => {
    const { id } = await plannedStation();
    const { photo } = await upload(jpeg(), server.cookie);
    expect(await send({ type: 'station.change', id, base: 1, photo })).toMatchObject({
      version: 2,
    });
    const [lon, lat] = centreOfSmall('00002');
    const another = await upload(jpeg(), server.cookie);
    const added = await send({
      type: 'station.add',
      ...{ name: 'Mới', operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
      ...{ status: 'on_air', lon, lat, photo: another.photo },
    });
    expect(added).toHaveProperty('seq');
    const list = await see(`/api/photos?of=${(added as Accepted).id}`, viewer);
    expect(await list.json()).toEqual([another.photo]);
  });

  it('of somebody else, of another station or of none is refused, and nothing happens', async () => {
    const { id } = await plannedStation();
    const ofAnother = await upload(jpeg(), server.cookie);
    const used = await upload(jpeg(), reporter);
    const other = await plannedStation();
    const wish = { type: 'station.change', id: other.id, base: 1, status: 'building' };
    expect(await send({ ...wish, photo: used.photo }, reporter)).toHaveProperty('seq');
    for (const photo of [ofAnother.photo, used.photo, 'A'.repeat(22), 'không phải'])
      expect(
        await send({ type: 'station.change', id, base: 1, status: 'building', photo }, reporter),
      ).toMatchObject({ error: { code: 'invalid', path: 'photo' } });
    const { stations } = server.live.country.tables;
    expect(stations.record(stations.rowOf(id) ?? -1)).toMatchObject({ version: 1 });
  });

  it('is stored once for a wish that is sent again', async () => {
    const { id } = await plannedStation();
    const { photo } = await upload(jpeg(), reporter);
    const wish = { key: 'the-same-photo', type: 'station.change', id, base: 1, photo };
    const first = await send({ ...wish, status: 'building' }, reporter);
    expect(await send({ ...wish, status: 'building' }, reporter)).toEqual(first);
  });
});

describe('what is no photo', () => {
  it('is refused with the reason', async () => {
    expect(await upload('<html>', reporter)).toMatchObject({
      ...{ status: 415, error: { code: 'unsupported' } },
    });
    expect(await upload(Buffer.concat([jpeg(), Buffer.alloc(6e6)]), reporter)).toMatchObject({
      ...{ status: 413, error: { code: 'too_large' } },
    });
    expect(await upload(Buffer.alloc(0), reporter)).toMatchObject({ status: 400 });
    const json = await fetch(`${server.url}/api/photos`, {
      method: 'POST',
      body: '{}',
      headers: { cookie: reporter, 'Content-Type': 'application/json' },
    });
    expect(json.status).toBe(415);
  });

  it('and a photo of somebody who only looks, or is not signed in', async () => {
    expect(await upload(jpeg(), viewer)).toMatchObject({ status: 403 });
    expect(await upload(jpeg(), '')).toMatchObject({ status: 401 });
  });
});
