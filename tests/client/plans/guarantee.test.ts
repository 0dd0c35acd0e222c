import { describe, expect, it } from 'vitest';
import { saidOfGuarantee } from '../../../client/plans/guarantee.ts';
import { planWords } from '../../../client/plans/words.ts';
import type { Guarantee } from '../../../data/wire/plans.ts';

const said = (guarantee: Partial<Guarantee>): string =>
  saidOfGuarantee(
    { rule: 'count', factor: null, matroids: 0, proven: null, why: '', ...guarantee },
    planWords(),
    'vi',
  );

describe('the guarantee in a sentence', () => {
  it('for a number of sites is 1 − 1/e, with what the plan itself proves before it', () => {
    const sure = 'bảo đảm ít nhất 63% (1 − 1/e)';
    expect(said({ factor: 1 - 1 / Math.E, proven: 0.7812 })).toMatch(/^Cách chọn này .* 78% /);
    expect(said({ factor: 1 - 1 / Math.E, proven: 0.7812 })).toContain(sure);
    expect(said({ factor: 1 - 1 / Math.E, proven: null })).toMatch(/^Phương pháp chọn bảo đảm/);
  });

  it('for limits per group, money and both at once is theirs', () => {
    expect(said({ rule: 'groups', factor: 1 / 2, matroids: 1 })).toContain('ít nhất 50%');
    expect(said({ rule: 'groups', factor: 1 / 3, matroids: 2 })).toContain('ít nhất 33%');
    expect(said({ rule: 'budget', factor: (1 - 1 / Math.E) / 2 })).toContain('ít nhất 31%');
    expect(said({ rule: 'none' })).toContain('không có bảo đảm nào');
  });
});
