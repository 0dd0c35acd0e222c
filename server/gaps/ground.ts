/** What the gaps of a country stand on: its communes by index, their cells, their clusters by method. */
import type { Method } from '../../data/model/estimate.ts';
import { levelOf } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import type { PeopleField } from '../coverage/field.ts';
import type { CoverageByMethod } from '../coverage/methods.ts';
import { CommuneCells } from './commune-cells.ts';
import { KeptClusters } from './kept-clusters.ts';
import { InTurn, Slices } from './slices.ts';
import type { Wanted } from './wanted.ts';

/** Farther from its centre than a cell's hexagon reaches. */
const HEXAGON_M = 300;

/** One method's clusters, and whose turn it is to bring them up to date. */
export interface MethodGaps {
  clusters: KeptClusters;
  turn: InTurn;
}

export class GapGround {
  readonly coverage: CoverageByMethod;
  readonly field: PeopleField;
  /** Codes, by index. */
  readonly communes: readonly string[];
  /** 1 for communes that are specially disadvantaged, by index. */
  readonly disadvantaged: Uint8Array;
  readonly cells: CommuneCells;
  readonly #provinces: readonly string[];
  readonly #methods = new Map<Method, MethodGaps>();

  constructor({ grid, territory }: Ground, coverage: CoverageByMethod) {
    this.coverage = coverage;
    this.field = coverage.field;
    this.communes = grid.communes;
    this.#provinces = Array.from(grid.provinceOf, (province) => grid.provinces[province] ?? '');
    const hard = new Set(
      territory.communes.filter((one) => one.speciallyDisadvantaged).map(({ code }) => code),
    );
    this.disadvantaged = Uint8Array.from(grid.communes, (code) => Number(hard.has(code)));
    this.cells = new CommuneCells(this.field, grid.communes.length);
  }

  /** Those of a method; undefined where it is not available. */
  of(method: Method): MethodGaps | undefined {
    const engine = this.coverage.by(method);
    if (!engine) return undefined;
    let found = this.#methods.get(method);
    if (found?.clusters.coverage !== engine) {
      const clusters = new KeptClusters(engine, this.cells, this.communes.length);
      found = { clusters, turn: new InTurn() };
      this.#methods.set(method, found);
    }
    return found;
  }

  /** Indexes of the communes in a unit. */
  communesIn(unit: string): number[] {
    const level = levelOf(unit);
    const found: number[] = [];
    this.communes.forEach((code, commune) => {
      if (level === 'nation' || code === unit || this.#provinces[commune] === unit)
        found.push(commune);
    });
    return found;
  }

  /** The cell that holds a place; undefined where there is none. */
  cellAt(lon: number, lat: number): number | undefined {
    const count = this.field.within(lon, lat, HEXAGON_M);
    const east = Math.cos((lat * Math.PI) / 180);
    let nearest: number | undefined;
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      const cell = this.field.found[i] ?? 0;
      const dx = (this.field.lonOf(cell) - lon) * east;
      const dy = this.field.latOf(cell) - lat;
      const distance = dx * dx + dy * dy;
      if (distance < least) [nearest, least] = [cell, distance];
    }
    return nearest;
  }
}

/** After this long somebody else's communes have their turn: few of them do not wait for many. */
const TURN_MS = 250;

/**
 * Brings the clusters of some communes up to date, in slices, for one turn; `done` is that they are,
 * until others have their turn, those of the country as it is. `communes` is asked again after every
 * rest. What has been made stays, also when it is stopped.
 */
export async function bringUpToDate(
  clusters: KeptClusters,
  wanted: Wanted,
  communes: () => readonly number[],
  stop: AbortSignal,
): Promise<'done' | 'more' | 'stopped'> {
  const slices = new Slices();
  const until = performance.now() + TURN_MS;
  for (;;) {
    clusters.follow();
    const stale = communes().filter((commune) => !clusters.known(wanted, commune));
    if (stale.length === 0) return 'done';
    for (const commune of stale) {
      if (stop.aborted) return 'stopped';
      if (performance.now() >= until) return 'more';
      const making = clusters.make(wanted, commune);
      while (!making.next().done) if (slices.over) await slices.rest();
    }
  }
}
