/**
 * The bands in use in Viet Nam: frequency, technology and the operators that have them. Frequencies
 * are the middle of the downlink the licences allow (LTE: 3GPP TS 36.101 table 5.5-1; NR: TS 38.101-1
 * table 5.2-1; n41, n77, n78: the blocks auctioned in 2024). `other` stands for the small operators,
 * which have no 5G of their own.
 */
import type { Band, Operator, Technology } from '../model/things.ts';

export interface BandFacts {
  technology: Technology;
  frequencyMHz: number;
  operators: readonly Operator[];
}

const THREE = ['viettel', 'vinaphone', 'mobifone'] as const;
const ALL = [...THREE, 'other'] as const;

export const BAND_FACTS: Record<Band, BandFacts> = {
  b1: { technology: '4g', frequencyMHz: 2140, operators: ALL },
  b3: { technology: '4g', frequencyMHz: 1840, operators: ALL },
  b8: { technology: '4g', frequencyMHz: 940, operators: ALL },
  b28: { technology: '4g', frequencyMHz: 770, operators: THREE },
  n28: { technology: '5g', frequencyMHz: 770, operators: THREE },
  n41: { technology: '5g', frequencyMHz: 2550, operators: ['viettel'] },
  n77: { technology: '5g', frequencyMHz: 3850, operators: ['mobifone'] },
  n78: { technology: '5g', frequencyMHz: 3750, operators: ['vinaphone'] },
};

/** Mobile country and network code (ITU-T E.212); `other` is several operators, so it has none. */
export const MCC_MNC: Record<Operator, string | null> = {
  viettel: '452-04',
  vinaphone: '452-02',
  mobifone: '452-01',
  other: null,
};

/** Whether a band carries a technology: `b…` is 4G (LTE), `n…` is 5G (NR). */
export function bandFits(technology: Technology, band: Band): boolean {
  return BAND_FACTS[band].technology === technology;
}
