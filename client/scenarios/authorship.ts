/** Who had a scenario in hand last, and when: in words. */
import type { ScenarioSummary } from '../../data/wire/scenarios.ts';
import { authorSaid } from '../changes/wording.ts';
import { view } from '../view/view.svelte.ts';
import { instant } from '../words/format.ts';
import { words } from '../words/words.svelte.ts';
import { scenarioWords } from './words.ts';

/** Who approved it, or else who changed it last. Reactive. */
export function lastHand({
  approved,
  changedBy,
  changed,
}: Pick<ScenarioSummary, 'approved' | 'changedBy' | 'changed'>): string {
  const s = scenarioWords();
  const who = (by: string): string => authorSaid(by, words()) ?? by;
  const when = (at: string): string => instant(Date.parse(at), view.language);
  return approved
    ? s.approvedBy(who(approved.by), when(approved.at))
    : s.by(who(changedBy), when(changed));
}
