/** What is wrong with what was typed, or with what the server said no to: the field, and the words for it. */
import type { Refusal } from '../../data/wire/commands.ts';
import { Refused } from '../live/ask.ts';
import type { peopleWords } from './words.ts';

type FaultName = keyof ReturnType<typeof peopleWords>['fault'];

/** A fault that has a name in our words, or the server's own sentence, or null: it was not reached. */
export type Fault = { is: FaultName } | { said: string } | null;

/** What an error of `ask` means in the administration. */
export function faultOf(error: unknown): Fault {
  return error instanceof Refused ? faultOfRefusal(error.refusal) : null;
}

function faultOfRefusal({ code, path, message }: Refusal): Fault {
  if (code === 'in_use') return { is: path === 'name' ? 'taken' : 'lastOperator' };
  if (code === 'not_found') return { is: 'gone' };
  if (code !== 'invalid') return { said: message };
  if (path === 'name' || path === 'fullName') return { is: path };
  if (path?.startsWith('units')) return { is: message.includes('no unit') ? 'noUnit' : 'units' };
  return { said: message };
}
