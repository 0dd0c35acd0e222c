/** How much room a disk must have. Decided here and nowhere else; reading the disk is `watch.ts`. */
import type { Disk } from '../../data/wire/stream.ts';

/** Below this the operator is told. */
export const LOW_MB = 1_024;
/**
 * Below this nothing more is written. PostgreSQL still needs room then: its log grows by segments of
 * 16 MB, its tables are tidied in the background, and it stops dead when the disk has nothing left.
 */
export const FULL_MB = 256;
/** A state is left only with this much more room than it is entered with, or it would flicker. */
const BACK = 1.15;

/** In which state a disk is, from what is free and the state that it was in. */
export function stateOf(freeMB: number, before: Disk['state']): Disk['state'] {
  if (freeMB < FULL_MB || (before === 'full' && freeMB < FULL_MB * BACK)) return 'full';
  if (freeMB < LOW_MB || (before !== 'ok' && freeMB < LOW_MB * BACK)) return 'low';
  return 'ok';
}
