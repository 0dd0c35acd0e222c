/** Reports from the field for those who handle them, over HTTP; steps are commands like any other. */
import { Router, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { summariesByCommune, summaryOf } from '../../data/model/reports.ts';
import { dayInVietnam, dayNumberOf, Id, UnitCode } from '../../data/model/scalars.ts';
import { communeCodeOf, levelOf, NATION } from '../../data/model/unit.ts';
import { holds, mayErase } from '../../data/wire/authority.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { ReportSummaryAnswer } from '../../data/wire/reports.ts';
import type { Session } from '../accounts/sessions.ts';
import type { LiveCountry } from '../country/live.ts';
import { personOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { eraseDetails, readDetails } from './details.ts';
import { summaryAsCsv } from './summary-file.ts';

const SummaryQuery = v.object({ unit: v.optional(UnitCode, NATION) });
const ReportId = v.pipe(v.string(), v.regex(/^\d{1,10}$/), v.toNumber(), Id);

export function reportRoutes(pool: Pool, live: LiveCountry, now: () => number): Router {
  const router = Router();

  router.get('/reports/summary', (request, response) => {
    const unit = unitAsked(request, response);
    if (unit === undefined) return;
    const asOf = dayInVietnam(now());
    const summary = summaryOf(live.country.tables.reports, insideOf(unit), dayNumberOf(asOf));
    const answer: ReportSummaryAnswer = { unit, asOf, ...summary };
    response.json(answer);
  });

  router.get('/reports/summary.csv', (request, response) => {
    const unit = unitAsked(request, response);
    const territory = live.ground?.territory;
    if (unit === undefined || !territory) return;
    const asOf = dayInVietnam(now());
    const summaries = summariesByCommune(live.country.tables.reports, dayNumberOf(asOf));
    const name = ['phan-anh-theo-xa', unit === NATION ? '' : unit, asOf].filter(Boolean).join('-');
    response
      .set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}.csv"`,
        'Cache-Control': 'no-store',
      })
      .send(summaryAsCsv(summaries, territory, insideOf(unit), asOf));
  });

  router.get('/reports/:id', async (request, response) => {
    const one = await handledBy(request, response);
    if (!one) return;
    response.set('Cache-Control', 'private, no-store').json(await readDetails(pool, one.id));
  });

  router.delete('/reports/:id/details', async (request, response) => {
    const one = await handledBy(request, response);
    if (!one) return;
    const { id, commune, person } = one;
    if (!mayErase(person, commune, provinceOf))
      return refuse(response, {
        code: 'forbidden',
        message: `${person.name} is ${person.role}: an editor of ${commune} or an operator erases.`,
        path: 'role',
      });
    if (await eraseDetails(pool, id, person.name)) response.json(await readDetails(pool, id));
    else
      refuse(response, {
        code: 'not_found',
        message: `Report ${id} has nothing left to erase.`,
        reason: { is: 'erased' },
      });
  });

  /** The unit that a summary is asked of; undefined where it has been refused. */
  function unitAsked(request: Request, response: Response): string | undefined {
    const query = v.safeParse(SummaryQuery, request.query);
    if (!query.success) refuseInvalid(response, query.issues);
    else if (!live.ground?.hasUnit(query.output.unit)) refuse(response, noUnit(query.output.unit));
    else return query.output.unit;
    return undefined;
  }

  /** The report of the address, for a person whose units hold its commune; else it is refused. */
  async function handledBy(
    request: Request,
    response: Response,
  ): Promise<{ id: number; commune: string; person: Session } | undefined> {
    const person = await personOfRequest(pool, request);
    if (!person) {
      refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
      return undefined;
    }
    const { reports } = live.country.tables;
    const id = v.safeParse(ReportId, request.params['id']);
    const row = id.success ? reports.rowOf(id.output) : undefined;
    if (!id.success || row === undefined) {
      const wanted = String(request.params['id']);
      refuse(response, {
        code: 'not_found',
        message: `There is no report ${wanted}.`,
        path: 'id',
        reason: { is: 'no_such', what: 'report', id: wanted },
      });
      return undefined;
    }
    const number = reports.columns.commune[row] ?? 0;
    const commune = number === 0 ? NATION : communeCodeOf(number);
    if (holds(person, commune, provinceOf)) return { id: id.output, commune, person };
    refuse(response, {
      code: 'forbidden',
      message: `It is in ${commune}; ${person.name} keeps ${person.units.join(', ')}.`,
      path: 'units',
    });
    return undefined;
  }

  function provinceOf(commune: string): string | undefined {
    return live.ground?.provinceOf(commune);
  }

  /** Whether a commune, by its number, is in a unit. */
  function insideOf(unit: string): (commune: number) => boolean {
    const level = levelOf(unit);
    if (level === 'nation') return () => true;
    if (level === 'commune') return (commune) => commune === Number(unit);
    return (commune) => commune > 0 && provinceOf(communeCodeOf(commune)) === unit;
  }

  return router;
}

function noUnit(code: string): Refusal {
  return {
    code: 'not_found',
    message: `There is no unit ${code}.`,
    path: 'unit',
    reason: { is: 'no_such', what: 'unit', id: code },
  };
}
