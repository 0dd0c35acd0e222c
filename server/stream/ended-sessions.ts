/**
 * Cuts the line of those whose session has ended since they connected: what is closed to them must
 * not go on arriving. They connect anew as who they are now, where everybody may read as nobody.
 */
import type { Pool } from 'pg';
import type { DefaultEventsMap, Server } from 'socket.io';
import { tokenIn } from '../accounts/cookie.ts';
import { endedAmong } from '../accounts/sessions.ts';

const LOOK_MS = 5_000;

/** Looks every few seconds; answers how to stop. */
export function cutEndedSessions<Up extends DefaultEventsMap, Down extends DefaultEventsMap>(
  pool: Pool,
  io: Server<Up, Down>,
): () => void {
  let looking = false;
  async function look(): Promise<void> {
    const sockets = [...io.of('/').sockets.values()].flatMap((socket) => {
      const token = tokenIn(socket.request.headers.cookie);
      return token === undefined ? [] : [{ socket, token }];
    });
    if (sockets.length === 0) return;
    const ended = await endedAmong(pool, [...new Set(sockets.map(({ token }) => token))]);
    for (const { socket, token } of sockets) if (ended.has(token)) socket.disconnect(true);
  }
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    // A database that does not answer now is asked again; nobody is cut off for it.
    look()
      .catch(() => undefined)
      .finally(() => (looking = false));
  }, LOOK_MS);
  return () => clearInterval(timer);
}
