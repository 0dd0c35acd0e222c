import { describe, expect, test } from 'vitest';
import { FULL_MB, LOW_MB, stateOf } from '../../../server/disk/room.ts';
import { watchDisk } from '../../../server/disk/watch.ts';

describe('how much room a disk must have', () => {
  test('enough, little, too little', () => {
    expect(stateOf(LOW_MB, 'ok')).toBe('ok');
    expect(stateOf(LOW_MB - 1, 'ok')).toBe('low');
    expect(stateOf(FULL_MB, 'ok')).toBe('low');
    expect(stateOf(FULL_MB - 1, 'ok')).toBe('full');
    expect(stateOf(0, 'low')).toBe('full');
  });

  test('a little more than what began it does not end it, or it would flicker', () => {
    expect(stateOf(FULL_MB + 1, 'full')).toBe('full');
    expect(stateOf(FULL_MB * 1.5, 'full')).toBe('low');
    expect(stateOf(LOW_MB + 1, 'low')).toBe('low');
    expect(stateOf(LOW_MB + 1, 'full')).toBe('low');
    expect(stateOf(LOW_MB * 1.5, 'full')).toBe('ok');
  });
});

describe('the watch', () => {
  test('refuses in words while the disk is nearly full, and by itself no longer when it is not', async () => {
    let free: number | undefined = 5_000;
    const watch = await watchDisk(async () => free, 5);
    const states: (string | undefined)[] = [];
    watch.onChange(() => states.push(watch.disk?.state));
    expect(watch.disk).toEqual({ freeMB: 5_000, state: 'ok' });
    expect(watch.refusal()).toBeUndefined();

    free = 120;
    await expect.poll(() => watch.disk).toEqual({ freeMB: 120, state: 'full' });
    expect(watch.refusal()).toEqual({
      code: 'unavailable',
      message:
        'The disk of the server is nearly full (120 MB free): no change is taken until there is room again.',
    });
    free = 5_000;
    await expect.poll(() => watch.refusal()).toBeUndefined();
    expect(states).toEqual(['full', 'ok']);
    watch.close();
  });

  test('a disk that cannot be read leaves what was known', async () => {
    const readings = [300, undefined, new Error('away'), 100];
    const watch = await watchDisk(async () => {
      const reading = readings.shift() ?? 100;
      if (reading instanceof Error) throw reading;
      return reading;
    }, 5);
    expect(watch.disk?.state).toBe('low');
    await expect.poll(() => watch.disk).toEqual({ freeMB: 100, state: 'full' });
    watch.close();
  });
});
