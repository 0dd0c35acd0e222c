/** What a proposal would do to the people reached, in words. */
import type { FileEffect, ProposedChange } from '../../data/wire/review.ts';
import { number, signed, type Language } from '../words/format.ts';
import type { Words } from '../words/vi.ts';
import type { ReviewWords } from './words.ts';

/** Of a file, one line for each field and moment. */
export function effectSaid(
  effect: ProposedChange['effect'] | FileEffect['effect'],
  w: Words,
  r: ReviewWords,
  language: Language,
): string {
  if (effect === null) return '';
  if (effect === 'none') return r.unrelated;
  if (effect === 'unknown') return r.unknown;
  if (Array.isArray(effect)) return effect.map((one) => effectSaid(one, w, r, language)).join('; ');
  const { gained, lost, field, method, when } = effect;
  const how = w.coverage.methods[method];
  const moment = when === 'on_air' ? r.whenOnAir : '';
  if (gained === 0 && lost === 0) return [r.noEffect(how), moment].filter(Boolean).join(', ');
  const written = (people: number): string => number(people, language);
  return [
    `${r.gains(signed(gained - lost, language))} ${r.effect[field === '4g' ? '4g' : '5g'](how)}`,
    gained > 0 && lost > 0 ? r.gainedLost(written(gained), written(lost)) : '',
    moment,
  ]
    .filter(Boolean)
    .join(', ');
}
