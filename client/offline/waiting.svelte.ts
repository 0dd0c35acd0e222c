/**
 * Changes that wait for the line: kept on this machine, sent in the order in which they were made as
 * soon as the server is reached, each exactly once by its key. What the server then refuses stays
 * here with its reason, and with it what was built on it, until the person who made it has decided.
 */
import type { Noun } from '../../data/log/event.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import type { CommandAnswer, CommandInput, Refusal } from '../../data/wire/commands.ts';
import { MOST_PHOTO_BYTES } from '../../data/wire/photos.ts';
import { isPassing, Refused } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { commandOf, isUnanswered, send, settle, type Wish } from '../live/sending.ts';
import { smallerPhoto } from '../photo/smaller.ts';
import { uploadPhoto } from '../photo/upload.ts';
import { session } from '../session/session.svelte.ts';
import { addWaiting, allWaiting, changeWaiting, removeWaiting, type Waiting } from './memory.ts';
import { refusedWith, standingAfter, versionBy, without, type Standing } from './queue.ts';

/** What is known of a wish besides what it wants. */
export interface About {
  /** What it is about, as the person calls it. */
  name: string;
  /** The thing as it was before; null for a new one. */
  before: Fields | null;
  /** Of a restoring: the thing as it will be, where that is known. */
  then?: Fields | null;
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

/** What came of one that was kept: the thing and its version; `waits` while it is still to be sent. */
interface Made {
  /** Null for a new thing that has no id yet. */
  id: number | null;
  version: number;
  waits: boolean;
}

/** What a tab tells the others: what came of those that it sent, by key. */
type Told = readonly (readonly [key: string, fate: Fate])[];

/** What became of one that was sent: a version, or a proposal, of which nobody knows yet. */
type Fate = Made | 'proposed';

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
  /** What came of those that were sent since the page came, in any tab, by key. */
  #fates = new Map<string, Fate>();
  /** Null while there is nothing to tell. */
  #telling: [string, Fate][] | null = null;

  constructor() {
    this.#others.onmessage = ({ data }: MessageEvent<Told>) => {
      for (const [key, fate] of data) this.#fates.set(key, fate);
      void this.#read();
    };
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

  /** What came, or will come, of the one of a key; null where it did not become what was wished. */
  madeBy(key: string): Made | null {
    const one = this.of(key);
    const fate = this.#fates.get(key) ?? 'proposed';
    if (!one) return fate === 'proposed' ? null : fate;
    const { command, refusal } = one;
    if (refusal) return null;
    return { id: 'id' in command ? command.id : null, version: versionBy(command), waits: true };
  }

  /** Whether the one of a key has been sent, and waits for approval. */
  wasProposed(key: string): boolean {
    return this.#fates.get(key) === 'proposed';
  }

  /** A thing as it will be once what waits is done; `now` is how the server has it. */
  over(noun: Noun, id: number, now: Standing): Standing {
    return standingAfter(this.unsent, noun, id, now);
  }

  /** Whether one may be taken back as if it had never been: it is here, and was never on its way. */
  isHere({ order, tried = false }: Waiting): boolean {
    return !tried && this.underWay !== order;
  }

  /**
   * Throws where this machine keeps nothing.
   * @param tried whether it has been on its way already
   */
  async keep(
    command: CommandInput,
    { name, before, then = null, photo = null }: About,
    tried = false,
  ): Promise<void> {
    // It takes effect on the day on which it was made, whenever it arrives.
    const effective = dayInVietnam(Date.now() + live.clockOffsetMs);
    const dated = command.type.endsWith('.restore') ? command : { effective, ...command };
    const one = {
      ...{ command: dated as CommandInput, by: session.account?.name ?? '', at: Date.now() },
      ...{ name, before, then, photo, tried, refusal: null },
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
    if (one.refusal === null) await this.#changeAll(without(one, this.unsent));
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
    }
    waits = { ...waits, tried: true };
    if (!(await this.#changed(waits))) return 'given_up';
    const answer = await live.send(waits.command);
    if ('error' in answer) {
      if (waitsOn(answer.error)) return 'unanswered';
      // A photo that lay there for days without its change is gone from the server: once more.
      if (answer.error.path === 'photo' && one.photo && 'photo' in one.command) {
        const { photo, ...command } = one.command as CommandInput & { photo?: string };
        void photo;
        const again = { ...one, command };
        return (await this.#changed(again)) ? this.#sent(again) : 'given_up';
      }
      return this.#refused(waits, answer.error);
    }
    await removeWaiting(one.order);
    this.all = this.all.filter(({ order }) => order !== one.order);
    if ('proposal' in answer) {
      this.#tell([one.command.key, 'proposed']);
      // It has made no version of the thing.
      await this.#changeAll(without(one, this.unsent));
      return 'proposed';
    }
    const { id, version } = answer;
    this.#tell([one.command.key, { id, version, waits: false }]);
    return 'done';
  }

  async #refused(one: Waiting, refusal: Refusal): Promise<'refused' | 'given_up'> {
    const [first = one, ...others] = refusedWith(one, refusal, this.unsent);
    if (!(await this.#changed(first))) return 'given_up';
    await this.#changeAll(others);
    return 'refused';
  }

  async #changeAll(ones: readonly Waiting[]): Promise<void> {
    for (const one of ones) await this.#changed(one);
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
  #tell(...fates: [string, Fate][]): void {
    for (const [key, fate] of fates) this.#fates.set(key, fate);
    if (this.#telling) {
      this.#telling.push(...fates);
      return;
    }
    this.#telling = fates;
    setTimeout(() => {
      this.#others.postMessage((this.#telling ?? []) satisfies Told);
      this.#telling = null;
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
  const tried = reached && waiting.unsent.length === 0 && !about.photo;
  if (tried) {
    const answer = await send(wish);
    if (!isUnanswered(answer)) return answer;
  }
  const command = commandOf(wish);
  const photo = about.photo ? await smallerPhoto(about.photo) : null;
  // It would be refused when the line is back, and who took it is somewhere else by then.
  if (photo && photo.size > MOST_PHOTO_BYTES) return { error: TOO_LARGE };
  try {
    await waiting.keep(command, { ...about, photo }, tried);
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

const TOO_LARGE: Refusal = {
  code: 'too_large',
  message: `photo: may be ${MOST_PHOTO_BYTES} bytes long`,
  path: 'photo',
  reason: { is: 'photo_bytes', limit: MOST_PHOTO_BYTES },
};

/** Whether it is tried again: it may be over in a moment, or when the person has signed in again. */
function waitsOn(refusal: Refusal): boolean {
  return isPassing(refusal) || refusal.code === 'unauthenticated';
}
