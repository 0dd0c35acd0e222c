/** The state of the country, to be compared: as a replay of the log makes it, a server, a client. */
import type { Pool } from 'pg';
import type { EstimateTables } from '../../data/wire/snapshot.ts';
import { TABLE_NAMES } from '../../data/model/columns.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import { ESTIMATE_FIELDS, METHODS } from '../../data/model/estimate.ts';
import type { Table } from '../../data/model/table.ts';
import { openCore } from '../../server/core.ts';
import { headOf } from '../../server/log/read.ts';
import { unpackGrid } from '../../server/territory/grid.ts';

const REPLAY_MS = 60_000;

/** Everything that can be seen of a country: every field of every thing, and every estimate. */
export type State = Record<string, unknown>;

export function stateOf(country: Country, estimates: Record<string, unknown>): State {
  const { tables, ...whole } = country;
  const things = TABLE_NAMES.flatMap((name) => {
    const table: Table = tables[name];
    return Array.from({ length: table.count }, (_, row) => table.record(row))
      .sort((a, b) => a.id - b.id)
      .map((record) => [`${name} ${record.id}`, record] as const);
  });
  return { ...whole, ...Object.fromEntries(things), ...estimates };
}

/** Estimates by method and unit, as a snapshot has them. */
export function estimatesIn(tables: EstimateTables): Record<string, unknown> {
  return Object.fromEntries(
    METHODS.flatMap((method) => {
      const { units, rows } = tables[method] ?? { units: [], rows: new Int32Array() };
      const width = ESTIMATE_FIELDS.length;
      return units.map((unit, i) => [
        `${method} ${unit}`,
        [...rows.subarray(i * width, (i + 1) * width)],
      ]);
    }),
  );
}

/** What the whole log makes of an empty country, on a server's own heart. */
export async function replayOf({ pool, url }: { pool: Pool; url: string }): Promise<State> {
  let failure: unknown;
  const { live, follower, close } = await openCore({
    pool,
    url,
    country: emptyCountry(),
    loadGrid: unpackGrid,
    failed: (error) => (failure = error),
  });
  try {
    await follower.reached(await headOf(pool), REPLAY_MS);
    const { country, estimates } = live.snapshot();
    return stateOf(country, estimatesIn(estimates));
  } catch (error) {
    throw failure ?? error;
  } finally {
    await close();
  }
}
