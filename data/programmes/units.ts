/** Which units lie in which: a commune in its province, and everything in the nation. */
import { NATION } from '../model/unit.ts';

/** @param provinceOf the province of a commune; undefined for none */
export function liesIn(
  unit: string,
  within: string,
  provinceOf: (commune: string) => string | undefined,
): boolean {
  return within === NATION || unit === within || provinceOf(unit) === within;
}
