/**
 * When deck.gl looks for something to do. Left alone it asks for every frame of the screen, also where
 * nothing has happened for hours, and with that keeps the whole page drawing at the screen's rate: on
 * a map that stands still, an eighth of a processor.
 */
import type { AnimationFrameCallback, AnimationFrameProvider } from '@luma.gl/engine';
import type { Map as MapLibreMap } from 'maplibre-gl';

/** Still looked at without any sign: for what deck.gl itself has begun, as pictures that arrive. */
const RESTING_MS = 200;
/** A sign that something happens is followed by others: until then it goes at the screen's rate. */
const AWAKE_MS = 150;

const SIGNS = ['render', 'mousemove', 'mousedown', 'touchstart'] as const;

/** At the screen's rate while the map is drawn or a pointer is on it, and slowly otherwise. */
export class Pace implements AnimationFrameProvider {
  readonly #map: MapLibreMap;
  #awakeUntil = 0;
  #callback: AnimationFrameCallback | null = null;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(map: MapLibreMap) {
    this.#map = map;
    for (const sign of SIGNS) map.on(sign, this.wake);
  }

  /** The loop asks for one frame at a time: what was asked for before is forgotten. */
  requestAnimationFrame(callback: AnimationFrameCallback): number {
    this.cancelAnimationFrame();
    this.#callback = callback;
    if (performance.now() < this.#awakeUntil) this.#frame = requestAnimationFrame(this.#run);
    else this.#timer = setTimeout(this.#run, RESTING_MS, performance.now() + RESTING_MS);
    return 1;
  }

  cancelAnimationFrame(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#callback = null;
  }

  /** Something happens: the next frame of the screen is looked at. */
  readonly wake = (): void => {
    const now = performance.now();
    const rested = now >= this.#awakeUntil;
    this.#awakeUntil = now + AWAKE_MS;
    if (rested && this.#callback) this.requestAnimationFrame(this.#callback);
  };

  destroy(): void {
    this.cancelAnimationFrame();
    for (const sign of SIGNS) this.#map.off(sign, this.wake);
  }

  readonly #run = (time: number): void => {
    const callback = this.#callback;
    this.#callback = null;
    callback?.(time);
  };
}
