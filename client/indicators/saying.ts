/** Values of indicators as people read them, in the measure of each. */
import type { FigureUnit } from '../../data/country/figures.ts';
import { number, percent, upTo, type Language } from '../words/format.ts';
import type { IndicatorWords } from './words.ts';

const MILLION = 1e6;

/**
 * 0.3951 → 39,5%; 12106 → 12.106; 87 million → 87 triệu; nothing → a dash. What is stated as about or
 * above something says so.
 */
export function valueSaid(
  value: number | null,
  unit: FigureUnit,
  words: IndicatorWords,
  language: Language,
  bound?: 'about' | 'above',
): string {
  if (value === null) return '–';
  const stated = { about: '≈ ', above: '> ' } as const;
  return `${bound ? stated[bound] : ''}${plain(value, unit, words, language)}`;
}

function plain(value: number, unit: FigureUnit, words: IndicatorWords, language: Language): string {
  // Whole percents, as targets mostly are, are written as they are stated.
  if (unit === 'share')
    return Math.abs(value * 100 - Math.round(value * 100)) < 1e-9
      ? `${number(value * 100, language)}%`
      : percent(value, language);
  if (unit === 'days') return words.days(number(value, language));
  const text =
    Math.abs(value) >= MILLION
      ? words.millions(upTo(value / MILLION, language, 1))
      : upTo(value, language, 2);
  return unit === 'dong' ? words.dong(text) : text;
}
