/** What may be asked about the network, in the query of an address. A name that is not known is refused. */
import * as v from 'valibot';
import { Id, Latitude, Longitude, UnitCode } from '../../data/model/scalars.ts';
import { NATION } from '../../data/model/unit.ts';
import { ORDINARY_TARGET } from '../../data/wire/network.ts';
import { spanEntries } from './span.ts';

const MOST_OUTAGES = 5_000;

const thing = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,10}$/, 'must be the id of a thing'), v.toNumber(), Id),
);
export const ImpactQuery = v.strictObject({ node: thing, link: thing });

const number = (what: string) => v.pipe(v.string(), v.decimal(what), v.toNumber());
export const OutageQuery = v.strictObject({
  unit: v.optional(UnitCode, NATION),
  ...spanEntries,
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, 'must be a whole number'),
      v.toNumber(),
      v.minValue(1, 'must be at least 1'),
      v.maxValue(MOST_OUTAGES, `must be at most ${MOST_OUTAGES}`),
    ),
    '500',
  ),
});
export const OutageFileQuery = v.strictObject({ unit: OutageQuery.entries.unit, ...spanEntries });
export const AvailabilityQuery = v.strictObject({
  level: v.optional(v.picklist(['nation', 'province', 'commune']), 'province'),
  province: v.optional(v.pipe(v.string(), v.regex(/^\d{2}$/, 'must be two digits'))),
  ...spanEntries,
  target: v.optional(
    v.pipe(
      number('must be a share from 0 to 1, such as 0.999'),
      v.minValue(0, 'must be at least 0'),
      v.maxValue(1, 'must be at most 1'),
    ),
    String(ORDINARY_TARGET),
  ),
});
const method = v.optional(v.picklist(['radius', 'linkBudget']), 'radius');
export const AreaQuery = v.strictObject({
  lon: v.pipe(number('must be degrees'), Longitude),
  lat: v.pipe(number('must be degrees'), Latitude),
  radiusM: v.pipe(
    number('must be metres'),
    v.minValue(100, 'must be at least 100'),
    v.maxValue(50_000, 'must be at most 50000'),
  ),
  method,
});
export const RiskQuery = v.strictObject({ method });
