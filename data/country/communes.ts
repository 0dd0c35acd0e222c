/**
 * The official list of the 3,321 communes: phường (wards), xã (communes) and the 13 đặc khu
 * (special zones), as of 30 April 2026. For servers and tests: the list is a file of 100 KB, which
 * a browser gets with its territory instead. data/pipeline/ writes it.
 */
import { communeOf, type NationalCommune } from './commune.ts';
import rows from './communes.json' with { type: 'json' };

/** The 3,321 communes, by province and code. */
export const communes: readonly NationalCommune[] = Object.entries(
  rows as unknown as Record<string, [code: string, name: string][]>,
)
  .sort(([a], [b]) => a.localeCompare(b))
  .flatMap(([province, list]) => list.map(([code, name]) => communeOf(code, province, name)));
