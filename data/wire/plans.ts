/**
 * Plans: where the next sites should go. What is asked (`POST /api/plans`), and what the server tells
 * of a plan while it is made and afterwards (`GET /api/plans/{id}`).
 */
import * as v from 'valibot';
import { UnitCode } from '../model/scalars.ts';
import {
  BANDS,
  OPERATORS,
  TECHNOLOGIES,
  type Band,
  type Operator,
  type Technology,
} from '../model/things.ts';
import { NATION } from '../model/unit.ts';
import { BAND_FACTS } from '../radio/bands.ts';
import { NEW_SITE_HEIGHT_M } from '../radio/new-site.ts';
import type { Refusal } from './commands.ts';

/**
 * What a site is wanted for. `people`: people newly covered, each counting 1. `hamlets`: each
 * uncovered hamlet of the register first, then people. `disadvantaged`: people of specially
 * disadvantaged communes first, then all others.
 */
export const PLAN_GOALS = ['people', 'hamlets', 'disadvantaged'] as const;
export type PlanGoal = (typeof PLAN_GOALS)[number];

/** The methods by which a plan can be made. */
const PLAN_METHODS = ['radius', 'linkBudget'] as const;
export type PlanMethod = (typeof PLAN_METHODS)[number];

export const MOST_SITES = 10_000;

const Sites = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SITES));
/** Whole, so that sums are exact. */
const Money = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12));

const PlanLimits = v.strictObject({
  /** Sites in one province. */
  perProvince: v.optional(Sites),
  /** Sites of one operator on one band. */
  perOperatorBand: v.optional(Sites),
  /** Farthest from a node of the data-transmission network, metres. */
  nodeWithinM: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1_000_000))),
  /** What all sites may cost together, in the money in which a site's cost is given. */
  budget: v.optional(Money),
  /** What a new site costs. */
  costPerSite: v.optional(Money),
  /** What a site on a mast that stands already costs; as a new one when absent. */
  costOnMast: v.optional(Money),
});

const Asked = v.strictObject({
  count: Sites,
  goal: v.optional(v.picklist(PLAN_GOALS), 'people'),
  /** The band's when absent, else 5G. */
  technology: v.optional(v.picklist(TECHNOLOGIES)),
  /** Whose sites, and whose people without a signal; absent: any operator's. */
  operator: v.optional(v.picklist(OPERATORS)),
  /** Absent: whichever of the bands there are does best. */
  band: v.optional(v.picklist(BANDS)),
  method: v.optional(v.picklist(PLAN_METHODS), 'radius'),
  /** Where sites may stand and whose people count. */
  unit: v.optional(UnitCode, NATION),
  /** Antenna height of a new site above ground, metres; on a mast that stands it is the mast's. */
  heightM: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(300)), NEW_SITE_HEIGHT_M),
  limits: v.optional(PlanLimits, {}),
});

/** A request in which bands, technology, operator and money fit together. */
export const PlanRequest = v.pipe(
  Asked,
  v.transform((asked) => ({
    ...asked,
    technology: asked.technology ?? (asked.band ? BAND_FACTS[asked.band].technology : '5g'),
  })),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const request = dataset.value;
    const { band, operator, technology, limits } = request;
    const say = (key: 'band' | 'operator' | 'limits', message: string): void =>
      addIssue({
        message,
        path: [{ type: 'object', origin: 'value', input: request, key, value: request[key] }],
      });
    if (band && BAND_FACTS[band].technology !== technology)
      say('band', `${band} does not carry ${technology}`);
    else if (bandsOf(request).length === 0)
      say('operator', `${operator} has no ${band ?? `band for ${technology}`}`);
    if (limits.budget !== undefined && limits.costPerSite === undefined)
      say('limits', 'a budget needs costPerSite');
    if (limits.costOnMast !== undefined && limits.costPerSite === undefined)
      say('limits', 'costOnMast needs costPerSite');
  }),
);
export type PlanRequest = v.InferOutput<typeof PlanRequest>;
export type PlanRequestInput = v.InferInput<typeof PlanRequest>;

/** The bands that a request's sites may have, in the order of `BANDS`. */
export function bandsOf({
  technology,
  operator,
  band,
}: Pick<PlanRequest, 'technology' | 'operator' | 'band'>): Band[] {
  return BANDS.filter(
    (each) =>
      BAND_FACTS[each].technology === technology &&
      (band === undefined || each === band) &&
      (operator === undefined || BAND_FACTS[each].operators.includes(operator)),
  );
}

/**
 * Where a site's place comes from: a mast that stands, the middle of a commune, the most populous
 * cell of a cluster of uncovered people, or the lattice of all others.
 */
export const SITE_KINDS = ['mast', 'centre', 'cluster', 'lattice'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/** A site of a plan; they come in the order in which they were chosen. */
export interface PlanSite {
  lon: number;
  lat: number;
  /** People that it newly covers, beside all sites before it. */
  gain: number;
  /** Uncovered hamlets of the register that it newly reaches. */
  hamlets: number;
  /** Code of its commune. */
  commune: string;
  kind: SiteKind;
  operator: Operator;
  technology: Technology;
  band: Band;
  heightM: number;
  /** How far it reaches by the method, metres. */
  reachM: number;
  /** Metres to the nearest node of the data-transmission network; null where there is none. */
  nodeM: number | null;
  /** Absent when no cost was given. */
  cost?: number;
}

/**
 * The guarantee against the best choice from the same candidates, measured in the goal. `count`:
 * only a number of sites limits it; `groups`: limits per group, `matroids` of them at once; `budget`:
 * money alone, sites costing unlike; `none`: no constant is known for this combination.
 */
export interface Guarantee {
  rule: 'count' | 'groups' | 'budget' | 'none';
  /** At least this part (0–1) of the best there is; null for `none`. */
  factor: number | null;
  /** Limits that overlap, each a partition of the sites, for `groups`. */
  matroids: number;
  /** What the numbers of this very plan prove beyond that, 0–1; null where they prove nothing. */
  proven: number | null;
  /** The same in a sentence, with its source. */
  why: string;
}

/**
 * Why there are no more sites: as many as asked; no candidate is left; none that is left gains
 * anything; none that is left fits the limits, or the budget.
 */
export type PlanEnd = 'count' | 'candidates' | 'covered' | 'limits' | 'budget';

/** People after so many sites. */
export interface CurvePoint {
  sites: number;
  /** Newly covered by the plan. */
  people: number;
  /** Of the unit's people covered then, 0–1: those before the plan and its own. */
  share: number;
}

type PlanState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';

export interface Plan {
  id: string;
  state: PlanState;
  /** 0–1. */
  progress: number;
  request: PlanRequest;
  method: PlanMethod;
  /** The country that it is made for; null while it waits. */
  seq: number | null;
  asOf: string | null;
  /** In the order of choice; empty until it is done. */
  sites: PlanSite[];
  /** From no site on; empty until it is done. */
  curve: CurvePoint[];
  /** Places looked at, each with every band that could do best there; null until it is done. */
  candidates: number | null;
  ended: PlanEnd | null;
  guarantee: Guarantee | null;
  /** Why it failed. */
  failure?: Refusal;
}
