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
}

/**
 * Why there is no answer: no territory yet, the method is not available, or not before it has counted
 * the country, nobody waits any more.
 */
export type NoAnswer = 'no_territory' | 'no_method' | 'counting' | 'stopped';

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
   * minute), in slices; after that it is a matter of milliseconds. `stop` ends the work when nobody
   * waits for the answer any more.
   */
  async read<T>(
    { method, wanted }: Asked,
    communes: (ground: GapGround) => readonly number[],
    stop: AbortSignal,
    read: (moment: Moment) => T | Promise<T>,
  ): Promise<T | NoAnswer> {
    for (;;) {
      const ground = this.#groundNow();
      if (!ground) return 'no_territory';
      const gaps = ground.of(method);
      if (!gaps) return this.#isCounting(method) ? 'counting' : 'no_method';
      const { clusters, turn } = gaps;
      // Another territory or other parameters may come while it is made.
      const stands = (): boolean => this.#groundNow() === ground && ground.of(method) === gaps;
      const oneTurn = async () => {
        if (!stands()) return 'elsewhere';
        const brought = await bringUpToDate(clusters, wanted, () => communes(ground), stop);
        if (brought !== 'done') return brought;
        return stands() ? { read: await read({ ground, clusters }) } : 'elsewhere';
      };
      const end = await clusters.whileWaitedFor(wanted, async () => {
        for (;;) {
          const turned = await turn.do(oneTurn);
          if (turned !== 'more') return turned;
        }
      });
      if (end === 'stopped') return end;
      if (end !== 'elsewhere') return end.read;
    }
  }

  /**
   * How much of the gaps of some communes is made, 0–1, by the cells in them: how far `read` is, for
   * whoever waits for it, also behind somebody else.
   */
  progress({ method, wanted }: Asked, communes: (ground: GapGround) => readonly number[]): number {
    const ground = this.#groundNow();
    const clusters = ground?.of(method)?.clusters;
    if (!ground || !clusters) return 0;
    let all = 0;
    let made = 0;
    for (const commune of communes(ground)) {
      const cells = ground.cells.of(commune).length;
      all += cells;
      if (clusters.isMade(wanted, commune)) made += cells;
    }
    return all === 0 ? 1 : made / all;
  }

  #isCounting(method: Method): boolean {
    return method === 'terrain' && typeof this.live.coverage?.terrainProgress === 'number';
  }

  #groundNow(): GapGround | undefined {
    const { ground, coverage } = this.live;
    if (!ground || !coverage) return undefined;
    if (this.#ground?.coverage !== coverage) this.#ground = new GapGround(ground, coverage);
    return this.#ground;
  }
}
