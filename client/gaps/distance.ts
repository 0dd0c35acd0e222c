/** A distance as a person says it: 380 m, 4,1 km. */
import { number, upTo, type Language } from '../words/format.ts';

export function distance(metres: number, language: Language): string {
  return metres < 1000 ? `${number(metres, language)} m` : `${upTo(metres / 1000, language, 1)} km`;
}
