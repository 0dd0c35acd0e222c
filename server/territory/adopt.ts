/** Packs in the database, and taking one into use: one event, as a whole or not at all. */
import type { Pool } from 'pg';
import { ONLY_ONE } from '../../data/log/event.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import { append, Conflict } from '../log/append.ts';
import type { TerritoryKind } from './territory.ts';

/** Stores a pack and takes it into use; servers that follow the log pick it up by themselves. */
export async function adoptPack(
  pool: Pool,
  pack: { bytes: Uint8Array; hash: string; kind: TerritoryKind },
  by: string,
): Promise<{ seq: number }> {
  const { bytes, hash, kind } = pack;
  await pool.query(
    'insert into packs (hash, kind, bytes) values ($1, $2, $3) on conflict do nothing',
    [hash, kind, bytes],
  );
  for (;;) {
    const version = (await adoptions(pool)) + 1;
    try {
      const [done] = await append(pool, [
        {
          type: 'territory.adopted',
          by,
          key: `territory-${version}`,
          effective: dayInVietnam(Date.now()),
          id: ONLY_ONE.territory,
          version,
          fields: { hash, kind },
        },
      ]);
      if (done) return { seq: done.seq };
    } catch (error) {
      // Somebody adopted one at the same moment: ours comes after it.
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** How often a territory has been taken into use; 0 in a new database. */
export async function adoptions(pool: Pool): Promise<number> {
  const result = await pool.query<{ version: number | null }>(
    'select max(version) as version from events where subject = $1',
    [ONLY_ONE.territory],
  );
  return result.rows[0]?.version ?? 0;
}

/** The bytes of a stored pack; throws when the log names one that is not there. */
export async function readPack(pool: Pool, hash: string): Promise<Uint8Array> {
  const result = await pool.query<{ bytes: Buffer }>('select bytes from packs where hash = $1', [
    hash,
  ]);
  const bytes = result.rows[0]?.bytes;
  if (!bytes) throw new Error(`territory pack ${hash} is not in the database`);
  return bytes;
}
