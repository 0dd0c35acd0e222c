/** Gaps and the register of hamlets over HTTP, and as files. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { newSiteBand } from '../../data/radio/new-site.ts';
import type { LiveCountry } from '../country/live.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { gapsAsCsv, gapsAsGeoJson, hamletsAsCsv, namesIn } from './export.ts';
import { GapFinder, type NoAnswer } from './finder.ts';
import { GapsExportQuery, GapsQuery, HamletsQuery } from './gap-query.ts';
import { findGaps, type GapAnswer, type GapQuestion } from './gaps.ts';
import { hamletRegister, type RegisterAnswer, type RegisterQuestion } from './register.ts';

export function gapRoutes(live: LiveCountry, now: () => number): Router {
  const router = Router();
  const finder = new GapFinder(live);

  router.get('/gaps', async (request, response) => {
    const found = await gapsFor(request, response, GapsQuery);
    if (!found) return;
    const { answer } = found;
    response
      .set({
        'X-Seq': String(answer.seq),
        'X-Total': String(answer.total),
        'X-People': String(answer.people),
        'Cache-Control': 'no-store',
      })
      .json(answer.gaps);
  });

  router.get('/hamlets', async (request, response) => {
    const found = await hamletsFor(request, response);
    if (!found) return;
    response
      .set({ 'X-Seq': String(found.answer.seq), 'Cache-Control': 'no-store' })
      .json(found.answer.hamlets);
  });

  router.get('/export/gaps.csv', async (request, response) => {
    const found = await gapsFor(request, response, GapsExportQuery);
    const territory = live.ground?.territory;
    if (!found || !territory) return;
    const { answer, question } = found;
    const text = await gapsAsCsv(answer, question, namesIn(territory), live.country);
    sendFile(response, 'vung-lom.csv', 'text/csv; charset=utf-8', text);
  });

  router.get('/export/gaps.geojson', async (request, response) => {
    const found = await gapsFor(request, response, GapsExportQuery);
    const territory = live.ground?.territory;
    if (!found || !territory) return;
    const { answer, question } = found;
    const text = await gapsAsGeoJson(answer, question, namesIn(territory), live.country);
    sendFile(response, 'vung-lom.geojson', 'application/geo+json', text);
  });

  router.get('/export/hamlet-register.csv', async (request, response) => {
    const found = await hamletsFor(request, response);
    const territory = live.ground?.territory;
    if (!found || !territory) return;
    const text = await hamletsAsCsv(found.answer, found.question, namesIn(territory));
    sendFile(response, 'so-thon-lom-song.csv', 'text/csv; charset=utf-8', text);
  });

  /** The gaps that a request asks for; null where it has been refused. */
  async function gapsFor(
    request: Request,
    response: Response,
    schema: typeof GapsQuery | typeof GapsExportQuery,
  ): Promise<{ question: GapQuestion; answer: GapAnswer } | null> {
    const query = v.safeParse(schema, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return null;
    }
    const { operator, technology, limit = Infinity, ...rest } = query.output;
    const question = { ...rest, limit, wanted: { operator, technology }, stop: leaving(response) };
    if (!canAnswer(response, question)) return null;
    const answer = await findGaps(finder, question);
    return isAnswer(response, answer, question) ? { question, answer } : null;
  }

  async function hamletsFor(
    request: Request,
    response: Response,
  ): Promise<{ question: RegisterQuestion; answer: RegisterAnswer } | null> {
    const query = v.safeParse(HamletsQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return null;
    }
    const { operator, technology, ...rest } = query.output;
    const question = { ...rest, wanted: { operator, technology }, stop: leaving(response) };
    if (!canAnswer(response, question)) return null;
    const answer = await hamletRegister(finder, question, now());
    return isAnswer(response, answer, question) ? { question, answer } : null;
  }

  function canAnswer(response: Response, { unit, wanted }: RegisterQuestion): boolean {
    const { operator, technology } = wanted;
    if (live.ground && !live.ground.hasUnit(unit)) {
      refuse(response, { code: 'not_found', message: `There is no unit ${unit}.`, path: 'unit' });
      return false;
    }
    if (newSiteBand(technology, operator) === undefined) {
      const message = `operator: ${operator ?? 'any'} has no band for ${technology}`;
      refuse(response, { code: 'invalid', message, path: 'operator' });
      return false;
    }
    return true;
  }

  return router;
}

function isAnswer<T extends object>(
  response: Response,
  answer: T | NoAnswer,
  { method }: RegisterQuestion,
): answer is T {
  if (answer === 'stopped') response.end();
  else if (answer === 'no_territory')
    refuse(response, { code: 'no_territory', message: 'There is no territory yet.' });
  else if (answer === 'no_method') {
    const message = `method: ${method} is not available here`;
    refuse(response, { code: 'invalid', message, path: 'method' });
  } else return true;
  return false;
}

/** Aborted when whoever asked goes away. */
function leaving(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
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
