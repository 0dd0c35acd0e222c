/** Where a file of what is seen comes from. */
import type { Kind } from '../../data/imports/kinds.ts';
import type { Technology } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
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

export function exportAddress(
  kind: Kind,
  format: ExportFormat,
  unit: string,
  layers: Readonly<Record<LayerName, boolean>>,
): string {
  const query = new URLSearchParams();
  if (unit !== NATION) query.set('unit', unit);
  const technology = kind === 'stations' ? onlyTechnology(layers) : undefined;
  if (technology) query.set('technology', technology);
  const asked = query.toString();
  return `/api/export/${kind}.${format}${asked && `?${asked}`}`;
}
