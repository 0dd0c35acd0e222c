/**
 * Stations as the graphics card wants them: a position split into two floats for precision and one
 * colour for each technology's layer, written from the columns of the table.
 */
import type { Table } from '../../data/model/table.ts';
import { OPERATORS, STATION_STATUSES, TECHNOLOGIES } from '../../data/model/things.ts';
import type { Operator, Technology } from '../../data/model/things.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

/** Floats of a position: longitude and latitude, then what a 32-bit float leaves of each. */
export const POSITION_FLOATS = 4;

/** Writes where a row stands into a place of `into`; answers whether that is different now. */
export function writePosition(
  into: Float32Array,
  slot: number,
  { columns: { position } }: Table<'stations'>,
  row: number,
): boolean {
  const lon = position[row * 2] ?? 0;
  const lat = position[row * 2 + 1] ?? 0;
  const at = slot * POSITION_FLOATS;
  const [lonLow, latLow] = [lon - Math.fround(lon), lat - Math.fround(lat)];
  const same =
    into[at] === Math.fround(lon) &&
    into[at + 1] === Math.fround(lat) &&
    into[at + 2] === Math.fround(lonLow) &&
    into[at + 3] === Math.fround(latLow);
  if (same) return false;
  into[at] = lon;
  into[at + 1] = lat;
  into[at + 2] = lonLow;
  into[at + 3] = latLow;
  return true;
}

/** A colour (four bytes as one number) for every technology, status and operator there can be. */
export type ColourTable = Uint32Array;

const STATUS_COUNT = STATION_STATUSES.length;
const OPERATOR_COUNT = OPERATORS.length;
/**
 * How visible each status is, 0–255. From afar the picture is what is on air and what is broken;
 * what is planned and built would lie over it like fog, and comes with nearness.
 */
const ALPHA = {
  far: { planned: 0, building: 0, on_air: 215, down: 255, retired: 0 },
  near: { planned: 95, building: 200, on_air: 235, down: 255, retired: 0 },
} as const;
export type Distance = keyof typeof ALPHA;
/** Stations are looked at from near from this zoom on. */
const NEAR_FROM = 7;

export function distanceAt(zoom: number): Distance {
  return zoom < NEAR_FROM ? 'far' : 'near';
}
/** What is left of a station's visibility when another operator's coverage is looked at. */
const OTHERS = 0.14;

/** Colours of one technology's layer; what is not seen in it has none. */
export function stationColours(
  palette: MapPalette,
  technology: Technology,
  only: Operator | null,
  distance: Distance,
): ColourTable {
  const colours = new Uint8Array(TECHNOLOGIES.length * STATUS_COUNT * OPERATOR_COUNT * 4);
  STATION_STATUSES.forEach((status, statusIndex) => {
    OPERATORS.forEach((operator, operatorIndex) => {
      const fourG = technology === '4g' && status === 'on_air';
      const colour = palette.stations[fourG ? 'on_air_4g' : status];
      const share = only === null || only === operator ? 1 : OTHERS;
      const slot = slotOf(TECHNOLOGIES.indexOf(technology), statusIndex, operatorIndex);
      const alpha = Math.round(ALPHA[distance][status] * share);
      if (alpha > 0) colours.set(rgba(colour, alpha), slot * 4);
    });
  });
  return new Uint32Array(colours.buffer);
}

/** The colour of a row in a layer; 0 where the layer does not show it. */
export function colourIn(
  colours: ColourTable,
  { columns: { technology, status, operator } }: Table<'stations'>,
  row: number,
): number {
  return colours[slotOf(technology[row] ?? 0, status[row] ?? 0, operator[row] ?? 0)] ?? 0;
}

function slotOf(technology: number, status: number, operator: number): number {
  return (technology * STATUS_COUNT + status) * OPERATOR_COUNT + operator;
}

/** How a station is drawn at a zoom: calm texture from afar, a place in a street from near. */
export function stationSize(zoom: number): {
  minPixels: number;
  maxPixels: number;
  metres: number;
} {
  const near = Math.max(0, zoom - 5.5);
  return { minPixels: Math.min(5, 0.75 + near * 0.3), maxPixels: 9, metres: 40 };
}
