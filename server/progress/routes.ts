/** Plan against built over HTTP: a board of units, and one unit week by week. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { METRICS } from '../../data/country/targets.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { answerAtLength } from '../http/long-answer.ts';
import { refuseInvalid } from '../http/refusal.ts';
import { unitsOf } from '../http/units.ts';
import { boardOf, progressOf } from './answers.ts';
import type { Progress, Standing } from './progress.ts';

const MetricOrPeople = v.optional(v.picklist(METRICS), '5g.population');
const Province = v.pipe(v.string(), v.regex(/^\d{2}$/, 'must be two digits'));

const BoardQuery = v.pipe(
  v.object({
    metric: MetricOrPeople,
    level: v.optional(v.picklist(['nation', 'province', 'commune']), 'province'),
    province: v.optional(Province),
  }),
  // A pace for each of 3,321 communes at once would hold up everybody else.
  v.forward(
    v.check(
      ({ level, province }) => level !== 'commune' || province !== undefined,
      'must say of which province the communes are',
    ),
    ['province'],
  ),
);
const UnitQuery = v.object({ metric: MetricOrPeople });

export function progressRoutes(progress: Progress): Router {
  const router = Router();

  router.get('/progress', async (request, response) => {
    const query = v.safeParse(BoardQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { metric, level, province } = query.output;
    await answerOn(request, response, (standing) => {
      const { ground } = standing;
      if (province !== undefined && !ground.hasUnit(province)) return noUnit(province, 'province');
      const units = unitsOf(ground.territory, level, province).map(({ code }) => code);
      return { body: boardOf(standing, metric, level, units) };
    });
  });

  router.get('/progress/:unit', async (request, response) => {
    const query = v.safeParse(UnitQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { unit } = request.params;
    const { metric } = query.output;
    await answerOn(request, response, (standing) =>
      standing.ground.hasUnit(unit)
        ? { body: progressOf(standing, unit, metric) }
        : noUnit(unit, 'unit'),
    );
  });

  /** Answers from how things stand, once that is told. */
  function answerOn(
    request: Request,
    response: Response,
    answer: (standing: Standing) => { body: unknown } | Refusal,
  ): Promise<void> {
    return answerAtLength(request, response, {
      progress: () => progress.share,
      async answer() {
        const standing = await progress.standing();
        return standing ? answer(standing) : noTerritory;
      },
    });
  }

  return router;
}

const noTerritory: Refusal = {
  code: 'no_territory',
  message: 'No territory has been adopted yet.',
};

function noUnit(code: string, path: string): Refusal {
  return {
    code: 'not_found',
    message: `There is no unit ${code}.`,
    path,
    reason: { is: 'no_such', what: 'unit', id: code },
  };
}
