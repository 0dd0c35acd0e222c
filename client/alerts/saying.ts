/** Alerts in words, in the language of the view. Reactive. */
import { sayAlert, sayFound, type Sayable } from '../../data/alerts/saying.ts';
import { NATION } from '../../data/model/unit.ts';
import { live } from '../live/live.svelte.ts';
import type { Problem } from '../live/ask.ts';
import { unitInFull } from '../view/names.ts';
import { view } from '../view/view.svelte.ts';
import { sentence } from '../words/format.ts';
import { refusalSaid } from '../words/refusal.ts';
import { words } from '../words/words.svelte.ts';
import { alertWords } from './words.ts';

export function unitSaid(code: string): string {
  return code === NATION ? words().nation : unitInFull(code, live.units, view.language);
}

/** What an alert says, as a sentence. */
export function alertSaid(alert: Sayable): string {
  return sayAlert(alert, unitSaid, view.language);
}

/** The same where its unit stands above it. */
export function foundSaid(alert: Sayable): string {
  return `${sentence(sayFound(alert, view.language))}.`;
}

/** Why the server did not do something. @param names fields as the panel calls them */
export function problemSaid(problem: Problem, names: Record<string, string> = {}): string {
  const a = alertWords();
  if (problem === 'unreachable') return a.unreachable;
  const said = refusalSaid(problem, view.language, (field) => names[field]);
  // A field that is not filled in right is said by its name alone: nobody was asked yet.
  return problem.code === 'invalid' ? said : a.refused(said);
}
