/** A data folder in which the small country is in use, so that a server starts on it in a second. */
import pg from 'pg';
import { inject } from 'vitest';
import { NATION } from '../../data/model/unit.ts';
import { ensureAccounts } from '../../server/accounts/accounts.ts';
import { migrate } from '../../server/log/schema.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { buildPack } from '../../server/territory/pack.ts';
import { copyInto } from '../setup/folder.ts';
import { smallTerritory } from '../setup/small-territory.ts';
import type { Login } from './person.ts';

export const EDITOR: Login = { name: 'bientap', password: 'mật khẩu thử' };

/** A pool for looking at a database that may go away any moment. */
export function poolOf(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url });
  pool.on('error', () => undefined);
  return pool;
}

/** Puts the small country and an editor into a database. */
export async function fillSmall(url: string): Promise<void> {
  const pool = poolOf(url);
  await migrate(pool);
  const { bytes, hash } = await buildPack(smallTerritory());
  await adoptPack(pool, { bytes, hash, kind: 'approximate' }, 'system');
  await ensureAccounts(
    pool,
    [{ name: EDITOR.name, role: 'editor', units: [NATION] }],
    EDITOR.password,
  );
  await pool.end();
}

/** A data folder with the same in its embedded database, which nobody has opened. */
export async function makeSmall(dataDir: string): Promise<void> {
  await copyInto(dataDir, inject('smallFolder'));
}
