/** Steps in handling a report, and why one was not taken. Reactive where the view is. */
import type { ReportStatus } from '../../data/model/things.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { view } from '../view/view.svelte.ts';
import { refusalSaid } from '../words/refusal.ts';
import { reportWords } from './words.ts';

/** A step from one status to the next, as its button says it. */
export function stepSaid(next: ReportStatus, from: ReportStatus | undefined): string {
  const r = reportWords();
  return from === 'solved' || from === 'declined' ? r.reopen : r.steps[next];
}

/** A refusal in words, with the names that handling has for its fields. */
export function refusalInWords(refusal: Refusal): string {
  const r = reportWords();
  const names: Record<string, string> = { status: r.next, answer: r.answer };
  return refusalSaid(refusal, view.language, (field) => names[field]);
}

/** Why a step was not taken. */
export function refusedStep(refusal: Refusal): string {
  const r = reportWords();
  if (refusal.code === 'unavailable') return r.offline;
  return refusal.code === 'stale' ? r.stale : r.failed(refusalInWords(refusal));
}
