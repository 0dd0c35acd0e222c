/** Alerts and their rules over HTTP and the socket, on a real database; only the clock is the test's. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Alert, Alerts, Rule, RuleTrial } from '../../data/wire/alerts.ts';
import type { AccountAct } from '../../data/wire/accounts.ts';
import { migrateTo } from '../../server/log/schema.ts';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../setup/database.ts';
import { until } from '../setup/until.ts';
import { HOUR, MINUTE, RULE, startAlerts, untilSo, type AlertServer } from './alert-client.ts';

let database: TestDatabase;
let alerts: AlertServer;
beforeAll(async () => {
  database = await freshDatabase();
  alerts = await startAlerts(database);
});
afterAll(async () => {
  await alerts.server.close();
  await database.close();
});
beforeEach(async () => {
  for (const rule of (await alerts.ask<Rule[]>('GET', '/alert-rules')).body)
    await alerts.ask('DELETE', `/alert-rules/${rule.id}?base=${rule.version}`);
  await untilSo('nothing is open', alerts.open, (open) => open.length === 0);
});

const openOne = (unit: string): Promise<Alert[]> =>
  untilSo(
    `an alert is open in ${unit}`,
    () => alerts.open(unit),
    (open) => open.length === 1,
  );

describe('an alert', () => {
  it('is raised when a rule finds something, and every socket is told to ask', async () => {
    const socket = alerts.server.connect();
    const versions: number[] = [];
    socket.on('alerts', ({ version }) => versions.push(version));
    await until('the socket is open', () => socket.connected);
    const rule = await alerts.makeRule({ name: 'Xã tối' });
    const station = await alerts.station('00001');
    const [alert] = await openOne('00001');
    expect(alert).toMatchObject({
      ...{ rule: { id: rule.id, name: 'Xã tối' }, severity: 'warning', unit: '00001' },
      ...{ state: 'open', times: 1, ended: null, acknowledged: null, wall: false },
      thing: { noun: 'station', id: station, name: 'Trạm 00001' },
      facts: { people: 40_000 },
      may: { acknowledge: true },
    });
    expect(alert?.told).toBe(alert?.raised);
    const { body } = await alerts.ask<Alerts>('GET', '/alerts');
    expect(body.counts).toEqual({ notice: 0, warning: 1, critical: 0 });
    await until('the socket was told', () => versions.includes(body.version));
    expect((await alerts.open('01')).length).toBe(1);
    expect(await alerts.open('11')).toEqual([]);
    await alerts.change(station, 1, 'retired');
  });

  it('is one alert while it flaps, and over when it has stayed away', async () => {
    await alerts.makeRule({});
    const station = await alerts.station('00002');
    const [first] = await openOne('00002');
    let version = 1;
    for (let times = 2; times <= 4; times++) {
      await alerts.change(station, version++, 'on_air');
      alerts.clock.forward(10 * MINUTE);
      await untilSo(
        'it is found no more',
        () => database.pool.query('select from alerts where gone is not null and ended is null'),
        ({ rowCount }) => rowCount === 1,
      );
      await alerts.change(station, version++, 'down');
      await untilSo(
        'it is back',
        () => alerts.open('00002'),
        ([a]) => a?.times === times,
      );
    }
    await alerts.change(station, version, 'on_air');
    await untilSo(
      'it is found no more',
      () => database.pool.query('select from alerts where gone is not null and ended is null'),
      ({ rowCount }) => rowCount === 1,
    );
    alerts.clock.forward(31 * MINUTE);
    const over = await untilSo('it is over', alerts.over, (all) =>
      all.some(({ id }) => id === first?.id),
    );
    expect(over.filter(({ unit }) => unit === '00002')).toMatchObject([
      { id: first?.id, times: 4, state: 'over', may: { acknowledge: false } },
    ]);
    await alerts.change(station, version + 1, 'retired');
  });

  it('is taken on by one person, by name, and whoever comes second is told who was first', async () => {
    await alerts.makeRule({});
    const station = await alerts.station('00003');
    const [alert] = await openOne('00003');
    const take = (cookie: string, word = '') =>
      alerts.ask<Alert>('POST', `/alerts/${alert?.id}/acknowledge`, { word }, cookie);
    expect((await take('')).status).toBe(401);
    const looks = await take(alerts.viewer);
    expect([looks.status, looks.body.error?.path]).toEqual([403, 'role']);
    const elsewhere = await alerts.server.signIn({ name: 'dong', role: 'editor', units: ['11'] });
    expect((await take(elsewhere)).body.error).toMatchObject({ code: 'forbidden', path: 'units' });

    const taken = await take(alerts.server.cookie, 'Đội kỹ thuật đang đến');
    expect([taken.status, taken.body.acknowledged]).toMatchObject([
      200,
      { by: 'bientap', word: 'Đội kỹ thuật đang đến' },
    ]);
    const second = await take(alerts.approver);
    expect([second.status, second.body.error]).toMatchObject([
      409,
      { code: 'stale', reason: { is: 'taken_on', by: 'bientap' }, current: { id: alert?.id } },
    ]);
    // The same person once more has it.
    expect((await take(alerts.server.cookie, 'lần nữa')).body.acknowledged?.word).toMatch(/Đội/);

    const { body: anybody } = await alerts.ask<Alerts>('GET', '/alerts?unit=00003', undefined, '');
    expect(anybody.alerts[0]?.acknowledged).toMatchObject({ by: 'somebody', word: '' });
    expect(anybody.alerts[0]?.may).toEqual({ acknowledge: false });
    await alerts.change(station, 1, 'retired');
  });

  it('becomes worse when nobody takes it on, and not when somebody has', async () => {
    const escalation = { afterMinutes: 60, severity: 'critical' as const, webhooks: [] };
    await alerts.makeRule({ escalation });
    const stations = [await alerts.station('00001'), await alerts.station('00004')];
    const [, taken] = await untilSo('both', alerts.open, ({ length }) => length === 2);
    await alerts.ask('POST', `/alerts/${taken?.id}/acknowledge`, {});
    alerts.clock.forward(HOUR);
    const open = await untilSo('one is worse', alerts.open, ([one]) => !!one?.escalated);
    // The worst comes first.
    expect(open.map(({ severity }) => severity)).toEqual(['critical', 'warning']);
    expect(open[1]).toMatchObject({ id: taken?.id, escalated: null });
    for (const id of stations) await alerts.change(id, 1, 'retired');
  });

  it('is listed at night, and told in the morning', async () => {
    const hour = (at: number): string =>
      `${String((new Date(at).getUTCHours() + 7 + 24) % 24).padStart(2, '0')}:00`;
    const now = alerts.clock.now();
    await alerts.makeRule({ quiet: { from: hour(now), until: hour(now + 2 * HOUR) } });
    const station = await alerts.station('00002');
    const [alert] = await openOne('00002');
    expect(alert?.told).toBeNull();
    alerts.clock.forward(2 * HOUR);
    const [told] = await untilSo('it is told', alerts.open, ([one]) => !!one?.told);
    expect(Date.parse(told?.told ?? '')).toBeGreaterThan(Date.parse(told?.raised ?? ''));
    await alerts.change(station, 1, 'retired');
  });

  it('is not there for an address that asks for nothing that there is', async () => {
    for (const path of ['/alerts?unit=99', '/alerts?state=x', '/alerts?before=x'])
      expect([400, 404]).toContain((await alerts.ask('GET', path)).status);
    const none = await alerts.ask<Alerts>('GET', '/alerts?before=999999999999999');
    expect([none.status, none.body.alerts]).toEqual([200, []]);
    for (const id of ['0', 'x', '999999999999'])
      expect((await alerts.ask('POST', `/alerts/${id}/acknowledge`, {})).status).toBe(404);
  });
});

describe('a rule', () => {
  it('is kept with a version, which whoever changes it must have seen; each act is noted', async () => {
    const rule = await alerts.makeRule({ name: 'Một' });
    expect(rule).toMatchObject({
      version: 1,
      open: 0,
      changedBy: 'vanhanh',
      may: { change: true },
    });
    const change = (base: number | undefined, name: string) =>
      alerts.ask<Rule>('PUT', `/alert-rules/${rule.id}`, { ...RULE, name, base });
    expect((await change(1, 'Hai')).body).toMatchObject({ version: 2, name: 'Hai' });
    const late = await change(1, 'Ba');
    expect([late.status, late.body.error]).toMatchObject([
      409,
      { code: 'stale', current: { name: 'Hai', version: 2 } },
    ]);
    expect((await change(undefined, 'Ba')).body.error?.path).toBe('base');
    expect((await alerts.ask('DELETE', `/alert-rules/${rule.id}?base=1`)).status).toBe(409);
    expect((await alerts.ask('DELETE', `/alert-rules/${rule.id}?base=2`)).status).toBe(200);
    const acts = (await alerts.ask<AccountAct[]>('GET', '/account-acts')).body;
    expect(acts.slice(0, 3).map(({ what, about }) => [what, about])).toEqual([
      ['rule.removed', 'Hai'],
      ['rule.changed', 'Hai'],
      ['rule.made', 'Một'],
    ]);
  });

  it('is kept by whoever approves for all its units, and read by everybody', async () => {
    const make = (units: string[], cookie: string) =>
      alerts.ask<Rule>('POST', '/alert-rules', { ...RULE, on: false, units }, cookie);
    expect((await make(['01'], '')).status).toBe(401);
    expect((await make(['01'], alerts.viewer)).body.error?.path).toBe('role');
    expect((await make(['vn'], alerts.approver)).body.error?.path).toBe('units');
    const made = await make(['01'], alerts.approver);
    expect(made.status).toBe(201);
    await make(['vn'], alerts.operator);
    const listed = async (cookie: string) =>
      (await alerts.ask<Rule[]>('GET', '/alert-rules', undefined, cookie)).body.map((rule) => [
        rule.changedBy,
        rule.may.change,
      ]);
    expect(await listed('')).toEqual([
      ['somebody', false],
      ['somebody', false],
    ]);
    expect(await listed(alerts.approver)).toEqual([
      ['pheduyet', true],
      ['vanhanh', false],
    ]);
    const wider = { ...RULE, units: ['01'], base: 1 };
    const [, national] = (await alerts.ask<Rule[]>('GET', '/alert-rules')).body;
    const taken = await alerts.ask('PUT', `/alert-rules/${national?.id}`, wider, alerts.approver);
    expect(taken.body.error?.path).toBe('units');
  });

  it('is tried before it is kept', async () => {
    const station = await alerts.station('00001');
    const trial = await alerts.ask<RuleTrial>('POST', '/alert-rules/try', RULE);
    expect(trial.body).toMatchObject({ found: 1, tooMany: false, examples: [{ unit: '00001' }] });
    expect(await alerts.open()).toEqual([]);
    await alerts.change(station, 1, 'retired');
  });

  it('that matches everything is refused in words; what comes to that later is one alert', async () => {
    const watch = { what: 'station_down', hours: 0, alone: false } as const;
    const rule = await alerts.makeRule({ watch, name: 'Mọi trạm', settleMinutes: 0 });
    const stations = await alerts.stations('03001', 201);
    const open = await untilSo('one that says how many', alerts.open, (all) =>
      all.some(({ facts }) => facts.found !== undefined),
    );
    expect(open.length).toBeLessThanOrEqual(201);
    expect(open.find(({ facts }) => facts.found)).toMatchObject({ unit: 'vn', thing: null });
    const again = { ...RULE, watch, name: 'Mọi trạm lần nữa' };
    const refused = await alerts.ask('POST', '/alert-rules', again);
    expect([refused.status, refused.body.error]).toMatchObject([
      413,
      { code: 'too_large', path: 'watch', reason: { is: 'alerts', limit: 200, given: 201 } },
    ]);
    // Switched off it is kept, and its alerts end.
    const off = { ...RULE, watch, on: false, base: rule.version };
    expect((await alerts.ask('PUT', `/alert-rules/${rule.id}`, off)).status).toBe(200);
    await untilSo('all are over', alerts.open, ({ length }) => length === 0);
    await alerts.removeAll(stations);
  }, 120_000);

  it.each([
    ['a unit that is not there', { units: ['99'] }, 'units'],
    ['a commune', { units: ['00001'] }, 'units.0'],
    ['a webhook that is not there', { webhooks: [77] }, 'webhooks'],
    ['quiet hours without end', { quiet: { from: '22:00', until: '22:00' } }, 'quiet'],
    ['nothing to watch', { watch: { what: 'weather' } }, 'watch.what'],
    ['no name', { name: ' ' }, 'name'],
  ])('with %s is refused, and says where', async (_what, more, path) => {
    const { status, body } = await alerts.ask('POST', '/alert-rules', { ...RULE, ...more });
    expect([status, body.error?.path]).toEqual([400, path]);
  });
});

describe('what only time brings', () => {
  it('a province is silent when nothing has come from it, and there was somebody to hear it', async () => {
    await alerts.station('00004', 'on_air');
    await alerts.makeRule({ watch: { what: 'silent', hours: 1 }, settleMinutes: 0 });
    alerts.clock.forward(2 * HOUR);
    // The other province has spoken above; both are silent now.
    const open = await untilSo('both are silent', alerts.open, ({ length }) => length === 2);
    expect(open.map(({ unit }) => unit).sort()).toEqual(['01', '11']);
    expect(open.every(({ facts }) => facts.since !== undefined)).toBe(true);
  });

  it('coverage has fallen against what it was so many hours ago', async () => {
    const station = await alerts.station('03001', 'on_air');
    await untilSo(
      'it was noted',
      () => {
        alerts.clock.forward(31 * MINUTE);
        return database.pool.query(`select from alert_samples where province = '11' and by_5g > 0`);
      },
      ({ rowCount }) => (rowCount ?? 0) > 0,
    );
    const watch = { what: 'coverage_falling', field: '5g', points: 1, hours: 1 } as const;
    await alerts.makeRule({ watch, settleMinutes: 0 });
    await alerts.change(station, 1, 'down');
    alerts.clock.forward(HOUR + 2 * MINUTE);
    const open = await untilSo(
      'it has fallen',
      () => alerts.open('11'),
      ({ length }) => length === 1,
    );
    const { was = 0, is = 1 } = open[0]?.facts ?? {};
    expect(was - is).toBeGreaterThanOrEqual(0.01);
  }, 120_000);
});

describe('a database of before removed rules were kept until their alerts are over', () => {
  it('has no alert left open that nothing would end, and keeps those of its rules', async () => {
    const old = await emptyDatabase();
    const client = await old.pool.connect();
    try {
      await migrateTo(client, 12);
      const { rows } = await client.query<{ id: number }>(
        `insert into alert_rules (body, changed_by) values ('{}', 'duyet') returning id`,
      );
      const kept = rows[0]?.id ?? 0;
      for (const rule of [kept, kept + 1])
        await client.query(
          `insert into alerts (rule, rule_name, rule_version, watch, wall, severity, key, unit, facts,
             raised, times)
           values ($1, 'x', 1, '{}', false, 'notice', 'k', '01', '{}', now(), 1)`,
          [rule],
        );
      await migrateTo(client, 13);
      const after = await client.query<{ rule: number; open: boolean; closed: boolean }>(
        'select rule, ended is null as open, closed from alerts order by rule',
      );
      expect(after.rows).toEqual([
        { rule: kept, open: true, closed: false },
        { rule: kept + 1, open: false, closed: true },
      ]);
    } finally {
      client.release();
      await old.close();
    }
  });
});
