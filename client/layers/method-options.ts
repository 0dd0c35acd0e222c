/** The methods by which there are estimates now, and why there are none by another. */
import { METHODS, type Method } from '../../data/model/estimate.ts';
import { NATION } from '../../data/model/unit.ts';
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
