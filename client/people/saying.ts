/** What the administration says when the server says no, or nothing. */
import type { Problem } from '../live/ask.ts';
import { view } from '../view/view.svelte.ts';
import { refusalSaid } from '../words/refusal.ts';
import type { peopleWords } from './words.ts';

/** Reactive: in the language of the view. */
export function problemSaid(problem: Problem, p: ReturnType<typeof peopleWords>): string {
  if (problem === 'unreachable') return p.unreachable;
  const { name, fullName, role, units } = p;
  const names: Record<string, string> = { name, fullName, role, units };
  return p.refused(refusalSaid(problem, view.language, (field) => names[field]));
}
