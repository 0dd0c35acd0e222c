/** What the signed-in person may change: the one place that the screen asks. */
import { session } from './session.svelte.ts';

/**
 * Whether to offer editing; the server has the last word. Reactive.
 * @param units codes of the units in which it would happen; none when it is not known yet
 */
export function mayEdit(units: readonly string[] = []): boolean {
  void units;
  return session.account !== null;
}
