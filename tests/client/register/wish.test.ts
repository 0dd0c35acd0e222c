/** The choices of the register are held by the address, and what cannot be read is left out. */
import { describe, expect, it } from 'vitest';
import {
  choicesFor,
  registerQuery,
  wishIn,
  type RegisterWish,
} from '../../../client/register/wish.ts';

const ORDINARY = {
  ...{ operator: null, part: 'all', from: '2025-02-19', to: '2025-12-31' },
  ...{ order: 'acceptedOn', descending: false },
};

describe('what is asked of the register', () => {
  it('is everything until something is chosen', () => {
    expect(wishIn({})).toEqual(ORDINARY);
    expect(choicesFor(wishIn({}))).toEqual({ op: '', part: '', from: '', to: '', by: '' });
  });

  it('is read back from what the task remembers', () => {
    const wish: RegisterWish = {
      operator: 'mobifone',
      part: 'duplicate',
      from: '2025-03-01',
      to: '2025-04-30',
      order: 'name',
      descending: true,
    };
    expect(wishIn(choicesFor(wish))).toEqual(wish);
    expect(registerQuery(wish, '11', ' BBNT ')).toBe(
      'unit=11&operator=mobifone&from=2025-03-01&to=2025-04-30&part=duplicate&order=name&way=down&find=BBNT',
    );
  });

  it('leaves out what nobody can mean', () => {
    const nonsense = {
      op: 'beeline',
      part: 'half',
      from: '2024-01-01',
      to: '2025-99',
      by: 'price-',
    };
    expect(wishIn(nonsense)).toEqual({ ...ORDINARY, descending: true });
  });
});
