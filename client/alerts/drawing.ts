/** Alerts on the map: a ring round the place of each, wider the worse it is, and a second one round the chosen. */
import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { Severity } from '../../data/alerts/rule.ts';
import type { Alert } from '../../data/wire/alerts.ts';
import type { Unit } from '../live/live.ts';
import type { MapPlace, Picked } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { rgba, type MapPalette, type Rgba } from '../theme/palette.ts';
import { placeOf } from './places.ts';

export interface AlertMark extends MapPlace {
  id: number;
  severity: Severity;
}

const MARKS_LAYER = 'alerts-marks';
/** Pixels at the ordinary size of text. */
const RADII = { notice: 8, warning: 11, critical: 14 } satisfies Record<Severity, number>;
const WIDTH = 3;
const APART = 6;

export function alertMarksOf(
  alerts: readonly Alert[],
  units: ReadonlyMap<string, Unit>,
): AlertMark[] {
  return alerts.flatMap((alert) => {
    const place = placeOf(alert, units);
    return place ? { id: alert.id, severity: alert.severity, lon: place.lon, lat: place.lat } : [];
  });
}

/** The alert that was picked; null for something else. */
export function pickedAlert(marks: readonly AlertMark[], picked: Picked | null): number | null {
  return picked?.layer === MARKS_LAYER ? (marks[picked.index]?.id ?? null) : null;
}

export function alertLayers(
  marks: readonly AlertMark[],
  chosen: number | null,
  palette: MapPalette,
  { scale }: Pick<Sight, 'scale'>,
): Layer[] {
  const round = (id: string, data: AlertMark[], by: number, pickable: boolean) =>
    new ScatterplotLayer<AlertMark>({
      ...{ id, data, pickable, stroked: true, filled: pickable },
      getPosition: ({ lon, lat }) => [lon, lat],
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: ({ severity }) => (RADII[severity] + by) * scale,
      // All but nothing, so that it is taken hold of in the middle.
      getFillColor: [0, 0, 0, 1],
      getLineColor: ({ severity }) => [...colourOf(severity, palette)],
      getLineWidth: WIDTH * scale,
      updateTriggers: { getRadius: scale, getLineWidth: scale, getLineColor: palette },
    });
  return [
    round(MARKS_LAYER, [...marks], 0, true),
    round(
      'alerts-chosen',
      marks.filter(({ id }) => id === chosen),
      APART,
      false,
    ),
  ];
}

function colourOf(severity: Severity, palette: MapPalette): Rgba {
  if (severity === 'critical') return rgba(palette.stations.down);
  return rgba(severity === 'warning' ? palette.uncovered : palette.hovered);
}
