/** Hearing a channel of the database for as long as one wants, over a line that may break. */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';

const REOPEN_MS = 500;

/**
 * Listens on a connection of its own and opens it again when it breaks; what was said meanwhile is
 * missed. Answers how to stop, which waits for the line to be closed.
 */
export function listenTo(options: {
  url: string;
  channel: string;
  heard: (payload: string) => void;
  /** Called each time that the line is open. */
  opened: () => void;
}): () => Promise<void> {
  const { url, channel, heard, opened } = options;
  const stop = new AbortController();

  async function listen(): Promise<void> {
    while (!stop.signal.aborted) {
      const client = new Client({ connectionString: url });
      client.on('notification', ({ payload }) => heard(payload ?? ''));
      client.on('error', () => undefined);
      const ended = once(client, 'end');
      const close = (): void => void client.end().catch(() => undefined);
      stop.signal.addEventListener('abort', close);
      try {
        await client.connect();
        await client.query(`listen ${channel}`);
        opened();
        await ended;
      } catch {
        close();
      }
      stop.signal.removeEventListener('abort', close);
      await setTimeout(REOPEN_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

  const listening = listen();
  return async () => {
    stop.abort();
    await listening;
  };
}
