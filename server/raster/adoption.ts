/** Taking into use what there is one of: an event with its hash, after whatever is in use now. */
import type { Pool } from 'pg';
import type { EventType } from '../../data/log/event.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import { append, Conflict } from '../log/append.ts';
import { readPack } from '../territory/adopt.ts';
import { openPack } from '../territory/pack.ts';
import type { Territory } from '../territory/territory.ts';
import { RasterRefused } from './refusal.ts';

/** Appends the event; `subject` is an id of `ONLY_ONE`. Another adoption at the same moment goes first. */
export async function adopt(
  pool: Pool,
  { type, subject, fields }: { type: EventType; subject: number; fields: Fields },
  by: string,
): Promise<{ seq: number }> {
  for (;;) {
    const found = await pool.query<{ version: number | null }>(
      'select max(version) as version from events where subject = $1',
      [subject],
    );
    const version = (found.rows[0]?.version ?? 0) + 1;
    const effective = dayInVietnam(Date.now());
    const key = `${type}-${version}`;
    try {
      const [done] = await append(pool, [
        { type, by, key, effective, id: subject, version, fields },
      ]);
      if (done) return { seq: done.seq };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** The territory in use. Throws RasterRefused when there is none yet. */
export async function territoryInUse(pool: Pool): Promise<Territory> {
  const found = await pool.query<{ hash: string }>(
    `select data ->> 'hash' as hash from events where type = 'territory.adopted' order by seq desc limit 1`,
  );
  const hash = found.rows[0]?.hash;
  if (hash === undefined)
    throw new RasterRefused(
      'There is no territory yet to bring it onto: start the server once, or import one with npm run territory.',
    );
  return openPack(await readPack(pool, hash));
}
