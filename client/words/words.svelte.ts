/** The catalogue in the language of the view. */
import { view } from '../view/view.svelte.ts';
import { en } from './en.ts';
import { vi, type Words } from './vi.ts';

/** Reactive: read it inside a component or a `$derived`. */
export function words(): Words {
  return view.language === 'en' ? en : vi;
}
