import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose } from '../../../server/plans/choose.ts';
import { lazyGreedy, type Limits, type Task } from '../../../server/plans/greedy.ts';
import { guaranteeOf } from '../../../server/plans/guarantee.ts';
import { exhaustiveGreedy, fits, trueOptimum, worthOf } from './exhaustive.ts';

const CELLS = 10;
const CANDIDATES = 8;

/** Small cases, with as many ties as there can be. */
const coverings = fc.record({
  weights: fc.array(fc.nat(6), { minLength: CELLS, maxLength: CELLS }),
  reaches: fc.array(fc.uniqueArray(fc.nat(CELLS - 1)), { minLength: 1, maxLength: CANDIDATES }),
  count: fc.integer({ min: 1, max: CANDIDATES }),
});
const perCandidate = (value: fc.Arbitrary<number>) =>
  fc.array(value, { minLength: CANDIDATES, maxLength: CANDIDATES });
const groups = fc.record({
  of: perCandidate(fc.nat(2)),
  most: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
});
type Grouping = typeof groups extends fc.Arbitrary<infer G> ? G : never;

function taskOf(
  { weights, reaches }: { weights: number[]; reaches: number[][] },
  limits: Limits,
  atMost?: (candidate: number) => number,
): Task {
  return {
    candidates: reaches.length,
    weights: Float64Array.from(weights),
    cellsOf: (candidate) => Int32Array.from(reaches[candidate] ?? []),
    limits,
    ...(atMost ? { atMost } : {}),
  };
}
const groupOf = ({ of, most }: Grouping) => ({
  of: (candidate: number) => of[candidate] ?? 0,
  most: Uint32Array.from(most),
});
const numbersOf = (taken: readonly { candidate: number }[]) => taken.map((one) => one.candidate);
const gainsOf = (taken: readonly { gain: number }[]) => taken.map((one) => one.gain);

/** Every kind of limits at once, or none of them. */
const anyLimits = fc.record({
  count: fc.integer({ min: 1, max: CANDIDATES }),
  groups: fc.array(groups, { maxLength: 2 }),
  budget: fc.option(
    fc.record({ all: fc.nat(20), costs: perCandidate(fc.integer({ min: 1, max: 9 })) }),
  ),
});
const limitsOf = (drawn: typeof anyLimits extends fc.Arbitrary<infer L> ? L : never): Limits => ({
  count: drawn.count,
  groups: drawn.groups.map(groupOf),
  ...(drawn.budget
    ? { budget: { all: drawn.budget.all, costOf: (c) => drawn.budget?.costs[c] ?? 1 } }
    : {}),
});

