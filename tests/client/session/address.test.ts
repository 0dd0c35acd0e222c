import { expect, test } from 'vitest';
import { readSignIn } from '../../../client/session/address.ts';

test.each([
  ['', { token: null, refused: null, rest: '' }],
  ['?unit=11&lang=en', { token: null, refused: null, rest: '?unit=11&lang=en' }],
  ['?token=abc-_1&unit=11', { token: 'abc-_1', refused: null, rest: '?unit=11' }],
  ['?refused=role', { token: null, refused: 'role', rest: '' }],
  ['?refused=<b>anything</b>', { token: null, refused: null, rest: '' }],
])('%s', (search, told) => {
  expect(readSignIn(search)).toEqual(told);
});
