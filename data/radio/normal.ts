/** The normal distribution, of shadow fading in dB. */

/**
 * Probability (0–1) that a standard normal variable is at most `z`. Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.2.17; error below 7.5e-8.
 */
export function normalProbability(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = density * series;
  return z >= 0 ? 1 - above : above;
}
