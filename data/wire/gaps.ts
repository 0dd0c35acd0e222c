/**
 * Gaps and the register of hamlets as the HTTP interface tells them: `GET /api/gaps` and
 * `GET /api/hamlets`. Distances are whole metres as the crow flies, null where there is nothing to
 * measure to.
 */
import type { Solution } from '../country/solution-costs.ts';

/** People without a signal, as a place: what one new site would reach of them. */
export interface Gap {
  /** H3 index (resolution 9) of its most populous cell. */
  id: string;
  people: number;
  /** Codes of the communes it lies in: one, because gaps are cut at the borders of communes. */
  communes: string[];
  /** Middle of its most populous cell, degrees: a new site there reaches all of it. */
  lon: number;
  lat: number;
  /** Inhabited cells of the people grid, about 0.1 km² each. */
  cells: number;
  /** To the nearest station on air of the operator and technology that were asked for. */
  nearestStationM: number | null;
  /** To the nearest node of the data network that is up. */
  nearestNodeM: number | null;
  /** Ids of the registered hamlets without a signal that lie in it. */
  hamlets: number[];
  /** Whether the grid reaches any of its hamlets; null where no hamlet tells. */
  gridPower: boolean | null;
  /** Its commune is, or a hamlet in it. */
  speciallyDisadvantaged: boolean;
}

/** A hamlet of the register that is still without a signal. */
export interface RegisteredHamlet {
  id: number;
  name: string;
  /** Code of its commune; null outside of any. */
  commune: string | null;
  lon: number;
  lat: number;
  people: number;
  households: number;
  gridPower: boolean;
  speciallyDisadvantaged: boolean;
  simulated: boolean;
  /** `YYYY-MM-DD`; null where none is set. */
  deadline: string | null;
  /** Days to the deadline, negative when it has passed; on the simulated day for simulated hamlets. */
  daysLeft: number | null;
  /** Id of the gap it lies in; null where the estimate has a signal there. */
  gap: string | null;
  /** To the nearest station on air of any operator and technology. */
  nearestStationM: number | null;
  nearestNodeM: number | null;
  solution: Solution;
}
