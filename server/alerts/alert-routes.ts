/** Alerts over HTTP: read by whoever may look, taken on by those whose units they are in. */
import { json, Router } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import type { Account } from '../../data/model/account.ts';
import { Acknowledge, AlertsQuery, type Alerts } from '../../data/wire/alerts.ts';
import { mayAcknowledge } from '../../data/wire/authority.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { LiveCountry } from '../country/live.ts';
import { accountOfRequest, personOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import type { AlertKeeping } from './alerts.ts';
import { noSuch, numberIn } from './refusals.ts';
import { asSeen, listAlerts, readAlert, takeOn, type KeptAlert } from './store.ts';

export function alertRoutes(
  pool: Pool,
  live: LiveCountry,
  { lead, now }: Pick<AlertKeeping, 'lead' | 'now'>,
): Router {
  const router = Router();

  router.get('/alerts', async (request, response) => {
    const query = v.safeParse(AlertsQuery, request.query);
    if (!query.success) return refuseInvalid(response, query.issues);
    const { unit } = query.output;
    if (!live.ground?.hasUnit(unit)) return refuse(response, noSuch('unit', unit, 'unit'));
    const [account, listed] = await Promise.all([
      accountOfRequest(pool, request),
      listAlerts(pool, query.output),
    ]);
    const alerts = listed.alerts.map((alert) => seenBy(alert, account));
    const answer: Alerts = { ...listed, alerts };
    response.set('Cache-Control', 'no-store').json(answer);
  });

  router.post('/alerts/:id/acknowledge', json(), async (request, response) => {
    const person = await personOfRequest(pool, request);
    if (!person) return refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
    const wish = v.safeParse(Acknowledge, request.body ?? {});
    if (!wish.success) return refuseInvalid(response, wish.issues);
    const id = numberIn(request.params['id']);
    const alert = await readAlert(pool, id);
    if (!alert) return refuse(response, noSuch('alert', String(request.params['id'])));
    if (!mayAcknowledge(person, alert.unit, provinceOf))
      return refuse(response, notTheirs(person, alert));
    const { word } = wish.output;
    const version = await inOne((client) =>
      takeOn(client, id, { by: person.name, word, at: now() }),
    );
    if (version !== undefined) await lead.tell({ what: 'taken', version });
    const after = await readAlert(pool, id);
    if (!after) return refuse(response, noSuch('alert', String(id)));
    // Whoever asks twice has it already.
    if (after.acknowledged?.by === person.name) return response.json(seenBy(after, person));
    return refuse(response, tooLate(after, seenBy(after, person)));
  });

  function seenBy(alert: KeptAlert, account: Account | undefined) {
    const may = account !== undefined && mayAcknowledge(account, alert.unit, provinceOf);
    return asSeen(alert, account !== undefined, may);
  }

  const provinceOf = (commune: string): string | undefined => live.ground?.provinceOf(commune);

  async function inOne<T>(work: (client: Parameters<typeof takeOn>[0]) => Promise<T | undefined>) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const done = await work(client);
      await client.query(done === undefined ? 'rollback' : 'commit');
      return done;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  return router;
}

function notTheirs({ name, role, units }: Account, { unit }: KeptAlert): Refusal {
  return role === 'viewer'
    ? { code: 'forbidden', message: `${name} is viewer, who takes no alert on.`, path: 'role' }
    : {
        code: 'forbidden',
        message: `The alert is in ${unit}, which is not among the units of ${name} (${units.join(', ')}).`,
        path: 'units',
      };
}

function tooLate({ acknowledged }: KeptAlert, current: object): Refusal {
  const common = { code: 'stale', path: 'id', current: { ...current } } as const;
  if (!acknowledged)
    return { ...common, message: 'The alert is over meanwhile.', reason: { is: 'over' } };
  const { by, at } = acknowledged;
  return {
    ...common,
    message: `${by} has taken it on already, at ${at}.`,
    reason: { is: 'taken_on', by },
  };
}
