/**
 * A long log, made inside the database: stations, then changes of their status, as a feed that ran for
 * weeks would leave behind.
 */
import type { Pool } from 'pg';
import { headOf } from '../../server/log/read.ts';

export const STATIONS = 69_000;

/** The first events of the log: each adds a station. */
export async function fillStations(pool: Pool): Promise<void> {
  await pool.query(
    `insert into events
     select n, now(), '2025-01-01', 'bench', 'station.add', 1, n, 1, 'add-' || n,
            jsonb_build_object('name', 'Trạm ' || n, 'operator', 'viettel', 'technology', '5g',
              'band', 'n41', 'lon', 102 + (n % 7919) / 1000.0, 'lat', 8 + (n % 14983) / 1000.0,
              'heightM', 42, 'status', 'on_air', 'since', '2025-01-01', 'simulated', true,
              'source', 'mô phỏng')
     from generate_series(1, $1::int) as n`,
    [STATIONS],
  );
}

/** Changes on top of what is there: station after station goes down or returns. */
export async function fillChanges(pool: Pool, count: number): Promise<void> {
  const head = await headOf(pool);
  await pool.query(
    `insert into events
     select n, now(), '2025-06-01', 'bench', 'station.change', 1,
            (n - 1) % $3::int + 1, (n - 1) / $3::int + 1, 'change-' || n,
            jsonb_build_object('status', case when n % 2 = 0 then 'down' else 'on_air' end)
     from generate_series($1::bigint + 1, $1::bigint + $2::bigint) as n`,
    [head, count, STATIONS],
  );
}
