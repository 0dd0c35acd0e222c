/** A server whose alerts look at a clock that the test moves, and what the tests of alerts send it. */
import type { Pace } from '../../server/alerts/alerts.ts';
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

export interface Answer<T> {
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
}

export const RULE = {
  ...{ name: 'Trạm cuối cùng của xã', on: true, units: ['vn'], severity: 'warning', wall: false },
  watch: { what: 'station_down', hours: 0, alone: true },
  ...{ settleMinutes: 30, quiet: null, escalation: null, webhooks: [] },
} satisfies SaveRule;

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
      const radio = { operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 };
      return done({ type: 'station.add', name: `Trạm ${commune}`, lon, lat, status, ...radio });
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
