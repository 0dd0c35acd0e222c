/** Rules of alerts in the database: a version each, so that nobody saves over what they have not seen. */
import type { Pool } from 'pg';
import * as v from 'valibot';
import { MOST_RULES, RuleFields } from '../../data/alerts/rule.ts';
import type { Rule, SaveRule } from '../../data/wire/alerts.ts';

/** A rule as it is kept. */
export type KeptRule = Omit<Rule, 'open' | 'may'>;

interface Row {
  id: number;
  version: number;
  body: unknown;
  changed_by: string;
  changed: Date;
}

const COLUMNS = 'id, version, body, changed_by, changed';

/** All rules, in the order in which they were made. */
export async function listRules(pool: Pool): Promise<KeptRule[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from alert_rules where not removed order by id`,
  );
  return rows.map(ruleOf);
}

/** The same with those that were removed and, switched off, still have alerts to end. */
export async function listRulesToKeep(pool: Pool): Promise<KeptRule[]> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from alert_rules order by id`);
  return rows.map(ruleOf);
}

export async function readRule(pool: Pool, id: number): Promise<KeptRule | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from alert_rules where id = $1 and not removed`,
    [id],
  );
  return rows[0] && ruleOf(rows[0]);
}

/** Keeps a new rule; undefined where there are as many as there may be. */
export async function makeRule(
  pool: Pool,
  wish: SaveRule,
  by: string,
): Promise<KeptRule | undefined> {
  const { rows } = await pool.query<Row>(
    `insert into alert_rules (body, changed_by)
     select $1, $2 where (select count(*) from alert_rules where not removed) < $3 returning ${COLUMNS}`,
    [bodyOf(wish), by, MOST_RULES],
  );
  return rows[0] && ruleOf(rows[0]);
}

/** Keeps a rule over the version that its sender saw; else undefined. */
export async function changeRule(
  pool: Pool,
  id: number,
  wish: SaveRule,
  by: string,
): Promise<KeptRule | undefined> {
  const { rows } = await pool.query<Row>(
    `update alert_rules set body = $3, changed_by = $4, changed = now(), version = version + 1
     where id = $1 and version = $2 and not removed returning ${COLUMNS}`,
    [id, wish.base, bodyOf(wish), by],
  );
  return rows[0] && ruleOf(rows[0]);
}

/** Takes a version of a rule away; answers whether it was there. Its alerts end as of one switched off. */
export async function removeRule(pool: Pool, id: number, base: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update alert_rules set removed = true, body = body || '{"on": false}', version = version + 1
     where id = $1 and version = $2 and not removed`,
    [id, base],
  );
  return rowCount === 1;
}

/** Forgets the rules that were removed and have no alert any more of which something may still become. */
export async function forgetRemoved(pool: Pool): Promise<void> {
  await pool.query(
    `delete from alert_rules r where removed
       and not exists (select from alerts a where a.rule = r.id and not a.closed)`,
  );
}

/** Puts in the rules that a system begins with, the first time only. */
export async function furnish(pool: Pool, rules: readonly RuleFields[]): Promise<void> {
  await pool.query('insert into alert_watch default values on conflict do nothing');
  await pool.query(
    `with first as (update alert_watch set furnished = true where not furnished returning one)
     insert into alert_rules (body, changed_by)
     select body, 'system' from first, unnest($1::jsonb[]) with ordinality as n(body, ord)
     order by ord`,
    [rules.map((rule) => JSON.stringify(rule))],
  );
}

function bodyOf({ base, ...fields }: SaveRule): string {
  void base;
  return JSON.stringify(fields);
}

function ruleOf({ id, version, body, changed_by, changed }: Row): KeptRule {
  return {
    ...v.parse(RuleFields, body),
    ...{ id, version, changedBy: changed_by, changed: changed.toISOString() },
  };
}
