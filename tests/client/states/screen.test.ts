import { describe, expect, test } from 'vitest';
import { isSimulated, screenOf } from '../../../client/states/screen.ts';
import { emptyCountry } from '../../../data/model/country.ts';
import { Story } from '../live/small-country.ts';

const NOW = 1_000_000;
const full = (): Story => {
  const story = new Story();
  story.station();
  return story;
};

describe('the screen is in one state at a time', () => {
  const { country } = full();

  test('before the first load it is loading', () => {
    expect(screenOf({ state: 'connecting' }, null, undefined, NOW)).toBe('loading');
    expect(screenOf({ state: 'catching_up', since: NOW }, null, undefined, NOW)).toBe('loading');
  });

  test('a first load that cannot be done is said, not waited for without a word', () => {
    expect(screenOf({ state: 'offline', since: NOW }, null, undefined, NOW)).toBe('failed');
    const long = { state: 'catching_up', since: NOW - 21_000 } as const;
    expect(screenOf(long, null, undefined, NOW)).toBe('failed');
  });

  test('with the country there it is shown, whatever is still catching up', () => {
    expect(screenOf({ state: 'live' }, country, 'running', NOW)).toBe('shown');
    const long = { state: 'catching_up', since: NOW - 21_000 } as const;
    expect(screenOf(long, country, 'running', NOW)).toBe('shown');
  });

  test('a cut line keeps the country and says so', () => {
    expect(screenOf({ state: 'offline', since: NOW }, country, 'running', NOW)).toBe('offline');
  });

  test('a country without anything in it is empty, or being prepared', () => {
    const empty = emptyCountry();
    expect(screenOf({ state: 'live' }, empty, 'off', NOW)).toBe('empty');
    expect(screenOf({ state: 'live' }, empty, 'preparing', NOW)).toBe('preparing');
    expect(screenOf({ state: 'live' }, empty, undefined, NOW)).toBe('empty');
  });

  test('a session that ended locks what is on the page and does not take it away', () => {
    expect(screenOf({ state: 'signed_out' }, country, 'running', NOW)).toBe('locked');
  });

  test('a server that wants an account comes before all else', () => {
    expect(screenOf({ state: 'signed_out' }, null, undefined, NOW)).toBe('signed_out');
  });
});

test('one simulated thing is enough for the screen to say so, and its removal ends it', () => {
  const story = full();
  expect(isSimulated(story.country)).toBe(false);
  const id = story.hamlet({ simulated: true });
  expect(isSimulated(story.country)).toBe(true);
  story.happens('hamlet.remove', id);
  expect(isSimulated(story.country)).toBe(false);
});