describe('the lazy greedy', () => {
  it('chooses what looking at every candidate every time chooses, ties and limits included', () => {
    fc.assert(
      fc.property(coverings, anyLimits, (covering, drawn) => {
        const task = taskOf(covering, limitsOf(drawn));
        expect(lazyGreedy(task).taken).toEqual(exhaustiveGreedy(task));
      }),
      { numRuns: 2_000 },
    );
  });

  it('chooses the same whatever the bounds it begins with, as long as they are no less', () => {
    fc.assert(
      fc.property(coverings, perCandidate(fc.nat(9)), (covering, more) => {
        const { count } = covering;
        const plain = taskOf(covering, { count });
        const bounded = taskOf(
          covering,
          { count },
          (candidate) => worthOf(plain, [candidate]) + (more[candidate] ?? 0),
        );
        expect(lazyGreedy(bounded)).toEqual(lazyGreedy(plain));
      }),
    );
  });

  it('stays within every limit, and no gain is larger than the one before', () => {
    fc.assert(
      fc.property(coverings, anyLimits, (covering, drawn) => {
        const limits = limitsOf(drawn);
        const { taken } = lazyGreedy(taskOf(covering, limits));
        expect(fits(limits, numbersOf(taken))).toBe(true);
        const worth = taken.map(
          ({ candidate, gain }) => gain / (limits.budget?.costOf(candidate) ?? 1),
        );
        expect(worth).toEqual([...worth].sort((a, b) => b - a));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the weights that it was given as they were', () => {
    const task = taskOf({ weights: [1, 2, 3], reaches: [[0, 1, 2]] }, { count: 1 });
    expect(gainsOf(lazyGreedy(task).taken)).toEqual([6]);
    expect([...task.weights]).toEqual([1, 2, 3]);
  });

  it('looks again only at what may come first', () => {
    // A hundred places side by side, far apart: no choice changes what another is worth.
    const reaches = Array.from({ length: 100 }, (_, i) => [i]);
    const weights = reaches.map((_, i) => 1_000 - i);
    let looks = 0;
    const task = taskOf({ weights, reaches }, { count: 50 });
    const counting = { ...task, cellsOf: (c: number) => (looks++, task.cellsOf(c)) };
    lazyGreedy(counting);
    expect(looks).toBeLessThan(100 + 2 * 50);
  });

  describe('says why there are no more', () => {
    const covering = { weights: [4, 3, 2], reaches: [[0], [1], [2], [2]] };
    const endOf = (limits: Limits) => lazyGreedy(taskOf(covering, limits)).ended;
    it.each([
      ['as many as asked', { count: 2 }, 'count'],
      ['nothing more to gain', { count: 9 }, 'covered'],
      ['the limits', { count: 9, groups: [{ of: () => 0, most: Uint32Array.of(1) }] }, 'limits'],
      ['the money', { count: 9, budget: { all: 5, costOf: () => 3 } }, 'budget'],
    ] as const)('%s', (_, limits, ended) => expect(endOf(limits)).toBe(ended));

    it('no more candidates', () => {
      const task = taskOf({ weights: [4, 3], reaches: [[0], [1]] }, { count: 9 });
      expect(lazyGreedy(task).ended).toBe('candidates');
    });
  });
});

describe('the guarantee, against the true optimum of every small case', () => {
  const binding = { matroids: 0, budget: false, countBinds: false };

  it('holds for a number of sites: 1 − 1/e, and what the gains prove beyond it', () => {
    fc.assert(
      fc.property(coverings, (covering) => {
        const { count } = covering;
        const task = taskOf(covering, { count });
        const { taken } = choose(task);
        const worth = worthOf(task, numbersOf(taken));
        const best = trueOptimum(task);
        const guarantee = guaranteeOf({ ...binding, count }, gainsOf(taken), taken.length < count);
        expect(guarantee).toMatchObject({ rule: 'count', factor: 1 - 1 / Math.E });
        expect(worth).toBeGreaterThanOrEqual((guarantee.factor ?? NaN) * best);
        expect(guarantee.proven).toBeGreaterThanOrEqual((1 - 1 / Math.E) * 0.999999);
        expect(worth).toBeGreaterThanOrEqual((guarantee.proven ?? NaN) * best * 0.999999);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [1, 1 / 2],
    [2, 1 / 3],
  ])('holds for %i limits per group: %d', (matroids, factor) => {
    const several = fc.array(groups, { minLength: matroids, maxLength: matroids });
    fc.assert(
      fc.property(coverings, several, (covering, drawn) => {
        const { count } = covering;
        const task = taskOf(covering, { count, groups: drawn.map(groupOf) });
        const guarantee = guaranteeOf({ ...binding, count, matroids }, [], false);
        expect(guarantee.factor).toBeCloseTo(factor);
        const worth = worthOf(task, numbersOf(choose(task).taken));
        expect(worth).toBeGreaterThanOrEqual(factor * trueOptimum(task) * 0.999999);
      }),
      { numRuns: 300 },
    );
  });

  it('holds for money: half of 1 − 1/e', () => {
    const costs = perCandidate(fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(coverings, costs, fc.integer({ min: 1, max: 40 }), (covering, prices, all) => {
        const budget = { all, costOf: (candidate: number) => prices[candidate] ?? 1 };
        const task = taskOf(covering, { count: CANDIDATES, budget });
        const { factor } = guaranteeOf({ ...binding, count: CANDIDATES, budget: true }, [], false);
        expect(factor).toBeCloseTo(0.316, 3);
        const worth = worthOf(task, numbersOf(choose(task).taken));
        expect(worth).toBeGreaterThanOrEqual((factor ?? NaN) * trueOptimum(task));
      }),
      { numRuns: 300 },
    );
  });

  it('with money takes the one good site where gain for cost alone would take a trifle', () => {
    const prices = [1, 10];
    const budget = { all: 10, costOf: (candidate: number) => prices[candidate] ?? 1 };
    const task = taskOf({ weights: [2, 15], reaches: [[0], [1]] }, { count: 2, budget });
    expect(numbersOf(lazyGreedy(task).taken)).toEqual([0]);
    expect(numbersOf(choose(task).taken)).toEqual([1]);
  });

  it('is none where money meets another limit', () => {
    const met = { ...binding, count: 3, budget: true };
    for (const more of [{ matroids: 1 }, { countBinds: true }])
      expect(guaranteeOf({ ...met, ...more }, [], false)).toMatchObject({
        rule: 'none',
        factor: null,
      });
  });

  it('is everything where nobody is left to cover', () => {
    expect(guaranteeOf({ ...binding, count: 9 }, [5, 3], true).proven).toBe(1);
    expect(guaranteeOf({ ...binding, count: 9 }, [], true).proven).toBe(1);
  });
});
