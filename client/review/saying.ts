/** What the review says when the server says no, or nothing. */
import type { Problem } from '../live/ask.ts';
import { view } from '../view/view.svelte.ts';
import { refusalSaid } from '../words/refusal.ts';
import type { ReviewWords } from './words.ts';

/** Reactive: in the language of the view. */
export function problemSaid(problem: Problem, r: ReviewWords): string {
  if (problem === 'unreachable') return r.unreachable;
  const names: Record<string, string> = { word: r.say };
  return r.refused(refusalSaid(problem, view.language, (field) => names[field]));
}
