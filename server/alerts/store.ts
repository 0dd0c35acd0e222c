/** Alerts in the database: as the keeper moves them on, and as they are read and taken on. */
import type { ClientBase, Pool } from 'pg';
import * as v from 'valibot';
import type { Standing } from '../../data/alerts/course.ts';
import { SEVERITIES, Watch, type Severity } from '../../data/alerts/rule.ts';
import { authorForAnybody } from '../../data/model/account.ts';
import { levelOf } from '../../data/model/unit.ts';
import type { Alert, AlertFacts, Alerts, AlertsQuery, AlertThing } from '../../data/wire/alerts.ts';
import type { KeptRule } from './rules.ts';

/** An alert as it is kept. */
export interface KeptAlert extends Omit<Alert, 'may'> {
  standing: Standing;
}

interface Row {
  id: number;
  rule: number;
  rule_name: string;
  rule_version: number;
  watch: unknown;
  wall: boolean;
  severity: Severity;
  key: string;
  unit: string;
  thing: AlertThing | null;
  facts: AlertFacts;
  raised: Date;
  told: Date | null;
  times: number;
  gone: Date | null;
  ended: Date | null;
  acknowledged: Date | null;
  acknowledged_by: string | null;
  word: string;
  acknowledged_told: boolean;
  escalated: Date | null;
  closed: boolean;
}

const COLUMNS = `id, rule, rule_name, rule_version, watch, wall, severity, key, unit, thing, facts,
  raised, told, times, gone, ended, acknowledged, acknowledged_by, word, acknowledged_told,
  escalated, closed`;
const PAGE = 100;
/** What is over is kept for a little more than a year. */
const KEEP_DAYS = 400;
const RANK = `array_position(array['${SEVERITIES.join("', '")}'], severity)`;

/** Alerts of which something may still become, by their rules; of one rule where it is given. */
export async function readStanding(
  client: Pool | ClientBase,
  rule?: number,
): Promise<Map<number, Standing[]>> {
  const { rows } = await client.query<Row>(
    `select ${COLUMNS} from alerts where not closed and ($1::integer is null or rule = $1)
     order by id`,
    [rule ?? null],
  );
  const standing = new Map<number, Standing[]>();
  for (const row of rows) {
    const of = standing.get(row.rule);
    if (of) of.push(standingOf(row));
    else standing.set(row.rule, [standingOf(row)]);
  }
  return standing;
}

/** Writes an alert as it stands now, and what of its rule must be known of it; answers it. */
export async function writeAlert(
  client: ClientBase,
  rule: Pick<KeptRule, 'id' | 'name' | 'watch' | 'wall'>,
  alert: Standing,
  province: string | null,
): Promise<KeptAlert> {
  const { id, key, unit, thing, facts, severity, ruleVersion, raised, told, times } = alert;
  const { gone, ended, acknowledgedTold, escalated, closed } = alert;
  const values = [
    ...[severity, JSON.stringify(thing), JSON.stringify(facts), ruleVersion, dateOf(told), times],
    ...[dateOf(gone), dateOf(ended), acknowledgedTold, dateOf(escalated), closed],
    ...[rule.name, JSON.stringify(rule.watch), rule.wall],
  ];
  const { rows } = await client.query<Row>(
    id === null
      ? `insert into alerts (severity, thing, facts, rule_version, told, times, gone, ended,
           acknowledged_told, escalated, closed, rule_name, watch, wall, rule, key, unit, province,
           raised)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
         returning ${COLUMNS}`
      : `update alerts set severity = $1, thing = $2, facts = $3, rule_version = $4, told = $5,
           times = $6, gone = $7, ended = $8, acknowledged_told = $9, escalated = $10, closed = $11,
           rule_name = $12, watch = $13, wall = $14
         where id = $15 returning ${COLUMNS}`,
    id === null ? [...values, rule.id, key, unit, province, dateOf(raised)] : [...values, id],
  );
  if (!rows[0]) throw new Error(`alert ${id ?? key} was written and did not come back`);
  return alertOf(rows[0]);
}

/** A page of alerts, and how many there are of each severity on all. */
export async function listAlerts(
  pool: Pool,
  { state, unit, before }: AlertsQuery,
): Promise<Omit<Alerts, 'alerts'> & { alerts: KeptAlert[] }> {
  const where = `ended is ${state === 'open' ? '' : 'not '}null and ${inUnit(unit)}`;
  const order = state === 'open' ? [RANK, 'raised', 'id'] : ['ended', 'id'];
  const older = `(${order.join(', ')}) < (select ${order.join(', ')} from alerts where id = $2::bigint)`;
  const [listed, counted, version] = await Promise.all([
    pool.query<Row>(
      `select ${COLUMNS} from alerts where ${where} and ($2::bigint is null or ${older})
       order by ${order.map((column) => `${column} desc`).join(', ')} limit ${PAGE + 1}`,
      [unit, before ?? null],
    ),
    pool.query<{ severity: Severity; n: number }>(
      `select severity, count(*)::int as n from alerts where ${where} group by severity`,
      [unit],
    ),
    readVersion(pool),
  ]);
  const counts: Alerts['counts'] = { notice: 0, warning: 0, critical: 0 };
  for (const { severity, n } of counted.rows) counts[severity] = n;
  const alerts = listed.rows.slice(0, PAGE).map(alertOf);
  return { version, alerts, counts, more: listed.rows.length > PAGE };
}

