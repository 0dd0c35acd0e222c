/** Tours of the wall over HTTP: read by whoever may look, kept by whoever plans or keeps units. */
import { json, Router, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { authorForAnybody } from '../../data/model/account.ts';
import { mayKeepTours } from '../../data/wire/authority.ts';
import { indicatorIn, isShownByProvince } from '../../data/indicators/register.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import { NATION } from '../../data/model/unit.ts';
import { filmWithin } from '../../data/wall/film.ts';
import { TourCode } from '../../data/wall/tour.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { SaveTour, TourAddress, type Tour } from '../../data/wire/tours.ts';
import type { Session } from '../accounts/sessions.ts';
import type { LiveCountry } from '../country/live.ts';
import { invalid, noSuch } from '../commands/refusals.ts';
import { accountOfRequest, personOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { LogClock } from '../past/clock.ts';
import { keepTour, listTours, readTour, removeTour } from './store.ts';

const Base = v.object({
  base: v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a version'), v.toNumber()),
});

export function tourRoutes(pool: Pool, live: LiveCountry): Router {
  const router = Router();
  const clock = new LogClock(pool, live);

  router.get('/tours', async (request, response) => {
    const tours = await listTours(pool);
    response.json(await asSeenBy(request, tours));
  });

  router.get('/tours/:code', async (request, response) => {
    const tour = await found(request, response);
    if (tour) response.set('Cache-Control', 'no-store').json((await asSeenBy(request, [tour]))[0]);
  });

  router.put('/tours/:code', json(), async (request, response) => {
    const keeper = await keeperOf(request, response);
    if (!keeper) return;
    const address = v.safeParse(TourAddress, request.params);
    const wish = v.safeParse(SaveTour, request.body, { abortPipeEarly: true });
    if (!address.success) return refuseInvalid(response, address.issues);
    if (!wish.success) return refuseInvalid(response, wish.issues);
    const wrong =
      unknownUnit(wish.output) ?? unshownIndicator(wish.output) ?? (await unseenSpan(wish.output));
    if (wrong) return refuse(response, wrong);
    const { code } = address.output;
    const kept = await keepTour(pool, code, wish.output, keeper.name);
    if (kept) response.json(kept);
    else await refuseTooLate(request, response);
  });

  router.delete('/tours/:code', async (request, response) => {
    if (!(await keeperOf(request, response)) || !(await found(request, response))) return;
    const query = v.safeParse(Base, request.query);
    if (!query.success) refuseInvalid(response, query.issues);
    else if (await removeTour(pool, String(request.params['code']), query.output.base))
      response.json({});
    else await refuseTooLate(request, response);
  });

  /** The tour of the address; where there is none, the request is refused. */
  async function found(request: Request, response: Response): Promise<Tour | undefined> {
    const code = String(request.params['code']);
    const tour = v.is(TourCode, code) ? await readTour(pool, code) : undefined;
    if (!tour)
      refuse(response, {
        code: 'not_found',
        message: `There is no tour ${code}.`,
        path: 'code',
        reason: { is: 'no_such', what: 'tour', id: code },
      });
    return tour;
  }

  /** Somebody was first: shows the tour as it is now. */
  async function refuseTooLate(request: Request, response: Response): Promise<void> {
    const current = await found(request, response);
    if (current)
      refuse(response, {
        code: 'stale',
        message: `It was changed meanwhile: tour ${current.code} is at version ${current.version} now.`,
        path: 'base',
        current: { ...current },
      });
  }

  async function asSeenBy(request: Request, tours: Tour[]): Promise<Tour[]> {
    if (await accountOfRequest(pool, request)) return tours;
    return tours.map((tour) => ({ ...tour, changedBy: authorForAnybody(tour.changedBy) }));
  }

  async function keeperOf(request: Request, response: Response): Promise<Session | undefined> {
    const person = await personOfRequest(pool, request);
    if (person && mayKeepTours(person)) return person;
    if (person)
      refuse(response, {
        code: 'forbidden',
        message: `${person.name} is ${person.role}, who looks at tours and keeps none.`,
        path: 'role',
      });
    else refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
    return undefined;
  }

  /** Refuses the first unit that the territory in use has not. */
  function unknownUnit({ scenes }: SaveTour): Refusal | undefined {
    for (const [index, scene] of scenes.entries())
      if ('unit' in scene && scene.unit !== NATION && !live.ground?.hasUnit(scene.unit))
        return noSuch(`scenes.${index}.unit`, 'unit', scene.unit);
    return undefined;
  }

  /** Refuses the first indicator that the map of the provinces cannot show. */
  function unshownIndicator({ scenes }: SaveTour): Refusal | undefined {
    for (const [index, scene] of scenes.entries()) {
      if (scene.show !== 'indicator') continue;
      const { code } = scene;
      const path = `scenes.${index}.code`;
      const indicator = indicatorIn(live.country.tables.definitions, code);
      if (!indicator) return noSuch(path, 'indicator', code);
      if (!isShownByProvince(indicator))
        return invalid(path, `the provinces have no indicator ${code}`, { is: 'scope' });
    }
    return undefined;
  }

  /** Refuses the first film of days of which the log has nothing. */
  async function unseenSpan({ scenes }: SaveTour): Promise<Refusal | undefined> {
    const films = scenes.flatMap((scene, index) =>
      scene.show === 'film' && 'from' in scene.span ? [{ span: scene.span, index }] : [],
    );
    if (films.length === 0) return undefined;
    const by = await clock.ordinary();
    const from = await clock.first(by);
    if (from === undefined) return undefined;
    const log = { from, to: by === 'told' ? await clock.last(by) : Date.now() };
    const never = films.find(({ span }) => filmWithin(span, log) === null);
    if (!never) return undefined;
    const isToCome = never.span.from > dayInVietnam(log.to);
    const path = `scenes.${never.index}.span.${isToCome ? 'from' : 'until'}`;
    return {
      code: 'invalid',
      message: isToCome
        ? `${path}: that is still to come: it is ${dayInVietnam(log.to)} now`
        : `${path}: the log begins on ${dayInVietnam(log.from)}`,
      path,
      reason: { is: isToCome ? 'to_come' : 'before_log' },
    };
  }

  return router;
}
