/**
 * The bell: tells every server that the log has grown. Ringing is an empty NOTIFY after the commit,
 * coalesced, because a NOTIFY inside the writing transaction would make all commits of the database
 * wait for each other. A bell may be missed: a poll stands behind it.
 */
import type { ClientBase, Pool } from 'pg';
import { listenTo } from '../database/listen.ts';

const CHANNEL = 'phusong_log';
/** Shared by all that listen, so that it can be asked whether any server runs on a database. */
const LISTENERS_LOCK = 8_402_003;
const POLL_MS = 1_000;

export interface Bell {
  ring(): void;
  close(): Promise<void>;
}

/** Calls `heard` whenever the log may have grown: at each ring, and once a second. */
export function hangBell(pool: Pool, url: string, heard: () => void): Bell {
  let closed = false;
  let ringing: 'no' | 'yes' | 'again' = 'no';

  function ring(): void {
    if (ringing !== 'no') {
      ringing = 'again';
      return;
    }
    ringing = 'yes';
    pool
      .query(`notify ${CHANNEL}`)
      .catch(() => undefined)
      .finally(() => {
        const again = ringing === 'again';
        ringing = 'no';
        if (again && !closed) ring();
      });
  }

  const stop = listenTo({
    url,
    channel: CHANNEL,
    heard,
    async opened(line) {
      await line.query('select pg_try_advisory_lock_shared($1)', [LISTENERS_LOCK]);
      heard();
    },
  });
  const poll = setInterval(heard, POLL_MS);
  return {
    ring,
    async close() {
      closed = true;
      clearInterval(poll);
      await stop();
    },
  };
}

/** Whether a server follows the log of this database; `client` is to be closed after the asking. */
export async function isFollowed(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [LISTENERS_LOCK],
  );
  return rows[0]?.alone !== true;
}
