/**
 * How the screens send what a person wants: every change goes through here. A wish gets its key once,
 * and keeps it until the server has said yes or no, so that pressing again after a line that broke is
 * never done twice. Where the province asks for approval the answer is a proposal: nothing has
 * changed yet.
 */
import type { CommandAnswer, CommandInput } from '../../data/wire/commands.ts';
import { live } from './live.svelte.ts';

type WithoutKey<C> = C extends unknown ? Omit<C, 'key'> : never;
/** A command that has no key yet. */
export type Wish = WithoutKey<CommandInput>;

/** Keys of wishes whose fate is not known, by what they want. */
const unanswered = new Map<string, string>();

export async function send(wish: Wish): Promise<CommandAnswer> {
  const answer = await live.send(commandOf(wish));
  if (!isUnanswered(answer)) settle(wish);
  return answer;
}

/** A wish with its key: the same one until it is settled. */
export function commandOf(wish: Wish): CommandInput {
  const what = JSON.stringify(wish);
  const key = unanswered.get(what) ?? crypto.randomUUID();
  unanswered.set(what, key);
  return { ...wish, key } as CommandInput;
}

/** The fate of a wish is known, or somebody else's to find out: wished again, it is another one. */
export function settle(wish: Wish): void {
  unanswered.delete(JSON.stringify(wish));
}

/** Whether nobody knows what became of it. */
export function isUnanswered(answer: CommandAnswer): boolean {
  return 'error' in answer && answer.error.code === 'unavailable';
}
