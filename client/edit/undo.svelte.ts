/** The steps of this tab that can be taken back, and taking them. */
import type { CommandAnswer, Refusal } from '../../data/wire/commands.ts';
import type { Wish } from '../live/sending.ts';
import { sendOrKeep, waiting, type Kept } from '../offline/waiting.svelte.ts';
import { doToEach } from './bulk.ts';
import { thingNamed } from './naming.ts';
import { baseOf } from './standing.ts';
import {
  commandOf,
  done,
  nextOf,
  NO_STEPS,
  taken,
  thenOf,
  withIds,
  type Item,
  type Step,
  type Way,
} from './undoing.ts';

/** Why one was left as it is; `not_done` where what was kept here never came to be. */
type Reason = Refusal | 'not_done';

/** How taking a step ended. */
export interface Outcome {
  way: Way;
  step: Step;
  went: number;
  /** Those that wait for approval. */
  proposed: number;
  /** Those of `went` that wait on this machine for the line. */
  kept: number;
  refused: { item: Item; refusal: Reason }[];
}

class Undo {
  #steps = $state.raw(NO_STEPS);
  /** Which way a step is being taken now; null for none. */
  going = $state<Way | null>(null);
  /** How the last one ended; null after something else was done. */
  outcome = $state.raw<Outcome | null>(null);

  next(way: Way): Step | undefined {
    return nextOf(this.#steps, way);
  }

  did(step: Step): void {
    this.#steps = done(withIds(this.#steps, asItStands), step);
    this.outcome = null;
  }

  /** Takes the next step; what meets a version that is not ours is left as it is and told. */
  async go(way: Way): Promise<void> {
    this.#steps = withIds(this.#steps, asItStands);
    const step = this.next(way);
    if (!step || this.going) return;
    this.going = way;
    const went: Item[] = [];
    const refused: Outcome['refused'] = [];
    const left: Item[] = [];
    let [proposed, kept] = [0, 0];
    await doToEach(
      step.items,
      async (item) => {
        const it = asItStands(item);
        if (!it) {
          refused.push({ item, refusal: 'not_done' });
          return;
        }
        const answer = await take(it, way, step.name);
        if ('noun' in answer) went.push(answer);
        else if ('proposal' in answer) proposed++;
        else if ('error' in answer && answer.error.code === 'unavailable') left.push(it);
        else if ('error' in answer) refused.push({ item: it, refusal: answer.error });
        else if ('kept' in answer) {
          went.push({ ...it, now: it.now + 1, kept: answer.kept });
          kept++;
        } else went.push({ ...it, id: answer.id, now: answer.version, kept: null });
      },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    this.#steps = taken(this.#steps, way, { went, left });
    const unreached: Refusal = { code: 'unavailable', message: '' };
    this.outcome = {
      ...{ way, step, went: went.length, proposed, kept },
      refused: [...refused, ...left.map((item) => ({ item, refusal: unreached }))],
    };
    this.going = null;
  }
}

export const undo = new Undo();

/** A thing of a step by now; null where what was kept here did not become the version that it says. */
function asItStands(item: Item): Item | null {
  if (item.kept === null) return item;
  const made = waiting.madeBy(item.kept);
  if (made?.version !== item.now) return null;
  return made.waits ? item : { ...item, id: made.id, kept: null };
}

/** Takes one thing one way; answers the thing itself where nothing had to be sent. */
async function take(item: Item, way: Way, name: string): Promise<CommandAnswer | Kept | Item> {
  const { noun, id } = item;
  if (id === null) return way === 'undo' ? takeOut(item) : putBack(item);
  const { fields } = waiting.over(noun, id, baseOf(noun, id) ?? { version: 0, fields: null });
  return sendOrKeep(commandOf({ ...item, id }, way), {
    name: thingNamed(noun, id) || name,
    before: fields,
    then: thenOf(item, way, fields),
  });
}

/** An adding that waits is taken out, as if it had never been; where it may have arrived it stays. */
async function takeOut({ kept, ...item }: Item): Promise<CommandAnswer | Item> {
  const one = kept === null ? undefined : waiting.of(kept);
  if (!one || !waiting.isHere(one))
    return { error: { code: 'unavailable', message: 'It is on its way: nobody knows its id.' } };
  await waiting.drop(one);
  return { ...item, now: 0, kept: null, aside: one };
}

async function putBack({ aside }: Item): Promise<CommandAnswer | Kept> {
  if (!aside) return { error: { code: 'unavailable', message: 'There is nothing to put back.' } };
  const { key, ...wish } = aside.command;
  void key;
  return sendOrKeep(wish as Wish, aside);
}
