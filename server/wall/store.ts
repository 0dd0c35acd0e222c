/** Tours in the database: a version each, so that nobody saves over what they have not seen. */
import type { Pool } from 'pg';
import * as v from 'valibot';
import { Scenes } from '../../data/wall/tour.ts';
import type { SaveTour, Tour } from '../../data/wire/tours.ts';

interface Row {
  code: string;
  version: number;
  name: string;
  scenes: unknown;
  changed_by: string;
  changed: Date;
}

const COLUMNS = 'code, version, name, scenes, changed_by, changed';
const MOST_LISTED = 200;

export async function listTours(pool: Pool): Promise<Tour[]> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from tours order by name limit $1`, [
    MOST_LISTED,
  ]);
  return rows.map(tourOf);
}

/** The tour of a code; undefined for none. */
export async function readTour(pool: Pool, code: string): Promise<Tour | undefined> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from tours where code = $1`, [code]);
  return rows[0] && tourOf(rows[0]);
}

/** Keeps a tour under a code that is free, or over the version that its sender saw; else undefined. */
export async function keepTour(
  pool: Pool,
  code: string,
  { name, scenes, base }: SaveTour,
  by: string,
): Promise<Tour | undefined> {
  const { rows } = await pool.query<Row>(
    base === undefined
      ? `insert into tours (code, name, scenes, changed_by) values ($1, $2, $3, $4)
         on conflict do nothing returning ${COLUMNS}`
      : `update tours set name = $2, scenes = $3, changed_by = $4, changed = now(),
                version = version + 1
         where code = $1 and version = $5 returning ${COLUMNS}`,
    [code, name, JSON.stringify(scenes), by, ...(base === undefined ? [] : [base])],
  );
  return rows[0] && tourOf(rows[0]);
}

/** Takes a version of a tour away; answers whether it was there. */
export async function removeTour(pool: Pool, code: string, base: number): Promise<boolean> {
  const { rowCount } = await pool.query('delete from tours where code = $1 and version = $2', [
    code,
    base,
  ]);
  return rowCount === 1;
}

function tourOf(row: Row): Tour {
  return {
    ...{ code: row.code, version: row.version, name: row.name },
    scenes: v.parse(Scenes, row.scenes),
    changedBy: row.changed_by,
    changed: row.changed.toISOString(),
  };
}
