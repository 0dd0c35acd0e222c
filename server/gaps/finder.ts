/** The gaps of the living country: brought up to date when somebody asks, and only where it was asked. */
import type { Method } from '../../data/model/estimate.ts';
import type { LiveCountry } from '../country/live.ts';
import { bringUpToDate, GapGround } from './ground.ts';
import type { KeptClusters } from './kept-clusters.ts';
import type { Wanted } from './wanted.ts';

/** By which method, and whose signal. */
export interface Asked {
  method: Method;
  wanted: Wanted;
  /** Stops the work when nobody waits for the answer any more. */
  stop: AbortSignal;
}

/** Why there is no answer: no territory yet, the method is not available, nobody waits any more. */
export type NoAnswer = 'no_territory' | 'no_method' | 'stopped';

/** Gaps, up to date until others have their turn. */
export interface Moment {
  ground: GapGround;
  clusters: KeptClusters;
}

export class GapFinder {
  readonly live: LiveCountry;
  #ground: GapGround | undefined;

  constructor(live: LiveCountry) {
    this.live = live;
  }

  /**
   * Reads the gaps of some communes (by index) as soon as they are those of the country as it then
   * is. The first time that takes about two seconds for the whole country (by method `terrain` a
   * minute), in slices; after that it is a matter of milliseconds.
   */
  async read<T>(
    { method, wanted, stop }: Asked,
    communes: (ground: GapGround) => readonly number[],
    read: (moment: Moment) => T | Promise<T>,
  ): Promise<T | NoAnswer> {
    for (;;) {
      const ground = this.#groundNow();
      if (!ground) return 'no_territory';
      const gaps = ground.of(method);
      if (!gaps) return 'no_method';
      const { clusters, turn } = gaps;
      const answer = await turn.do(async () => {
        if (!(await bringUpToDate(clusters, wanted, () => communes(ground), stop)))
          return { read: 'stopped' as const };
        // Another territory or other parameters may have come meanwhile.
        const stands = this.#groundNow() === ground && ground.of(method) === gaps;
        return stands ? { read: await read({ ground, clusters }) } : null;
      });
      if (answer) return answer.read;
    }
  }

  #groundNow(): GapGround | undefined {
    const { ground, coverage } = this.live;
    if (!ground || !coverage) return undefined;
    if (this.#ground?.coverage !== coverage) this.#ground = new GapGround(ground, coverage);
    return this.#ground;
  }
}
