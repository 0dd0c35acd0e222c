/** Work that is not saved: whoever leaves it is asked first, however they leave. */

interface UnsavedWork {
  /** What it is, for a person. */
  what(): string;
  /** Whether anything of it is not saved. Reactive. */
  isChanged(): boolean;
  /** Whether it is on the screen. Reactive. */
  isShown(): boolean;
  /** Brings it back to the screen. */
  back(): void;
  /** Gives it up. */
  discard(): void;
}

class Unsaved {
  /** Null while no task keeps any. */
  work = $state.raw<UnsavedWork | null>(null);
}

export const unsaved = new Unsaved();
