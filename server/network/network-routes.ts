/** The data network over HTTP: what fails with what, the live cuts, outages, availability, both at once. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { communeCodeOf, levelOf, NATION } from '../../data/model/unit.ts';
import { liveCuts } from '../../data/network/cuts.ts';
import type { NetworkElement } from '../../data/network/graph.ts';
import type { Outages } from '../../data/network/outages.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type {
  NetworkAvailability,
  NetworkCuts,
  NetworkImpact,
  NetworkOutages,
} from '../../data/wire/network.ts';
import type { Ground } from '../country/ground.ts';
import type { LiveCountry } from '../country/live.ts';
import { namesIn } from '../gaps/export.ts';
import { answerAtLength } from '../http/long-answer.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { atMost, type Limit } from '../http/throttle.ts';
import { areaFailure } from './area.ts';
import { availabilityIn, outagesIn } from './availability.ts';
import { createDoubleRisks } from './double-risks.ts';
import { availabilityAsCsv, outagesAsCsv } from './files.ts';
import type { Ledger } from './ledger.ts';
import {
  AreaQuery,
  AvailabilityQuery,
  ImpactQuery,
  OutageFileQuery,
  OutageQuery,
  RiskQuery,
} from './network-query.ts';
import type { LiveNetwork } from './network.ts';
import { spanOf, type Span } from './span.ts';

export function networkRoutes(options: {
  live: LiveCountry;
  network: LiveNetwork;
  ledger: Ledger;
  /** ms since 1970. */
  now: () => number;
  limit: Limit;
}): Router {
  const { live, network, ledger, now, limit } = options;
  const router = Router();
  const risks = createDoubleRisks(live, network, now);

  router.get('/network/impact', (request, response) => {
    const query = parsed(ImpactQuery, request, response);
    if (!query) return;
    const { node, link } = query;
    if ((node === undefined) === (link === undefined)) {
      refuse(response, NODE_OR_LINK);
      return;
    }
    const element: NetworkElement =
      node === undefined ? { noun: 'link', id: link ?? 0 } : { noun: 'node', id: node };
    const impact = network.analysis().impactOf(element);
    if (!impact) {
      refuse(response, noSuch(element));
      return;
    }
    const communes = impact.communes.map(communeCodeOf);
    const { seq } = live.country;
    const answer: NetworkImpact = { seq, ...query, communes, people: impact.people };
    response.set('Cache-Control', 'no-store').json(answer);
  });

  router.get('/network/cuts', (request, response) =>
    answerFromLedger(request, response, ({ outages, ground }) => ({
      body: cutsNow(outages, ground),
    })),
  );

  router.get('/network/outages', (request, response) => {
    const query = parsed(OutageQuery, request, response);
    if (!query) return undefined;
    return answerFromLedger(request, response, ({ outages, ground }) => {
      const told = outagesOf(query, outages, ground);
      return 'code' in told
        ? told
        : { body: { ...told, outages: told.outages.slice(0, query.limit) } };
    });
  });

  router.get('/network/outages.csv', async (request, response) => {
    const query = parsed(OutageFileQuery, request, response);
    const standing = query && (await standingNow(response));
    if (!query || !standing) return;
    const { outages, ground } = standing;
    const told = outagesOf(query, outages, ground);
    if ('code' in told) refuse(response, told);
    else
      sendCsv(
        response,
        'su-co-mang.csv',
        outagesAsCsv(told, namesIn(ground.territory), isSimulated()),
      );
  });

  router.get('/network/availability', (request, response) => {
    const query = parsed(AvailabilityQuery, request, response);
    if (!query) return undefined;
    return answerFromLedger(request, response, ({ outages, ground }) => {
      const told = availabilityOf(query, outages, ground);
      return 'code' in told ? told : { body: told };
    });
  });

  router.get('/network/availability.csv', async (request, response) => {
    const query = parsed(AvailabilityQuery, request, response);
    const standing = query && (await standingNow(response));
    if (!query || !standing) return;
    const { outages, ground } = standing;
    const told = availabilityOf(query, outages, ground);
    if ('code' in told) refuse(response, told);
    else
      sendCsv(
        response,
        'muc-san-sang-mang.csv',
        availabilityAsCsv(told, nameIn(ground), isSimulated()),
      );
  });

  router.get('/network/area', atMost(limit), (request, response) => {
    const query = parsed(AreaQuery, request, response);
    if (!query) return;
    const answer = areaFailure(query, live, network);
    if ('code' in answer) refuse(response, answer);
    else response.set('Cache-Control', 'no-store').json(answer);
  });

  router.get('/network/double-risks', (request, response) => {
    const query = parsed(RiskQuery, request, response);
    if (!query) return undefined;
    return answerAtLength(request, response, {
      progress: () => risks.progress(query.method),
      async answer() {
        const body = await risks.find(query.method);
        return body ? { body, headers: { 'Cache-Control': 'no-store' } } : noTerritory;
      },
    });
  });

  function cutsNow(outages: Outages, { territory }: Ground): NetworkCuts {
    const { country } = live;
    const analysis = network.analysis();
    const cuts = liveCuts(country.tables, analysis, network.peopleOf, outages.open());
    return {
      seq: country.seq,
      asOf: country.at,
      communes: territory.communes.length,
      connected: analysis.communes.filter((commune) => analysis.isConnected(commune)).length,
      people: cuts.reduce((sum, { people }) => sum + people, 0),
      cuts: cuts.map(({ commune, people, since, causes }) => ({
        ...{ commune: communeCodeOf(commune), people, causes },
        since: since === null ? null : new Date(since).toISOString(),
      })),
    };
  }

  function outagesOf(
    { unit, ...query }: v.InferOutput<typeof OutageFileQuery>,
    outages: Outages,
    ground: Ground,
  ): NetworkOutages | Refusal {
    const span = spanOf(query, now());
    if (!span) return endsBefore;
    if (!ground.hasUnit(unit)) return noUnit(unit, 'unit');
    const told = outagesIn(outages, ground, unit, span);
    return { seq: live.country.seq, unit, ...written(span), total: told.length, outages: told };
  }

  function availabilityOf(
    { level, province, target, ...query }: v.InferOutput<typeof AvailabilityQuery>,
    outages: Outages,
    ground: Ground,
  ): NetworkAvailability | Refusal {
    const span = spanOf(query, now());
    if (!span) return endsBefore;
    if (province !== undefined && (levelOf(province) !== 'province' || !ground.hasUnit(province)))
      return noUnit(province, 'province');
    const rows = availabilityIn(outages, ground, level, province, span, target);
    return { seq: live.country.seq, level, ...written(span), target, rows };
  }

  /** Answers from the ledger, once it is told. */
  function answerFromLedger(
    request: Request,
    response: Response,
    answer: (standing: { outages: Outages; ground: Ground }) => { body: unknown } | Refusal,
  ): Promise<void> {
    return answerAtLength(request, response, {
      progress: () => ledger.share,
      async answer() {
        const outages = await ledger.outages();
        const { ground } = live;
        const made = outages && ground ? answer({ outages, ground }) : noTerritory;
        return 'code' in made ? made : { ...made, headers: { 'Cache-Control': 'no-store' } };
      },
    });
  }

  async function standingNow(response: Response) {
    const outages = await ledger.outages();
    const { ground } = live;
    if (outages && ground) return { outages, ground };
    refuse(response, noTerritory);
    return undefined;
  }

  function isSimulated(): boolean {
    const { columns, count } = live.country.tables.nodes;
    return columns.simulated.subarray(0, count).includes(1);
  }

  return router;
}

