/** What a person writes into the form, and the request that it makes. */
import type { Band, Operator, Technology } from '../../data/model/things.ts';
import type { PlanGoal, PlanMethod, PlanRequestInput } from '../../data/wire/plans.ts';
import type { Method } from '../../data/model/estimate.ts';
import { NEW_SITE_HEIGHT_M } from '../../data/radio/new-site.ts';

/** Numbers are null where the field is empty; an operator or band that is empty is any. */
export interface Wish {
  count: number | null;
  technology: Technology;
  operator: Operator | '';
  band: Band | '';
  goal: PlanGoal;
  heightM: number | null;
  perProvince: number | null;
  perOperatorBand: number | null;
  nodeWithinKm: number | null;
  budget: number | null;
  costPerSite: number | null;
  costOnMast: number | null;
}

export const USUAL: Wish = {
  count: 20,
  technology: '5g',
  operator: '',
  band: '',
  goal: 'people',
  heightM: NEW_SITE_HEIGHT_M,
  perProvince: null,
  perOperatorBand: null,
  nodeWithinKm: null,
  budget: null,
  costPerSite: null,
  costOnMast: null,
};

/** The method that a plan is made by while the view shows another. */
export function planMethod(method: Method): PlanMethod {
  return method === 'terrain' ? 'linkBudget' : method;
}

/** The request; a limit that says nothing where it is asked is left out. */
export function requestOf(wish: Wish, unit: string, method: Method): PlanRequestInput {
  const { nodeWithinKm, budget, costPerSite, costOnMast } = wish;
  const limits = {
    perProvince: unit === 'vn' ? wish.perProvince : null,
    perOperatorBand: wish.perOperatorBand,
    nodeWithinM: nodeWithinKm === null ? null : Math.round(nodeWithinKm * 1_000),
    budget,
    costPerSite,
    costOnMast,
  };
  return {
    ...{ count: wish.count ?? 0, goal: wish.goal, technology: wish.technology, unit },
    method: planMethod(method),
    ...(wish.operator ? { operator: wish.operator } : {}),
    ...(wish.band ? { band: wish.band } : {}),
    ...(wish.heightM === null ? {} : { heightM: wish.heightM }),
    limits: withoutEmpty(limits),
  };
}

function withoutEmpty<K extends string>(limits: Record<K, number | null>) {
  const said = Object.entries<number | null>(limits).filter(([, limit]) => limit !== null);
  return Object.fromEntries(said) as Partial<Record<K, number>>;
}
