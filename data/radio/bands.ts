/**
 * The bands in use in Viet Nam: frequency, technology and the operators that have them. Frequencies
 * are the middle of the downlink the licences allow (LTE: 3GPP TS 36.101 table 5.5-1; NR: TS 38.101-1
 * table 5.2-1; n41, n77, n78: the blocks auctioned in 2024). `other` stands for the small operators,
 * which have no 5G of their own.
 */
import { BANDS, type Band, type Operator, type Technology } from '../model/things.ts';

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

/** The bands of an operator's technology; all of the technology where it has none of its own. */
export function bandsOf(operator: Operator, technology: Technology): Band[] {
  const fitting = BANDS.filter((band) => bandFits(technology, band));
  const own = fitting.filter((band) => BAND_FACTS[band].operators.includes(operator));
  return own.length > 0 ? own : fitting;
}

/** The band that an operator would put up first: its widest for 5G, the usual one for 4G. */
export function usualBand(operator: Operator, technology: Technology): Band {
  const bands = bandsOf(operator, technology);
  const usual = bands.find((band) => (technology === '5g' ? band !== 'n28' : band === 'b3'));
  return usual ?? bands[0] ?? (technology === '5g' ? 'n41' : 'b3');
}