function parsed<S extends v.GenericSchema>(
  schema: S,
  request: Request,
  response: Response,
): v.InferOutput<S> | undefined {
  const query = v.safeParse(schema, request.query);
  if (query.success) return query.output;
  refuseInvalid(response, query.issues);
  return undefined;
}

function written({ from, to }: Span): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function nameIn({ territory }: Ground): (unit: string) => string {
  const names = new Map(
    [...territory.provinces, ...territory.communes].map(({ code, name }) => [code, name]),
  );
  return (unit) => names.get(unit) ?? (unit === NATION ? 'Việt Nam' : '');
}

function sendCsv(response: Response, name: string, text: string): void {
  response
    .set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    })
    .send(text);
}

const noTerritory: Refusal = {
  code: 'no_territory',
  message: 'No territory has been adopted yet.',
};

const NODE_OR_LINK: Refusal = {
  code: 'invalid',
  message: 'node, link: say which one fails, either node=<id> or link=<id>.',
  path: 'node',
  reason: { is: 'sense' },
};

const endsBefore: Refusal = {
  code: 'invalid',
  message: 'to: the span ends before it begins, or has not begun yet.',
  path: 'to',
  reason: { is: 'sense' },
};

function noSuch({ noun, id }: NetworkElement): Refusal {
  return {
    code: 'not_found',
    message: `There is no ${noun} ${id}.`,
    path: noun,
    reason: { is: 'no_such', what: noun, id },
  };
}

function noUnit(code: string, path: string): Refusal {
  return {
    code: 'not_found',
    message: `There is no unit ${code}.`,
    path,
    reason: { is: 'no_such', what: 'unit', id: code },
  };
}
