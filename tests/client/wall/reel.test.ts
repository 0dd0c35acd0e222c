import { describe, expect, test } from 'vitest';
import { Reel } from '../../../client/wall/reel.ts';

const MOMENTS = [100, 200, 300, 400];

describe('the film on the wall', () => {
  test('asks for its first moment before its turn, and for nothing more until that is shown', () => {
    const reel = new Reel<string>(MOMENTS);
    expect(reel.wanted(0, 0)).toBe(100);
    reel.came(100, 'first');
    expect(reel.wanted(0, 0.9)).toBeUndefined();
    expect(reel.take(0)).toEqual({ at: 100, what: 'first' });
    expect(reel.take(0)).toBeNull();
  });

  test('has the next one ready, and shows it when it is due', () => {
    const reel = new Reel<string>(MOMENTS);
    reel.came(100, 'first');
    reel.take(0);
    expect(reel.wanted(0.1, 0.2)).toBeUndefined();
    expect(reel.wanted(0.1, 0.3)).toBe(200);
    reel.came(200, 'second');
    expect(reel.take(0.2)).toBeNull();
    expect(reel.wanted(0.2, 0.6)).toBeUndefined();
    expect(reel.take(0.25)).toEqual({ at: 200, what: 'second' });
  });

  test('leaves out what it has no time for, and shows what came late until the next', () => {
    const reel = new Reel<string>(MOMENTS);
    reel.came(100, 'first');
    reel.take(0);
    expect(reel.wanted(0.55, 0.7)).toBe(300);
    // The one that was asked for long ago comes first: it is newer than what is shown.
    reel.came(200, 'second');
    expect(reel.take(0.55)).toEqual({ at: 200, what: 'second' });
    reel.came(400, 'fourth');
    reel.came(100, 'first');
    expect(reel.take(0.7)).toBeNull();
    expect(reel.take(0.75)).toEqual({ at: 400, what: 'fourth' });
    expect(reel.wanted(1, 1)).toBeUndefined();
  });

  test('that begins in the middle, as on a wall that was just switched on, begins with what is due', () => {
    const reel = new Reel<string>(MOMENTS);
    expect(reel.wanted(0.6, 0.8)).toBe(300);
  });
});
