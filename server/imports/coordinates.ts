/** From the coordinate system of a file to WGS 84. */
import proj4 from 'proj4';
import {
  COORDINATE_SYSTEMS,
  WGS84,
  coordinateSystem,
} from '../../data/imports/coordinate-systems.ts';

export type ToWgs84 = (east: number, north: number) => [lon: number, lat: number] | undefined;

/** The conversion from a system that is listed; undefined for a code that is not. */
export function toWgs84(code: string): ToWgs84 | undefined {
  const system = coordinateSystem(code);
  if (!system) return undefined;
  if (code === WGS84) return (east, north) => [east, north];
  const { forward } = proj4(system.proj, '+proj=longlat +datum=WGS84 +no_defs');
  return (east, north) => {
    try {
      const [lon = NaN, lat = NaN] = forward([east, north]);
      return Number.isFinite(lon) && Number.isFinite(lat) ? [lon, lat] : undefined;
    } catch {
      return undefined;
    }
  };
}

const NAMES: readonly [pattern: RegExp, code: string][] = [
  [/UTM[^0-9]*(?:zone[^0-9]*)?48/i, 'EPSG:3405'],
  [/UTM[^0-9]*(?:zone[^0-9]*)?49/i, 'EPSG:3406'],
];

/**
 * The listed system that a well-known text (a `.prj`, a GeoPackage's definition) is about; `unknown`
 * for one that is not listed, undefined for none.
 */
export function systemIn(wkt: string): string | undefined {
  const text = wkt.trim();
  if (text === '') return undefined;
  const authority = [
    ...text.matchAll(/AUTHORITY\["EPSG","(\d{4,5})"\]|ID\["EPSG",(\d{4,5})\]/g),
  ].at(-1);
  const epsg = authority?.[1] ?? authority?.[2];
  if (epsg && text.endsWith(']') && coordinateSystem(`EPSG:${epsg}`)) return `EPSG:${epsg}`;
  const isVn2000 = /VN[-_ ]?2000/i.test(text);
  if (/^(PROJCS|PROJCRS|PROJCRS)/i.test(text)) {
    if (!isVn2000) return 'unknown';
    const meridian = Number(
      /(?:central_meridian|Longitude of natural origin)"\s*,\s*(-?[\d.]+)/i.exec(text)?.[1],
    );
    const scale = Number(
      /(?:scale_factor|Scale factor at natural origin)"\s*,\s*([\d.]+)/i.exec(text)?.[1],
    );
    if (Math.abs(scale - 0.9996) < 1e-6)
      return meridian === 105 ? 'EPSG:3405' : meridian === 111 ? 'EPSG:3406' : 'unknown';
    const zone = COORDINATE_SYSTEMS.find(({ proj }) =>
      proj.includes(`+lon_0=${meridian} +k=0.9999`),
    );
    return zone?.code ?? NAMES.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
  }
  if (isVn2000) return 'EPSG:4756';
  return /WGS[_ ]?(19)?84/i.test(text) ? WGS84 : 'unknown';
}
