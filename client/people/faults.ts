/** What is wrong with what was typed, or with what the server said no to: the field, and the words for it. */
import type { Refusal } from '../../data/wire/commands.ts';
import { Refused } from '../live/ask.ts';
import type { peopleWords } from './words.ts';

type FaultName = keyof ReturnType<typeof peopleWords>['fault'];

/** A fault that has a name in our words, or another refusal, or null: the server was not reached. */
export type Fault = { is: FaultName } | { refusal: Refusal } | null;

/** What an error of `ask` means in the administration. */
export function faultOf(error: unknown): Fault {
  return error instanceof Refused ? faultOfRefusal(error.refusal) : null;
}

function faultOfRefusal(refusal: Refusal): Fault {
  const { code, path, reason } = refusal;
  if (code === 'in_use') return { is: path === 'name' ? 'taken' : 'lastOperator' };
  // Sessions and displays that are gone have no name.
  if (code === 'not_found' && path === 'name') return { is: 'gone' };
  if (code !== 'invalid') return { refusal };
  if (path === 'name' || path === 'fullName') return { is: path };
  if (path?.startsWith('units')) return { is: reason?.is === 'no_such' ? 'noUnit' : 'units' };
  return { refusal };
}
