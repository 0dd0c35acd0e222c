/**
 * Coordinates as people paste them: `21.386, 103.016`, `103,016 21,386`, `21°23'09"B 103°00'58"Đ`,
 * one place a line. Which of two numbers is the latitude is told by where Viet Nam lies: 5–25° north
 * and 100–120° east.
 */
import * as v from 'valibot';
import { Latitude, Longitude } from '../../data/model/scalars.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';

/** What a line says, or why it says nothing. */
export type Pasted = { place: MapPlace } | { line: string; problem: 'unreadable' | 'elsewhere' };

/** Reads every line that is not empty. */
export function readCoordinates(text: string): Pasted[] {
  return text
    .split(/[\n\r]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [a, b, ...more] = angles(line);
      if (a === undefined || b === undefined || more.length > 0)
        return { line, problem: 'unreadable' };
      const place = placeOf(a, b) ?? placeOf(b, a);
      return place ? { place } : { line, problem: 'elsewhere' };
    });
}

function placeOf(lat: number, lon: number): MapPlace | undefined {
  return v.is(Latitude, lat) && v.is(Longitude, lon) ? { lon, lat } : undefined;
}

const NUMBER = String.raw`\d{1,3}(?:[.,]\d+)?`;
/** Degrees, minutes and seconds, of which the last may be missing. */
const SEXAGESIMAL = new RegExp(
  String.raw`(\d{1,3})\s*°\s*(?:(${NUMBER})\s*['’′]\s*)?(?:(${NUMBER})\s*(?:["”″]|''))?`,
  'gu',
);
const DECIMAL = new RegExp(`-?${NUMBER}`, 'gu');
/** What may stand around numbers: separators, and north and east in both languages. */
const AROUND = /^[\s,;()[\]NEBĐ°]*$/iu;

function angles(line: string): number[] {
  const sexagesimal = [...line.matchAll(SEXAGESIMAL)];
  const whole = sexagesimal.some(([, , minutes]) => minutes !== undefined);
  const pattern = whole ? SEXAGESIMAL : DECIMAL;
  if (!AROUND.test(line.replace(pattern, ' '))) return [];
  return whole
    ? sexagesimal.map(
        ([, degrees, minutes, seconds]) =>
          numberIn(degrees) + numberIn(minutes) / 60 + numberIn(seconds) / 3600,
      )
    : [...line.matchAll(DECIMAL)].map(([text]) => numberIn(text));
}

function numberIn(text = '0'): number {
  return Number(text.replace(',', '.'));
}
