/**
 * Scenarios as they are kept: in a table of their own, because they are questions and not something
 * that happened. A version settles who was first; an approved one changes no more.
 */
import type { Pool } from 'pg';
import * as v from 'valibot';
import {
  ScenarioContent,
  type SaveScenario,
  type Scenario,
  type ScenarioSummary,
} from '../../data/wire/scenarios.ts';

interface Row {
  id: number;
  version: number;
  name: string;
  author: string;
  made: Date;
  changed_by: string;
  changed: Date;
  drafts: number;
  approved_by: string | null;
  approved: Date | null;
}

const SUMMARY = `id, version, name, author, made, changed_by, changed,
  jsonb_array_length(body -> 'add') as drafts, approved_by, approved`;
/** Newest first; who has more finds the older ones by their address. */
const MOST_LISTED = 500;

export async function listScenarios(pool: Pool): Promise<ScenarioSummary[]> {
  const { rows } = await pool.query<Row>(
    `select ${SUMMARY} from scenarios order by changed desc, id desc limit $1`,
    [MOST_LISTED],
  );
  return rows.map(summaryOf);
}

/** The scenario of an id; undefined for none. */
export async function readScenario(pool: Pool, id: number): Promise<Scenario | undefined> {
  const { rows } = await pool.query<Row & { body: unknown }>(
    `select ${SUMMARY}, body from scenarios where id = $1`,
    [id],
  );
  return rows[0] && withContent(rows[0]);
}

export async function makeScenario(
  pool: Pool,
  { name, content }: SaveScenario,
  by: string,
): Promise<Scenario> {
  const { rows } = await pool.query<Row & { body: unknown }>(
    `insert into scenarios (name, author, changed_by, body) values ($1, $2, $2, $3)
     returning ${SUMMARY}, body`,
    [name, by, JSON.stringify(content)],
  );
  if (!rows[0]) throw new Error('a scenario was put in and did not come back');
  return withContent(rows[0]);
}

/** Saves over version `base`; undefined where that is not the version, or it is approved, or gone. */
export async function saveScenario(
  pool: Pool,
  id: number,
  base: number,
  { name, content }: Pick<SaveScenario, 'name' | 'content'>,
  by: string,
): Promise<Scenario | undefined> {
  const { rows } = await pool.query<Row & { body: unknown }>(
    `update scenarios set name = $3, body = $4, changed_by = $5, changed = now(),
            version = version + 1
     where id = $1 and version = $2 and approved is null
     returning ${SUMMARY}, body`,
    [id, base, name, JSON.stringify(content), by],
  );
  return rows[0] && withContent(rows[0]);
}

/** Takes version `base` away, unless it is approved; answers whether it was there to be taken. */
export async function deleteScenario(pool: Pool, id: number, base: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    'delete from scenarios where id = $1 and version = $2 and approved is null',
    [id, base],
  );
  return rowCount === 1;
}

/** Closes version `base` as approved; answers whether it was there and still open. */
export async function closeScenario(
  pool: Pool,
  id: number,
  base: number,
  by: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update scenarios set approved = now(), approved_by = $3, version = version + 1
     where id = $1 and version = $2 and approved is null`,
    [id, base, by],
  );
  return rowCount === 1;
}

function withContent(row: Row & { body: unknown }): Scenario {
  return { ...summaryOf(row), content: v.parse(ScenarioContent, row.body) };
}

function summaryOf(row: Row): ScenarioSummary {
  return {
    ...{ id: row.id, version: row.version, name: row.name, author: row.author },
    made: row.made.toISOString(),
    changedBy: row.changed_by,
    changed: row.changed.toISOString(),
    drafts: row.drafts,
    approved:
      row.approved && row.approved_by !== null
        ? { by: row.approved_by, at: row.approved.toISOString() }
        : null,
  };
}
