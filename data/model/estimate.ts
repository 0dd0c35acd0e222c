/**
 * A coverage estimate of one unit by one method, as a row of whole numbers of people. The order of
 * `ESTIMATE_FIELDS` is the order in memory and on the wire. `covered` is the union over operators
 * and technologies (ITU / SDG 9.c.1: a person reached by any is covered once); `5g` the union over
 * operators; `viettel` the union over technologies; `viettel.5g` one operator's one technology.
 */
import { OPERATORS, TECHNOLOGIES, type Operator, type Technology } from './things.ts';

export const METHODS = ['radius', 'linkBudget', 'terrain'] as const;
export type Method = (typeof METHODS)[number];

export const ESTIMATE_FIELDS = [
  'population',
  'covered',
  ...TECHNOLOGIES,
  ...OPERATORS,
  ...OPERATORS.flatMap((operator) =>
    TECHNOLOGIES.map((technology) => `${operator}.${technology}` as const),
  ),
] as const;
export type EstimateField = (typeof ESTIMATE_FIELDS)[number];

/** People by field, in the order of `ESTIMATE_FIELDS`. */
export type EstimateRow = readonly number[] | Int32Array;

/** Estimates of a unit by method, as the stream carries them. */
export type UnitEstimates = Partial<Record<Method, EstimateRow>>;

interface Share {
  covered: number;
  /** 0–1. */
  share: number;
}

/** An estimate as the HTTP interface writes it out. */
export interface Estimate extends Share {
  population: number;
  byOperator: Record<Operator, Share & { byTechnology: Record<Technology, Share> }>;
  byTechnology: Record<Technology, Share>;
}

const INDEX = new Map(ESTIMATE_FIELDS.map((field, index) => [field, index]));

/** People of `field` in a row. */
export function peopleIn(row: EstimateRow, field: EstimateField): number {
  return row[INDEX.get(field) ?? -1] ?? 0;
}

/** Share of the population (0–1) of `field` in a row; 0 where nobody lives. */
export function shareIn(row: EstimateRow, field: EstimateField): number {
  const population = row[0] ?? 0;
  return population === 0 ? 0 : peopleIn(row, field) / population;
}

export function writtenOut(row: EstimateRow): Estimate {
  const share = (field: EstimateField): Share => ({
    covered: peopleIn(row, field),
    share: shareIn(row, field),
  });
  const byTechnology = (prefix: '' | `${Operator}.`) =>
    ({ '4g': share(`${prefix}4g`), '5g': share(`${prefix}5g`) }) satisfies Record<
      Technology,
      Share
    >;
  const operator = (name: Operator) => ({
    ...share(name),
    byTechnology: byTechnology(`${name}.`),
  });
  return {
    population: peopleIn(row, 'population'),
    ...share('covered'),
    byOperator: {
      viettel: operator('viettel'),
      vinaphone: operator('vinaphone'),
      mobifone: operator('mobifone'),
      other: operator('other'),
    },
    byTechnology: byTechnology(''),
  };
}
