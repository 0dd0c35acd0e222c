/** What the document itself says of the view: theme, language and title. */
import { live } from '../live/live.svelte.ts';
import { words } from '../words/words.svelte.ts';
import { unitName } from './names.ts';
import { view } from './view.svelte.ts';

/** To be called within a component. */
export function dressDocument(): void {
  $effect(() => {
    document.documentElement.dataset['theme'] = view.theme;
  });
  $effect(() => {
    document.documentElement.lang = view.language;
  });
  $effect(() => {
    const unit = live.units.get(view.unit);
    document.title = words().product.title(unit ? unitName(unit, view.language) : words().nation);
  });
}
