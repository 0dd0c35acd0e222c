/** A server whose alerts look at a clock that the test moves, and what the tests of alerts send it. */
import type { Pace } from '../../server/alerts/alerts.ts';
import { append, type NewEvent } from '../../server/log/append.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Alert, Alerts, Rule, SaveRule } from '../../data/wire/alerts.ts';
import type { TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { until } from '../setup/until.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The time of day goes on by itself; the test puts it forward. */
export class Clock {
  #ahead = 0;
  readonly now = (): number => Date.now() + this.#ahead;
  forward(ms: number): void {
    this.#ahead += ms;
  }
}

interface Answer<T> {
  status: number;
  body: T & { error?: Refusal };
}

export interface AlertServer {
  server: TestServer;
  clock: Clock;
  /** Cookies of those who act. */
  operator: string;
  approver: string;
  viewer: string;
  ask<T>(method: string, path: string, body?: unknown, cookie?: string): Promise<Answer<T>>;
  makeRule(rule: Partial<SaveRule>): Promise<Rule>;
  open(unit?: string): Promise<Alert[]>;
  over(): Promise<Alert[]>;
  /** Makes a station of a commune that is down, on air, …; answers its id. */
  station(commune: string, status?: string): Promise<number>;
  change(id: number, base: number, status: string): Promise<void>;
  /** Makes many stations of a commune at once, all down; and takes them away again. */
  stations(commune: string, count: number): Promise<number[]>;
  removeAll(stations: readonly number[]): Promise<void>;
}

export const RULE = {
  ...{ name: 'Trạm cuối cùng của xã', on: true, units: ['vn'], severity: 'warning', wall: false },
  watch: { what: 'station_down', hours: 0, alone: true },
  ...{ settleMinutes: 30, quiet: null, escalation: null, webhooks: [] },
} satisfies SaveRule;

const RADIO = { operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 };
let keys = 0;

export async function startAlerts(
  database: TestDatabase,
  clock = new Clock(),
): Promise<AlertServer> {
  const pace: Pace = { now: clock.now, afterMs: 10, everyMs: 40 };
  const server = await startServer(database, { pace });
  const [operator, approver, viewer] = await Promise.all([
    server.signIn({ name: 'vanhanh', role: 'operator', units: ['vn'] }),
    server.signIn({ name: 'pheduyet', role: 'approver', units: ['01'] }),
    server.signIn({ name: 'nguoixem', role: 'viewer', units: ['vn'] }),
  ]);

  async function ask<T>(method: string, path: string, body?: unknown, cookie = operator) {
    const response = await fetch(`${server.url}/api${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer<T>['body'] };
  }

  async function done(command: object): Promise<number> {
    const { status, body } = await server.post({ key: `alerts-${++keys}-key`, ...command });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return (body as { id: number }).id;
  }

  /** Into the log as an import does it: at once, and not through the door for commands. */
  async function appended(
    events: readonly Pick<NewEvent, 'type' | 'version' | 'id' | 'fields'>[],
  ): Promise<number[]> {
    const common = { by: 'bientap', effective: '2025-07-28' };
    const done = await append(
      database.pool,
      events.map((event) => ({ ...common, ...event, key: `alerts-${++keys}-key` })),
    );
    server.follower.ring();
    await server.follower.reached(done.at(-1)?.seq ?? 0, 30_000);
    return done.map(({ id }) => id);
  }

  return {
    ...{ server, clock, operator, approver, viewer, ask },
    async makeRule(rule) {
      const { status, body } = await ask<Rule>('POST', '/alert-rules', { ...RULE, ...rule });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body;
    },
    open: async (unit = 'vn') => (await ask<Alerts>('GET', `/alerts?unit=${unit}`)).body.alerts,
    over: async () => (await ask<Alerts>('GET', '/alerts?state=over')).body.alerts,
    station(commune, status = 'down') {
      const [lon, lat] = centreOfSmall(commune);
      return done({ type: 'station.add', name: `Trạm ${commune}`, lon, lat, status, ...RADIO });
    },
    stations(commune, count) {
      const [lon, lat] = centreOfSmall(commune);
      const fields = { ...RADIO, name: `Trạm ${commune}`, lon, lat, status: 'down' };
      const many = Array.from({ length: count }, () => fields);
      return appended(many.map((one) => ({ type: 'station.add', version: 1, fields: one })));
    },
    async removeAll(stations) {
      await appended(
        stations.map((id) => ({ type: 'station.remove', version: 2, id, fields: {} })),
      );
    },
    async change(id, base, status) {
      await done({ type: 'station.change', id, base, status });
    },
  };
}

/** Waits until what is asked for is there. */
export async function untilSo<T>(
  what: string,
  ask: () => Promise<T>,
  is: (answer: T) => boolean,
): Promise<T> {
  let answer: T | undefined;
  await until(what, async () => is((answer = await ask())), 20_000);
  return answer as T;
}
