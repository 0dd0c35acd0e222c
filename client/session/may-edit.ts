/** What the signed-in person may change: the one place that editing asks. */
import { mayDo } from './may.ts';
import { session } from './session.svelte.ts';

/**
 * Whether to offer editing; the server has the last word. Reactive.
 * @param units codes of the units in which it would happen; those of the account when it is not known
 */
export function mayEdit(units: readonly string[] = session.account?.units ?? []): boolean {
  return mayDo('station.change', units);
}
