/** The keys that work everywhere on the page, and when they are meant. */

export type Wish = 'search' | 'back';

type Key = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented' | 'isComposing'
>;

/**
 * What a key asks for: `/` and Ctrl-K search, Esc goes back a level; undefined for any other.
 * @param typing whether the key went into a field that takes text
 * @param dialogOpen whether a dialog is open, which has its own Esc
 */
export function wishOf(event: Key, typing: boolean, dialogOpen: boolean): Wish | undefined {
  if (event.defaultPrevented || event.isComposing || event.altKey || dialogOpen) return undefined;
  const command = event.ctrlKey || event.metaKey;
  if (command) return event.key.toLowerCase() === 'k' ? 'search' : undefined;
  if (event.key === '/' && !typing) return 'search';
  return event.key === 'Escape' ? 'back' : undefined;
}

/** Whether an element takes what is typed. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
