/** Who is signed in on this screen. The cookie is the truth; this is what the server says of it. */
import { untrack } from 'svelte';
import type { ProviderAnswer, SessionAnswer, SignInRefusal } from '../../data/wire/accounts.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { live, startLive } from '../live/live.svelte.ts';
import { onTurnedAway } from '../live/turned-away.ts';
import { forgetAccount, keepAccount, lastAccount } from '../offline/memory.ts';
import { readSignIn } from './address.ts';

/** How an attempt to sign in ended. */
export type Attempt = 'done' | 'wrong' | 'tooMany' | 'unreachable';

/** How an attempt to change one's own password ended. */
export type Change = 'done' | 'wrong' | 'refused' | 'ended' | 'tooMany' | 'unreachable';

class Session {
  /** Null when nobody is, or before it is known. Reactive. */
  account = $state.raw<SessionAnswer | null>(null);
  /** Whose session ended while the page was open; null when none did. Reactive. */
  ended = $state.raw<SessionAnswer | null>(null);
  /** Why a sign-in that began elsewhere came to nothing; null when none did. Reactive. */
  refused = $state<SignInRefusal | 'display' | null>(null);
  /** What people may sign in through beside passwords. Reactive. */
  provider = $state.raw<ProviderAnswer>(null);
  /** The one-time password that was typed a moment ago, so that nobody has to type it twice. */
  oneTime = '';
}

export const session = new Session();

/** Answers that come late say nothing of who is signed in by then. */
let asked = 0;

/** Asks the server; a server that does not answer leaves what was known. */
export async function readSession(): Promise<void> {
  const mine = ++asked;
  let account: SessionAnswer | null;
  try {
    const response = await fetch('/api/session');
    // What stands before a server that is down answers in its place.
    if (response.status >= 500) throw new Error(`the session was answered with ${response.status}`);
    if (!response.ok) return;
    account = (await response.json()) as SessionAnswer | null;
  } catch {
    // The line's own state tells that the server is not reached; whoever worked here goes on.
    const last = session.account ? undefined : await lastAccount();
    if (last && mine === asked) session.account = last;
    return;
  }
  if (mine !== asked) return;
  void (account ? keepAccount(account) : forgetAccount());
  if (!account && session.account) session.ended = session.account;
  if (account) session.ended = null;
  session.account = account;
  // Somebody signed in beside this page, in another tab.
  if (account && !account.mustChange && live.line.state === 'signed_out') startLive();
}

/** Asks once whether there is an identity provider to sign in through. */
export async function readProvider(): Promise<void> {
  try {
    const response = await fetch('/api/session/provider');
    if (response.ok) session.provider = (await response.json()) as ProviderAnswer;
  } catch {
    // There is the password, and the line's own state tells of the server.
  }
}

/** Follows whether the session still lives; to be called within a component. */
export function watchSession(): void {
  // The server cuts the line of a session that has ended, and the line comes back without it.
  $effect(() => {
    const { state } = live.line;
    if (state === 'live' || state === 'signed_out') void untrack(readSession);
  });
  $effect(() => onTurnedAway(() => void readSession()));
  $effect(() => {
    if (!session.ended) return;
    const look = (): void => void readSession();
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  });
}

/** Signs in, and takes up the line again as the one who did. */
export function signIn(name: string, password: string): Promise<Attempt> {
  return enter({ name, password });
}

/**
 * Begins, with what the address says of signing in, taken out of it: a display's token, or why the
 * identity provider's word was not enough.
 */
export async function enterByAddress(): Promise<void> {
  const { token, refused, rest } = readSignIn(location.search);
  if (rest !== location.search)
    history.replaceState(history.state, '', location.pathname + rest + location.hash);
  session.refused = refused;
  if (token !== null) {
    await readSession();
    // A link that somebody follows must not sign them out of their own account.
    const attempt = session.account && !session.account.display ? null : await enter({ token });
    if (attempt === 'done') return;
    if (attempt === 'wrong') session.refused = 'display';
  }
  startLive();
}

async function enter(
  credentials: { name: string; password: string } | { token: string },
): Promise<Attempt> {
  const response = await post('/api/session', credentials);
  if (!response || response.status >= 500) return 'unreachable';
  if (response.status === 429) return 'tooMany';
  if (!response.ok) return 'wrong';
  take((await response.json()) as SessionAnswer);
  if (session.account?.mustChange && 'password' in credentials)
    session.oneTime = credentials.password;
  return 'done';
}

/** Changes one's own password; every other session of one's own ends. */
export async function changePassword(current: string, password: string): Promise<Change> {
  const response = await post('/api/session/password', { current, password });
  if (!response || response.status >= 500) return 'unreachable';
  if (response.status === 429) return 'tooMany';
  if (response.ok) {
    take((await response.json()) as SessionAnswer);
    return 'done';
  }
  const { error } = (await response.json().catch(() => ({}))) as { error?: Refusal };
  if (error?.path === 'current') return 'wrong';
  if (error?.code !== 'unauthenticated') return 'refused';
  void readSession();
  return 'ended';
}

/** Signs out; answers false when the server was not reached, and then nothing has changed. */
export async function signOut(): Promise<boolean> {
  try {
    const response = await fetch('/api/session', { method: 'DELETE' });
    if (!response.ok) return false;
  } catch {
    return false;
  }
  // What only a signed-in person may see must not stay on the screen, nor on this machine.
  await forgetAccount();
  location.reload();
  return true;
}

/** Takes up the line anew, which so far was somebody else's or nobody's. */
function take(account: SessionAnswer): void {
  const opened = session.account?.name !== account.name || session.account.mustChange;
  asked++;
  void keepAccount(account);
  session.account = account;
  session.ended = null;
  session.refused = null;
  session.oneTime = '';
  if (opened && !account.mustChange) startLive();
}

/** Undefined where there is no line. */
async function post(address: string, body: object): Promise<Response | undefined> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return undefined;
  }
}
