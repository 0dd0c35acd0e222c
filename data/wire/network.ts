/** What the server tells of the data network: `GET /api/network/…`. Instants are ISO 8601 UTC. */
import type { NetworkElement } from '../network/graph.ts';

/** A commune is to be connected for this share of the time, where nobody asks for another. */
export const ORDINARY_TARGET = 0.999;

/** What is cut off if one node or link fails; codes of communes, in order. */
export interface NetworkImpact {
  seq: number;
  node?: number;
  link?: number;
  communes: string[];
  people: number;
}

/** The live cuts, and how the whole network stands. */
export interface NetworkCuts {
  seq: number;
  asOf: string;
  /** Communes of the territory, and of all that have a node those that are connected. */
  communes: number;
  connected: number;
  /** People without the network now. */
  people: number;
  cuts: ToldCut[];
}

interface ToldCut {
  commune: string;
  people: number;
  /** Null where the log does not tell. */
  since: string | null;
  causes: NetworkElement[];
}

/** Outages in a span, newest first. */
export interface NetworkOutages {
  seq: number;
  unit: string;
  from: string;
  to: string;
  /** All that there are, of which `outages` may be the newest only. */
  total: number;
  outages: ToldOutage[];
}

export interface ToldOutage {
  commune: string;
  start: string;
  /** Null while it lasts. */
  end: string | null;
  /** Whole seconds, to now where it lasts. */
  seconds: number;
}

/** How units stood in a span, against a target (0–1). */
export interface NetworkAvailability {
  seq: number;
  level: 'nation' | 'province' | 'commune';
  from: string;
  to: string;
  target: number;
  rows: UnitAvailability[];
}

export interface UnitAvailability {
  unit: string;
  /** Communes that count: they were connected before the span ended. */
  communes: number;
  /**
   * 0–1; of several communes the plain mean of theirs, so that each counts alike. Null where none
   * counts.
   */
  availability: number | null;
  /** Of the communes that count, those that reach the target. */
  met: number;
  outages: number;
  /** Whole seconds without the network, summed over communes, and the longest outage's part. */
  downSeconds: number;
  longestSeconds: number;
}

/** What a failure of everything in an area would do: power, flood, fire. */
export interface AreaFailure {
  seq: number;
  lon: number;
  lat: number;
  radiusM: number;
  method: 'radius' | 'linkBudget';
  /** Nodes that are up, and stations on air, in the area. */
  nodes: number;
  stations: number;
  /** Communes that lose the network, or half of the people covered by any signal, or both. */
  communes: CommuneInArea[];
  /** People of the communes that would lose both. */
  peopleOfBoth: number;
}

export interface CommuneInArea {
  commune: string;
  people: number;
  /** Whether it is connected now and would not be. */
  losesNetwork: boolean;
  /** People covered by any signal now, and then. */
  covered: number;
  coveredAfter: number;
  /** Whether fewer than half of the people covered today would still be. */
  losesCoverage: boolean;
}

/** Communes that hang on one node or link, and for most of their covered people on one mast. */
export interface DoubleRisks {
  seq: number;
  method: 'radius' | 'linkBudget';
  communes: DoubleRisk[];
}

export interface DoubleRisk {
  commune: string;
  people: number;
  /** On what its network hangs alone, besides its own node, nearest first. */
  hangsOn: NetworkElement[];
  /** The stations on the mast, where it stands, and the people who have a signal from there only. */
  stations: number[];
  lon: number;
  lat: number;
  covered: number;
  onMast: number;
}
