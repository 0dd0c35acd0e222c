/** The past over HTTP: how the log lies in time, the country and a unit as they were, and events. */
import { Router, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { ONLY_ONE, withoutNames, type Event } from '../../data/log/event.ts';
import { writtenOut } from '../../data/model/estimate.ts';
import { UnitCode } from '../../data/model/scalars.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import {
  EVENTS_PER_PAGE,
  type PastEvents,
  type PastState,
  type Timeline,
} from '../../data/wire/past.ts';
import type { LiveCountry } from '../country/live.ts';
import { encodingFor, SHARED_EQUALLY } from '../http/country-routes.ts';
import { accountOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { readEvents } from '../log/read.ts';
import { MomentQuery, seqAsked } from './asked-moment.ts';
import { LogClock } from './clock.ts';
import { Busy, type Past } from './past.ts';
import { PAST_METHODS, Preparing } from './past-country.ts';

const Whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a whole number'), v.toNumber());

const SnapshotQuery = v.object({
  ...MomentQuery,
  method: v.optional(v.picklist(PAST_METHODS), 'radius'),
  /** The estimates alone, for whoever has the country. */
  only: v.optional(v.literal('estimates')),
});
const StateQuery = v.object({ ...MomentQuery, unit: v.optional(UnitCode, NATION) });
const EventsQuery = v.object({ after: Whole, to: Whole });

/** As many marks as a slider has pixels to tell apart. */
const MOST_MARKS = 400;

export function pastRoutes(options: {
  pool: Pool;
  live: LiveCountry;
  past: Past;
  /** ms since 1970. */
  now: () => number;
}): Router {
  const { pool, live, past, now } = options;
  const router = Router();
  const clock = new LogClock(pool, live);

  router.get('/timeline', async (_request, response) => {
    past.warm();
    response.set('Cache-Control', 'no-store').json(await timeline(clock));
  });

  router.get('/snapshot', async (request, response, next) => {
    if (request.query['at'] === undefined && request.query['seq'] === undefined) return next();
    const query = v.safeParse(SnapshotQuery, request.query);
    if (!query.success) return refuseInvalid(response, query.issues);
    const { method, only } = query.output;
    const seq = await seqAsked(query.output, clock, now());
    if (typeof seq !== 'number') return refuse(response, seq);
    const encoding = encodingFor(request);
    await answered(response, async () => {
      const answer = await past.ask({ want: only ?? 'snapshot', seq, method, encoding });
      if (!('bytes' in answer)) throw new Error('a snapshot was asked for');
      const { at, told } = await clock.momentOf(seq);
      response.set({
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'no-store',
        'X-Seq': String(seq),
        'X-At': at,
        ...(told === null ? {} : { 'X-Told': told }),
        'X-Length': String(answer.length),
        Vary: 'Accept-Encoding',
      });
      if (encoding !== 'identity') response.set('Content-Encoding', encoding);
      response.end(answer.bytes);
    });
  });

  router.get('/state', async (request, response) => {
    const query = v.safeParse(StateQuery, request.query);
    if (!query.success) return refuseInvalid(response, query.issues);
    const { unit } = query.output;
    if (!live.ground) return refuse(response, noTerritory);
    if (!live.ground.hasUnit(unit)) return refuse(response, noUnit(unit));
    const seq = await seqAsked(query.output, clock, now());
    if (typeof seq !== 'number') return refuse(response, seq);
    await answered(response, async () => {
      const answer = await past.ask({ want: 'state', seq, unit });
      if (!('counts' in answer)) throw new Error('a state was asked for');
      const methods = Object.entries(answer.rows).map(([method, row]) => [method, writtenOut(row)]);
      const state: PastState = {
        unit,
        ...(await clock.momentOf(seq)),
        peopleSource: live.country.population?.source ?? SHARED_EQUALLY,
        counts: answer.counts,
        methods: Object.fromEntries(methods) as PastState['methods'],
      };
      response.set('Cache-Control', 'no-store').json(state);
    });
  });

  router.get('/events', async (request, response) => {
    const query = v.safeParse(EventsQuery, request.query);
    if (!query.success) return refuseInvalid(response, query.issues);
    const { after, to } = query.output;
    const until = Math.min(to, live.country.seq, after + EVENTS_PER_PAGE);
    const events = until > after ? await readEvents(pool, after, until - after) : [];
    const named = await accountOfRequest(pool, request);
    const page: PastEvents = {
      from: after + 1,
      to: Math.max(after, until),
      events: located(events).map(named ? (event) => event : withoutNames),
    };
    response.set('Cache-Control', 'no-store').json(page);
  });

  /** Answers, or says why that cannot be done now. */
  async function answered(response: Response, answer: () => Promise<void>): Promise<void> {
    try {
      await answer();
    } catch (error) {
      if (error instanceof Preparing) refuse(response, preparing(past.filled));
      else if (error instanceof Busy) refuse(response, busy);
      else throw error;
    }
  }

  /** Puts in the commune of what was placed or moved, which the log does not hold. */
  function located(events: readonly Event[]): Event[] {
    return events.map((event) => {
      const { lon, lat } = event;
      if (event.id <= ONLY_ONE.territory || typeof lon !== 'number' || typeof lat !== 'number')
        return event;
      return { ...event, commune: live.ground?.communeAt(lon, lat) ?? null };
    });
  }

  return router;
}

async function timeline(clock: LogClock): Promise<Timeline> {
  const { head } = clock;
  const by = await clock.ordinary();
  const recordedFrom = await clock.first('recorded');
  if (recordedFrom === undefined) return { clock: by, recordedFrom: null, marks: [] };
  const days = by === 'told' ? ((await clock.days())?.days ?? []) : [];
  const first = days[0]?.seq ?? 1;
  const seqs = new Set<number>();
  const steps = Math.min(MOST_MARKS, days.length || head - first + 1);
  for (let i = 0; i < steps; i++) {
    // The days of a simulation are what its clock is made of; elsewhere the events are.
    const seq = days.length
      ? days[Math.floor((i * days.length) / steps)]?.seq
      : first + Math.floor((i * (head - first)) / steps);
    if (seq !== undefined) seqs.add(seq);
  }
  const chosen = [...seqs, head];
  const instants = await clock.instantsOf(chosen, by);
  return {
    clock: by,
    recordedFrom: new Date(recordedFrom).toISOString(),
    marks: chosen.map((seq, i) => [seq, instants[i] ?? NaN]),
  };
}

const noTerritory: Refusal = {
  code: 'no_territory',
  message: 'No territory has been adopted yet.',
};
const busy: Refusal = {
  code: 'too_many',
  message: 'Too many are looking back at once. Try again in a moment.',
};

function preparing(share: number): Refusal {
  return {
    code: 'unavailable',
    message: `The past is being prepared, ${Math.floor(share * 100)} % of it are ready.`,
    reason: { is: 'preparing', share },
  };
}

function noUnit(code: string): Refusal {
  return {
    code: 'not_found',
    message: `There is no unit ${code}.`,
    path: 'unit',
    reason: { is: 'no_such', what: 'unit', id: code },
  };
}
