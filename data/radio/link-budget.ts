/**
 * Method `linkBudget`: how far a station reaches, from its power, height, band and surroundings and
 * the service asked for. ./allowed-loss.ts gives the path loss that the service allows; path loss and
 * shadow fading (./path-loss.ts) give the probability that a place at some distance stays within it;
 * the range is where that probability falls to the one asked for at the cell's edge. So the margin for
 * shadow fading is not a figure of its own: it is what the distributions leave.
 *
 * Not in it: terrain (method `terrain` brings its diffraction in as `extraLossDb`), the antenna's
 * vertical pattern and tilt, and that an FDD uplink is on a lower frequency than its downlink.
 */
import * as v from 'valibot';
import { BANDS, type Band } from '../model/things.ts';
import { allowedLossDb } from './allowed-loss.ts';
import { BAND_FACTS } from './bands.ts';
import { BUILDINGS, buildingEntryLossDb, ENTRY_SPREAD_DB } from './building-entry.ts';
import { normalProbability } from './normal.ts';
import {
  lineOfSightFadingDb,
  lineOfSightLossDb,
  lineOfSightProbability,
  obstructedLossDb,
  OBSTRUCTED_FADING_DB,
  type Link,
  type PropagationModel,
} from './path-loss.ts';
import { resourceBlocksOf } from './resource-blocks.ts';
import { SURROUNDINGS, type Surroundings } from './surroundings.ts';

/**
 * What a person must get: a received level (RSRP), or megabits a second down and up. 7/1 and 35/3 are
 * the tiers of the FCC's 5G coverage maps (47 CFR § 1.7004); 100/30 is a step above them.
 */
export const SERVICES = ['rsrp', '7/1', '35/3', '100/30'] as const;
export type Service = (typeof SERVICES)[number];

/**
 * Where a person must get it. `usual` is what the method `radius` takes: outdoors in rural and
 * suburban surroundings, inside a building in urban and dense urban ones.
 */
export const PLACES = ['usual', 'outdoor', 'indoor'] as const;

function between(least: number, most: number) {
  return v.pipe(v.number(), v.minValue(least), v.maxValue(most));
}
function byBand<S extends v.GenericSchema>(schema: S) {
  const entries = Object.fromEntries(BANDS.map((band) => [band, schema]));
  return v.strictObject(entries as Record<Band, S>);
}

/** The parameters of the method, nested by one level at most. Every one of them is always there. */
export const LinkBudgetParameters = v.pipe(
  v.strictObject({
    service: v.picklist(SERVICES),
    /** Service `rsrp`: level of one resource element that a person must receive. */
    rsrpThresholdDbm: v.strictObject({ '4g': between(-140, -60), '5g': between(-140, -60) }),
    /** Probability, over shadow fading, that the cell's edge has the service. */
    edgeProbability: between(0.5, 0.99),
    place: v.picklist(PLACES),
    /** Kind of building, where the person is inside one. */
    building: v.picklist(BUILDINGS),
    /** Height of the person's terminal above ground, metres. */
    terminalHeightM: between(1.5, 10),
    terminalPowerDbm: between(10, 33),
    terminalNoiseFigureDb: between(0, 20),
    stationNoiseFigureDb: between(0, 20),
    /** What the head and hand take. */
    bodyLossDb: between(0, 20),
    /** Rates: rise of the noise by other cells' interference. */
    interferenceMarginDb: between(0, 20),
    /** Rates: part of the channel's resource blocks that a person at the edge gets. */
    bandwidthShare: between(0.01, 1),
    /** Power of one sector into the antenna, over the whole channel. */
    powerDbm: byBand(between(20, 60)),
    /** Gain of the antenna, of its beam towards the person, cable loss taken off. */
    gainDbi: byBand(between(0, 35)),
    bandwidthMHz: byBand(between(1.4, 100)),
    subcarrierKHz: byBand(v.picklist([15, 30])),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { bandwidthMHz, subcarrierKHz } = dataset.value;
    for (const band of BANDS) {
      const mhz = bandwidthMHz[band];
      if (resourceBlocksOf(band, mhz, subcarrierKHz[band]) !== undefined) continue;
      addIssue({
        message: `${band} has no channel of ${mhz} MHz with subcarriers of ${subcarrierKHz[band]} kHz`,
        input: mhz,
        path: [entry(dataset.value, 'bandwidthMHz', bandwidthMHz), entry(bandwidthMHz, band, mhz)],
      });
    }
  }),
);
export type LinkBudgetParameters = v.InferOutput<typeof LinkBudgetParameters>;

function entry(input: Record<string, unknown>, key: string, value: unknown): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input, key, value };
}

/**
 * Where the figures come from. Edge probability and share of the blocks: the FCC's rule for coverage
 * maps (90 %, cells half loaded). Noise figures: 3GPP TR 36.942. Body loss: Report ITU-R M.2292.
 * Terminal: power class 3 (TS 36.101, 38.101-1). Levels: a phone holds LTE to about −124 dBm (its
 * reference sensitivity on band 1, −94 dBm in 1,200 subcarriers, is −125 dBm in one; TS 36.101 table
 * 7.3.1-1), and 5G is worth its name from −110 dBm. The rest is usual equipment: 40 W in a sector
 * through passive panels, 80 W for n28, 200 W through 64 transceivers in the middle bands; channels
 * as the licences give them.
 */
