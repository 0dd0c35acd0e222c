/**
 * Where a GeoTIFF's pixels lie: longitude and latitude on WGS 84 (EPSG:4326), columns to the east and
 * rows to the south. Anything else is refused, because guessing a projection moves people.
 * Keys: OGC GeoTIFF standard 1.1 (19-008r4).
 */
import type { ImageFileDirectory } from 'geotiff';
import { RasterRefused } from './refusal.ts';

/** Edges of the first pixel and the size of each, degrees. */
export interface Georeference {
  west: number;
  north: number;
  stepLon: number;
  stepLat: number;
}

const WGS_84 = 4326;
const PIXEL_IS_POINT = 2;
const USER_DEFINED = 32_767;

/** Throws RasterRefused naming what it found instead. */
export function georeferenceOf(
  directory: ImageFileDirectory,
  size: { width: number; height: number },
  file: string,
): Georeference {
  const keys = keysOf(directory, file);
  const found = projectionIn(keys);
  if (found !== undefined)
    throw new RasterRefused(
      `${file}: its projection is ${found}; only longitude and latitude on WGS 84 (EPSG:${WGS_84}) ` +
        `are read. Bring it over with: gdalwarp -t_srs EPSG:${WGS_84} ${file} wgs84.tif`,
    );
  const corner = cornerOf(directory, file);
  // Where a position means a pixel's centre, its edge is half a pixel off.
  const half = Number(keys.GTRasterTypeGeoKey) === PIXEL_IS_POINT ? 0.5 : 0;
  const placed = {
    ...corner,
    west: corner.west - half * corner.stepLon,
    north: corner.north + half * corner.stepLat,
  };
  const east = placed.west + size.width * placed.stepLon;
  const south = placed.north - size.height * placed.stepLat;
  if (!(placed.west >= -181 && east <= 361 && south >= -91 && placed.north <= 91))
    throw new RasterRefused(
      `${file}: it says that it reaches from ${placed.west}, ${south} to ${east}, ${placed.north}, ` +
        'which are no degrees of longitude and latitude.',
    );
  return placed;
}

type GeoKeys = NonNullable<ReturnType<ImageFileDirectory['parseGeoKeyDirectory']>>;

function keysOf(directory: ImageFileDirectory, file: string): GeoKeys {
  const keys = directory.parseGeoKeyDirectory();
  if (keys) return keys;
  throw new RasterRefused(
    `${file}: it does not say where its pixels lie (a TIFF without georeference); bring the GeoTIFF.`,
  );
}

/** The projection in words where it is another one. */
function projectionIn(keys: GeoKeys): string | undefined {
  const projected: unknown = keys.ProjectedCSTypeGeoKey;
  const geographic: unknown = keys.GeographicTypeGeoKey;
  if (typeof projected === 'number' && projected > 0) return named(projected, keys);
  if (geographic === WGS_84) return undefined;
  return typeof geographic === 'number' ? named(geographic, keys) : 'not stated';
}

function named(code: number, keys: GeoKeys): string {
  const citation: unknown = keys.GTCitationGeoKey ?? keys.GeogCitationGeoKey;
  const name = typeof citation === 'string' ? ` (${citation.replace(/\|$/, '')})` : '';
  return code === USER_DEFINED ? `one of its own${name}` : `EPSG:${code}${name}`;
}

function cornerOf(directory: ImageFileDirectory, file: string): Georeference {
  const scale: ArrayLike<number> | undefined = directory.getValue('ModelPixelScale');
  const tie: ArrayLike<number> | undefined = directory.getValue('ModelTiepoint');
  const matrix: ArrayLike<number> | undefined = directory.getValue('ModelTransformation');
  if (scale && tie && tie.length === 6)
    return checked(
      {
        west: (tie[3] ?? NaN) - (tie[0] ?? NaN) * (scale[0] ?? NaN),
        north: (tie[4] ?? NaN) + (tie[1] ?? NaN) * (scale[1] ?? NaN),
        stepLon: scale[0] ?? NaN,
        stepLat: scale[1] ?? NaN,
      },
      file,
    );
  if (matrix && matrix[1] === 0 && matrix[4] === 0)
    return checked(
      {
        west: matrix[3] ?? NaN,
        north: matrix[7] ?? NaN,
        stepLon: matrix[0] ?? NaN,
        stepLat: -(matrix[5] ?? NaN),
      },
      file,
    );
  throw new RasterRefused(
    `${file}: its pixels are turned, or placed by more than one point; only rasters with north up are ` +
      `read. Straighten it with: gdalwarp -t_srs EPSG:${WGS_84} ${file} straight.tif`,
  );
}

function checked(corner: Georeference, file: string): Georeference {
  const { west, north, stepLon, stepLat } = corner;
  if (Number.isFinite(west + north) && stepLon > 0 && stepLat > 0) return corner;
  throw new RasterRefused(
    `${file}: its place (${west}, ${north}) and the size of its pixels (${stepLon} × ${stepLat} ` +
      'degrees) make no sense; rows must go from north to south.',
  );
}
