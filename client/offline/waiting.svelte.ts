/**
 * Changes that wait for the line: kept on this machine, sent in the order in which they were made as
 * soon as the server is reached, each exactly once by its key. What the server then refuses stays
 * here with its reason, and with it what was built on it, until the person who made it has decided.
 */
import type { Noun } from '../../data/log/event.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import type { CommandAnswer, CommandInput, Refusal } from '../../data/wire/commands.ts';
import { isPassing, Refused } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { commandOf, isUnanswered, send, settle, type Wish } from '../live/sending.ts';
import { uploadPhoto } from '../photo/upload.ts';
import { session } from '../session/session.svelte.ts';
import { addWaiting, allWaiting, changeWaiting, removeWaiting, type Waiting } from './memory.ts';

/** What is known of a wish besides what it wants. */
export interface About {
  /** What it is about, as the person calls it. */
  name: string;
  /** The thing as it was before; null for a new one. */
  before: Fields | null;
  /** A photo that goes with it and could not be stored yet. */
  photo?: Blob | null;
}

/** Kept on this machine under its key, to be sent when the server is reached. */
export interface Kept {
  kept: string;
}

/** What the last sending brought there: changes that are done, and that wait for approval. */
interface Outcome {
  done: number;
  proposed: number;
}

/** Tabs of one browser share what waits: one sends at a time, and tells the others. */
const LOCK = 'phu-song-waiting';
const TELL_MS = 250;

class WaitingChanges {
  /** In order. Reactive. */
  all = $state.raw<readonly Waiting[]>([]);
  /** Null before anything was sent since the page came. Reactive. */
  outcome = $state.raw<Outcome | null>(null);
  /** The place of the one that is on its way; null for none. Reactive. */
  underWay = $state<number | null>(null);
  #sending = false;
  #others = new BroadcastChannel(LOCK);
  #telling = false;

  constructor() {
    this.#others.onmessage = () => void this.#read();
    void this.#read();
  }

  /** Those of whoever is signed in. */
  get own(): readonly Waiting[] {
    const name = session.account?.name;
    return this.all.filter(({ by }) => by === name);
  }

  /** Those of them that are still to be sent. */
  get unsent(): readonly Waiting[] {
    return this.own.filter(({ refusal }) => refusal === null);
  }

  /** The one of a key; undefined when it is done, or was given up. */
  of(key: string): Waiting | undefined {
    return this.all.find(({ command }) => command.key === key);
  }

  /** A thing as it will be once what waits is done; `version` is the one that it has now. */
  over(
    noun: Noun,
    id: number,
    version: number,
    fields: Fields,
  ): { version: number; fields: Fields } {
    let then = { version, fields };
    for (const { command } of this.unsent) {
      // One that has been applied meanwhile, and whose answer is still on its way, counts no more.
      if (!isChangeOf(command, noun, id) || command.base < version) continue;
      const { type, key, effective, id: its, base, photo, ...change } = command as Fields;
      void [type, key, effective, its, base, photo];
      then = { version: then.version + 1, fields: withChange(then.fields, change) };
    }
    return then;
  }

  /** Throws where this machine keeps nothing. */
  async keep(command: CommandInput, { name, before, photo = null }: About): Promise<void> {
    // It takes effect on the day on which it was made, whenever it arrives.
    const effective = dayInVietnam(Date.now() + live.clockOffsetMs);
    const dated = command.type.endsWith('.restore') ? command : { effective, ...command };
    const one = {
      ...{ command: dated as CommandInput, by: session.account?.name ?? '', at: Date.now() },
      ...{ name, before, photo, refusal: null },
    };
    const order = await addWaiting(one);
    this.all = [...this.all, { ...one, order }];
    this.#tell();
  }

  /** Gives one up, or lays it aside because it has been decided on elsewhere. */
  async drop(one: Waiting): Promise<void> {
    await removeWaiting(one.order);
    this.all = this.all.filter(({ order }) => order !== one.order);
    // What lies on top of it begins one version earlier.
    if (one.refusal === null) await this.#lower(one);
    this.#tell();
  }

