/**
 * Which of the servers that share a database keeps its alerts: the one that holds a lock, on the line
 * on which all of them hear of changes. When it dies its line breaks, and another takes the lock. What
 * a keeper writes it writes in its own name, so that one that lost its line unawares writes nothing.
 */
import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import * as v from 'valibot';
import { listenTo } from '../database/listen.ts';

const CHANNEL = 'phusong_alerts';
/** One keeper at a time. */
const KEEPER_LOCK = 8_402_004;
const TRY_AGAIN_MS = 1_000;
/** Who has not listened for longer has not heard that anybody is silent. */
const BREAK_MS = 15 * 60_000;

/**
 * What has changed: alerts, or that somebody has taken one on (with the version of the alerts); rules; or
 * what webhooks are told.
 */
const Notice = v.object({
  /** The server that says it. */
  from: v.string(),
  what: v.picklist(['alerts', 'taken', 'rules', 'webhooks']),
  version: v.optional(v.number()),
});
export type Notice = Omit<v.InferOutput<typeof Notice>, 'from'>;

export interface Lead {
  /** The name in which this server writes. */
  readonly name: string;
  /** Whether this server keeps the alerts now. */
  readonly isOn: boolean;
  /** Since when keepers have been listening without a break, ms since 1970. */
  readonly listeningSince: number;
  /** Tells all servers, this one too. */
  tell(notice: Notice): Promise<void>;
  /** Writes down that it still listens. */
  stay(): Promise<void>;
  close(): Promise<void>;
}

export function takeLead(options: {
  pool: Pool;
  /** For the line of its own. */
  url: string;
  /** ms since 1970. */
  now: () => number;
  heard: (notice: Notice, isOwn: boolean) => void;
  /** The line is open again: what was said meanwhile is not known. */
  missed: () => void;
  /** This server keeps them from now on. */
  began: () => void;
}): Lead {
  const { pool, url, now, heard, missed, began } = options;
  const name = randomUUID();
  let line: ClientBase | undefined;
  let isOn = false;
  let isTrying = false;
  let listeningSince = now();

  async function tryToBegin(): Promise<void> {
    const on = line;
    if (!on || isOn || isTrying) return;
    isTrying = true;
    try {
      const { rows } = await on.query<{ mine: boolean }>(
        'select pg_try_advisory_lock($1) as mine',
        [KEEPER_LOCK],
      );
      if (rows[0]?.mine === true && line === on) {
        listeningSince = await begin();
        isOn = line === on;
        if (isOn) began();
      }
    } catch {
      // The database is away: the line is opened again, and this is tried again.
    } finally {
      isTrying = false;
    }
  }

  async function begin(): Promise<number> {
    const at = new Date(now());
    const { rows } = await pool.query<{ listening: Date }>(
      `insert into alert_watch as w (keeper, listening, listened) values ($1, $2, $2)
       on conflict (one) do update set keeper = $1, listened = $2,
         listening = case when w.listened > $3 then w.listening else $2 end
       returning listening`,
      [name, at, new Date(at.getTime() - BREAK_MS)],
    );
    return rows[0]?.listening.getTime() ?? at.getTime();
  }

  const stop = listenTo({
    url,
    channel: CHANNEL,
    heard(payload) {
      const notice = v.safeParse(Notice, parsed(payload));
      if (notice.success) heard(notice.output, notice.output.from === name);
    },
    async opened(opened) {
      line = opened;
      opened.once('end', () => {
        if (line !== opened) return;
        line = undefined;
        isOn = false;
      });
      missed();
      await tryToBegin();
    },
  });
  const trying = setInterval(() => void tryToBegin(), TRY_AGAIN_MS);

  return {
    name,
    get isOn() {
      return isOn;
    },
    get listeningSince() {
      return listeningSince;
    },
    async tell(notice) {
      const told = JSON.stringify({ ...notice, from: name });
      await pool.query('select pg_notify($1, $2)', [CHANNEL, told]);
    },
    async stay() {
      await pool.query('update alert_watch set listened = $2 where keeper = $1', [
        name,
        new Date(now()),
      ]);
    },
    async close() {
      clearInterval(trying);
      isOn = false;
      await stop();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
