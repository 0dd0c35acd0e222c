/** Where a file of what is seen comes from. */
import type { Operator, StationStatus, Technology } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
import type { ExportKind } from '../../data/wire/exports.ts';
import type { LayerName } from '../view/view.svelte.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'geojson', 'gpkg'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The one technology whose stations are on the map; undefined where both are, or none. */
export function onlyTechnology(
  layers: Readonly<Record<LayerName, boolean>>,
): Technology | undefined {
  if (layers.stations4g === layers.stations5g) return undefined;
  return layers.stations5g ? '5g' : '4g';
}

/** Which stations are wanted; empty for all. */
export interface StationFilter {
  operator: Operator | '';
  status: StationStatus | '';
}

export function exportAddress(
  kind: ExportKind,
  format: ExportFormat,
  unit: string,
  layers: Readonly<Record<LayerName, boolean>>,
  { operator, status }: StationFilter,
): string {
  const query = new URLSearchParams();
  if (unit !== NATION) query.set('unit', unit);
  if (kind === 'stations') {
    const wanted = { operator, technology: onlyTechnology(layers), status };
    for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
  }
  const asked = query.toString();
  return `/api/export/${kind}.${format}${asked && `?${asked}`}`;
}
