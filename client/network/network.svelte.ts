/**
 * The network of the live country, analysed as it is: on this screen, so that an answer is there at
 * once and without a line. Anew where a node or a link has changed, at a pace that can be read.
 */
import { untrack } from 'svelte';
import type { Touched } from '../../data/log/apply.ts';
import { communeCodeOf } from '../../data/model/unit.ts';
import { NetworkAnalysis } from '../../data/network/analysis.ts';
import { liveCuts, type Cut } from '../../data/network/cuts.ts';
import type { NetworkTables } from '../../data/network/graph.ts';
import { live } from '../live/live.svelte.ts';
import { hangingIn } from './weak.ts';

const STEP_MS = 500;

export interface NetworkNow {
  /** Read before the next event only. */
  tables: NetworkTables;
  analysis: NetworkAnalysis;
  cuts: Cut[];
  /** Communes that hang on something besides their own node: on a line among it, or on nodes only. */
  hanging: ReadonlyMap<number, 'line' | 'node'>;
}

class LiveNetwork {
  /** Null before there is a country. Reactive. */
  now = $state.raw<NetworkNow | null>(null);
  /** Since when communes are cut off, as the server last told. */
  #since: ReadonlyMap<number, number> = new Map();
  /** The same of those whose cut was seen here first. */
  #seen = new Map<number, number>();

  readonly peopleOf = (commune: number): number =>
    live.units.get(communeCodeOf(commune))?.population ?? 0;

  /** What the server's log says of the cuts. */
  hear(since: ReadonlyMap<number, number>): void {
    this.#since = since;
    untrack(() => this.#analyse());
  }

  /** Keeps it current until what it answers is called. */
  follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        this.#analyse();
      }, STEP_MS);
    };
    untrack(() => this.#analyse());
    const quiet = live.onTouched((touched) => {
      if (touched.some(isOfNetwork)) later();
    });
    return () => {
      quiet();
      clearTimeout(timer);
      this.now = null;
      this.#seen.clear();
    };
  }

  #analyse(): void {
    const { country } = live;
    if (!country) return;
    const { tables } = country;
    const analysis = new NetworkAnalysis(tables, this.peopleOf);
    // What the server told counts before what was only seen here.
    const since: ReadonlyMap<number, number> = new Map([...this.#seen, ...this.#since]);
    const cuts = liveCuts(tables, analysis, this.peopleOf, since);
    this.#note(cuts, this.now?.cuts ?? null, Date.parse(country.at));
    this.now = {
      tables,
      analysis,
      cuts: cuts.map((cut) => ({
        ...cut,
        since: cut.since ?? this.#seen.get(cut.commune) ?? null,
      })),
      hanging: hangingIn(analysis),
    };
  }

  /** A cut that was not there a moment ago has begun with the last event. */
  #note(cuts: readonly Cut[], before: readonly Cut[] | null, at: number): void {
    const still = new Set(cuts.map(({ commune }) => commune));
    for (const commune of this.#seen.keys()) if (!still.has(commune)) this.#seen.delete(commune);
    if (!before) return;
    const known = new Set(before.map(({ commune }) => commune));
    for (const { commune, since } of cuts)
      if (since === null && !known.has(commune)) this.#seen.set(commune, at);
  }
}

function isOfNetwork(touched: Touched): boolean {
  if (touched.kind === 'all') return true;
  return touched.kind !== 'nothing' && (touched.table === 'nodes' || touched.table === 'links');
}

export const network = new LiveNetwork();
