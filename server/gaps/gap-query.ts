/** What may be asked about gaps, in the query of an address. A name that is not known is refused. */
import * as v from 'valibot';
import { METHODS } from '../../data/model/estimate.ts';
import { UnitCode } from '../../data/model/scalars.ts';
import { OPERATORS, TECHNOLOGIES } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';

const MOST_GAPS = 5_000;

const flag = v.optional(
  v.pipe(
    v.picklist(['true', 'false'], 'must be true or false'),
    v.transform((word) => word === 'true'),
  ),
);
const whole = v.pipe(
  v.string(),
  v.regex(/^\d{1,10}$/, 'must be a whole number'),
  v.transform(Number),
);
const limit = v.pipe(
  whole,
  v.minValue(1, 'must be at least 1'),
  v.maxValue(MOST_GAPS, `must be at most ${MOST_GAPS}`),
);
const oneOf = <const W extends readonly string[]>(words: W) =>
  v.picklist(words, `must be one of ${words.join(', ')}`);

const asked = {
  unit: v.optional(UnitCode, NATION),
  operator: v.optional(oneOf(OPERATORS)),
  technology: v.optional(oneOf(TECHNOLOGIES), '5g'),
  method: v.optional(oneOf(METHODS), 'radius'),
};
const filters = {
  minPeople: v.optional(whole, '0'),
  speciallyDisadvantaged: flag,
  hamlets: flag,
};

export const GapsQuery = v.strictObject({
  ...asked,
  ...filters,
  limit: v.optional(limit, '200'),
});
/** A file holds all that fit, where it is not limited. */
export const GapsExportQuery = v.strictObject({ ...asked, ...filters, limit: v.optional(limit) });
export const HamletsQuery = v.strictObject(asked);
