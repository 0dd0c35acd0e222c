/**
 * Keeps the gaps that a planner sees first made before anybody asks: for the whole country that takes
 * seconds the first time, and a fraction of one when it is a minute behind.
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { GapFinder } from './finder.ts';
import { GapsQuery } from './gap-query.ts';

const AGAIN_MS = 60_000;

/** Goes on until it is stopped. */
export async function keepGapsWarm(
  finder: GapFinder,
  stop: AbortSignal,
  againMs = AGAIN_MS,
): Promise<void> {
  const { method, operator, technology, unit } = v.parse(GapsQuery, {});
  const asked = { method, wanted: { operator, technology } };
  while (!stop.aborted) {
    await finder.read(
      asked,
      (ground) => ground.communesIn(unit),
      stop,
      () => undefined,
    );
    await pause(againMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
  }
}
