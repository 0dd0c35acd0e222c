/**
 * How the screens send what a person wants: every change goes through here. A wish gets
 * its key once, and keeps it until the server has said yes or no, so that pressing again after a
 * line that broke is never done twice. Where the province asks for approval the answer is a proposal:
 * nothing has changed yet.
 */
import type { CommandAnswer, CommandInput } from '../../data/wire/commands.ts';
import { live } from './live.svelte.ts';

type WithoutKey<C> = C extends unknown ? Omit<C, 'key'> : never;
/** A command that has no key yet. */
export type Wish = WithoutKey<CommandInput>;

/** Keys of wishes whose fate is not known, by what they want. */
const unanswered = new Map<string, string>();

export async function send(wish: Wish): Promise<CommandAnswer> {
  const what = JSON.stringify(wish);
  const key = unanswered.get(what) ?? crypto.randomUUID();
  unanswered.set(what, key);
  const answer = await live.send({ ...wish, key } as CommandInput);
  if (!('error' in answer) || answer.error.code !== 'unavailable') unanswered.delete(what);
  return answer;
}
