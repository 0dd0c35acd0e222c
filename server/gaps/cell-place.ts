/** A cell of the people field as it is told: its middle, and its index of H3. */
import { latLngToCell } from 'h3-js';
import type { PeopleField } from '../coverage/field.ts';
import { RESOLUTION } from '../territory/cells.ts';

/** Middle of a cell in whole micro-degrees, as stations are written down. */
export function placeOf(field: PeopleField, cell: number): { lon: number; lat: number } {
  return { lon: microdegrees(field.lonOf(cell)), lat: microdegrees(field.latOf(cell)) };
}

export function cellId(field: PeopleField, cell: number): string {
  return latLngToCell(field.latOf(cell), field.lonOf(cell), RESOLUTION);
}

function microdegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
