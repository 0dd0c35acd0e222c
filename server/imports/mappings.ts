/** How the columns of files were understood, remembered by unit and kind. */
import type { Pool } from 'pg';
import * as v from 'valibot';
import type { Kind } from '../../data/imports/kinds.ts';
import { ImportMapping, type ImportJob } from '../../data/wire/imports.ts';
import { keepableJson } from './sheet.ts';

/** How the columns of a unit's files of a kind were last understood. */
export async function rememberedMapping(
  pool: Pool,
  unit: string,
  kind: Kind,
): Promise<ImportMapping | undefined> {
  const { rows } = await pool.query<{ mapping: unknown }>(
    'select mapping from import_mappings where unit = $1 and kind = $2',
    [unit, kind],
  );
  const parsed = rows[0] && v.safeParse(ImportMapping, rows[0].mapping);
  return parsed?.success ? parsed.output : undefined;
}

/** Adds the columns of this file to those that are remembered. */
export async function rememberMapping(
  pool: Pool,
  { unit, kind, mapping, author }: Pick<ImportJob, 'unit' | 'kind' | 'mapping' | 'author'>,
): Promise<void> {
  const { encoding, decimal, sheet, ...kept } = mapping;
  void [encoding, decimal, sheet];
  await pool.query(
    `insert into import_mappings (unit, kind, mapping, author) values ($1, $2, $3, $4)
     on conflict (unit, kind) do update set
       mapping = excluded.mapping || jsonb_build_object('columns',
         (import_mappings.mapping -> 'columns') || (excluded.mapping -> 'columns')),
       author = excluded.author, changed = now()`,
    [unit ?? 'vn', kind, keepableJson(kept), author],
  );
}
