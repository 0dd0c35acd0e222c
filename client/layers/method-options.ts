/** The methods by which there are estimates now, and why there are none by another. */
import { METHODS, type Method } from '../../data/model/estimate.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { live } from '../live/live.svelte.ts';
import { view } from '../view/view.svelte.ts';
import { percent } from '../words/format.ts';
import { words } from '../words/words.svelte.ts';

export interface MethodOption {
  value: Method;
  label: string;
  /** Why it cannot be chosen; absent where it can. */
  unavailable?: string;
}

/** Whether a method is still counting the country from the beginning, so that there is no use in asking. Reactive. */
export function isCounting(method: Method): boolean {
  const progress = live.status?.terrain;
  return method === 'terrain' && typeof progress === 'number' && progress < 1;
}

/** What the server would answer then. */
export const STILL_COUNTING: Refusal = {
  code: 'unavailable',
  message: 'method: terrain is still counting the country; ask again in a moment.',
  path: 'method',
  reason: { is: 'counting', method: 'terrain' },
};

/** Every method, to be chosen from. Not reactive: use `followed`. */
export function methodOptions(): MethodOption[] {
  const { methodNames, unavailable, counting } = words().coverage;
  const estimates = live.estimatesOf(NATION);
  const progress = live.status?.terrain;
  return METHODS.map((value) => {
    const option = { value, label: methodNames[value] };
    // Before the first estimates nothing is known to be missing.
    if (!estimates || estimates[value]) return option;
    const isCounting = value === 'terrain' && typeof progress === 'number';
    return {
      ...option,
      unavailable: isCounting ? counting(percent(progress, view.language)) : unavailable[value],
    };
  });
}
