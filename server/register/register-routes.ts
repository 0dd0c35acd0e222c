/** The register of accepted 5G stations over HTTP, and as a file. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { DECREE_88 } from '../../data/country/decree-88.ts';
import { Day, LineOrNothing, UnitCode } from '../../data/model/scalars.ts';
import { OPERATORS } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
import { REGISTER_ORDERS, REGISTER_PARTS, type RegisterAnswer } from '../../data/wire/register.ts';
import type { LiveCountry } from '../country/live.ts';
import { namesIn } from '../gaps/export.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { decree88Register } from './decree-88.ts';
import { registerAsCsv } from './file.ts';

const MOST_ROWS = 5_000;

const day = v.pipe(
  Day,
  v.check(
    (text) => text >= DECREE_88.from && text <= DECREE_88.to,
    `must be a day from ${DECREE_88.from} to ${DECREE_88.to}, which are the days that count`,
  ),
);
const oneOf = <const W extends readonly string[]>(words: W) =>
  v.picklist(words, `must be one of ${words.join(', ')}`);
const asked = {
  unit: v.optional(UnitCode, NATION),
  operator: v.optional(oneOf(OPERATORS)),
  from: v.optional(day, DECREE_88.from),
  to: v.optional(day, DECREE_88.to),
  part: v.optional(oneOf(REGISTER_PARTS), 'all'),
  find: v.optional(LineOrNothing, ''),
  order: v.optional(oneOf(REGISTER_ORDERS), 'acceptedOn'),
  way: v.optional(oneOf(['up', 'down']), 'up'),
};
const Query = v.strictObject({
  ...asked,
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,6}$/, 'must be a whole number'),
      v.transform(Number),
      v.minValue(1, 'must be at least 1'),
      v.maxValue(MOST_ROWS, `must be at most ${MOST_ROWS}`),
    ),
    '500',
  ),
});
/** A file holds all of them. */
const FileQuery = v.strictObject(asked);

export function registerRoutes(live: LiveCountry): Router {
  const router = Router();

  router.get('/register/decree88', (request, response) => {
    const answer = answerTo(request, response, Query);
    if (answer) response.set('Cache-Control', 'no-store').json(answer);
  });

  router.get('/register/decree88.csv', (request, response) => {
    const answer = answerTo(request, response, FileQuery);
    const territory = live.ground?.territory;
    if (!answer || !territory) return;
    response
      .set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="nghiem-thu-nd88.csv"',
        'Cache-Control': 'no-store',
      })
      .send(registerAsCsv(answer, namesIn(territory)));
  });

  /** The register that a request asks for; undefined where it has been refused. */
  function answerTo(
    request: Request,
    response: Response,
    schema: typeof Query | typeof FileQuery,
  ): RegisterAnswer | undefined {
    const query = v.safeParse(schema, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return undefined;
    }
    const { way, limit = Infinity, ...rest } = { limit: undefined, ...query.output };
    const { country, ground } = live;
    if (!ground) refuse(response, { code: 'no_territory', message: 'There is no territory yet.' });
    else if (!ground.hasUnit(rest.unit))
      refuse(response, {
        code: 'not_found',
        message: `There is no unit ${rest.unit}.`,
        path: 'unit',
      });
    else return decree88Register(country, ground, { ...rest, limit, descending: way === 'down' });
    return undefined;
  }

  return router;
}
