/**
 * Who may do what: the one place that says so, asked by every entrance for every command. Today
 * any account that can write may write anywhere.
 */
import type { Command, Refusal } from '../../data/wire/commands.ts';
import type { Account } from '../accounts/accounts.ts';

/** A refusal, or undefined when the account may. */
export function refusedTo(account: Account | undefined, command: Command): Refusal | undefined {
  if (!account)
    return { code: 'unauthenticated', message: `Sign in first: ${command.type} needs an account.` };
  return undefined;
}
