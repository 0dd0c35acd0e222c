/**
 * Path loss over ground without terrain: 3GPP TR 38.901 V17.0.0, tables 7.4.1-1 (path loss and shadow
 * fading) and 7.4.2-1 (probability of line of sight), for 0.5–30 GHz:
 *
 * - `RMa`, rural macro: masts above open country, villages of 5 m houses along 20 m streets;
 * - `UMa`, urban macro: antennas above the roofs;
 * - `UMi`, urban micro, street canyon: antennas below the roofs.
 *
 * Where the tables end: nearer than 10 m counts as 10 m; beyond 5 km (RMa with line of sight: 10 km)
 * the formulas are carried on. The tables take UMa masts of 25 m and UMi ones of 10 m; here every
 * model takes what RMa does, 10–150 m, and a mast outside of that counts as the nearer of the two.
 * The person's height must be 1.5–10 m (RMa's limit), so UMa's C' is 0 and its effective environment
 * height 1 m.
 */
export type PropagationModel = 'RMa' | 'UMa' | 'UMi';

/** What a path has that does not change along it. */
export interface Link {
  model: PropagationModel;
  gigahertz: number;
  /** Height of the station's antenna above ground, metres. */
  stationM: number;
  /** Height of the person's terminal above ground, metres. */
  terminalM: number;
}

const LIGHT_M_PER_S = 3e8;
const NEAREST_M = 10;
const LOWEST_MAST_M = 10;
const HIGHEST_MAST_M = 150;

/** RMa: average height of buildings and width of streets, metres, the table's defaults. */
const RURAL_BUILDING_M = 5;
const RURAL_STREET_M = 20;
/** UMa and UMi: height of what stands on the ground, taken off both antennas' heights. */
const ENVIRONMENT_M = 1;

/** Median path loss in dB with line of sight, at a distance over ground in metres. */
export function lineOfSightLossDb(link: Link, distanceM: number): number {
  const d2 = Math.max(distanceM, NEAREST_M);
  const rise = mastM(link) - link.terminalM;
  const d3 = Math.sqrt(d2 ** 2 + rise ** 2);
  const breakpoint = breakpointM(link);
  if (link.model === 'RMa')
    return d2 <= breakpoint
      ? ruralNearDb(link, d3)
      : ruralNearDb(link, breakpoint) + 40 * Math.log10(d3 / breakpoint);

  const { at1m, slope, bend } = STREET[link.model];
  const fixed = at1m + 20 * Math.log10(link.gigahertz);
  return d2 <= breakpoint
    ? fixed + slope * Math.log10(d3)
    : fixed + 40 * Math.log10(d3) - bend * Math.log10(breakpoint ** 2 + rise ** 2);
}

/** Median path loss in dB without line of sight, at a distance over ground in metres. */
export function obstructedLossDb(link: Link, distanceM: number): number {
  return Math.max(lineOfSightLossDb(link, distanceM), obstructedDb(link, distanceM));
}

/** The formulas primed in the table, which line of sight bounds from below. */
function obstructedDb(link: Link, distanceM: number): number {
  const { model, gigahertz, terminalM } = link;
  const mast = mastM(link);
  const d2 = Math.max(distanceM, NEAREST_M);
  const d3 = Math.sqrt(d2 ** 2 + (mast - terminalM) ** 2);
  switch (model) {
    case 'RMa':
      return (
        161.04 -
        7.1 * Math.log10(RURAL_STREET_M) +
        7.5 * Math.log10(RURAL_BUILDING_M) -
        (24.37 - 3.7 * (RURAL_BUILDING_M / mast) ** 2) * Math.log10(mast) +
        (43.42 - 3.1 * Math.log10(mast)) * (Math.log10(d3) - 3) +
        20 * Math.log10(gigahertz) -
        (3.2 * Math.log10(11.75 * terminalM) ** 2 - 4.97)
      );
    case 'UMa':
      return 13.54 + 39.08 * Math.log10(d3) + 20 * Math.log10(gigahertz) - 0.6 * (terminalM - 1.5);
    case 'UMi':
      return 22.4 + 35.3 * Math.log10(d3) + 21.3 * Math.log10(gigahertz) - 0.3 * (terminalM - 1.5);
  }
}

/** Probability (0–1) that there is line of sight, at a distance over ground in metres. */
export function lineOfSightProbability(model: PropagationModel, distanceM: number): number {
  if (model === 'RMa') return distanceM <= 10 ? 1 : Math.exp(-(distanceM - 10) / 1000);
  if (distanceM <= 18) return 1;
  const near = 18 / distanceM;
  return near + Math.exp(-distanceM / (model === 'UMa' ? 63 : 36)) * (1 - near);
}

/** Standard deviation in dB of shadow fading with line of sight, at a distance in metres. */
export function lineOfSightFadingDb(link: Link, distanceM: number): number {
  return link.model === 'RMa' && distanceM > breakpointM(link) ? 6 : 4;
}

/** Standard deviation in dB of shadow fading without line of sight. */
export const OBSTRUCTED_FADING_DB: Record<PropagationModel, number> = {
  RMa: 8,
  UMa: 6,
  UMi: 7.82,
};

/** Metres over ground from which the loss with line of sight grows faster (notes 1 and 5). */
export function breakpointM(link: Link): number {
  const wavesPerM = (link.gigahertz * 1e9) / LIGHT_M_PER_S;
  if (link.model === 'RMa') return 2 * Math.PI * mastM(link) * link.terminalM * wavesPerM;
  return 4 * (mastM(link) - ENVIRONMENT_M) * (link.terminalM - ENVIRONMENT_M) * wavesPerM;
}

/** UMa and UMi with line of sight: loss at 1 m and 1 GHz, its slope, and what bends it. */
const STREET = {
  UMa: { at1m: 28, slope: 22, bend: 9 },
  UMi: { at1m: 32.4, slope: 21, bend: 9.5 },
} as const;

/** RMa's loss with line of sight before the breakpoint. */
function ruralNearDb({ gigahertz }: Link, d3: number): number {
  const roofs = RURAL_BUILDING_M ** 1.72;
  return (
    20 * Math.log10((40 * Math.PI * d3 * gigahertz) / 3) +
    Math.min(0.03 * roofs, 10) * Math.log10(d3) -
    Math.min(0.044 * roofs, 14.77) +
    0.002 * Math.log10(RURAL_BUILDING_M) * d3
  );
}

function mastM({ stationM }: Link): number {
  return Math.min(Math.max(stationM, LOWEST_MAST_M), HIGHEST_MAST_M);
}
