/**
 * Changes that wait for the line: kept on this machine, sent in the order in which they were made as
 * soon as the server is reached, each exactly once by its key. What the server then refuses stays
 * here with its reason until the person who made it has decided.
 */
import type { Noun } from '../../data/log/event.ts';
import type { Fields } from '../../data/model/table.ts';
import type { CommandAnswer, CommandInput } from '../../data/wire/commands.ts';
import { Refused } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { commandOf, isUnanswered, send, settle, type Wish } from '../live/sending.ts';
import { uploadPhoto } from '../photo/upload.ts';
import { session } from '../session/session.svelte.ts';
import { addWaiting, allWaiting, putWaiting, removeWaiting, type Waiting } from './memory.ts';

/** What is known of a wish besides what it wants. */
export interface About {
  /** What it is about, as the person calls it. */
  name: string;
  /** The thing as it was before; null for a new one. */
  before: Fields | null;
  /** A photo that goes with it and could not be stored yet. */
  photo?: Blob | null;
}

/** Kept on this machine, to be sent when the server is reached. */
export type Kept = { kept: true };

/** How the last sending went: changes that are done, wait for approval, were refused. */
interface Outcome {
  done: number;
  proposed: number;
  refused: number;
}

/** Tabs of one browser share what waits: one sends at a time, and tells the others. */
const LOCK = 'phu-song-waiting';

class WaitingChanges {
  /** In order. Reactive. */
  all = $state.raw<readonly Waiting[]>([]);
  /** Null before anything was sent since the page came. Reactive. */
  outcome = $state.raw<Outcome | null>(null);
  /** Whether they are being sent now. Reactive. */
  sending = $state(false);
  #others = new BroadcastChannel(LOCK);

  constructor() {
    this.#others.onmessage = () => void this.#read();
    void this.#read();
  }

  /** Those that are still to be sent, of whoever is signed in. */
  get unsent(): readonly Waiting[] {
    const name = session.account?.name;
    return this.all.filter(({ by, refusal }) => by === name && refusal === null);
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
    const by = session.account?.name ?? '';
    await addWaiting({ command, by, at: Date.now(), name, before, photo, refusal: null });
    await this.#changed();
  }

  /** Gives one up, or lays it aside because it has been decided on elsewhere. */
  async drop({ order }: Waiting): Promise<void> {
    await removeWaiting(order);
    await this.#changed();
  }

  /** Sends what can be sent, in order; stops at the first that nobody answers, to go on later. */
  async sendAll(): Promise<void> {
    if (this.sending || this.unsent.length === 0) return;
    this.sending = true;
    const outcome = { done: 0, proposed: 0, refused: 0 };
    await navigator.locks
      .request(LOCK, async () => {
        await this.#read();
        for (let next = this.unsent[0]; next; next = this.unsent[0]) {
          const what = await sent(next);
          if (what === 'unanswered') return;
          outcome[what]++;
          await this.#changed();
        }
      })
      .catch((error: unknown) => console.error(error));
    if (outcome.done + outcome.proposed + outcome.refused > 0) this.outcome = outcome;
    this.sending = false;
  }

  async #read(): Promise<void> {
    this.all = await allWaiting();
  }

  async #changed(): Promise<void> {
    await this.#read();
    this.#others.postMessage(null);
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
  try {
    await waiting.keep(commandOf(wish), about);
  } catch {
    return { error: { code: 'unavailable', message: 'Neither sent nor kept on this machine.' } };
  }
  settle(wish);
  void waiting.sendAll();
  return { kept: true };
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

/** Sends one; what is answered is no longer waiting, what is refused stays with its reason. */
async function sent(one: Waiting): Promise<keyof Outcome | 'unanswered'> {
  let { command } = one;
  if (one.photo) {
    try {
      command = { ...command, photo: await uploadPhoto(one.photo) } as CommandInput;
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.code === 'unavailable') return 'unanswered';
      await putWaiting({ ...one, refusal: error.refusal });
      return 'refused';
    }
    await putWaiting({ ...one, command, photo: null });
  }
  const answer = await live.send(command);
  if (!('error' in answer)) {
    await removeWaiting(one.order);
    return 'proposal' in answer ? 'proposed' : 'done';
  }
  const { code } = answer.error;
  if (code === 'unavailable' || code === 'unauthenticated' || code === 'too_many')
    return 'unanswered';
  await putWaiting({ ...one, command, photo: null, refusal: answer.error });
  return 'refused';
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
