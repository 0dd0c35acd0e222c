/** Which registered hamlets without a signal lie in which cluster. */
import type { Table } from '../../data/model/table.ts';
import { HAMLET_STATUSES } from '../../data/model/things.ts';
import type { KeptClusters } from './kept-clusters.ts';
import type { GapGround } from './ground.ts';
import type { Wanted } from './wanted.ts';

const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');

/** A hamlet without a signal, and the cell it stands in. */
export interface PlacedHamlet {
  row: number;
  /** Undefined where nobody is counted. */
  cell: number | undefined;
  /** Index of the cell's commune, which at a border may not be the hamlet's; -1 without a cell. */
  commune: number;
}

/** Hamlets without a signal, of those rows that are asked for. */
export function placedHamlets(
  hamlets: Table<'hamlets'>,
  ground: GapGround,
  asked: (row: number) => boolean = () => true,
): PlacedHamlet[] {
  const { status, position } = hamlets.columns;
  const placed: PlacedHamlet[] = [];
  for (let row = 0; row < hamlets.count; row++) {
    if (status[row] !== UNCOVERED || !asked(row)) continue;
    const cell = ground.cellAt(position[row * 2] ?? NaN, position[row * 2 + 1] ?? NaN);
    const commune = cell === undefined ? -1 : (ground.field.commune[cell] ?? 0);
    placed.push({ row, cell, commune });
  }
  return placed;
}

/** Id cell of the cluster that a hamlet lies in; undefined where it lies in none that is known. */
export function clusterCellOf(
  { cell, commune }: PlacedHamlet,
  ground: GapGround,
  clusters: KeptClusters,
  wanted: Wanted,
): number | undefined {
  const known = cell === undefined ? undefined : clusters.known(wanted, commune);
  if (!known || cell === undefined) return undefined;
  const number = known.numbers[ground.cells.placeOf(cell, commune)] ?? 0;
  return known.list[number - 1]?.cell;
}
