import type { Map as MapLibreMap } from 'maplibre-gl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../client/map/pace.ts';

const FRAME_MS = 16;

/** A map that says when something happens to it. */
class SignsOfMap {
  readonly heard = new Map<string, () => void>();
  on(sign: string, listener: () => void): void {
    this.heard.set(sign, listener);
  }
  off(sign: string): void {
    this.heard.delete(sign);
  }
}

let signs: SignsOfMap;
let pace: Pace;
let frames = 0;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: (time: number) => void) =>
    Number(setTimeout(() => run(performance.now()), FRAME_MS)),
  );
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
  signs = new SignsOfMap();
  pace = new Pace(signs as unknown as MapLibreMap);
  frames = 0;
  const loop = (): void => {
    frames++;
    pace.requestAnimationFrame(loop);
  };
  pace.requestAnimationFrame(loop);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the loop of deck.gl', () => {
  it('rests on a map where nothing happens', () => {
    vi.advanceTimersByTime(60_000);
    expect(frames).toBeGreaterThan(60);
    expect(frames).toBeLessThanOrEqual(60 * 5);
  });

  it.each(['render', 'mousemove', 'touchstart'])(
    'has the next frame of the screen at a %s, and goes on for a moment',
    (sign) => {
      vi.advanceTimersByTime(10_000);
      frames = 0;
      signs.heard.get(sign)?.();
      vi.advanceTimersByTime(FRAME_MS);
      expect(frames).toBe(1);
      vi.advanceTimersByTime(100);
      expect(frames).toBeGreaterThan(5);
      vi.advanceTimersByTime(1_000);
      const rested = frames;
      vi.advanceTimersByTime(1_000);
      expect(frames - rested).toBeLessThanOrEqual(5);
    },
  );

  it('ends with the map, and hears of it no longer', () => {
    pace.destroy();
    vi.advanceTimersByTime(10_000);
    expect(frames).toBe(0);
    expect(signs.heard.size).toBe(0);
  });
});
