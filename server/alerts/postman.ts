/**
 * Takes what is in the outbox to the webhooks, from the server that keeps the alerts. Each webhook has
 * a lane of its own, so that one that never answers makes nobody else wait.
 */
import type { Pool } from 'pg';
import { nextDue, noteOutcome, takeDue, webhooksDue } from './outbox.ts';
import { send } from './sending.ts';
import { readTarget } from './webhooks.ts';

export interface Postman {
  /** There may be something to deliver. */
  look(): void;
  close(): Promise<void>;
}

const LATEST_LOOK_MS = 60_000;

export function openPostman(options: {
  pool: Pool;
  /** ms since 1970. */
  now: () => number;
  /** Whether it is this server that delivers. */
  isOn: () => boolean;
}): Postman {
  const { pool, now, isOn } = options;
  const closing = new AbortController();
  const lanes = new Map<number, Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  async function lookAround(): Promise<void> {
    do {
      again = false;
      for (const webhook of await webhooksDue(pool, now()))
        if (!lanes.has(webhook) && !closing.signal.aborted) lanes.set(webhook, run(webhook));
    } while (again);
  }

  async function run(webhook: number): Promise<void> {
    try {
      while (isOn() && !closing.signal.aborted) {
        const due = await takeDue(pool, webhook, now());
        const target = due && (await readTarget(pool, webhook));
        if (!due || !target) break;
        const outcome = await send(target, due, now(), { signal: closing.signal });
        // What was cut off by our own end goes out again, from whoever comes after.
        if (closing.signal.aborted) return;
        await noteOutcome(pool, webhook, due, outcome, now());
      }
    } catch {
      // The database is away, or the webhook: what was not noted is sent again.
    } finally {
      lanes.delete(webhook);
    }
    await setTimer().catch(() => undefined);
  }

  /** Looks again when the next message is due. */
  async function setTimer(): Promise<void> {
    const next = await nextDue(pool);
    clearTimeout(timer);
    if (next === undefined || closing.signal.aborted) return;
    const wait = Math.min(Math.max(next - now(), 100), LATEST_LOOK_MS);
    timer = setTimeout(look, wait);
  }

  function look(): void {
    if (!isOn() || closing.signal.aborted) return;
    again = true;
    looking ??= lookAround()
      .catch(() => undefined)
      .finally(() => (looking = undefined));
  }

  return {
    look,
    async close() {
      closing.abort();
      clearTimeout(timer);
      await looking;
      await Promise.all(lanes.values());
    },
  };
}
