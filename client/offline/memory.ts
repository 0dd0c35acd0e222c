/**
 * What this machine keeps for the time without a line: the country as it was last known, who works
 * here, and the changes that wait to be sent. Where a browser keeps nothing (a private window, a full
 * disk), asking answers nothing and keeping fails.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { SessionAnswer } from '../../data/wire/accounts.ts';
import type { CommandInput, Refusal } from '../../data/wire/commands.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Status } from '../../data/wire/stream.ts';
import type { Unit } from '../live/live.ts';

/** The country as it was at an instant (ms) of this machine's clock. */
export interface LastKnown {
  savedAt: number;
  /** A snapshot, as it travels. */
  snapshot: Uint8Array;
  units: readonly Unit[];
  status: Status | null;
}

/** A change that waits for the line, or that was refused when it came back. */
export interface Waiting {
  /** Its place in the order; the database gives it. */
  order: number;
  /** With its key, which makes sending it twice the same as once. */
  command: CommandInput;
  /** Account that made it. */
  by: string;
  /** When, by this machine's clock (ms). */
  at: number;
  /** What it is about, as the person called it. */
  name: string;
  /** The thing as it was before; null for a new one. */
  before: Fields | null;
  /** Of a restoring, which names only a version: the thing as it will be, where that is known. */
  then?: Fields | null;
  /** Whether it has been on its way: then it may be done, and nobody here knows. */
  tried?: boolean;
  /** A photo that goes with it, kept until the server has answered. */
  photo: Blob | null;
  /** Why the server did not do it; null while it waits. */
  refusal: Refusal | null;
}

interface Memory extends DBSchema {
  /** One each, under the key `last`. */
  country: { key: string; value: LastKnown };
  account: { key: string; value: SessionAnswer };
  waiting: { key: number; value: Waiting };
}

const VERSION = 1;
const LAST = 'last';

let opening: Promise<IDBPDatabase<Memory>> | undefined;

function memory(): Promise<IDBPDatabase<Memory>> {
  opening ??= openDB<Memory>('phu-song', VERSION, {
    upgrade(database) {
      database.createObjectStore('country');
      database.createObjectStore('account');
      database.createObjectStore('waiting', { keyPath: 'order', autoIncrement: true });
    },
  });
  return opening;
}

export async function keepCountry(known: LastKnown): Promise<void> {
  await (await memory()).put('country', known, LAST);
}

/** Undefined where there is none. */
export async function lastCountry(): Promise<LastKnown | undefined> {
  return asked(async (database) => database.get('country', LAST));
}

/** Keeps who works here. */
export async function keepAccount(account: SessionAnswer): Promise<void> {
  await asked(async (database) => database.put('account', account, LAST));
}

/** Forgets who worked here, and with it what only a signed-in person may see. */
export async function forgetAccount(): Promise<void> {
  await asked(async (database) => {
    if ((await database.count('account')) > 0)
      await Promise.all([database.clear('account'), database.clear('country')]);
  });
}

export async function lastAccount(): Promise<SessionAnswer | undefined> {
  return asked(async (database) => database.get('account', LAST));
}

/** All that waits, in order. */
export async function allWaiting(): Promise<Waiting[]> {
  return (await asked(async (database) => database.getAll('waiting'))) ?? [];
}

/** Adds at the end and answers its place; throws where nothing can be kept. */
export async function addWaiting(waiting: Omit<Waiting, 'order'>): Promise<number> {
  return (await memory()).add('waiting', waiting as Waiting);
}

/** Writes one that is still there; answers false where it has been given up meanwhile. */
export async function changeWaiting(waiting: Waiting): Promise<boolean> {
  const { store, done } = (await memory()).transaction('waiting', 'readwrite');
  const isThere = (await store.count(waiting.order)) > 0;
  if (isThere) await store.put(waiting);
  await done;
  return isThere;
}

export async function removeWaiting(order: number): Promise<void> {
  await (await memory()).delete('waiting', order);
}

async function asked<T>(
  question: (database: IDBPDatabase<Memory>) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await question(await memory());
  } catch {
    return undefined;
  }
}
