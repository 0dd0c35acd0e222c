/** What looking back asks of the server. */
import type { Refusal } from '../../data/wire/commands.ts';
import type { ClockName, Moment, PastEvents } from '../../data/wire/past.ts';
import type { Method } from '../../data/model/estimate.ts';
import type { Snapshot } from '../../data/wire/snapshot.ts';
import { ask, Refused } from '../live/ask.ts';
import { readSnapshot } from '../live/download.ts';
import { turnedAway } from '../live/turned-away.ts';

/** The past is being made ready: so long until it is asked for again. */
const AGAIN_MS = 1_000;

export type Where = { at: number; clock: ClockName } | { seq: number };

export interface Found {
  snapshot: Snapshot;
  moment: Moment;
}

/**
 * The country at a moment; `tell` hears how far it is, also while the server makes the past ready.
 * @param only the estimates alone
 */
export async function askPast(
  where: Where,
  method: Method,
  tell: (share: number) => void,
  signal: AbortSignal,
  only?: 'estimates',
): Promise<Found> {
  const query = new URLSearchParams({
    ...('seq' in where
      ? { seq: String(where.seq) }
      : { at: new Date(where.at).toISOString(), clock: where.clock }),
    method: method === 'terrain' ? 'radius' : method,
    ...(only ? { only } : {}),
  });
  for (;;) {
    const response = await fetch(`/api/snapshot?${query.toString()}`, { signal });
    if (response.ok) {
      const { headers } = response;
      const moment = {
        seq: Number(headers.get('X-Seq')),
        at: headers.get('X-At') ?? '',
        told: headers.get('X-Told'),
      };
      return { snapshot: await readSnapshot(response, tell), moment };
    }
    if (response.status === 401) turnedAway();
    const body = (await response.json().catch(() => null)) as { error?: Refusal } | null;
    const message = `the server answered ${response.status}`;
    const refusal = body?.error ?? { code: 'unavailable', message };
    if (refusal.reason?.is !== 'preparing') throw new Refused(refusal);
    tell(refusal.reason.share);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    signal.throwIfAborted();
  }
}

export function askEvents(after: number, to: number): Promise<PastEvents> {
  return ask<PastEvents>(`/api/events?after=${after}&to=${to}`);
}
