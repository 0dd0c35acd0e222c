/** From a file of people to a population on the grid of a territory, and what came of it. */
import { unpackGrid } from '../territory/grid.ts';
import type { Territory } from '../territory/territory.ts';
import { openRaster } from '../raster/geotiff.ts';
import { RasterRefused } from '../raster/refusal.ts';
import { packPopulation, type Population, type PopulationSource } from './adopt.ts';
import { CellIndex } from './cell-index.ts';
import { placeCells } from './from-cells.ts';
import { placeRaster } from './from-raster.ts';
import { Placing } from './placing.ts';
import { scaleToCommunes } from './scaling.ts';

export interface ImportOptions {
  territory: Territory;
  /** A GeoTIFF of people in each pixel, or a CSV of people by H3 cell. */
  place: string;
  source: PopulationSource;
  onProgress: (step: string, done: number, of: number) => void;
}

export interface ImportReport {
  source: PopulationSource;
  /** People of the file in the country's box; of them on the grid, taken to it from beside it, and left out. */
  inFile: number;
  placed: number;
  snapped: number;
  outside: number;
  /** All people of the country, as the communes' official numbers say. */
  official: number;
  /** Communes with people in which the source has nobody, or next to nobody. */
  unknown: { unit: string; name: string; official: number }[];
  /** Communes by how far the source is from the official number, farthest first. */
  different: { unit: string; name: string; inSource: number; official: number }[];
}

/** How many of the most different communes are reported. */
const DIFFERENT = 8;

/** Throws RasterRefused naming the file and what is wrong; changes nothing. */
export async function importPopulation({
  territory,
  place,
  source,
  onProgress,
}: ImportOptions): Promise<{ population: Population; report: ImportReport }> {
  const grid = unpackGrid(territory);
  const index = new CellIndex(territory.bytes);
  const placing = new Placing(grid.count, index);
  if (source.kind === 'cells')
    await placeCells(place, { cells: grid.count, index, placing }, (lines) =>
      onProgress(`${lines.toLocaleString('en')} lines read`, 0, 0),
    );
  else {
    const raster = await openRaster(place);
    try {
      await placeRaster(raster, grid, territory.bounds, placing, (done, of) =>
        onProgress(source.file, done, of),
      );
    } finally {
      await raster.close();
    }
  }
  const placed = placing.total - placing.outside;
  if (placed <= 0)
    throw new RasterRefused(
      `${source.file}: it has no people in the country; is it the file of another one?`,
    );

  const populations = territory.communes.map(({ population }) => population);
  const { people, inSource, unknown } = scaleToCommunes(grid, placing.people, populations);
  const communes = territory.communes.map(({ code, name, population }, i) => ({
    unit: code,
    name,
    official: population,
    inSource: inSource[i] ?? 0,
  }));
  return {
    population: await packPopulation(territory.hash, source, people),
    report: {
      source,
      inFile: placing.total,
      placed,
      snapped: placing.snapped,
      outside: placing.outside,
      official: populations.reduce((sum, each) => sum + each, 0),
      unknown: communes.filter((_, i) => unknown.includes(i)),
      different: communes
        .filter((each, i) => each.official > 0 && !unknown.includes(i))
        .sort((a, b) => apart(b) - apart(a))
        .slice(0, DIFFERENT),
    },
  };
}

/** The same for twice as many and for half as many. */
function apart({ inSource, official }: { inSource: number; official: number }): number {
  return Math.abs(Math.log(inSource / official));
}
