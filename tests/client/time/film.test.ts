import { describe, expect, test } from 'vitest';
import { Film } from '../../../client/time/film.ts';
import { EVENTS_PER_PAGE, type PastEvents } from '../../../data/wire/past.ts';
import { makeEvent } from '../live/small-country.ts';

function pageOf(after: number, to: number): PastEvents {
  const events = Array.from({ length: to - after }, (_, i) =>
    makeEvent(after + 1 + i, 'facility.add'),
  );
  return { from: after + 1, to, events };
}

describe('a film', () => {
  test('hands out every event once and in order, however much is asked for at a time', async () => {
    const end = 3 * EVENTS_PER_PAGE + 7;
    const film = new Film(10, end, async (after, to) => pageOf(after, to), fail);
    const seen: number[] = [];
    while (seen.at(-1) !== end) {
      await Promise.resolve();
      for (const { seq } of film.take(end, 900)) seen.push(seq);
    }
    expect(seen).toEqual(Array.from({ length: end - 10 }, (_, i) => 11 + i));
  });

  test('gives nothing beyond what is asked for', async () => {
    const film = new Film(0, 100, async (after, to) => pageOf(after, to), fail);
    await expect.poll(() => film.ahead).toBe(100);
    expect(film.take(3, 900).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(film.take(3, 900)).toEqual([]);
  });

  test('asks ahead for so much and no more, one page at a time', async () => {
    let open = 0;
    let most = 0;
    let asked = 0;
    const film = new Film(
      0,
      1_000_000,
      async (after, to) => {
        most = Math.max(most, ++open);
        asked = to;
        await Promise.resolve();
        open--;
        return pageOf(after, to);
      },
      fail,
    );
    await expect.poll(() => film.ahead).toBe(4 * EVENTS_PER_PAGE);
    expect([most, asked]).toEqual([1, 4 * EVENTS_PER_PAGE]);
  });

  test('that cannot be fetched says so, unless it was stopped', async () => {
    const failures: unknown[] = [];
    const never = (): Promise<PastEvents> => Promise.reject(new Error('no line'));
    new Film(0, 9, never, (error) => failures.push(error));
    new Film(0, 9, never, (error) => failures.push(error)).stop();
    await expect.poll(() => failures.length).toBe(1);
  });
});

function fail(error: unknown): never {
  throw error;
}
