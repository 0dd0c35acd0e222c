/** The limits of a request as the greedy takes them, and which of them really bind. */
import { BANDS } from '../../data/model/things.ts';
import { BAND_FACTS } from '../../data/radio/bands.ts';
import { bandsOf, type PlanEnd, type PlanRequest } from '../../data/wire/plans.ts';
import type { PeopleGrid } from '../territory/territory.ts';
import type { Candidates } from './candidates.ts';
import type { Group, Limits } from './greedy.ts';
import type { Binding } from './guarantee.ts';
import type { Place } from './places.ts';

export interface LimitsInForce {
  limits: Limits;
  binding: Binding;
  /** What it was when so many sites are taken as the limits allow: the number asked for, or a limit. */
  fullBy: PlanEnd;
}

/** What a site costs at a place; undefined when no cost was given. */
export function costAt({ limits }: PlanRequest, { kind }: Place): number | undefined {
  const { costPerSite, costOnMast = costPerSite } = limits;
  return kind === 'mast' ? costOnMast : costPerSite;
}

/** How many operators there are to share a band's sites. */
export function operatorsOf({ operator }: PlanRequest, band: (typeof BANDS)[number]) {
  return BAND_FACTS[band].operators.filter((each) => operator === undefined || each === operator);
}

/**
 * A limit with one group alone, and money where all sites cost the same, are only a smaller number of
 * sites; a limit that cannot be reached is none.
 */
export function limitsInForce(
  request: PlanRequest,
  grid: PeopleGrid,
  candidates: Candidates,
): LimitsInForce {
  const { perProvince, perOperatorBand, budget, costPerSite, costOnMast } = request.limits;
  let count = request.count;
  let fullBy: PlanEnd = 'count';
  const groups: Group[] = [];
  const limit = (group: Group, names: readonly number[]): void => {
    const most = names.map((name) => group.most[name] ?? 0);
    const [only = 0] = most;
    if (most.length === 1 && only < count) [count, fullBy] = [only, 'limits'];
    else if (most.length > 1) groups.push(group);
  };
  if (perProvince !== undefined) {
    const provinceOf = (candidate: number): number =>
      grid.provinceOf[candidates.placeOf(candidate).commune] ?? 0;
    const most = new Uint32Array(grid.provinces.length).fill(perProvince);
    const seen = new Set<number>();
    for (let each = 0; each < candidates.count; each++) seen.add(provinceOf(each));
    limit({ of: provinceOf, most }, [...seen]);
  }
  if (perOperatorBand !== undefined) {
    const bands = bandsOf(request);
    limit(
      {
        of: (candidate) => BANDS.indexOf(candidates.bandOf(candidate)),
        most: Uint32Array.from(
          BANDS,
          (band) => perOperatorBand * operatorsOf(request, band).length,
        ),
      },
      bands.map((band) => BANDS.indexOf(band)),
    );
  }
  const unlike = costOnMast !== undefined && costOnMast !== costPerSite;
  if (budget !== undefined && costPerSite !== undefined && !unlike) {
    const affordable = Math.floor(budget / costPerSite);
    if (affordable < count) [count, fullBy] = [affordable, 'budget'];
  }
  const dearest = Math.max(costPerSite ?? 0, costOnMast ?? 0);
  const cheapest = Math.min(costPerSite ?? 1, costOnMast ?? Infinity);
  const byMoney = budget !== undefined && unlike && budget < count * dearest;
  const binding = groups.filter(({ most }) => most.some((free) => free < count));
  return {
    limits: {
      count,
      groups: binding,
      ...(byMoney
        ? { budget: { all: budget, costOf: (c) => costAt(request, candidates.placeOf(c)) ?? 0 } }
        : {}),
    },
    binding: {
      count,
      matroids: binding.length,
      budget: byMoney,
      countBinds: byMoney && count < Math.min(candidates.count, Math.floor(budget / cheapest)),
    },
    fullBy,
  };
}
