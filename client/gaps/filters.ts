/** What is asked about gaps, as the address holds it (`with=op:viettel,min:500`) and the server takes it. */
import type { Method } from '../../data/model/estimate.ts';
import {
  OPERATORS,
  TECHNOLOGIES,
  type Operator,
  type Technology,
} from '../../data/model/things.ts';
import { newSiteBand } from '../../data/radio/new-site.ts';

export interface Filters {
  technology: Technology;
  /** Null: any. */
  operator: Operator | null;
  minPeople: number;
  /** Only gaps that are specially disadvantaged. */
  hard: boolean;
  /** Only gaps with a registered hamlet. */
  hamlets: boolean;
}

/** Least people of a gap that can be chosen. */
export const LEAST_PEOPLE = [0, 100, 500, 1_000, 5_000] as const;

const ORDINARY: Technology = '5g';
const YES = '1';

/** Reads the choices of the open task; what cannot be read is as it ordinarily is. */
export function filtersIn(choices: Readonly<Record<string, string>>): Filters {
  const technology = TECHNOLOGIES.find((one) => one === choices['tech']) ?? ORDINARY;
  const operator = OPERATORS.find((one) => one === choices['op']);
  const possible = operator !== undefined && newSiteBand(technology, operator) !== undefined;
  return {
    technology,
    operator: possible ? operator : null,
    minPeople: LEAST_PEOPLE.find((least) => String(least) === choices['min']) ?? 0,
    hard: choices['hard'] === YES,
    hamlets: choices['hamlets'] === YES,
  };
}

/** The choices that say it; empty where it is as it ordinarily is. */
export function choicesFor(filters: Partial<Filters>): Record<string, string> {
  const { technology, operator, minPeople, hard, hamlets } = filters;
  return {
    ...(technology && { tech: technology === ORDINARY ? '' : technology }),
    ...(operator !== undefined && { op: operator ?? '' }),
    ...(minPeople !== undefined && { min: minPeople === 0 ? '' : String(minPeople) }),
    ...(hard !== undefined && { hard: hard ? YES : '' }),
    ...(hamlets !== undefined && { hamlets: hamlets ? YES : '' }),
  };
}

/** The query of `GET /api/gaps` and of its files. */
export function gapQuery(filters: Filters, unit: string, method: Method): string {
  const { technology, operator, minPeople, hard, hamlets } = filters;
  return new URLSearchParams({
    unit,
    method,
    technology,
    ...(operator && { operator }),
    ...(minPeople > 0 && { minPeople: String(minPeople) }),
    ...(hard && { speciallyDisadvantaged: 'true' }),
    ...(hamlets && { hamlets: 'true' }),
  }).toString();
}

/** The query of `GET /api/hamlets` and of its file. */
export function hamletQuery(unit: string, method: Method): string {
  return new URLSearchParams({ unit, method }).toString();
}
