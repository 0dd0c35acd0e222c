/** What webhooks hear of alerts: on a real listener, checked by a library that is not ours. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Checker } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AlertMessage,
  Attempt,
  Delivery,
  MadeWebhook,
  Rule,
  Webhook,
} from '../../data/wire/alerts.ts';
import { MOST_WAITING, putIn } from '../../server/alerts/outbox.ts';
import { send } from '../../server/alerts/sending.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { until } from '../setup/until.ts';
import { Clock, HOUR, RULE, startAlerts, untilSo, type AlertServer } from './alert-client.ts';

interface Heard {
  path: string;
  headers: Record<string, string>;
  body: string;
}

let database: TestDatabase;
let alerts: AlertServer;
let listener: Server;
let address: string;
const heard: Heard[] = [];
/** What the listener does with what comes to a path; 204 where nothing is said. */
const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();

beforeAll(async () => {
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      heard.push({ path, headers: request.headers as Record<string, string>, body });
      const answer = answers.get(path);
      if (answer) answer(request, response);
      else response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  database = await freshDatabase();
  alerts = await startAlerts(database);
});
afterAll(async () => {
  await alerts.server.close();
  await database.close();
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
});

async function makeWebhook(path: string): Promise<MadeWebhook> {
  const wish = { name: path.slice(1), url: address + path, on: true };
  const { status, body } = await alerts.ask<MadeWebhook>('POST', '/webhooks', wish);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

const at = (path: string): Heard[] => heard.filter((one) => one.path === path);
const messagesAt = (path: string): AlertMessage[] =>
  at(path).map(({ body }) => JSON.parse(body) as AlertMessage);
/** Until the oldest message of a webhook was tried so often, and that is written down. */
const untilTried = (id: number, attempts: number): Promise<unknown> =>
  untilSo(
    `attempt ${attempts}`,
    async () => (await alerts.ask<Delivery[]>('GET', `/webhooks/${id}/deliveries`)).body.at(-1),
    (oldest) => oldest?.attempts === attempts,
  );
const listed = async (id: number): Promise<Webhook | undefined> =>
  (await alerts.ask<Webhook[]>('GET', '/webhooks')).body.find((one) => one.id === id);

describe('a webhook', () => {
  it('hears of an alert from its beginning to its end, in order, and can check who says it', async () => {
    const { id, secret } = await makeWebhook('/whole');
    const rule = await alerts.makeRule({ webhooks: [id], settleMinutes: 0, name: 'Xã tối' });
    const station = await alerts.station('00001');
    await until('it was raised', () => at('/whole').length === 1);
    const [alert] = await alerts.open();
    await alerts.ask('POST', `/alerts/${alert?.id}/acknowledge`, { word: 'đang đến' });
    await until('it was taken on', () => at('/whole').length === 2);
    await alerts.change(station, 1, 'retired');
    await until('it is over', () => at('/whole').length === 3);

    expect(messagesAt('/whole').map(({ type }) => type)).toEqual([
      ...['alert.raised', 'alert.acknowledged', 'alert.ended'],
    ]);
    const [raised, taken] = messagesAt('/whole');
    expect(raised?.data).toMatchObject({
      alert: { id: alert?.id, rule: { name: 'Xã tối' }, unit: '00001', acknowledged: null },
    });
    expect(raised?.data.text).toMatch(/^Xã West 1, Tỉnh Tây: không còn trạm nào .* 40\.000 người/);
    expect(raised?.data.textEn).toMatch(/^West 1 Commune, West: no station is on air/);
    expect(taken?.data.alert?.acknowledged).toMatchObject({ by: 'vanhanh', word: 'đang đến' });
    for (const { headers, body } of at('/whole')) {
      expect(() => new Checker(secret).verify(body, headers)).not.toThrow();
      expect(() => new Checker(secret).verify(`${body} `, headers)).toThrow();
    }
    const ids = at('/whole').map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(3);
    await untilSo(
      'all is delivered',
      () => listed(id),
      (one) => one?.waiting === 0,
    );
    expect(await listed(id)).toMatchObject({ lost: 0, last: { ok: true, what: 'HTTP 204' } });
    await alerts.ask('DELETE', `/alert-rules/${rule.id}?base=1`);
  });

  it('hears that an alert is over because its rule was removed, which then is nowhere', async () => {
    const { id } = await makeWebhook('/removed');
    const rule = await alerts.makeRule({ webhooks: [id], settleMinutes: 0, name: 'Sắp xóa' });
    const station = await alerts.station('00001');
    await until('it was raised', () => at('/removed').length === 1);
    await alerts.ask('DELETE', `/alert-rules/${rule.id}?base=1`);
    await until('it is over', () => at('/removed').length === 2);
    expect(messagesAt('/removed').map(({ type }) => type)).toEqual(['alert.raised', 'alert.ended']);
    expect(await alerts.open()).toEqual([]);
    const { body } = await alerts.ask<Rule[]>('GET', '/alert-rules');
    expect(body.map(({ name }) => name)).not.toContain('Sắp xóa');
    expect((await alerts.ask('DELETE', `/alert-rules/${rule.id}?base=2`)).status).toBe(404);
    expect((await alerts.ask('DELETE', `/webhooks/${id}?base=1`)).status).toBeLessThan(300);
    await alerts.change(station, 1, 'retired');
  });

  it('that fails is told again, with the same id, and what comes after waits its turn', async () => {
    let isDown = true;
    answers.set('/late', (_, response) => void response.writeHead(isDown ? 503 : 200).end());
    const { id, secret } = await makeWebhook('/late');
    const post = (n: number) =>
      putIn(database.pool, [id], {
        ...{ type: 'test', body: `{"n":${n}}` },
        at: alerts.clock.now(),
      });
    await post(1);
    await untilTried(id, 1);
    await post(2);
    alerts.clock.forward(10_000);
    await untilTried(id, 2);
    isDown = false;
    alerts.clock.forward(60_000);
    await until('both have come', () => at('/late').length === 4);
    expect(at('/late').map(({ body }) => body)).toEqual([
      '{"n":1}',
      '{"n":1}',
      '{"n":1}',
      '{"n":2}',
    ]);
    const [first, second, third, other] = at('/late').map(({ headers }) => headers['webhook-id']);
    expect([second, third]).toEqual([first, first]);
    expect(other).not.toBe(first);
    const last = at('/late')[2];
    expect(() => new Checker(secret).verify(last?.body ?? '', last?.headers ?? {})).not.toThrow();
    const deliveries = await untilSo(
      'both are noted',
      async () => (await alerts.ask<Delivery[]>('GET', `/webhooks/${id}/deliveries`)).body,
      (all) => all.every(({ state }) => state === 'delivered'),
    );
    expect(deliveries.map(({ attempts }) => attempts)).toEqual([1, 3]);
  });

  it('that never answers makes nobody else wait, and one that refuses a message gets the others', async () => {
    answers.set('/never', () => undefined);
    answers.set('/picky', (request, response) => {
      const isFirst = at('/picky')[0]?.headers['webhook-id'] === request.headers['webhook-id'];
      response.writeHead(isFirst ? 400 : 200).end();
    });
    const never = await makeWebhook('/never');
    const picky = await makeWebhook('/picky');
    const post = () =>
      putIn(database.pool, [never.id, picky.id], {
        type: 'test',
        body: '{}',
        at: alerts.clock.now(),
      });
    await post();
    await until('both were tried', () => at('/never').length === 1 && at('/picky').length === 1);
    await post();
    await until('the other goes on', () => at('/picky').length >= 2);
    expect(at('/never')).toHaveLength(1);
    // Nor for ever on it: in this many ms nobody waits longer.
    const outcome = await send(
      { url: `${address}/never`, secret: never.secret },
      { id: 'm', body: '' },
      0,
      {
        withinMs: 50,
      },
    );
    expect(outcome).toEqual({ ok: false, refused: false, what: 'no answer within 0.05 s' });
  });

  it('is not followed to where it points', async () => {
    answers.set(
      '/moved',
      (_, response) => void response.writeHead(307, { Location: '/there' }).end(),
    );
    const { id } = await makeWebhook('/moved');
    const { body } = await alerts.ask<Attempt>('POST', `/webhooks/${id}/test`);
    expect(body).toMatchObject({ ok: false, what: 'HTTP 307' });
    expect(at('/there')).toEqual([]);
  });

  it('is given up after about a day, and so is what is too much: it is counted as lost', async () => {
    answers.set('/dead', (_, response) => void response.writeHead(500).end());
    const { id } = await makeWebhook('/dead');
    const body = JSON.stringify({});
    await putIn(database.pool, [id], { type: 'test', body, at: alerts.clock.now() });
    for (let attempts = 1; (await listed(id))?.waiting === 1; attempts++) {
      await untilTried(id, attempts);
      alerts.clock.forward(7 * HOUR);
    }
    // The waits grow: in a day and a half there is time for a few long ones.
    expect(at('/dead').length).toBeGreaterThanOrEqual(5);
    expect(await listed(id)).toMatchObject({ waiting: 0, lost: 1, last: { what: 'HTTP 500' } });

    const off = { ...{ name: 'x', url: `${address}/dead` }, on: true };
    const full = (await alerts.ask<MadeWebhook>('POST', '/webhooks', off)).body.id;
    await database.pool.query(
      `insert into alert_deliveries (webhook, message, type, body, made, next)
       select $1, 'old' || n, 'test', '{}', now(), now() + interval '9 years'
       from generate_series(1, $2) as n`,
      [full, MOST_WAITING],
    );
    await putIn(database.pool, [full], { type: 'test', body, at: alerts.clock.now() });
    expect(await listed(full)).toMatchObject({ waiting: MOST_WAITING, lost: 1 });
    const { rows } = await database.pool.query<{ message: string; last: Attempt }>(
      `select message, last from alert_deliveries where webhook = $1 and state = 'lost'`,
      [full],
    );
    expect(rows).toMatchObject([{ message: 'old1', last: { ok: false } }]);
    expect(rows[0]?.last.what).toMatch(/more than 1000 messages/);
    // Switched off, nothing waits for it any more.
    const changed = await alerts.ask<Webhook>('PUT', `/webhooks/${full}`, {
      ...off,
      on: false,
      base: 1,
    });
    expect(changed.body).toMatchObject({ waiting: 0, lost: MOST_WAITING + 1, on: false });
  });
});

describe('webhooks are for operators', () => {
  it('alone: nobody else reads or makes them', async () => {
    for (const [method, path] of [
      ...[['GET', '/webhooks'] as const, ['POST', '/webhooks'] as const],
      ...[['POST', '/webhooks/1/secret'] as const, ['GET', '/webhooks/1/deliveries'] as const],
    ]) {
      expect((await alerts.ask(method, path, undefined, '')).status).toBe(401);
      expect((await alerts.ask(method, path, undefined, alerts.approver)).status).toBe(403);
    }
    const { id } = await makeWebhook('/national');
    const wish = { ...RULE, units: ['01'], webhooks: [id] };
    const taken = await alerts.ask('POST', '/alert-rules', wish, alerts.approver);
    expect([taken.status, taken.body.error?.path]).toEqual([403, 'role']);
  });

  it('who are told a secret once, and may have another', async () => {
    const { id, secret } = await makeWebhook('/secret');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const all = await alerts.ask<Webhook[]>('GET', '/webhooks');
    expect(JSON.stringify(all.body)).not.toContain('whsec_');
    const renewed = (await alerts.ask<MadeWebhook>('POST', `/webhooks/${id}/secret`)).body;
    expect(renewed.secret).not.toBe(secret);
    await alerts.ask('POST', `/webhooks/${id}/test`);
    const [sent] = at('/secret');
    const check = (by: string) => new Checker(by).verify(sent?.body ?? '', sent?.headers ?? {});
    // The clock of the test has gone on by days: only the age is wrong, not the signature.
    expect(() => check(renewed.secret)).toThrow(/timestamp/);
    expect(messagesAt('/secret')).toMatchObject([{ type: 'test', data: { alert: null } }]);
  });

  it('and one that a rule names is not taken away', async () => {
    const { id } = await makeWebhook('/named');
    const escalation = { afterMinutes: 5, severity: 'critical' as const, webhooks: [id] };
    await alerts.makeRule({ name: 'Gọi tới đây', on: false, escalation });
    const { status, body } = await alerts.ask('DELETE', `/webhooks/${id}?base=1`);
    expect([status, body.error?.reason]).toEqual([409, { is: 'named_by', rule: 'Gọi tới đây' }]);
  });

  it.each([
    ['ftp://a.vn/x', 'url'],
    ['http://user:secret@a.vn/x', 'url'],
    ['//a.vn', 'url'],
    ['', 'url'],
  ])('at %s: refused', async (url, path) => {
    const { status, body } = await alerts.ask('POST', '/webhooks', { name: 'x', url, on: true });
    expect([status, body.error?.path]).toEqual([400, path]);
  });
});

describe('two servers on one database', () => {
  it('raise each alert once, and when one of them goes the other keeps on', async () => {
    const shared = await freshDatabase();
    const clock = new Clock();
    const one = await startAlerts(shared, clock);
    await untilSo(
      'one keeps',
      () => keeperOf(shared),
      (name) => name !== undefined,
    );
    const other = await startAlerts(shared, clock);
    await one.makeRule({ settleMinutes: 0 });
    await one.station('00001');
    await untilSo('it is raised', other.open, ({ length }) => length === 1);
    const [alert] = await other.open();
    // Taken on at the server that does not keep them: the keeper hears of it.
    await other.ask('POST', `/alerts/${alert?.id}/acknowledge`, {});
    await untilSo(
      'that is known',
      () => shared.pool.query('select from alerts where acknowledged_told'),
      ({ rowCount }) => rowCount === 1,
    );
    const first = await keeperOf(shared);
    await one.server.close();
    await other.station('00002');
    await untilSo('another is raised', other.open, ({ length }) => length === 2);
    expect(await keeperOf(shared)).not.toBe(first);
    // A line that breaks is taken up again.
    await shared.pool.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and objid = 8402004
         and database = (select oid from pg_database where datname = current_database())`,
    );
    await other.station('00004');
    const open = await untilSo('a third', other.open, ({ length }) => length === 3);
    expect(open.every(({ times }) => times === 1)).toBe(true);
    await other.server.close();
    await shared.close();
  });

  async function keeperOf({ pool }: TestDatabase): Promise<string | undefined> {
    const { rows } = await pool.query<{ keeper: string }>('select keeper from alert_watch');
    return rows[0]?.keeper;
  }
});
