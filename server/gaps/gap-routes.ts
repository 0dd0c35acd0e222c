/** Gaps and the register of hamlets over HTTP, and as files. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { newSiteBand } from '../../data/radio/new-site.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { answerAtLength, leaving } from '../http/long-answer.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { atMost, type Limit } from '../http/throttle.ts';
import { gapsAsCsv, gapsAsGeoJson, hamletsAsCsv, namesIn } from './export.ts';
import type { GapFinder, NoAnswer } from './finder.ts';
import { GapsExportQuery, GapsQuery, HamletsQuery } from './gap-query.ts';
import { findGaps, gapProgress, type GapQuestion } from './gaps.ts';
import { hamletRegister, registerProgress, type RegisterQuestion } from './register.ts';

export function gapRoutes(finder: GapFinder, now: () => number, limit: Limit): Router {
  const router = Router();
  const throttle = atMost(limit);
  const { live } = finder;

  router.get('/gaps', throttle, async (request, response) => {
    const question = gapQuestion(request, response, GapsQuery);
    if (!question) return;
    await answerAtLength(request, response, {
      progress: () => gapProgress(finder, question),
      async answer(stop) {
        const found = await findGaps(finder, question, stop);
        if (typeof found === 'string') return noAnswer(found, question);
        const { seq, total, people, gaps } = found;
        return { headers: headersFor(seq, { 'X-Total': total, 'X-People': people }), body: gaps };
      },
    });
  });

  router.get('/hamlets', throttle, async (request, response) => {
    const question = hamletQuestion(request, response);
    if (!question) return;
    await answerAtLength(request, response, {
      progress: () => registerProgress(finder, question),
      async answer(stop) {
        const found = await hamletRegister(finder, question, now(), stop);
        if (typeof found === 'string') return noAnswer(found, question);
        return { headers: headersFor(found.seq), body: found.hamlets };
      },
    });
  });

  router.get('/export/gaps.csv', throttle, async (request, response) => {
    const found = await exportedGaps(request, response);
    if (!found) return;
    const { answer, question, names } = found;
    const text = await gapsAsCsv(answer, question, names, live.country);
    sendFile(response, 'vung-lom.csv', 'text/csv; charset=utf-8', text);
  });

  router.get('/export/gaps.geojson', throttle, async (request, response) => {
    const found = await exportedGaps(request, response);
    if (!found) return;
    const { answer, question, names } = found;
    const text = await gapsAsGeoJson(answer, question, names, live.country);
    sendFile(response, 'vung-lom.geojson', 'application/geo+json', text);
  });

  router.get('/export/hamlet-register.csv', throttle, async (request, response) => {
    const question = hamletQuestion(request, response);
    if (!question) return;
    const answer = await hamletRegister(finder, question, now(), leaving(response));
    const territory = live.ground?.territory;
    if (typeof answer === 'string') refuse(response, noAnswer(answer, question));
    else if (territory) {
      const text = await hamletsAsCsv(answer, question, namesIn(territory));
      sendFile(response, 'so-thon-lom-song.csv', 'text/csv; charset=utf-8', text);
    }
  });

  /** The gaps of a file; null where the request has been refused. */
  async function exportedGaps(request: Request, response: Response) {
    const question = gapQuestion(request, response, GapsExportQuery);
    if (!question) return null;
    const answer = await findGaps(finder, question, leaving(response));
    const territory = live.ground?.territory;
    if (typeof answer !== 'string' && territory)
      return { answer, question, names: namesIn(territory) };
    refuse(response, noAnswer(typeof answer === 'string' ? answer : 'no_territory', question));
    return null;
  }

  /** What a request asks of the gaps; null where it has been refused. */
  function gapQuestion(
    request: Request,
    response: Response,
    schema: typeof GapsQuery | typeof GapsExportQuery,
  ): GapQuestion | null {
    const query = v.safeParse(schema, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return null;
    }
    const { operator, technology, limit = Infinity, ...rest } = query.output;
    const question = { ...rest, limit, wanted: { operator, technology } };
    return canAnswer(response, question) ? question : null;
  }

  /** The same of the register. */
  function hamletQuestion(request: Request, response: Response): RegisterQuestion | null {
    const query = v.safeParse(HamletsQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return null;
    }
    const { operator, technology, ...rest } = query.output;
    const question = { ...rest, wanted: { operator, technology } };
    return canAnswer(response, question) ? question : null;
  }

  function canAnswer(
    response: Response,
    { unit, wanted }: Pick<RegisterQuestion, 'unit' | 'wanted'>,
  ): boolean {
    const { operator, technology } = wanted;
    if (live.ground && !live.ground.hasUnit(unit)) {
      refuse(response, {
        code: 'not_found',
        message: `There is no unit ${unit}.`,
        path: 'unit',
        reason: { is: 'no_such', what: 'unit', id: unit },
      });
      return false;
    }
    if (newSiteBand(technology, operator) === undefined) {
      const message = `operator: ${operator ?? 'any'} has no band for ${technology}`;
      refuse(response, { code: 'invalid', message, path: 'operator', reason: { is: 'sense' } });
      return false;
    }
    return true;
  }

  return router;
}

function noAnswer(why: NoAnswer, { method }: Pick<RegisterQuestion, 'method'>): Refusal {
  switch (why) {
    case 'no_territory':
      return { code: 'no_territory', message: 'There is no territory yet.' };
    case 'no_method':
      return {
        code: 'invalid',
        message: `method: ${method} is not available here`,
        path: 'method',
        reason: { is: 'no_method', method },
      };
    case 'counting':
      return {
        code: 'unavailable',
        message: `method: ${method} is still counting the country; ask again in a moment.`,
        path: 'method',
        reason: { is: 'counting', method },
      };
    case 'stopped':
      return { code: 'unavailable', message: 'Nobody waits for the answer any more.' };
  }
}

/** What a list of an event's country is told with. */
function headersFor(seq: number, totals: Record<string, number> = {}): Record<string, string> {
  const told = Object.entries({ 'X-Seq': seq, ...totals }).map(([name, value]) => [
    name,
    String(value),
  ]);
  return { ...Object.fromEntries(told), 'Cache-Control': 'no-store' };
}

function sendFile(response: Response, name: string, type: string, text: string): void {
  response
    .set({
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    })
    .send(text);
}