  /** Sends what can be sent, in order; stops at the first that nobody answers, to go on later. */
  async sendAll(): Promise<void> {
    if (this.#sending || this.unsent.length === 0) return;
    this.#sending = true;
    const outcome: Outcome = { done: 0, proposed: 0 };
    await navigator.locks
      .request(LOCK, async () => {
        await this.#read();
        for (let next = this.unsent[0]; next; next = this.unsent[0]) {
          this.underWay = next.order;
          const what = await this.#sent(next);
          if (what === 'unanswered') return;
          if (what === 'done' || what === 'proposed') outcome[what]++;
        }
      })
      .catch((error: unknown) => console.error(error));
    this.underWay = null;
    if (outcome.done + outcome.proposed > 0) this.outcome = outcome;
    this.#sending = false;
  }

  /** Sends one; what is answered is no longer waiting, what is refused stays with its reason. */
  async #sent(one: Waiting): Promise<keyof Outcome | 'refused' | 'unanswered' | 'given_up'> {
    let waits = one;
    if (one.photo && !('photo' in one.command)) {
      try {
        waits = {
          ...one,
          command: { ...one.command, photo: await uploadPhoto(one.photo) } as CommandInput,
        };
      } catch (error) {
        if (!(error instanceof Refused) || waitsOn(error.refusal)) return 'unanswered';
        return this.#refused(one, error.refusal);
      }
      if (!(await this.#changed(waits))) return 'given_up';
    }
    const answer = await live.send(waits.command);
    if ('error' in answer) {
      if (waitsOn(answer.error)) return 'unanswered';
      // A photo that lay there for days without its change is gone from the server: once more.
      if (answer.error.path === 'photo' && one.photo && waits === one) {
        const { photo, ...command } = one.command as CommandInput & { photo?: string };
        void photo;
        const again = { ...one, command };
        return (await this.#changed(again)) ? this.#sent(again) : 'given_up';
      }
      return this.#refused(waits, answer.error);
    }
    await removeWaiting(one.order);
    this.all = this.all.filter(({ order }) => order !== one.order);
    this.#tell();
    if (!('proposal' in answer)) return 'done';
    // It has made no version of the thing.
    await this.#lower(one);
    return 'proposed';
  }

  /**
   * With it, what was built on it: no version of it would be what it was thought to be. Each is then a
   * change of what was there before all of them.
   */
  async #refused(one: Waiting, refusal: Refusal): Promise<'refused' | 'given_up'> {
    if (!(await this.#changed({ ...one, refusal }))) return 'given_up';
    const base = 'base' in one.command ? one.command.base : 0;
    for (const later of this.#onTopOf(one)) {
      const command = { ...later.command, base } as CommandInput;
      await this.#changed({ ...later, command, before: one.before, refusal });
    }
    return 'refused';
  }

  async #lower(one: Waiting): Promise<void> {
    for (const later of this.#onTopOf(one)) {
      const base = 'base' in later.command ? later.command.base - 1 : 0;
      await this.#changed({ ...later, command: { ...later.command, base } as CommandInput });
    }
  }

  #onTopOf({ order, command }: Waiting): readonly Waiting[] {
    if (!('id' in command)) return [];
    return this.unsent.filter(
      (later) => later.order > order && 'id' in later.command && later.command.id === command.id,
    );
  }

  /** Answers false where it has been given up meanwhile. */
  async #changed(one: Waiting): Promise<boolean> {
    const isThere = await changeWaiting(one);
    if (isThere) this.all = this.all.map((other) => (other.order === one.order ? one : other));
    this.#tell();
    return isThere;
  }

  async #read(): Promise<void> {
    this.all = await allWaiting();
  }

  /** Tells the other tabs, once for many changes. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      this.#others.postMessage(null);
    }, TELL_MS);
  }
}

export const waiting = new WaitingChanges();

/**
 * Sends a wish, or keeps it on this machine where the server is not reached, does not answer, or where
 * earlier changes still wait. Where nothing can be kept either it is refused as unavailable.
 */
export async function sendOrKeep(wish: Wish, about: About): Promise<CommandAnswer | Kept> {
  const reached = live.line.state === 'live' || live.line.state === 'catching_up';
  if (reached && waiting.unsent.length === 0 && !about.photo) {
    const answer = await send(wish);
    if (!isUnanswered(answer)) return answer;
  }
  const command = commandOf(wish);
  try {
    await waiting.keep(command, about);
  } catch {
    return { error: { code: 'unavailable', message: 'Neither sent nor kept on this machine.' } };
  }
  settle(wish);
  void waiting.sendAll();
  return { kept: command.key };
}

/** Sends what waits whenever the server is reached; to be called within a component. */
export function sendWhatWaits(): void {
  const AGAIN_MS = 10_000;
  const ready = $derived(
    live.line.state === 'live' &&
      session.account !== null &&
      !session.account.mustChange &&
      waiting.unsent.length > 0,
  );
  $effect(() => {
    if (!ready) return;
    void waiting.sendAll();
    const timer = setInterval(() => void waiting.sendAll(), AGAIN_MS);
    return () => clearInterval(timer);
  });
}

/** Whether it is tried again: it may be over in a moment, or when the person has signed in again. */
function waitsOn(refusal: Refusal): boolean {
  return isPassing(refusal) || refusal.code === 'unauthenticated';
}

function isChangeOf(
  command: CommandInput,
  noun: Noun,
  id: number,
): command is Extract<CommandInput, { base: number; id: number }> {
  const changes = command.type === `${noun}.change` || command.type === `${noun}.resolve`;
  return changes && 'id' in command && command.id === id;
}

/** Null clears a field. */
function withChange(fields: Fields, change: Fields): Fields {
  return Object.fromEntries(
    Object.entries({ ...fields, ...change }).filter(([, value]) => value !== null),
  );
}
