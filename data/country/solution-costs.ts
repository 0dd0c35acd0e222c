/**
 * What it costs to give a hamlet its first signal. OUR OWN ASSUMPTIONS, not published figures: round
 * sums for building, without the years of running, so that solutions can be ranked against each
 * other. Whoever knows better changes them here. Million đồng.
 */

const SOLUTION_COSTS = {
  /** A station: a mast and the radio of one operator. */
  station: 1_200,
  /** Its line to the data network, for each kilometre to the nearest node (radio link or fibre). */
  linePerKm: 40,
  /** A repeater, which passes on the signal of a station that it can hear. */
  repeater: 350,
  /** A small cell with a satellite link. */
  satellite: 1_500,
  /** Solar panels and batteries where there is no grid: for a station or a small cell … */
  power: 600,
  /** … and for a repeater. */
  powerOfRepeater: 150,
} as const;

/** A repeater hears a station no farther away than this, metres. */
const REPEATER_WITHIN_M = 3_000;
/** Beyond so many people the satellite link is too narrow. */
const SATELLITE_FOR_PEOPLE = 400;

export type SolutionKind = 'station' | 'repeater' | 'satellite';
/** Why it is the cheapest: what decided. */
export type SolutionReason = 'station_near' | 'line_short' | 'line_long' | 'too_many_people';

/** The cheapest way to a signal that is known of. */
export interface Solution {
  kind: SolutionKind;
  why: SolutionReason;
  /** Million đồng, an assumption. */
  costMillionDong: number;
}

/** What is known of a hamlet that decides; distances in metres, null where there is none. */
export interface HamletPlace {
  people: number;
  gridPower: boolean;
  nearestStationM: number | null;
  nearestNodeM: number | null;
}

/** The cheapest solution by the table. Without any node the line of a station is not reckoned with. */
export function cheapestSolution({
  people,
  gridPower,
  nearestStationM,
  nearestNodeM,
}: HamletPlace): Solution {
  const costs = SOLUTION_COSTS;
  const power = gridPower ? 0 : costs.power;
  const station = costs.station + power + ((nearestNodeM ?? 0) / 1000) * costs.linePerKm;
  const satellite = costs.satellite + power;
  const repeater = costs.repeater + (gridPower ? 0 : costs.powerOfRepeater);
  if (nearestStationM !== null && nearestStationM <= REPEATER_WITHIN_M)
    return { kind: 'repeater', why: 'station_near', costMillionDong: repeater };
  const tooMany = people > SATELLITE_FOR_PEOPLE;
  if (station <= satellite || tooMany)
    return {
      kind: 'station',
      why: station <= satellite ? 'line_short' : 'too_many_people',
      costMillionDong: Math.round(station),
    };
  return { kind: 'satellite', why: 'line_long', costMillionDong: satellite };
}
