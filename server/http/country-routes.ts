/** Reading the country over HTTP: units, estimates, the snapshot, the latest changes. */
import { Router, type Request } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { withoutNames } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { writtenOut, type UnitEstimates } from '../../data/model/estimate.ts';
import { Latitude, Longitude, UnitCode } from '../../data/model/scalars.ts';
import { NATION } from '../../data/model/unit.ts';
import type { LiveCountry } from '../country/live.ts';
import { sharedSnapshots, type Encoding } from './compressed-snapshot.ts';
import { accountOfRequest } from './identity.ts';
import { refuse, refuseInvalid } from './refusal.ts';
import { unitsOf } from './units.ts';

/** Where people are taken to live while no population is in use. */
export const SHARED_EQUALLY = 'shared equally over each commune';

const UnitsQuery = v.object({
  level: v.picklist(['nation', 'province', 'commune']),
  province: v.optional(v.pipe(v.string(), v.regex(/^\d{2}$/, 'must be two digits'))),
});

const ChangesQuery = v.object({
  unit: v.optional(UnitCode, NATION),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.toNumber(), v.minValue(1), v.maxValue(200)),
    '50',
  ),
});

const PlaceQuery = v.object({
  lon: v.pipe(v.string(), v.decimal('must be degrees'), v.toNumber(), Longitude),
  lat: v.pipe(v.string(), v.decimal('must be degrees'), v.toNumber(), Latitude),
});

export function countryRoutes(pool: Pool, live: LiveCountry): Router {
  const router = Router();
  const snapshot = sharedSnapshots(live, () => performance.now());

  router.get('/units', (request, response) => {
    const query = v.safeParse(UnitsQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { level, province } = query.output;
    response.json(live.ground ? unitsOf(live.ground.territory, level, province) : []);
  });

  router.get('/at', (request, response) => {
    const query = v.safeParse(PlaceQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { lon, lat } = query.output;
    const commune = live.ground?.communeAt(lon, lat) ?? null;
    const province = commune === null ? null : (live.ground?.provinceOf(commune) ?? null);
    response.json({ commune, province });
  });

  router.get('/estimates', (_request, response) => {
    const { coverage, country } = live;
    const units = coverage?.by('radius')?.units ?? [];
    response.json(units.map((unit) => estimateOf(unit, country, coverage?.rowsOf(unit) ?? {})));
  });

  router.get('/estimates/:unit', (request, response) => {
    const unit = request.params.unit;
    const rows = live.coverage?.rowsOf(unit);
    if (rows) response.json(estimateOf(unit, live.country, rows));
    else refuse(response, { code: 'not_found', message: `There is no unit ${unit}.` });
  });

  router.get('/snapshot', async (request, response) => {
    const encoding = encodingFor(request);
    const [, seconds] = /max-age=(\d{1,2})\b/.exec(request.get('cache-control') ?? '') ?? [];
    const shared = snapshot(seconds === undefined ? undefined : Number(seconds) * 1_000);
    const body = await shared.as(encoding);
    response.set({
      'Content-Type': 'application/octet-stream',
      'Cache-Control': 'no-store',
      'X-Seq': String(shared.seq),
      'X-Length': String(shared.length),
      Vary: 'Accept-Encoding',
    });
    if (encoding !== 'identity') response.set('Content-Encoding', encoding);
    response.end(body);
  });

  router.get('/changes', async (request, response) => {
    const query = v.safeParse(ChangesQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { unit, limit } = query.output;
    const found = [];
    for (let i = live.recent.length - 1; i >= 0 && found.length < limit; i--) {
      const one = live.recent[i];
      if (one && (unit === NATION || one.units.includes(unit))) found.push(one.event);
    }
    const named = await accountOfRequest(pool, request);
    response.set('Cache-Control', 'no-store').json(named ? found : found.map(withoutNames));
  });

  return router;
}

/** How an answer is best compressed for whoever asks. */
export function encodingFor(request: Request): Encoding {
  return (request.acceptsEncodings(['br', 'gzip', 'identity']) || 'identity') as Encoding;
}

function estimateOf(unit: string, { seq, at, population }: Country, rows: UnitEstimates) {
  const methods = Object.fromEntries(
    Object.entries(rows).map(([method, row]) => [method, writtenOut(row)]),
  );
  return { unit, seq, asOf: at, peopleSource: population?.source ?? SHARED_EQUALLY, methods };
}
