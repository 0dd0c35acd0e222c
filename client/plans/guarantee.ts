/** What is sure about a plan, in plain sentences. */
import type { Guarantee } from '../../data/wire/plans.ts';
import { atLeast, number, type Language } from '../words/format.ts';
import type { PlanWords } from './words.ts';

/** The strongest that holds first. */
export function saidOfGuarantee(
  { rule, factor, matroids, proven }: Guarantee,
  { guarantee: words }: PlanWords,
  language: Language,
): string {
  const sure = atLeast(factor ?? 0, language);
  switch (rule) {
    case 'count': {
      const better = proven !== null && proven > (factor ?? 0);
      const said = better ? [words.proven(atLeast(proven, language))] : [];
      return [...said, words.count(sure)].join(' ');
    }
    case 'groups':
      return words.groups(number(matroids, language), sure);
    case 'budget':
      return words.budget(sure);
    case 'none':
      return words.none;
  }
}
