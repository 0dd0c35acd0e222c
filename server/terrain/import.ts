/** From elevation rasters to a terrain over the territory, and what came of it. */
import { openRaster, type Raster } from '../raster/geotiff.ts';
import { RasterRefused } from '../raster/refusal.ts';
import { unpackGrid } from '../territory/grid.ts';
import type { Territory } from '../territory/territory.ts';
import { packTerrain, type Terrain, type TerrainSource } from './adopt.ts';
import { Gathering } from './gathering.ts';
import { fillHoles } from './holes.ts';
import { landOf, NEIGHBOUR } from './land.ts';
import { TileGrid, tilePlace, tilesNearLand } from './tile-grid.ts';

export interface ImportOptions {
  territory: Territory;
  /** GeoTIFFs of heights in metres. */
  places: string[];
  source: TerrainSource;
  /** Whether a territory of which parts are missing is taken. */
  partial: boolean;
  onProgress: (step: string, done: number, of: number) => void;
}

/** How much of a province's land has no height: in no file at all, and without data in one; 0–1. */
export interface Missing {
  unit: string;
  name: string;
  uncovered: number;
  withoutData: number;
}

export interface ImportReport {
  files: number;
  tiles: number;
  /** Cells filled from around them. */
  filled: number;
  /** Provinces that lack anything. */
  missing: Missing[];
  /** Tiles with cells not known, by their south-west corner, degrees; most first. */
  marked: { lon: number; lat: number; cells: number }[];
}

/** Above this part of its land a province is not covered. */
const MOST_MISSING = 0.05;

/** Throws RasterRefused naming file or provinces; changes nothing. */
export async function importTerrain({
  territory,
  places,
  source,
  partial,
  onProgress,
}: ImportOptions): Promise<{ terrain: Terrain; report: ImportReport }> {
  const grid = new TileGrid(tilesNearLand(unpackGrid(territory)));
  const land = landOf(grid, territory);
  const gathering = new Gathering(grid);
  await gather(gathering, places, onProgress);
  if (!gathering.pixels.some((pixels) => pixels > 0))
    throw new RasterRefused(
      `${source.files.join(', ')}: no heights in the country; are these the files of another one?`,
    );
  const { heights, filled, uncovered, withoutData, byTile } = fillHoles(grid, gathering, land);
  const missing = missingIn(territory, land, uncovered, withoutData);
  if (!partial) refuseMissing(missing);
  return {
    terrain: await packTerrain(source, grid, heights, byTile),
    report: {
      files: places.length,
      tiles: grid.tiles.length,
      filled,
      missing,
      marked: [...byTile]
        .map(([slot, cells]) => {
          const { column, row } = tilePlace(grid.tiles[slot] ?? 0);
          return { lon: column / 10, lat: row / 10, cells };
        })
        .sort((a, b) => b.cells - a.cells),
    },
  };
}

/** All files are looked at before the first is read. */
async function gather(
  gathering: Gathering,
  places: readonly string[],
  onProgress: ImportOptions['onProgress'],
): Promise<void> {
  const rasters: Raster[] = [];
  try {
    for (const place of places) rasters.push(await openRaster(place));
    for (const raster of rasters)
      await gathering.add(raster, (done, of) => onProgress(raster.file, done, of));
  } finally {
    for (const raster of rasters) await raster.close();
  }
}

function missingIn(
  territory: Territory,
  land: Uint8Array,
  uncovered: Uint32Array,
  withoutData: Uint32Array,
): Missing[] {
  const cells = new Uint32Array(NEIGHBOUR + 1);
  for (const whose of land) cells[whose] = (cells[whose] ?? 0) + 1;
  return territory.provinces.flatMap(({ code, name }, index) => {
    const part = (counts: Uint32Array): number =>
      (counts[index + 1] ?? 0) / Math.max(1, cells[index + 1] ?? 0);
    const missing = {
      unit: code,
      name,
      uncovered: part(uncovered),
      withoutData: part(withoutData),
    };
    return missing.uncovered + missing.withoutData > 0 ? [missing] : [];
  });
}

function refuseMissing(missing: readonly Missing[]): void {
  const much = missing.filter((each) => each.uncovered + each.withoutData > MOST_MISSING);
  if (much.length === 0) return;
  throw new RasterRefused(
    `Heights are missing for ${much.length === 1 ? 'a province' : `${much.length} provinces`}: ` +
      `${much.map(missingInWords).join('; ')}. Bring the files that cover them too, or take what is ` +
      'there with --partial.',
  );
}

/** `11 Tỉnh Đông (98 % in no file, 2 % without data)`. */
export function missingInWords({ unit, name, uncovered, withoutData }: Missing): string {
  const percent = (part: number): string =>
    part > 0 && part < 0.01 ? '< 1 %' : `${Math.round(part * 100)} %`;
  const parts = [
    ...(uncovered > 0 ? [`${percent(uncovered)} in no file`] : []),
    ...(withoutData > 0 ? [`${percent(withoutData)} without data`] : []),
  ];
  return `${unit} ${name} (${parts.join(', ')})`;
}
