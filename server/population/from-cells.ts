/**
 * People of a table of H3 cells onto the grid. Cells finer than resolution 9 add up; coarser ones share
 * their people equally over the grid's cells in them.
 */
import path from 'node:path';
import { cellToCenterChild, cellToParent } from 'h3-js';
import { readCellTable } from '../raster/cell-table.ts';
import { RasterRefused } from '../raster/refusal.ts';
import { cellNumber, RESOLUTION } from '../territory/cells.ts';
import type { CellIndex } from './cell-index.ts';
import type { Placing } from './placing.ts';

/**
 * `cells` is how many the grid has. Throws RasterRefused naming file and line, also for a cell of
 * resolution 9 or coarser that is there twice, or inside another one.
 */
export async function placeCells(
  place: string,
  { cells, index, placing }: { cells: number; index: CellIndex; placing: Placing },
  onProgress: (lines: number) => void,
): Promise<void> {
  const taken = new Uint8Array(cells);
  for await (const { cell, resolution, people, line } of readCellTable(place)) {
    if (resolution > RESOLUTION)
      placing.addToCell(cellNumber(cellToParent(cell, RESOLUTION)), people);
    else {
      // The numbers of all cells in a coarser one follow each other, its centre's first.
      const first = cellNumber(cellToCenterChild(cell, RESOLUTION));
      const length = 7 ** (RESOLUTION - resolution);
      index.eachIn(first, length, (i) => {
        if (taken[i] === 1)
          throw new RasterRefused(
            `${path.basename(place)}, line ${line}: cell ${cell}, or one in it, is there already.`,
          );
        taken[i] = 1;
      });
      placing.addToCells(first, length, people);
    }
    if (line % 10_000 === 0) onProgress(line);
  }
}
