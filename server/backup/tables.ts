/**
 * The tables of a system as its own catalogue lists them, so that a backup holds every table that
 * there is, whoever added it and when.
 */
import { escapeIdentifier, type ClientBase } from 'pg';
import { BackupRefused } from './refusal.ts';

export interface TableOnFile {
  name: string;
  /** Those that are stored; generated ones come back by themselves. */
  columns: string[];
}

/** How far the tables have come is told by the header, and making them anew writes it down. */
const MIGRATIONS_TABLE = 'migrations';

/** All tables that hold what a backup must, each after those that it refers to. */
export async function tablesIn(client: ClientBase): Promise<TableOnFile[]> {
  const { rows } = await client.query<TableOnFile & { refers_to: string[] }>(
    `select c.relname as name,
            coalesce((select array_agg(a.attname::text order by a.attnum) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and a.attgenerated = ''), '{}') as columns,
            coalesce((select array_agg(distinct r.relname::text)
               from pg_constraint f join pg_class r on r.oid = f.confrelid
              where f.conrelid = c.oid and f.contype = 'f' and r.oid <> c.oid), '{}') as refers_to
       from pg_class c
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and c.relname <> $1
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                           and d.objid = c.oid and d.deptype = 'e')
      order by c.relname`,
    [MIGRATIONS_TABLE],
  );
  const waiting = new Map(rows.map((row) => [row.name, row]));
  const ordered: TableOnFile[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(
      ([, row]) => !row.refers_to.some((name) => waiting.has(name)),
    );
    if (ready.length === 0)
      throw new BackupRefused(
        `The tables ${[...waiting.keys()].join(', ')} refer to each other in a circle, so none can be restored first.`,
      );
    for (const [name, { columns }] of ready) {
      waiting.delete(name);
      ordered.push({ name, columns });
    }
  }
  return ordered;
}

/** How far each sequence has counted, those behind identity columns included. */
export async function sequencesIn(client: ClientBase): Promise<{ name: string; last: string }[]> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `select sequencename as name, last_value::text as last from pg_sequences
      where schemaname = current_schema() and last_value is not null order by 1`,
  );
  return rows;
}

/** `table (column, …)`, quoted, as COPY wants it. */
export function columnsOf({ name, columns }: TableOnFile): string {
  return `${escapeIdentifier(name)} (${columns.map(escapeIdentifier).join(', ')})`;
}
