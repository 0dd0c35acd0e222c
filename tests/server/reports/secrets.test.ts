/** The link by which a report is followed. */
import { describe, expect, it } from 'vitest';
import {
  eventKeyOf,
  fingerprintOf,
  followTokenOf,
  isFormKey,
  newFormKey,
  wishOf,
} from '../../../server/reports/secrets.ts';

describe('a follow token', () => {
  const wish = wishOf('a-form-key-of-its-own', ['00001', 'viettel']);

  it('is the same for the same form, and another when anything was typed differently', () => {
    expect(followTokenOf(wish)).toBe(followTokenOf(wish));
    const others = [
      wishOf('a-form-key-of-its-own', ['00002', 'viettel']),
      wishOf('another-form-key-of-its-own', ['00001', 'viettel']),
      wishOf('a-form-key-of-its-own', ['00001v', 'iettel']),
    ];
    expect(new Set([wish, ...others].map(followTokenOf)).size).toBe(4);
  });

  it('can be written down and typed in as a person would', () => {
    const token = followTokenOf(wish);
    expect(token).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const typed = token
      .toUpperCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'O')
      .replaceAll('1', 'l');
    expect(fingerprintOf(typed)).toBe(fingerprintOf(token));
    expect(fingerprintOf(token.slice(1))).toBeUndefined();
    expect(fingerprintOf(`${token}?`)).toBeUndefined();
  });

  it('cannot be told from what the log and the tables hold', () => {
    const held = eventKeyOf(wish) + String(fingerprintOf(followTokenOf(wish)));
    expect(held).not.toContain(followTokenOf(wish).replaceAll('-', ''));
    expect(held).not.toContain('a-form-key');
  });

  it('comes of a key that nobody guesses', () => {
    expect(isFormKey(newFormKey())).toBe(true);
    expect(newFormKey()).not.toBe(newFormKey());
    expect(isFormKey('short')).toBe(false);
  });
});
