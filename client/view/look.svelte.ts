/** What the document itself says of the view: theme, language and title. */
import { flushSync } from 'svelte';
import { live } from '../live/live.svelte.ts';
import { words } from '../words/words.svelte.ts';
import { unitName } from './names.ts';
import { view } from './view.svelte.ts';

/** To be called within a component. */
export function dressDocument(): void {
  let printing = $state(false);
  $effect(() => {
    // Paper is white.
    document.documentElement.dataset['theme'] = printing ? 'light' : view.theme;
  });
  $effect(() => {
    const begin = (): void => {
      printing = true;
      flushSync();
    };
    const end = (): void => {
      printing = false;
    };
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  });
  $effect(() => {
    document.documentElement.lang = view.language;
  });
  $effect(() => {
    const unit = live.units.get(view.unit);
    document.title = words().product.title(unit ? unitName(unit, view.language) : words().nation);
  });
}
