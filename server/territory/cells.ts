/**
 * H3 cells of resolution 9 as whole numbers: base cell × 7⁹ + the nine digits read in base 7. They
 * sort as H3 indexes do, siblings are neighbouring numbers, and all numbers of a parent's cells are
 * one run; so a commune's cells are few runs, which is H3's own compaction without its tree.
 * Layout of the 64 bits: https://h3geo.org/docs/core-library/h3Indexing
 */
import { cellArea, cellToLatLng, h3IndexToSplitLong, latLngToCell } from 'h3-js';

export const RESOLUTION = 9;

/** Cells of resolution 9 in one of resolution 7, the hexagon that `surroundings` looks at. */
export const CELLS_IN_NEIGHBOURHOOD = 49;
/** … and in one of resolution 5. */
export const CELLS_IN_DISTRICT = 7 ** 4;

const CELLS_IN_BASE = 7 ** 9;
const MODE_CELL = 1 << 27;
const BELOW_RESOLUTION = 0x3ffff; // digits 10 … 15, all 7

/** Three digits in base 7 to three octal ones, and back. */
const OCTAL = Uint16Array.from({ length: 343 }, (_, n) => {
  return (Math.floor(n / 49) << 6) | ((Math.floor(n / 7) % 7) << 3) | (n % 7);
});
const SEPTAL = Uint16Array.from(
  { length: 512 },
  (_, n) => (n >> 6) * 49 + ((n >> 3) & 7) * 7 + (n & 7),
);

/** Number of the cell that holds a place, degrees. */
export function cellAt(lon: number, lat: number): number {
  return cellNumber(latLngToCell(lat, lon, RESOLUTION));
}

/** Number of an H3 index of resolution 9. */
export function cellNumber(index: string): number {
  const [lower, upper] = h3IndexToSplitLong(index);
  const digits = ((upper & 0x1fff) << 14) | (lower >>> 18);
  const base = (upper >>> 13) & 127;
  const septal = (at: number): number => SEPTAL[(digits >>> at) & 511] ?? 0;
  return base * CELLS_IN_BASE + septal(18) * 117_649 + septal(9) * 343 + septal(0);
}

/** Lower and upper half of a cell's 64-bit H3 index. */
export function cellIndex(cell: number): [number, number] {
  return index(cell, RESOLUTION, 0);
}

/** The same for the cell's parent of resolution 7. */
function neighbourhoodIndex(cell: number): [number, number] {
  return index(cell, 7, 0o77);
}

function index(cell: number, resolution: number, absentDigits: number): [number, number] {
  const base = Math.floor(cell / CELLS_IN_BASE);
  const digits = cell - base * CELLS_IN_BASE;
  const octal =
    ((OCTAL[Math.floor(digits / 117_649)] ?? 0) << 18) |
    ((OCTAL[Math.floor(digits / 343) % 343] ?? 0) << 9) |
    (OCTAL[digits % 343] ?? 0) |
    absentDigits;
  return [
    (octal << 18) | BELOW_RESOLUTION,
    MODE_CELL | (resolution << 20) | (base << 13) | (octal >>> 14),
  ];
}

/** Centre `[lat, lon]` of a cell, degrees. */
export function cellCentre(cell: number): [number, number] {
  return cellToLatLng(cellIndex(cell));
}

/** Area in km² of the resolution-7 hexagon that holds the cell. */
export function neighbourhoodKm2(cell: number): number {
  return cellArea(neighbourhoodIndex(cell), 'km2');
}
