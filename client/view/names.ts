/** Names of units in the language of the reader. */
import type { Unit } from '../live/live.ts';
import type { Language } from '../words/format.ts';

export function unitName(unit: Pick<Unit, 'name' | 'nameEn'>, language: Language): string {
  return (language === 'en' && unit.nameEn) || unit.name;
}
