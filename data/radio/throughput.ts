/**
 * The signal-to-noise ratio that a data rate demands: Shannon's bound, attenuated by how far a real
 * link stays below it and truncated where the highest modulation ends. Attenuations and ends are those
 * of 3GPP's coexistence studies: for LTE TR 36.942 annex A, for NR TR 38.803 clause 5.2.7. Both are of
 * one spatial layer; at a cell's edge a second carries little.
 */
import type { Technology } from '../model/things.ts';

export interface LinkLevel {
  /** Part of Shannon's bound that is reached. */
  attenuation: number;
  /** Most bits a second in each hertz. */
  most: number;
}

export const LINK_LEVELS: Record<Technology, Record<'down' | 'up', LinkLevel>> = {
  '4g': { down: { attenuation: 0.6, most: 4.4 }, up: { attenuation: 0.4, most: 2 } },
  // The study gives the ends as ratios: 30 dB down, 22 dB up.
  '5g': { down: { attenuation: 0.6, most: 5.98 }, up: { attenuation: 0.4, most: 2.93 } },
};

/** Below this nothing is received. */
const LEAST_SNR_DB = -10;

/** dB that so many bits a second in each hertz demand; Infinity where no signal is enough. */
export function demandedSnrDb({ attenuation, most }: LinkLevel, efficiency: number): number {
  if (efficiency > most) return Infinity;
  return Math.max(10 * Math.log10(2 ** (efficiency / attenuation) - 1), LEAST_SNR_DB);
}
