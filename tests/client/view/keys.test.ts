import { expect, test } from 'vitest';
import { wishOf } from '../../../client/view/keys.ts';

const press = (key: string, held: Partial<Parameters<typeof wishOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  isComposing: false,
  ...held,
});

test('a slash or Ctrl-K asks for the search, Esc for one level back', () => {
  expect(wishOf(press('/'), false, false)).toBe('search');
  expect(wishOf(press('k', { ctrlKey: true }), false, false)).toBe('search');
  expect(wishOf(press('K', { metaKey: true }), true, false)).toBe('search');
  expect(wishOf(press('Escape'), false, false)).toBe('back');
  expect(wishOf(press('a'), false, false)).toBeUndefined();
});

test('a slash that is typed into a field is a slash', () => {
  expect(wishOf(press('/'), true, false)).toBeUndefined();
});

test('an open dialog has its own Esc', () => {
  expect(wishOf(press('Escape'), false, true)).toBeUndefined();
  expect(wishOf(press('/'), false, true)).toBeUndefined();
});

test('keys that someone has answered, or that compose a letter, ask for nothing', () => {
  expect(wishOf(press('Escape', { defaultPrevented: true }), false, false)).toBeUndefined();
  expect(wishOf(press('Escape', { isComposing: true }), false, false)).toBeUndefined();
});
