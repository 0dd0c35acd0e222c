/** The rows of an import on the map: a mark each, by what it comes to. */
import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { OUTCOMES, type ImportPoint, type Outcome } from '../../data/wire/imports.ts';
import type { Picked } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

const LAYER = 'imports-rows';

export function pickedRow(points: readonly ImportPoint[], picked: Picked | null): number | null {
  return picked?.layer === LAYER ? (points[picked.index]?.[0] ?? null) : null;
}

/**
 * The colours are those of the list. Without them: a refused row is hollow, one that changes has an
 * edge, a new one neither.
 */
export function importLayers(
  points: readonly ImportPoint[],
  selected: number | null,
  palette: MapPalette,
  { scale, zoom }: Sight,
): Layer[] {
  const outcomeOf = (point: ImportPoint): Outcome => OUTCOMES[point[3]] ?? 'new';
  const colours: Record<Outcome, string> = {
    new: palette.resolved,
    changed: palette.uncovered,
    same: palette.label,
    refused: palette.stations.down,
  };
  const radius = Math.min(7, Math.max(2, zoom - 4)) * scale;
  return [
    new ScatterplotLayer<ImportPoint>({
      id: LAYER,
      data: points,
      pickable: true,
      getPosition: ([, lon, lat]) => [lon, lat],
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      stroked: true,
      getRadius: ([row]) => (row === selected ? radius + 4 * scale : radius),
      getFillColor(point) {
        const outcome = outcomeOf(point);
        return [...rgba(colours[outcome], outcome === 'refused' ? 0 : 255)];
      },
      getLineColor(point) {
        const outcome = outcomeOf(point);
        return [...rgba(outcome === 'changed' ? palette.label : colours[outcome])];
      },
      getLineWidth: ([row]) => (row === selected ? 3 : 2) * scale,
      updateTriggers: {
        getRadius: [selected, radius],
        getFillColor: palette,
        getLineColor: palette,
        getLineWidth: [selected, scale],
      },
    }),
  ];
}

/** Where to look to see all rows; null where none has a place. */
export function cameraOverRows(
  points: readonly ImportPoint[],
): { lon: number; lat: number; zoom: number } | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [, lon, lat, outcome] of points) {
    // A refused row may be refused for lying at the other end of the world.
    if (OUTCOMES[outcome] === 'refused') continue;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west > east ? null : cameraOver([west, south, east, north]);
}

/** Where to look to see all that lies between four sides, degrees. */
export function cameraOver([west, south, east, north]: readonly [
  west: number,
  south: number,
  east: number,
  north: number,
]): { lon: number; lat: number; zoom: number } {
  const span = Math.max(east - west, (north - south) * 1.3, 0.02);
  return {
    lon: (west + east) / 2,
    lat: (south + north) / 2,
    // About 170 pixels for the span: beside the list the map is a narrow strip.
    zoom: Math.min(13, Math.max(4.5, Math.log2(120 / span))),
  };
}
