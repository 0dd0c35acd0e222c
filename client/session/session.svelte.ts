/** Who is signed in on this screen. The cookie is the truth; this is what the server says of it. */
import type { SessionAnswer } from '../../data/wire/accounts.ts';
import { startLive } from '../live/live.svelte.ts';

/** How an attempt to sign in ended. */
export type Attempt = 'done' | 'wrong' | 'tooMany' | 'unreachable';

class Session {
  /** Null when nobody is, or before it is known. Reactive. */
  account = $state.raw<SessionAnswer | null>(null);
}

export const session = new Session();

/** Asks the server; a server that does not answer leaves what was known. */
export async function readSession(): Promise<void> {
  try {
    const response = await fetch('/api/session');
    if (response.ok) session.account = (await response.json()) as SessionAnswer | null;
  } catch {
    // The line's own state tells that the server is not reached.
  }
}

/** Signs in, and takes up the line again as the one who did. */
export async function signIn(name: string, password: string): Promise<Attempt> {
  let response: Response;
  try {
    response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
  } catch {
    return 'unreachable';
  }
  if (response.status === 429) return 'tooMany';
  if (response.status >= 500) return 'unreachable';
  if (!response.ok) return 'wrong';
  session.account = (await response.json()) as SessionAnswer;
  startLive();
  return 'done';
}

/** Signs out; answers false when the server was not reached, and then nothing has changed. */
export async function signOut(): Promise<boolean> {
  try {
    const response = await fetch('/api/session', { method: 'DELETE' });
    if (!response.ok) return false;
  } catch {
    return false;
  }
  // What only a signed-in person may see must not stay on the screen.
  location.reload();
  return true;
}
