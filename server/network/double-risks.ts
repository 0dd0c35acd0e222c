/**
 * Communes that would lose both by two failures or one blow: the network hangs on a single node or
 * link besides their own node, and most of their covered people on a single mast. The masts are found
 * when somebody asks, in the background, and kept for a while: a country of stations moves them little.
 */
import { communeNumberOf } from '../../data/model/unit.ts';
import type { DoubleRisk, DoubleRisks } from '../../data/wire/network.ts';
import type { LiveCountry } from '../country/live.ts';
import type { CoverageByMethod } from '../coverage/methods.ts';
import { lonelyMasts, type Mast } from './masts.ts';
import type { LiveNetwork } from './network.ts';

type Method = DoubleRisks['method'];

export interface DoubleRiskFinder {
  /** As things stand; undefined before a territory was adopted. */
  find(method: Method): Promise<DoubleRisks | undefined>;
  /** How far that is for whoever waits for it now, 0–1. */
  progress(method: Method): number;
}

interface Found {
  coverage: CoverageByMethod;
  masts: Promise<Mast[]>;
  /** ms since 1970. */
  at: number;
  share: number;
}

/** Least time between two searches; one takes a second or two of slices. */
const REST_MS = 300_000;

export function createDoubleRisks(
  live: LiveCountry,
  network: LiveNetwork,
  now: () => number,
): DoubleRiskFinder {
  const found = new Map<Method, Found>();
  /** Whether a station has changed since the last search. */
  const moved = new Set<Method>();
  live.onApplied((applied, reset) => {
    if (reset || applied.some(({ event }) => event.type.startsWith('station.')))
      for (const method of found.keys()) moved.add(method);
  });

  function search(method: Method): Found | undefined {
    const { coverage, ground, country } = live;
    const engine = coverage?.by(method);
    if (!coverage || !engine || !ground) return undefined;
    const known = found.get(method);
    const isOld = moved.has(method) && now() - (known?.at ?? 0) >= REST_MS;
    if (known?.coverage === coverage && !isOld) return known;
    moved.delete(method);
    const masts = lonelyMasts(engine, ground, country.tables.stations, (share) => {
      fresh.share = share;
    });
    const fresh: Found = { coverage, masts, at: now(), share: 0 };
    found.set(method, fresh);
    masts.catch(() => found.delete(method));
    return fresh;
  }

  return {
    progress: (method) => found.get(method)?.share ?? 0,
    async find(method) {
      const searched = search(method);
      if (!searched) return undefined;
      const masts = await searched.masts;
      const analysis = network.analysis();
      const communes = masts
        .map((mast): DoubleRisk => {
          const number = communeNumberOf(mast.commune);
          const hangsOn = analysis.hangsBeyondItself(number);
          return { ...mast, people: network.peopleOf(number), hangsOn };
        })
        .filter(({ hangsOn }) => hangsOn.length > 0)
        .sort((a, b) => b.people - a.people);
      return { seq: live.country.seq, method, communes };
    },
  };
}
