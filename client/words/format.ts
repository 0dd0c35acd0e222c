/**
 * Numbers, days and instants as people write them: 1.234,5 and 28/7/2025 in Vietnamese, 1,234.5 and
 * 28 Jul 2025 in English. Instants are told in the time of Viet Nam, wherever the reader sits.
 */
import { dayInVietnam, dayNumberOf } from '../../data/model/scalars.ts';

export type Language = 'vi' | 'en';

const LOCALES = { vi: 'vi-VN', en: 'en-GB' } as const;
const ZONE = 'Asia/Ho_Chi_Minh';

const numbers = remembered(
  (language, decimals) =>
    new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
);
const days = remembered(
  (language) =>
    new Intl.DateTimeFormat(
      LOCALES[language],
      language === 'vi'
        ? { day: 'numeric', month: 'numeric', year: 'numeric', timeZone: 'UTC' }
        : { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
    ),
);
const times = remembered(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZone: ZONE,
    }),
);
const distances = remembered(
  (language) => new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'always' }),
);

function remembered<T>(make: (language: Language, decimals: number) => T) {
  const made = new Map<string, T>();
  return (language: Language, decimals = 0): T => {
    const key = `${language}${decimals}`;
    const known = made.get(key);
    if (known) return known;
    const fresh = make(language, decimals);
    made.set(key, fresh);
    return fresh;
  };
}

/** 12106 → 12.106 or 12,106; a number that is none → a dash. */
export function number(value: number, language: Language, decimals = 0): string {
  return Number.isFinite(value) ? numbers(language, decimals).format(value) : '–';
}

/** A whole number with its sign: +1.234, −56, 0. */
export function signed(value: number, language: Language): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return sign + number(Math.abs(value), language);
}

/** At most so many decimals, none where they would be noughts: 2.5 → 2,5; 200 → 200. */
export function upTo(value: number, language: Language, decimals: number): string {
  const rounded = Number(value.toFixed(decimals));
  const written = String(rounded);
  const point = written.indexOf('.');
  return number(rounded, language, point < 0 ? 0 : written.length - point - 1);
}

/**
 * A share of 0–1 with one decimal. Rounding never says all or nothing of what is not: 0.9999 is
 * 99,9% and 0.0001 is < 0,1%.
 */
export function percent(share: number, language: Language): string {
  if (!Number.isFinite(share)) return '–';
  const tenths = Math.round(share * 1000);
  if (tenths >= 1000 && share < 1) return `${number(99.9, language, 1)}%`;
  if (tenths === 0 && share > 0) return `< ${number(0.1, language, 1)}%`;
  const whole = tenths === 0 || tenths === 1000;
  return `${number(tenths / 10, language, whole ? 0 : 1)}%`;
}

/** A share of 0–1 in whole percent, rounded down: no more is said than holds. */
export function atLeast(share: number, language: Language): string {
  return `${number(Math.floor(share * 100 + 1e-9), language)}%`;
}

/** Square kilometres, with decimals only where the unit is small. */
export function area(km2: number, language: Language): string {
  return `${number(km2, language, km2 < 100 ? 1 : 0)} km²`;
}

/** A `YYYY-MM-DD`; text that is no day comes back as it is. */
export function day(text: string, language: Language): string {
  const number = dayNumberOf(text);
  return Number.isNaN(number) ? text : days(language).format(number * 86_400_000);
}

/** An instant (ms since 1970) as the clock in Viet Nam shows it: 14:03:22. */
export function clockTime(instantMs: number): string {
  return times('en').format(instantMs);
}

/** Day and time of an instant (ms since 1970) in Viet Nam. */
export function instant(instantMs: number, language: Language): string {
  return `${clockTime(instantMs)} ${day(dayInVietnam(instantMs), language)}`;
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long ago, in the largest whole measure: 5 phút trước. Now and the future are a second ago. */
export function ago(elapsedMs: number, language: Language): string {
  const seconds = Math.max(1, Math.floor(elapsedMs / 1000));
  const [measure, length] = STEPS.find(([, length]) => seconds >= length) ?? ['second', 1];
  return distances(language).format(-Math.floor(seconds / length), measure);
}

/** Degrees with five decimals (about a metre), the way maps are asked for: 21.38602, 103.01602. */
export function coordinates(lon: number, lat: number): string {
  return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}

/** With a capital at the beginning, as a sentence has it. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
