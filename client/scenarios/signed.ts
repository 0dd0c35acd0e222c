import { number, type Language } from '../words/format.ts';

/** A whole number with its sign: +1.234, −56, 0. */
export function signed(value: number, language: Language): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return sign + number(Math.abs(value), language);
}
