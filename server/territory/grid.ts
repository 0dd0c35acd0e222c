/**
 * The people grid of an opened territory, as typed arrays: unpacked from the pack the first time (in
 * a worker, so that a server goes on answering), read from a file in the data folder after that.
 */
import { Worker } from 'node:worker_threads';
import { surroundingsOf } from '../../data/radio/surroundings.ts';
import { cellCentre, CELLS_IN_NEIGHBOURHOOD, neighbourhoodKm2 } from './cells.ts';
import { readCachedGrid, writeCachedGrid } from './grid-cache.ts';
import { readGridRuns } from './pack-content.ts';
import { shareOf } from './sharing.ts';
import type { PeopleGrid, Territory } from './territory.ts';

/**
 * Unpacks the grid of a pack (its bytes, or a territory opened from them), about two seconds for the
 * country. The arrays lie in shared memory. Throws TerritoryRefused for a pack that does not open.
 */
export function unpackGrid(pack: Uint8Array | Territory): PeopleGrid {
  const bytes = pack instanceof Uint8Array ? pack : pack.bytes;
  let grid = emptyGrid(0, [], []);
  let cellNumbers = new Float64Array(0);
  let populations: number[] = [];
  let at = 0;
  readGridRuns(bytes, ({ cells, communes, provinces }) => {
    grid = emptyGrid(
      cells,
      communes.map(({ code }) => code),
      provinces.map(({ code }) => code),
    );
    cellNumbers = new Float64Array(cells);
    populations = communes.map(({ population }) => population);
    for (const [i, { province }] of communes.entries())
      grid.provinceOf[i] = grid.provinces.indexOf(province);
    return (first, length, commune) => {
      for (let cell = first; cell < first + length; cell++) {
        const [lat, lon] = cellCentre(cell);
        grid.lon[at] = lon;
        grid.lat[at] = lat;
        grid.commune[at] = commune;
        cellNumbers[at++] = cell;
      }
    };
  });
  sharePeople(grid, populations);
  seeSurroundings(grid, (i) => cellNumbers[i] ?? 0);
  return grid;
}

/**
 * The grid of a territory, from the cache in `cacheDir` when there is a good one, else unpacked in a
 * worker and cached. A damaged cache file is made anew; one that cannot be written is no error.
 */
export async function loadGrid(territory: Territory, cacheDir: string): Promise<PeopleGrid> {
  const cached = await readCachedGrid(cacheDir, territory.hash);
  if (cached) return cached;
  const grid = await unpackInWorker(territory.bytes);
  await writeCachedGrid(cacheDir, territory.hash, grid);
  return grid;
}

/** What a worker sends back: the grid, or why there is none. */
export type WorkerAnswer = { grid: PeopleGrid } | { failure: string };

async function unpackInWorker(bytes: Uint8Array): Promise<PeopleGrid> {
  const worker = new Worker(new URL('./grid-worker.mjs', import.meta.url), {
    workerData: bytes,
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: WorkerAnswer) => {
      if ('grid' in answer) resolve(answer.grid);
      else reject(new Error(answer.failure));
    });
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new Error('unpacking the people grid ended without a result')),
    );
  });
}

function emptyGrid(count: number, communes: string[], provinces: string[]): PeopleGrid {
  return {
    count,
    lon: new Float32Array(new SharedArrayBuffer(count * 4)),
    lat: new Float32Array(new SharedArrayBuffer(count * 4)),
    people: new Int32Array(new SharedArrayBuffer(count * 4)),
    commune: new Uint16Array(new SharedArrayBuffer(count * 2)),
    communes,
    provinceOf: new Uint16Array(new SharedArrayBuffer(communes.length * 2)),
    provinces,
    surroundings: new Uint8Array(new SharedArrayBuffer(count)),
  };
}

function sharePeople({ count, commune, people }: PeopleGrid, populations: readonly number[]): void {
  const cells = new Uint32Array(populations.length);
  for (let i = 0; i < count; i++) cells[commune[i] ?? 0] = (cells[commune[i] ?? 0] ?? 0) + 1;
  const next = new Uint32Array(populations.length);
  for (let i = 0; i < count; i++) {
    const c = commune[i] ?? 0;
    const index = next[c] ?? 0;
    next[c] = index + 1;
    people[i] = shareOf(populations[c] ?? 0, index, cells[c] ?? 1);
  }
}

/**
 * Writes the surroundings of each cell: the density over the hexagon of resolution 7 round it, whose
 * cells are one stretch. `cellOf` gives the number of the cell at an index; it is asked a few times for
 * each stretch.
 */
export function seeSurroundings(
  { count, people, surroundings }: PeopleGrid,
  cellOf: (index: number) => number,
): void {
  for (let from = 0; from < count;) {
    const cell = cellOf(from);
    const end = cell - (cell % CELLS_IN_NEIGHBOURHOOD) + CELLS_IN_NEIGHBOURHOOD;
    const to = stretchEnd(from, count, (i) => cellOf(i) < end);
    let sum = 0;
    for (let i = from; i < to; i++) sum += people[i] ?? 0;
    surroundings.fill(surroundingsOf(sum / neighbourhoodKm2(cell)), from, to);
    from = to;
  }
}

/** Index behind the last of a stretch that begins at `from`: at most a neighbourhood's cells on. */
function stretchEnd(from: number, count: number, isIn: (index: number) => boolean): number {
  let inside = from;
  let outside = Math.min(count, from + CELLS_IN_NEIGHBOURHOOD);
  if (isIn(outside - 1)) return outside; // as mostly: a whole hexagon
  while (outside - inside > 1) {
    const middle = (inside + outside) >> 1;
    if (isIn(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
}
