/** Gaps on the map: a disc each, its area as its people, and a ring round those that are meant. */
import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { Gap } from '../../data/wire/gaps.ts';
import type { Sight } from '../map/layers.ts';
import { FIRST_LABEL_LAYER } from '../map/style.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

export const MARKS_LAYER = 'gaps-marks';
const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };

/** Pixels of radius for the square root of the people, where the whole country is in view. */
const PIXELS_PER_ROOT = 0.016;
const [LEAST, MOST] = [2, 40];

/** Radius of a gap's disc in pixels: the area is as the people. */
export function radiusOf(people: number, { zoom, scale }: Sight): number {
  const near = 1 + Math.max(0, zoom - 5) * 1.6;
  return Math.min(MOST, Math.max(LEAST, Math.sqrt(people) * PIXELS_PER_ROOT * near)) * scale;
}

/** `meant` are drawn over the others: pointed at, or open. */
export function gapLayers(
  gaps: readonly Gap[],
  meant: readonly Gap[],
  palette: MapPalette,
  sight: Sight,
): Layer[] {
  const at = ({ lon, lat }: Gap): [number, number] => [lon, lat];
  const size = ({ people }: Gap): number => radiusOf(people, sight);
  const { scale } = sight;
  return [
    new ScatterplotLayer<Gap>({
      id: MARKS_LAYER,
      ...UNDER_LABELS,
      data: gaps,
      pickable: true,
      getPosition: at,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: size,
      stroked: true,
      getFillColor: [...rgba(palette.uncovered, 80)],
      getLineColor: [...rgba(palette.uncovered, 230)],
      getLineWidth: scale,
      updateTriggers: { getRadius: [sight.zoom, scale] },
    }),
    new ScatterplotLayer<Gap>({
      id: 'gaps-meant',
      ...UNDER_LABELS,
      data: meant,
      getPosition: at,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: (gap) => size(gap) + 4 * scale,
      stroked: true,
      getFillColor: [...rgba(palette.uncovered, 120)],
      getLineColor: [...rgba(palette.selected)],
      getLineWidth: 2.5 * scale,
      updateTriggers: { getRadius: [sight.zoom, scale] },
    }),
  ];
}
