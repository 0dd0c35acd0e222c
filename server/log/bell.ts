/**
 * The bell: tells every server that the log has grown. Ringing is an empty NOTIFY after the commit,
 * coalesced, because a NOTIFY inside the writing transaction would make all commits of the database
 * wait for each other. A bell may be missed: a poll stands behind it.
 */
import type { Pool } from 'pg';
import { listenTo } from '../database/listen.ts';

const CHANNEL = 'phusong_log';
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

  const stop = listenTo({ url, channel: CHANNEL, heard, opened: heard });
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
