/** Numbers and days as people type them: the other way round of what format.ts writes. */
import * as v from 'valibot';
import { Day } from '../../data/model/scalars.ts';
import type { Language } from './format.ts';

const GROUPED: Record<Language, RegExp> = {
  vi: /^-?\d{1,3}(\.\d{3})+(,\d+)?$/,
  en: /^-?\d{1,3}(,\d{3})+(\.\d+)?$/,
};

/**
 * A number; undefined for text that is none. Groups of three digits are read as the language writes
 * them (1.234,5 or 1,234.5); otherwise comma and point both begin the decimals, because people type
 * either.
 */
export function readNumber(text: string, language: Language): number | undefined {
  const typed = text.replace(/[\s\u00a0\u202f]/g, '').replace(/^−/, '-');
  const plain = GROUPED[language].test(typed)
    ? typed.replaceAll(language === 'vi' ? '.' : ',', '').replace(',', '.')
    : typed.replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/**
 * A day as `YYYY-MM-DD`; undefined for text that is none. Read are 28/7/2025, with any separator, the
 * eight digits 28072025 that a phone types fastest, and 2025-07-28.
 */
export function readDay(text: string): string | undefined {
  const typed = text.trim();
  const [, d1, m1, y1] =
    /^(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4})$/.exec(typed) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(typed) ??
    [];
  const written = y1 && d1 && m1 ? `${y1}-${m1.padStart(2, '0')}-${d1.padStart(2, '0')}` : typed;
  return v.is(Day, written) ? written : undefined;
}

/** A `YYYY-MM-DD` the way that it is typed, in either language: 28/7/2025. */
export function typedDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)}/${Number(month)}/${year}`;
}
