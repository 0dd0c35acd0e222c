/** What the demo country must show at the end of its past: the figures published for 28 July 2025. */

export interface DemoFigures {
  /** First and last day of the past that the generator tells, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** 5G stations on air at `to`, and with those building and planned. */
  stations5gOnAir: number;
  stations5g: number;
  /** 4G stations on air at `to`. */
  stations4g: number;
  /** Shares of the people (0–1) that the generator calibrates itself to. */
  share5gOnAir: number;
  share5g: number;
  share4g: number;
  /** Hamlets without a signal at `to`; of them in specially disadvantaged communes; with power. */
  hamlets: number;
  hamletsDisadvantaged: number;
  hamletsWithPower: number;
  /** Hamlets that had none and were given one between `from` and `to`. */
  hamletsResolved: number;
  /** Communes not yet on the data-transmission network at `to`. */
  communesUnconnected: number;
  /** Commune links at 200 Mbit/s at `to`. */
  links200: number;
  dataCentres: number;
}

/**
 * Programme figures: Cục Phổ biến, giáo dục pháp luật, as of 28 July 2025. The 4G layer, its share
 * and the hamlets already solved are our own, in the order of magnitude of the ministry's reports
 * (99.8 % of people; 761 hamlets solved or open over the two years). 5G at 27 %: "more than 26 %".
 */
export const PUBLISHED_FIGURES: DemoFigures = {
  from: '2024-01-02',
  to: '2025-07-28',
  stations5gOnAir: 12_106,
  stations5g: 69_000,
  stations4g: 25_000,
  share5gOnAir: 0.27,
  share5g: 0.9,
  share4g: 0.998,
  hamlets: 355,
  hamletsDisadvantaged: 349,
  hamletsWithPower: 238,
  hamletsResolved: 406,
  communesUnconnected: 2,
  links200: 2_943,
  dataCentres: 41,
};

/** Splits a whole `total` by weights, in whole parts, by largest remainder. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  let left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((_, i) => i).sort((a, b) => rest(exact[b]) - rest(exact[a]));
  for (const i of byRemainder) {
    if (left-- <= 0) break;
    parts[i] = (parts[i] ?? 0) + 1;
  }
  return parts;
}

function rest(value = 0): number {
  return value - Math.floor(value);
}
