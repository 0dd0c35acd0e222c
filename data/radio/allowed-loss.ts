/**
 * The path loss that a service allows on a band, in dB: what is sent, less what must arrive. What the
 * way itself brings (shadow fading, walls, hills) is not in it.
 *
 * - `rsrp`: power of one resource element, EIRP − 10 log10(subcarriers) (3GPP TS 36.214 and 38.215
 *   measure it so), less the threshold.
 * - Rates: the more binding of downlink and uplink. Each must reach the signal-to-noise ratio of its
 *   rate (./throughput.ts) over thermal noise, noise figure and interference margin, in the resource
 *   blocks that a person at the cell's edge gets. The station's power is spread evenly over the whole
 *   channel, a terminal's over its own blocks alone.
 */
import type { Band } from '../model/things.ts';
import { BAND_FACTS } from './bands.ts';
import type { LinkBudgetParameters, Service } from './link-budget.ts';
import { resourceBlocksOf, SUBCARRIERS_IN_BLOCK } from './resource-blocks.ts';
import { demandedSnrDb, LINK_LEVELS } from './throughput.ts';

/** Megabits a second that a service asks for. */
const RATES = {
  '7/1': { down: 7, up: 1 },
  '35/3': { down: 35, up: 3 },
  '100/30': { down: 100, up: 30 },
} as const satisfies Record<Exclude<Service, 'rsrp'>, object>;

/** Thermal noise at 290 K. */
const NOISE_DBM_PER_HZ = -174;

/**
 * Part of the time in which a band sends down and up. Where both share one frequency (TDD): slots in
 * the pattern DDDSU, S of 10 symbols down, 2 of guard and 2 up; 52 and 16 of 70.
 */
const PAIRED = { down: 1, up: 1 };
const SHARED = { down: 52 / 70, up: 16 / 70 };
const SHARE_TIME: readonly Band[] = ['n41', 'n77', 'n78'];

/** −Infinity where the band cannot carry the service at all. */
export function allowedLossDb(band: Band, parameters: LinkBudgetParameters): number {
  const { service, bodyLossDb, interferenceMarginDb: interferenceDb } = parameters;
  const { technology } = BAND_FACTS[band];
  const gainDbi = parameters.gainDbi[band];
  const subcarrierHz = parameters.subcarrierKHz[band] * 1000;
  const blocks = blocksOf(band, parameters);
  const elementDbm =
    parameters.powerDbm[band] + gainDbi - decibels(blocks * SUBCARRIERS_IN_BLOCK) - bodyLossDb;
  if (service === 'rsrp') return elementDbm - parameters.rsrpThresholdDbm[technology];

  const userBlocks = Math.max(1, Math.floor(parameters.bandwidthShare * blocks));
  const userHz = userBlocks * SUBCARRIERS_IN_BLOCK * subcarrierHz;
  const time = SHARE_TIME.includes(band) ? SHARED : PAIRED;
  const snrDb = (way: 'down' | 'up') =>
    demandedSnrDb(LINK_LEVELS[technology][way], (RATES[service][way] * 1e6) / (userHz * time[way]));

  const atTerminalDbm = noiseDbm(subcarrierHz, parameters.terminalNoiseFigureDb) + snrDb('down');
  const atStationDbm = noiseDbm(userHz, parameters.stationNoiseFigureDb) + snrDb('up');
  const down = elementDbm - interferenceDb - atTerminalDbm;
  const up = parameters.terminalPowerDbm - bodyLossDb + gainDbi - interferenceDb - atStationDbm;
  return Math.min(down, up);
}

function noiseDbm(hertz: number, noiseFigureDb: number): number {
  return NOISE_DBM_PER_HZ + decibels(hertz) + noiseFigureDb;
}

function blocksOf(band: Band, { bandwidthMHz, subcarrierKHz }: LinkBudgetParameters): number {
  return resourceBlocksOf(band, bandwidthMHz[band], subcarrierKHz[band]) ?? NaN;
}

function decibels(ratio: number): number {
  return 10 * Math.log10(ratio);
}
