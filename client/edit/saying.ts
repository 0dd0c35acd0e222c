/** What editing says about faults, refusals and people. */
import type { Refusal } from '../../data/wire/commands.ts';
import { upTo, type Language } from '../words/format.ts';
import type { Fault } from './form.ts';
import type { EditWords } from './words.ts';

export function faultSaid(fault: Fault, e: EditWords, language: Language): string {
  if (fault.is !== 'range') return e.faults[fault.is];
  const { from, to } = fault;
  const [least, most] = [from, to].map((bound) => upTo(bound ?? NaN, language, 2));
  if (from === null) return e.atMost(most ?? '');
  return to === null ? e.atLeast(least ?? '') : e.between(least ?? '', most ?? '');
}

/** A refusal in words; the server's own sentence where ours says too little. */
export function refusalSaid({ code, message }: Refusal, e: EditWords): string {
  const said = e.refusals[code];
  return code === 'invalid' || code === 'forbidden' ? e.because(said, message) : said;
}

/** Names in a sentence; one's own is another window of one's own. */
export function namesSaid(names: readonly string[], own: string | undefined, e: EditWords): string {
  const said = names.map((name) => (name === own ? e.alsoYou : name));
  const [last = '', ...others] = [...said].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')}${e.and}${last}`;
}
