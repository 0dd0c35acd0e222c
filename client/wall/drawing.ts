/** Rings round the places of what the ticker tells, in the colour of whether it is better or worse. */
import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { Sight } from '../map/layers.ts';
import { FIRST_LABEL_LAYER } from '../map/style.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

export interface Ringed {
  lon: number;
  lat: number;
  mood: 'better' | 'worse' | 'plain';
}

const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };
/** Pixels at the ordinary size of text. */
const RADIUS = 13;
const WIDTH = 3;

export function ringLayers(
  places: readonly Ringed[],
  palette: MapPalette,
  { scale }: Pick<Sight, 'scale'>,
): Layer[] {
  const colour = ({ mood }: Ringed) =>
    rgba(mood === 'worse' ? palette.stations.down : palette.resolved);
  return [
    new ScatterplotLayer<Ringed>({
      id: 'wall-rings',
      ...UNDER_LABELS,
      data: places,
      getPosition: ({ lon, lat }) => [lon, lat],
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: RADIUS * scale,
      filled: false,
      stroked: true,
      getLineColor: (place) => [...colour(place)],
      getLineWidth: WIDTH * scale,
      updateTriggers: { getRadius: scale, getLineWidth: scale, getLineColor: palette },
    }),
  ];
}
