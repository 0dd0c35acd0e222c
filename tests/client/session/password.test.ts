import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { passwordFault } from '../../../client/session/password.ts';
import { ChangePassword } from '../../../data/wire/accounts.ts';

describe('a new password', () => {
  test.each([
    ['ngắn quá', 'short'],
    ['a'.repeat(201), 'long'],
    ['abcabcabcabc', 'repeating'],
    ['mật khẩu đang dùng', 'same'],
    ['một câu dài dễ nhớ', undefined],
  ])('%s: %s', (password, fault) => {
    expect(passwordFault(password, 'mật khẩu đang dùng')).toBe(fault);
  });

  test('that the screen lets through, the server does too, and the other way round', () => {
    for (const password of [
      '123456789',
      '1234567890',
      'aaaaaaaaaab',
      'x'.repeat(201),
      'abcd'.repeat(50),
    ])
      expect(passwordFault(password, 'khác') === undefined).toBe(
        v.is(ChangePassword, { current: 'khác', password }),
      );
  });
});
