/** Communes that are cut off on purpose, so that there is something to be alarmed about. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { RuleFields } from '../../data/alerts/rule.ts';
import type { Alert, Alerts, Rule } from '../../data/wire/alerts.ts';
import { cookieOf } from './pages.ts';
import { url } from './this-product.ts';

export interface CutCommune {
  code: string;
  name: string;
  node: number;
}

/** Asks as somebody; throws what the server says against it. */
export async function asked<T>(
  name: string,
  path: string,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json', cookie: await cookieOf(name) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer: unknown = await response.json().catch(() => null);
  expect(response.status, `${path}: ${JSON.stringify(answer)}`).toBeLessThan(300);
  return answer as T;
}

/** A commune of a province whose node is up. */
export async function communeOf(province: string): Promise<CutCommune> {
  const response = await fetch(`${url}/api/export/nodes.csv?unit=${province}`);
  const rows = (await response.text()).split('\r\n').map((row) => row.split(','));
  const row = rows.find((cells) => cells[2] === 'Xã' && cells[6] === 'Đang hoạt động');
  const [node = '', , , code = ''] = row ?? [];
  return { code, name: row?.[10] ?? '', node: Number(node) };
}

let sent = 0;
/** Cuts a commune off, or brings it back. */
export async function setNode({ node }: CutCommune, status: 'up' | 'down'): Promise<void> {
  // Somebody else, or the simulation, may have changed it: the refusal says at which version it is.
  for (let base = 1, tries = 0; tries < 5; tries++) {
    const response = await fetch(`${url}/api/commands`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie: await cookieOf('bientap') },
      body: JSON.stringify({
        ...{ type: 'node.change', key: `browser-cut-${Date.now()}-${++sent}` },
        ...{ id: node, base, status },
      }),
    });
    const { error } = (await response.json()) as { error?: { current?: { version?: number } } };
    if (!error || response.status === 400) return;
    base = error.current?.version ?? base;
  }
  throw new Error(`node ${node} was not set ${status}`);
}

/** A rule that tells at once of every commune of a province that is cut off, and when it is back. */
export function keepRule(province: string, some: Partial<RuleFields> = {}): Promise<Rule> {
  const fields: RuleFields = {
    ...{ name: `Mất mạng ở ${province}`, on: true, watch: { what: 'commune_cut', minutes: 0 } },
    ...{ units: [province], severity: 'critical', wall: false, settleMinutes: 0 },
    ...{ quiet: null, escalation: null, webhooks: [] },
    ...some,
  };
  return asked<Rule>('duyet', '/api/alert-rules', fields);
}

export async function removeRule({ id }: Pick<Rule, 'id'>): Promise<void> {
  const rules = await asked<Rule[]>('duyet', '/api/alert-rules');
  const version = rules.find((rule) => rule.id === id)?.version ?? 1;
  await asked('duyet', `/api/alert-rules/${id}?base=${version}`, undefined, 'DELETE');
}

/** The alert of a commune that has been told; waits for it. */
export async function alertOf({ code }: CutCommune, rule: Pick<Rule, 'id'>): Promise<Alert> {
  let found: Alert | undefined;
  await expect
    .poll(
      async () => {
        const { alerts } = await asked<Alerts>('duyet', `/api/alerts?state=open&unit=${code}`);
        found = alerts.find((alert) => alert.rule.id === rule.id && alert.told !== null);
        return found;
      },
      { timeout: 60_000, interval: 250 },
    )
    .toBeDefined();
  return found as Alert;
}

/** Changes a rule over the version that is given, as a person would; answers it as it is then. */
export function changeRule(rule: Rule, some: Partial<RuleFields>): Promise<Rule> {
  const { id, version, changed, changedBy, open, may, ...fields } = rule;
  void [changed, changedBy, open, may];
  const body = { ...fields, ...some, base: version };
  return asked<Rule>('duyet', `/api/alert-rules/${id}`, body, 'PUT');
}

/**
 * Keeps the demo's own rules off while the tests of a file run: what it simulates interrupts no tour and
 * fills no list. To be called once in a file, outside its tests.
 */
export function withoutRulesOfDemo(): void {
  const off: Rule[] = [];
  beforeAll(async () => {
    const rules = await asked<Rule[]>('duyet', '/api/alert-rules');
    for (const rule of rules) if (rule.on) off.push(await changeRule(rule, { on: false }));
  });
  afterAll(async () => {
    for (const rule of off) await changeRule(rule, { on: true });
  });
}
