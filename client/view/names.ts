/** Names of units in the language of the reader. */
import type { Unit } from '../live/live.ts';
import type { Language } from '../words/format.ts';

export function unitName(unit: Pick<Unit, 'name' | 'nameEn'>, language: Language): string {
  return (language === 'en' && unit.nameEn) || unit.name;
}

/** A commune with its province, which tells it from others of its name; a code that is no unit's stays. */
export function unitInFull(
  code: string,
  units: ReadonlyMap<string, Unit>,
  language: Language,
): string {
  const unit = units.get(code);
  if (!unit) return code;
  const name = unitName(unit, language);
  const province = unit.level === 'commune' ? units.get(unit.parent ?? '') : undefined;
  return province ? `${name} (${unitName(province, language)})` : name;
}
