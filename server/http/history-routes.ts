/** The history of one thing over HTTP: who did what to it, and what it was before. */
import { Router } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { nounOf, withoutNames } from '../../data/log/event.ts';
import { difference } from '../../data/model/fields.ts';
import { Id } from '../../data/model/scalars.ts';
import type { History, HistoryEntry } from '../../data/wire/history.ts';
import { readThing } from '../log/read.ts';
import { momentsOf, type Moment } from '../log/thing.ts';
import { accountOfRequest } from './identity.ts';
import { refuse, refuseInvalid } from './refusal.ts';

const whole = v.pipe(v.string(), v.regex(/^\d{1,10}$/, 'must be a whole number'), v.toNumber());

const HistoryQuery = v.object({
  id: v.pipe(whole, Id),
  /** Older than this version only. */
  before: v.optional(v.pipe(whole, v.minValue(1))),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(200)), '50'),
});

export function historyRoutes(pool: Pool): Router {
  const router = Router();
  router.get('/history/:id', async (request, response) => {
    const query = v.safeParse(HistoryQuery, { ...request.query, id: request.params.id });
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { id, before = Infinity, limit } = query.output;
    const named = await accountOfRequest(pool, request);
    const events = (await readThing(pool, id)).map(named ? (event) => event : withoutNames);
    const [first] = events;
    if (!first || !nounOf(first)) {
      refuse(response, {
        code: 'not_found',
        message: `There never was a thing ${id}.`,
        path: 'id',
      });
      return;
    }
    const entries = momentsOf(events)
      .map((moment, index, all) => entryOf(moment, all[index - 1]))
      .filter(({ version }) => version < before)
      .reverse();
    const page = entries.slice(0, limit);
    // What an office calls its files is not for everybody.
    const files = named ? await filesOf(pool, page) : new Map<number, HistoryEntry['file']>();
    const told = page.map((entry) => {
      const file = files.get(entry.seq);
      return file ? { ...entry, file } : entry;
    });
    const history: History = { id, entries: told, more: entries.length > limit };
    response.set('Cache-Control', 'no-store').json(history);
  });
  return router;
}

/** The files that events came from, or were taken back with, by the numbers of the events. */
async function filesOf(
  pool: Pool,
  entries: readonly HistoryEntry[],
): Promise<Map<number, HistoryEntry['file']>> {
  const { rows } = await pool.query<{ seq: string; name: string; undone: boolean }>(
    `select e.seq, i.name, e.seq > (i.applied ->> 'to')::bigint as undone
     from unnest($1::bigint[]) as e(seq) join imports i
       on e.seq between (i.applied ->> 'from')::bigint and (i.applied ->> 'to')::bigint
       or e.seq between (i.undone ->> 'from')::bigint and (i.undone ->> 'to')::bigint`,
    [entries.map(({ seq }) => seq)],
  );
  return new Map(rows.map(({ seq, name, undone }) => [Number(seq), { name, undone }]));
}

function entryOf({ event, fields }: Moment, previous: Moment | undefined): HistoryEntry {
  const { seq, at, by, type, version, effective } = event;
  const was = previous?.fields ?? {};
  const changed = fields ? difference(was, fields) : {};
  // A place is two fields and one thing.
  if (fields && ('lon' in changed || 'lat' in changed))
    for (const name of ['lon', 'lat']) changed[name] = fields[name];
  const before = Object.fromEntries(Object.keys(changed).map((name) => [name, was[name] ?? null]));
  return { seq, at, by, type, version, effective, fields: changed, before };
}