export async function readAlert(pool: Pool, id: number): Promise<KeptAlert | undefined> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from alerts where id = $1`, [id]);
  return rows[0] && alertOf(rows[0]);
}

/** How many alerts each rule has open. */
export async function countOpen(pool: Pool): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ rule: number; n: number }>(
    'select rule, count(*)::int as n from alerts where ended is null group by rule',
  );
  return new Map(rows.map(({ rule, n }) => [rule, n]));
}

/**
 * Takes an alert on in somebody's name, where it is open and nobody has; answers the version of the
 * alerts after that.
 */
export async function takeOn(
  client: ClientBase,
  id: number,
  { by, word, at }: { by: string; word: string; at: number },
): Promise<number | undefined> {
  // In the keeper's order: first the row of the watch, then the alert.
  const version = await nextVersion(client);
  const { rowCount } = await client.query(
    `update alerts set acknowledged = $2, acknowledged_by = $3, word = $4
     where id = $1 and ended is null and acknowledged is null`,
    [id, dateOf(at), by, word],
  );
  return rowCount === 1 ? version : undefined;
}

/** The version of the alerts; 0 where there have never been any. */
export async function readVersion(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ version: string }>('select version from alert_watch');
  return Number(rows[0]?.version ?? 0);
}

/** Since when keepers have been listening without a break; undefined before the first. */
export async function readListening(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ listening: Date | null }>(
    'select listening from alert_watch',
  );
  return rows[0]?.listening?.getTime();
}

/** How many alerts are open. */
export async function countAllOpen(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    'select count(*)::int as n from alerts where ended is null',
  );
  return rows[0]?.n ?? 0;
}

/** Makes the version of the alerts grow, which whoever else changes them waits for. */
export async function nextVersion(client: Pool | ClientBase): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    `insert into alert_watch (version) values (1)
     on conflict (one) do update set version = alert_watch.version + 1 returning version`,
  );
  return Number(rows[0]?.version ?? 0);
}

/** Forgets what has long been over. */
export async function forgetOldAlerts(pool: Pool, now: number): Promise<void> {
  await pool.query(`delete from alerts where closed and ended < $1::timestamptz - $2::interval`, [
    dateOf(now),
    `${KEEP_DAYS} days`,
  ]);
}

/** An alert as somebody reads it: names and their words are for those who have an account. */
export function asSeen({ standing, ...alert }: KeptAlert, isNamed: boolean, may: boolean): Alert {
  const { acknowledged } = alert;
  const isOpen = standing.ended === null && acknowledged === null;
  return {
    ...alert,
    acknowledged:
      acknowledged && !isNamed
        ? { ...acknowledged, by: authorForAnybody(acknowledged.by), word: '' }
        : acknowledged,
    may: { acknowledge: may && isOpen },
  };
}

function inUnit(unit: string): string {
  switch (levelOf(unit)) {
    case 'nation':
      return '$1::text is not null';
    case 'province':
      return '(province = $1::text or unit = $1::text)';
    case 'commune':
      return 'unit = $1::text';
  }
}

function standingOf(row: Row): Standing {
  const { id, key, unit, thing, facts, severity, times, closed } = row;
  return {
    ...{ id, key, unit, thing, facts, severity, times, closed },
    ...{ ruleVersion: row.rule_version, raised: row.raised.getTime(), told: msOf(row.told) },
    ...{ gone: msOf(row.gone), ended: msOf(row.ended), escalated: msOf(row.escalated) },
    acknowledged: msOf(row.acknowledged),
    acknowledgedTold: row.acknowledged_told,
  };
}

function alertOf(row: Row): KeptAlert {
  const { id, severity, unit, thing, facts, times, wall, acknowledged } = row;
  return {
    ...{ id, severity, unit, thing, facts, times, wall },
    rule: { id: row.rule, name: row.rule_name },
    watch: v.parse(Watch, row.watch),
    state: row.ended ? 'over' : 'open',
    raised: row.raised.toISOString(),
    told: row.told?.toISOString() ?? null,
    ended: row.ended?.toISOString() ?? null,
    acknowledged: acknowledged && {
      ...{ by: row.acknowledged_by ?? '', at: acknowledged.toISOString(), word: row.word },
    },
    escalated: row.escalated?.toISOString() ?? null,
    standing: standingOf(row),
  };
}

function msOf(date: Date | null): number | null {
  return date?.getTime() ?? null;
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
