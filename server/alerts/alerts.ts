/**
 * Alerts on a server: which one keeps them, when it looks, and whom it tells. The keeper looks soon
 * after something happened, and every few seconds for what time alone brings; all servers tell their
 * sockets when something about alerts is different.
 */
import type { Pool } from 'pg';
import type { Refusal } from '../../data/wire/commands.ts';
import type { LiveCountry } from '../country/live.ts';
import type { Ledger } from '../network/ledger.ts';
import type { LiveNetwork } from '../network/network.ts';
import { takeLead, type Lead, type Notice } from './lead.ts';
import { createKeeper } from './keeper.ts';
import { openPostman } from './postman.ts';
import { openSights, type Sights } from './sights.ts';
import { readVersion } from './store.ts';

/** When alerts look at the clock, and how often at the country. */
export interface Pace {
  /** ms since 1970. */
  now: () => number;
  /** ms from the first thing that happens to the look; what happens meanwhile is looked at with it. */
  afterMs: number;
  /** ms from one look to the next where nothing happens. */
  everyMs: number;
}

export const PACE: Pace = { now: Date.now, afterMs: 2_000, everyMs: 15_000 };

export interface AlertKeeping {
  sights: Sights;
  lead: Pick<Lead, 'tell' | 'isOn'>;
  now: () => number;
  close(): Promise<void>;
}

export function keepAlerts(options: {
  pool: Pool;
  /** For the line on which servers hear of each other. */
  url: string;
  live: LiveCountry;
  network: LiveNetwork;
  ledger: Ledger;
  refusal: () => Refusal | undefined;
  pace: Pace;
  /** Called with the version of the alerts when they have changed, on every server. */
  changed: (version: number) => void;
}): AlertKeeping {
  const { pool, url, live, network, ledger, refusal, pace, changed } = options;
  const { now } = pace;
  const sights = openSights({ pool, live, network, ledger, now });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let looking: Promise<void> = Promise.resolve();
  /** One failure is told, and not each of a series. */
  let isFailing = false;

  const lead = takeLead({
    pool,
    url,
    now,
    heard,
    missed() {
      keeper.doubt();
      void readVersion(pool)
        .then(changed)
        .catch(() => undefined);
    },
    began() {
      keeper.doubt();
      soon(0);
    },
  });
  const postman = openPostman({ pool, now, isOn: () => lead.isOn });
  const keeper = createKeeper({
    ...{ pool, live, sights, lead, now },
    isFull: () => refusal() !== undefined,
    posted: () => postman.look(),
  });

  function heard({ what, version }: Notice, isOwn: boolean): void {
    if (version !== undefined) changed(version);
    if (!lead.isOn) return;
    if (what === 'webhooks') postman.look();
    // What the keeper itself wrote it knows.
    else if (what !== 'alerts' || !isOwn) {
      keeper.doubt();
      soon(0);
    }
  }

  function soon(afterMs: number): void {
    if (isClosed) return;
    if (timer && afterMs > 0) return;
    clearTimeout(timer);
    timer = setTimeout(look, afterMs);
  }

  function look(): void {
    timer = undefined;
    if (isClosed || !lead.isOn) return;
    looking = keeper
      .look()
      .then(() => {
        isFailing = false;
      })
      .catch((error: unknown) => {
        keeper.doubt();
        if (!isFailing)
          console.error('Alerts could not be looked after; it is tried again.', error);
        isFailing = true;
      });
  }

  live.onApplied(() => {
    if (lead.isOn) soon(pace.afterMs);
  });
  const every = setInterval(() => {
    look();
    postman.look();
  }, pace.everyMs);

  return {
    sights,
    lead,
    now,
    async close() {
      isClosed = true;
      clearInterval(every);
      clearTimeout(timer);
      await looking;
      await postman.close();
      await lead.close();
    },
  };
}
