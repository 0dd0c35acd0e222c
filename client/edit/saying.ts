/** What editing says about faults, refusals and people. */
import type { Refusal, RefusalCode } from '../../data/wire/commands.ts';
import { upTo, type Language } from '../words/format.ts';
import { refusalSaid as refusalInWords } from '../words/refusal.ts';
import type { Fault } from './form.ts';
import type { EditWords } from './words.ts';

export function faultSaid(fault: Fault, e: EditWords, language: Language): string {
  if (fault.is !== 'range') return e.faults[fault.is];
  const { from, to } = fault;
  const [least, most] = [from, to].map((bound) => upTo(bound ?? NaN, language, 2));
  if (from === null) return e.atMost(most ?? '');
  return to === null ? e.atLeast(least ?? '') : e.between(least ?? '', most ?? '');
}

/** A refusal in words: editing's own where it has more to say, else those that every task uses. */
export function refusalSaid(refusal: Refusal, e: EditWords, language: Language): string {
  const own: Partial<Record<RefusalCode, string>> = e.refusals;
  return (
    own[refusal.code] ??
    refusalInWords(refusal, language, (field) =>
      Object.hasOwn(e.fields, field) ? e.fields[field as keyof EditWords['fields']] : undefined,
    )
  );
}

/** Names in a sentence; one's own is another window of one's own. */
export function namesSaid(names: readonly string[], own: string | undefined, e: EditWords): string {
  const said = names.map((name) => (name === own ? e.alsoYou : name));
  const [last = '', ...others] = [...said].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')}${e.and}${last}`;
}
