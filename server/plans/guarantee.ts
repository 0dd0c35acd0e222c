/**
 * How good the greedy choice is for sure, against the best choice from the same candidates. Weighted
 * coverage is monotone and submodular, and for that the literature has:
 *
 * - at most n sites: 1 − 1/e (Nemhauser, Wolsey, Fisher 1978, "An analysis of approximations for
 *   maximizing submodular set functions I");
 * - k limits per group at once, each a partition matroid: 1/(k + 1) (Fisher, Nemhauser, Wolsey 1978,
 *   part II). A number of sites beside them costs nothing: a matroid cut off at n is a matroid again;
 * - money, sites costing unlike: the better of the greedy by gain for cost and the best single site:
 *   (1 − 1/e)/2 (Khuller, Moss, Naor 1999; Leskovec and others 2007). 1 − 1/√e is often quoted, but
 *   the proof of 1999 had a gap; 0.405 was proved in 2021 (Tang and others). We promise the least;
 * - money and another limit that binds: no constant is known for a greedy this plain.
 *
 * A plan's own numbers often prove more: after j sites none of the n of the best choice can add more
 * than the next one did, so the best is worth at most f(j) + n · gain(j + 1), for every j.
 */
import type { Guarantee } from '../../data/wire/plans.ts';

/** The limits that really bind. */
export interface Binding {
  /** Sites. */
  count: number;
  /** Limits per group that overlap. */
  matroids: number;
  /** Whether money decides, sites costing unlike. */
  budget: boolean;
  /** Whether the number of sites could bind before the money does. */
  countBinds: boolean;
}

const BY_COUNT = 1 - 1 / Math.E;

export function guaranteeOf(
  { count, matroids, budget, countBinds }: Binding,
  gains: readonly number[],
  exhausted: boolean,
): Guarantee {
  if (budget && (matroids > 0 || countBinds))
    return {
      ...{ rule: 'none', factor: null, matroids, proven: null },
      why: 'No constant is known for the greedy when a budget meets another limit.',
    };
  if (budget)
    return {
      ...{ rule: 'budget', factor: BY_COUNT / 2, matroids, proven: null },
      why:
        'At least (1 − 1/e)/2 of the best for this money: the better of the greedy by gain for cost ' +
        'and the best single site (Khuller, Moss, Naor 1999).',
    };
  if (matroids > 0)
    return {
      ...{ rule: 'groups', factor: 1 / (matroids + 1), matroids, proven: null },
      why:
        `At least 1/${matroids + 1} of the best: ${matroids} limit${matroids > 1 ? 's' : ''} per ` +
        'group at once (Fisher, Nemhauser, Wolsey 1978).',
    };
  return {
    ...{ rule: 'count', factor: BY_COUNT, matroids, proven: provenBy(count, gains, exhausted) },
    why: 'At least 1 − 1/e of the best for so many sites (Nemhauser, Wolsey, Fisher 1978).',
  };
}

/** What the gains prove, where only their number limits the sites; `exhausted`: no more gain is left. */
function provenBy(count: number, gains: readonly number[], exhausted: boolean): number {
  let reached = 0;
  let best = Infinity;
  for (const gain of gains) {
    best = Math.min(best, reached + count * gain);
    reached += gain;
  }
  if (exhausted) best = Math.min(best, reached);
  return best === 0 ? 1 : reached / best;
}
