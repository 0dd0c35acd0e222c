/**
 * How many resource blocks of 12 subcarriers a channel has, by its bandwidth. LTE: 3GPP TS 36.101
 * table 5.6-1; NR: TS 38.101-1 table 5.3.2-1, of it the subcarriers of 15 and 30 kHz.
 */
import type { Band } from '../model/things.ts';
import { BAND_FACTS } from './bands.ts';

export const SUBCARRIERS_IN_BLOCK = 12;

type Blocks = Readonly<Partial<Record<number, number>>>;

const LTE: Blocks = { 1.4: 6, 3: 15, 5: 25, 10: 50, 15: 75, 20: 100 };
const NR_15_KHZ: Blocks = { 5: 25, 10: 52, 15: 79, 20: 106, 25: 133, 30: 160, 40: 216, 50: 270 };
const NR_30_KHZ: Blocks = {
  5: 11,
  10: 24,
  15: 38,
  20: 51,
  25: 65,
  30: 78,
  40: 106,
  50: 133,
  60: 162,
  70: 189,
  80: 217,
  90: 245,
  100: 273,
};

/** Resource blocks of a band's channel; undefined for one that the standards do not know. */
export function resourceBlocksOf(
  band: Band,
  bandwidthMHz: number,
  subcarrierKHz: number,
): number | undefined {
  if (BAND_FACTS[band].technology === '4g')
    return subcarrierKHz === 15 ? LTE[bandwidthMHz] : undefined;
  return (subcarrierKHz === 15 ? NR_15_KHZ : NR_30_KHZ)[bandwidthMHz];
}
