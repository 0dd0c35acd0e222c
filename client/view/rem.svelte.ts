/**
 * How large text is on this screen: rem grows with it (client/theme/base.css). Drawings whose text is
 * measured, and the map's padding, count in it.
 */

class Rem {
  /** CSS pixels of one rem. Reactive. */
  px = $state(16);

  /** How much larger everything is than at the ordinary size of text. */
  get scale(): number {
    return this.px / 16;
  }

  /** Looks again, whenever the screen may have changed. */
  measure(): void {
    this.px = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  }
}

export const rem = new Rem();
