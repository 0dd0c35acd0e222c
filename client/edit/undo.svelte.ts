/** The steps of this tab that can be taken back, and taking them. */
import type { Refusal } from '../../data/wire/commands.ts';
import { doToEach } from './bulk.ts';
import { send } from '../live/sending.ts';
import {
  commandOf,
  done,
  nextOf,
  NO_STEPS,
  taken,
  type Item,
  type Step,
  type Way,
} from './undoing.ts';

/** How taking a step ended. */
interface Outcome {
  way: Way;
  step: Step;
  went: number;
  /** Those that wait for approval. */
  proposed: number;
  refused: { item: Item; refusal: Refusal }[];
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
    this.#steps = done(this.#steps, step);
    this.outcome = null;
  }

  /** Takes the next step; what meets a version that is not ours is left as it is and told. */
  async go(way: Way): Promise<void> {
    const step = this.next(way);
    if (!step || this.going) return;
    this.going = way;
    const went: Item[] = [];
    const refused: Outcome['refused'] = [];
    const left: Item[] = [];
    let proposed = 0;
    await doToEach(
      step.items,
      async (item) => {
        const answer = await send(commandOf(item, way));
        if ('seq' in answer) went.push({ ...item, now: answer.version });
        else if ('proposal' in answer) proposed++;
        else if (answer.error.code === 'unavailable') left.push(item);
        else refused.push({ item, refusal: answer.error });
      },
      { signal: new AbortController().signal, progress: () => undefined },
    );
    this.#steps = taken(this.#steps, way, { went, left });
    const unreached: Refusal = { code: 'unavailable', message: '' };
    this.outcome = {
      ...{ way, step, went: went.length, proposed },
      refused: [...refused, ...left.map((item) => ({ item, refusal: unreached }))],
    };
    this.going = null;
  }
}

export const undo = new Undo();