export const DEFAULT_LINK_BUDGET: LinkBudgetParameters = {
  service: 'rsrp',
  rsrpThresholdDbm: { '4g': -124, '5g': -110 },
  edgeProbability: 0.9,
  place: 'usual',
  building: 'low_loss',
  terminalHeightM: 1.5,
  terminalPowerDbm: 23,
  terminalNoiseFigureDb: 9,
  stationNoiseFigureDb: 5,
  bodyLossDb: 4,
  interferenceMarginDb: 3,
  bandwidthShare: 0.5,
  powerDbm: { b1: 46, b3: 46, b8: 46, b28: 46, n28: 49, n41: 53, n77: 53, n78: 53 },
  gainDbi: { b1: 17, b3: 17, b8: 15, b28: 15, n28: 15, n41: 25, n77: 25, n78: 25 },
  bandwidthMHz: { b1: 15, b3: 20, b8: 10, b28: 10, n28: 10, n41: 100, n77: 100, n78: 100 },
  subcarrierKHz: { b1: 15, b3: 15, b8: 15, b28: 15, n28: 15, n41: 30, n77: 30, n78: 30 },
};

/** What decides how far one station reaches. */
export interface Transmitter {
  band: Band;
  surroundings: Surroundings;
  /** Antenna height above ground, metres. */
  heightM: number;
}

/** A transmitter's budget: all that does not change with distance. */
export interface LinkBudget {
  link: Link;
  /** Median path loss that may lie between, walls taken off, dB. */
  allowedLossDb: number;
  /** Standard deviation of the loss through walls, dB; 0 outdoors. */
  wallSpreadDb: number;
}

/** No range is longer than the one or shorter than the other, where TR 38.901 puts people at nearest. */
const FARTHEST_M = 15_000;
const NEAREST_M = 35;

/** Antennas of a dense city that stand lower than this stand below its roofs. */
const ROOFS_M = 25;

/**
 * TR 38.901 names no suburbs (its Release 19 does): they take UMa, because between 300 and 1,500
 * people per km² houses in Viet Nam stand wall to wall along the roads, which RMa's open country does
 * not describe, and UMa is the more careful of the two.
 */
function modelOf({ surroundings, heightM }: Transmitter): PropagationModel {
  if (surroundings === 'rural') return 'RMa';
  return surroundings === 'dense_urban' && heightM < ROOFS_M ? 'UMi' : 'UMa';
}

function isInside(place: LinkBudgetParameters['place'], surroundings: Surroundings): boolean {
  if (place !== 'usual') return place === 'indoor';
  return surroundings === 'urban' || surroundings === 'dense_urban';
}

/** What stays the same at every distance, for whoever asks about many. */
export function linkBudgetOf(
  transmitter: Transmitter,
  parameters: LinkBudgetParameters,
): LinkBudget {
  const { band, surroundings, heightM } = transmitter;
  const { place, building, terminalHeightM } = parameters;
  const model = modelOf(transmitter);
  const gigahertz = BAND_FACTS[band].frequencyMHz / 1000;
  const link: Link = { model, gigahertz, stationM: heightM, terminalM: terminalHeightM };
  const allowed = allowedLossDb(band, parameters);
  if (!isInside(place, surroundings)) return { link, allowedLossDb: allowed, wallSpreadDb: 0 };
  return {
    link,
    allowedLossDb: allowed - buildingEntryLossDb(building, model, gigahertz),
    wallSpreadDb: ENTRY_SPREAD_DB[building],
  };
}

/**
 * Probability (0–1) that a place at a distance over ground in metres has the service. It falls with
 * the distance wherever it is a half or more: line of sight has the lower median and the narrower
 * spread, so as long as its median is allowed it is the likelier to do, and it gets rarer.
 *
 * @param extraLossDb what else lies between, as the diffraction over a hill
 */
export function probabilityAt(budget: LinkBudget, distanceM: number, extraLossDb = 0): number {
  const { link, wallSpreadDb } = budget;
  const allowed = budget.allowedLossDb - extraLossDb;
  const within = (lossDb: number, fadingDb: number) =>
    normalProbability((allowed - lossDb) / Math.sqrt(fadingDb ** 2 + wallSpreadDb ** 2));
  const sight = lineOfSightProbability(link.model, distanceM);
  return (
    sight * within(lineOfSightLossDb(link, distanceM), lineOfSightFadingDb(link, distanceM)) +
    (1 - sight) * within(obstructedLossDb(link, distanceM), OBSTRUCTED_FADING_DB[link.model])
  );
}

/** The same for a transmitter, where it is asked only once. */
export function coverageProbability(
  distanceM: number,
  transmitter: Transmitter,
  parameters: LinkBudgetParameters,
  extraLossDb = 0,
): number {
  return probabilityAt(linkBudgetOf(transmitter, parameters), distanceM, extraLossDb);
}

/**
 * The greatest distance over ground, in whole metres, at which the service is as likely as the cell's
 * edge demands: 15,000 at most, 0 where it is not even at 35 m.
 */
export function cellRangeM(transmitter: Transmitter, parameters: LinkBudgetParameters): number {
  const budget = linkBudgetOf(transmitter, parameters);
  const reaches = (metres: number) => probabilityAt(budget, metres) >= parameters.edgeProbability;
  if (!reaches(NEAREST_M)) return 0;
  if (reaches(FARTHEST_M)) return FARTHEST_M;
  let reached = NEAREST_M;
  let missed = FARTHEST_M;
  while (missed - reached > 1) {
    const middle = Math.floor((reached + missed) / 2);
    if (reaches(middle)) reached = middle;
    else missed = middle;
  }
  return reached;
}

/**
 * The same by the indexes of a band in `BANDS` and of a place in `SURROUNDINGS`; 0 for no band and for
 * a height that is not known (NaN).
 */
export function linkBudgetRangeM(
  band: number,
  surroundings: number,
  heightM: number,
  parameters: LinkBudgetParameters,
): number {
  const bandName = BANDS[band];
  const place = SURROUNDINGS[surroundings];
  if (!bandName || !place) return 0;
  return cellRangeM({ band: bandName, surroundings: place, heightM }, parameters);
}
