/** Instants of the timeline in words, as finely as the span that is looked at. */
import { dayInVietnam } from '../../data/model/scalars.ts';
import { clockTime, day, instant, type Language } from '../words/format.ts';
import type { Span } from './timeline.ts';

const DAY_MS = 86_400_000;
/** Longer spans are read by the day. */
const BY_DAY_FROM = 60 * DAY_MS;

/** A moment: its day and, where that means anything, its time. */
export function momentSaid(ms: number, { from, to }: Span, language: Language): string {
  return to - from >= BY_DAY_FROM ? day(dayInVietnam(ms), language) : instant(ms, language);
}

/** A tick of the scale: `3/2025`, `14/3` or `08:30`. */
export function tickSaid(ms: number, { from, to }: Span, language: Language): string {
  const text = day(dayInVietnam(ms), language);
  const parts = text.split(language === 'vi' ? '/' : ' ');
  const joint = language === 'vi' ? '/' : ' ';
  if (to - from >= BY_DAY_FROM) return parts.slice(1).join(joint);
  if (to - from > 2 * DAY_MS) return parts.slice(0, 2).join(joint);
  const time = clockTime(ms).slice(0, 5);
  return time === '00:00' ? parts.slice(0, 2).join(joint) : time;
}
