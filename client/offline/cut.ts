/** Whether there is no line to the server, so that what only the server can do has to wait. */
import { live } from '../live/live.svelte.ts';

/** Reactive. */
export function isCut(): boolean {
  return live.line.state === 'offline';
}
