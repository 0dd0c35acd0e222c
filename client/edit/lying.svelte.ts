/** In which commune a point lies, asked of the server whenever the point moves. */
import { ask } from '../live/ask.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';

interface Lies {
  commune: string | null;
  province: string | null;
}

export class Lying {
  /** The newest answer; null before the first and where there is no point. */
  answer = $state.raw<Lies | null>(null);
  #waiting: MapPlace | null = null;
  #asking = false;

  /** Follows a point; to be made within a component. */
  constructor(place: () => MapPlace | null, answered: (lies: Lies) => void) {
    // As numbers: an equal place is no question.
    const lon = $derived(place()?.lon);
    const lat = $derived(place()?.lat);
    $effect(() => {
      this.#waiting = lon === undefined || lat === undefined ? null : { lon, lat };
      if (!this.#waiting) this.answer = null;
      else if (!this.#asking) void this.#askOneAfterAnother(answered);
    });
  }

  async #askOneAfterAnother(answered: (lies: Lies) => void): Promise<void> {
    this.#asking = true;
    for (let at = this.#waiting; at; at = this.#waiting) {
      this.#waiting = null;
      try {
        this.answer = await ask<Lies>(`/api/at?lon=${at.lon}&lat=${at.lat}`);
        answered(this.answer);
      } catch {
        // Without an answer nothing is said of it; the server judges when it is saved.
        this.answer = null;
      }
    }
    this.#asking = false;
  }
}
