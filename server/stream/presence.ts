/**
 * Who has the form of a thing open, so that two people on one thing know of each other. It is a
 * courtesy and no lock: nothing is kept, and what is not said again within a minute is forgotten.
 * Servers of one database tell each other by NOTIFY, one short message for each thing.
 */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { Id } from '../../data/model/scalars.ts';
import { listenTo } from '../database/listen.ts';

const CHANNEL = 'phusong_presence';
/** Somebody who clicks through a list is told of once, where they stay. */
const TELL_MS = 100;
const TELL_AGAIN_MS = 20_000;
const FORGET_MS = 60_000;
/** As many as anybody would read, and few enough for one message of the database. */
const MOST_NAMES = 12;

const Message = v.object({
  /** The server that says it. */
  from: v.string(),
  thing: Id,
  /** A name for each form that is open there; the same twice when somebody has two. */
  names: v.pipe(v.array(v.string()), v.maxLength(MOST_NAMES)),
  /** Whether the others are asked to say theirs. */
  ask: v.boolean(),
});
type Message = v.InferOutput<typeof Message>;

/** Somebody's one form, told who else there is. */
export interface Attendant {
  name: string;
  tell(thing: number, names: string[]): void;
}

export interface Presence {
  /** Says which thing the form is of now; null when it is closed. */
  attend(attendant: Attendant, thing: number | null): void;
  close(): Promise<void>;
}

export function openPresence(pool: Pool, url: string): Presence {
  const own = randomUUID();
  const thingOf = new Map<Attendant, number>();
  const here = new Map<number, Set<Attendant>>();
  const elsewhere = new Map<number, Map<string, { names: string[]; saidAt: number }>>();
  /** Things to tell the other servers of, and whether to ask them. */
  const due = new Map<number, boolean>();
  let telling: ReturnType<typeof setTimeout> | undefined;

  function attend(attendant: Attendant, thing: number | null): void {
    const before = thingOf.get(attendant);
    if (before === (thing ?? undefined)) return;
    if (before !== undefined) {
      const others = here.get(before);
      others?.delete(attendant);
      if (others?.size === 0) here.delete(before);
      thingOf.delete(attendant);
      changed(before, false);
    }
    if (thing === null) return;
    thingOf.set(attendant, thing);
    const there = here.get(thing) ?? new Set();
    here.set(thing, there.add(attendant));
    changed(thing, true);
  }

  function changed(thing: number, ask: boolean): void {
    tellHere(thing);
    say(thing, ask);
  }

  function tellHere(thing: number): void {
    const there = [...(here.get(thing) ?? [])];
    const far = [...(elsewhere.get(thing)?.values() ?? [])].flatMap(({ names }) => names);
    for (const attendant of there) {
      const near = there.filter((other) => other !== attendant).map(({ name }) => name);
      attendant.tell(thing, [...new Set([...near, ...far])].slice(0, MOST_NAMES));
    }
  }

  function say(thing: number, ask: boolean): void {
    due.set(thing, (due.get(thing) ?? false) || ask);
    telling ??= setTimeout(() => {
      telling = undefined;
      const messages = [...due].map(([id, asked]) => messageOf(id, asked));
      due.clear();
      // All in one statement. What the database does not take is said again before it is forgotten.
      pool
        .query(`select pg_notify('${CHANNEL}', said) from unnest($1::text[]) as said`, [messages])
        .catch(() => undefined);
    }, TELL_MS);
  }

  function messageOf(thing: number, ask: boolean): string {
    const names = [...(here.get(thing) ?? [])].slice(0, MOST_NAMES).map(({ name }) => name);
    return JSON.stringify({ from: own, thing, names, ask } satisfies Message);
  }

  function hear(payload: string): void {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Message), payload);
    if (!parsed.success || parsed.output.from === own) return;
    const { from, thing, names, ask } = parsed.output;
    const servers = elsewhere.get(thing) ?? new Map<string, { names: string[]; saidAt: number }>();
    if (names.length > 0) servers.set(from, { names, saidAt: Date.now() });
    else servers.delete(from);
    if (servers.size > 0) elsewhere.set(thing, servers);
    else elsewhere.delete(thing);
    tellHere(thing);
    if (ask && here.has(thing)) say(thing, false);
  }

  const forget = setInterval(() => {
    const oldest = Date.now() - FORGET_MS;
    for (const [thing, servers] of elsewhere) {
      const silent = [...servers].filter(([, { saidAt }]) => saidAt < oldest);
      for (const [server] of silent) servers.delete(server);
      if (servers.size === 0) elsewhere.delete(thing);
      if (silent.length > 0) tellHere(thing);
    }
    for (const thing of here.keys()) say(thing, false);
  }, TELL_AGAIN_MS);

  const stop = listenTo({
    url,
    channel: CHANNEL,
    heard: hear,
    opened: () => {
      for (const thing of here.keys()) say(thing, true);
    },
  });
  return {
    attend,
    async close() {
      clearInterval(forget);
      clearTimeout(telling);
      await stop();
    },
  };
}
