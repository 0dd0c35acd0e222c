/** What is wrong with a new password, by the rules that the server keeps. */
import { LEAST_PASSWORD, MOST_PASSWORD, repeatsItself } from '../../data/wire/accounts.ts';

export type PasswordFault = 'short' | 'long' | 'repeating' | 'same';

/** Undefined for one that will do. */
export function passwordFault(password: string, current: string): PasswordFault | undefined {
  if (password.length < LEAST_PASSWORD) return 'short';
  if (password.length > MOST_PASSWORD) return 'long';
  if (repeatsItself(password)) return 'repeating';
  return password === current ? 'same' : undefined;
}
