/**
 * The bell: tells every server that the log has grown. Ringing is an empty NOTIFY after the commit,
 * coalesced, because a NOTIFY inside the writing transaction would make all commits of the database
 * wait for each other. A bell may be missed: a poll stands behind it.
 */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client, type ClientBase, type Pool } from 'pg';

const CHANNEL = 'phusong_log';
/** Shared by all that listen, so that it can be asked whether any server runs on a database. */
const LISTENERS_LOCK = 8_402_003;
const POLL_MS = 1_000;
const REOPEN_MS = 500;

export interface Bell {
  ring(): void;
  close(): Promise<void>;
}

/** Calls `heard` whenever the log may have grown: at each ring, and once a second. */
export function hangBell(pool: Pool, url: string, heard: () => void): Bell {
  const stop = new AbortController();
  let ringing: 'no' | 'yes' | 'again' = 'no';

  async function listen(): Promise<void> {
    while (!stop.signal.aborted) {
      const client = new Client({ connectionString: url });
      client.on('notification', heard);
      client.on('error', () => undefined);
      const ended = once(client, 'end');
      const close = (): void => void client.end().catch(() => undefined);
      stop.signal.addEventListener('abort', close);
      try {
        await client.connect();
        await client.query('select pg_try_advisory_lock_shared($1)', [LISTENERS_LOCK]);
        await client.query(`listen ${CHANNEL}`);
        heard();
        await ended;
      } catch {
        close();
      }
      stop.signal.removeEventListener('abort', close);
      await setTimeout(REOPEN_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

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
        if (again && !stop.signal.aborted) ring();
      });
  }

  const listening = listen();
  const poll = setInterval(heard, POLL_MS);
  return {
    ring,
    async close() {
      clearInterval(poll);
      stop.abort();
      await listening;
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
