/** Work that is not saved yet, kept in this tab for when the page is loaded again. */
import * as v from 'valibot';
import { ScenarioContent } from '../../data/wire/scenarios.ts';

const Work = v.object({
  name: v.string(),
  content: ScenarioContent,
  /** Version of the saved scenario that it was begun on; 0 for a new one. */
  base: v.number(),
});
export type Work = v.InferOutput<typeof Work>;

const keyOf = (id: number | null): string => `phu-song.scenario.${id ?? 'new'}`;

/** The unsaved work on a scenario, or on a new one (null); null for none. */
export function readWork(id: number | null): Work | null {
  try {
    const parsed = v.safeParse(Work, JSON.parse(sessionStorage.getItem(keyOf(id)) ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // Storage is closed to us, or holds what is not ours.
  }
}

export function keepWork(id: number | null, work: Work | null): void {
  try {
    if (work) sessionStorage.setItem(keyOf(id), JSON.stringify(work));
    else sessionStorage.removeItem(keyOf(id));
  } catch {
    // Nothing to keep it in.
  }
}
