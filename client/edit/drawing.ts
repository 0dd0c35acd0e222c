/**
 * What editing draws over the map: the thing in the form as a hollow ring that can be dragged, with
 * the way it was moved; the line between two nodes; and the stations chosen among many.
 */
import type { Layer } from '@deck.gl/core';
import { LineLayer, PolygonLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Drawing, MapPlace, Picked } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

const MARK = 'edit-mark';
type Colour = [number, number, number, number];
type At = [number, number];

const at = ({ lon, lat }: MapPlace): At => [lon, lat];
const colour = (hex: string, alpha = 255): Colour => [...rgba(hex, alpha)];

/** The thing in the form. */
export interface Marked {
  place: MapPlace | null;
  /** Where it stands as it is saved, when it is being moved. */
  from: MapPlace | null;
  /** The ends of a link. */
  ends: readonly MapPlace[];
}

function markLayers({ place, from, ends }: Marked, palette: MapPalette, { scale }: Sight): Layer[] {
  const [one, other] = ends;
  const lines = [
    ...(place && from ? [[from, place] as const] : []),
    ...(one && other ? [[one, other] as const] : []),
  ];
  return [
    new LineLayer<readonly [MapPlace, MapPlace]>({
      id: 'edit-lines',
      data: lines,
      getSourcePosition: ([start]) => at(start),
      getTargetPosition: ([, end]) => at(end),
      getColor: colour(palette.selected, 220),
      getWidth: 2 * scale,
    }),
    new ScatterplotLayer<MapPlace>({
      id: MARK,
      data: place ? [place] : [...ends],
      pickable: true,
      getPosition: at,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: 12 * scale,
      stroked: true,
      // Hollow, and yet to be taken hold of in the middle.
      getFillColor: colour(palette.labelHalo, 150),
      getLineColor: colour(palette.selected),
      getLineWidth: 3 * scale,
    }),
    new ScatterplotLayer<MapPlace>({
      id: 'edit-heart',
      data: place ? [place] : [],
      getPosition: at,
      radiusUnits: 'pixels',
      getRadius: 2.5 * scale,
      getFillColor: colour(palette.selected),
    }),
  ];
}

export function formDrawing(options: {
  marked: Marked;
  /** A click is a place for it; null while clicks mean what they always mean. */
  placing: ((place: MapPlace, zoom: number) => void) | null;
  /** Whether a click that is no place opens nothing: there is work that it would leave. */
  holds: boolean;
  movable: boolean;
  moves(place: MapPlace): void;
  ends(place: MapPlace): void;
}): Drawing {
  const { marked, placing, holds, movable } = options;
  let zoom = 0;
  return {
    layers(palette, sight) {
      ({ zoom } = sight);
      return markLayers(marked, palette, sight);
    },
    click(place) {
      placing?.(place, zoom);
      return placing !== null || holds;
    },
    drag: {
      starts: (picked: Picked | null) => movable && picked?.layer === MARK,
      moves: options.moves,
      ends: options.ends,
    },
    ...(placing ? { cursor: 'crosshair' } : {}),
  };
}

/** A rectangle by two of its corners. */
export interface Rectangle {
  from: MapPlace;
  to: MapPlace;
}

function cornersOf({ from, to }: Rectangle): At[] {
  return [
    [from.lon, from.lat],
    [to.lon, from.lat],
    [to.lon, to.lat],
    [from.lon, to.lat],
  ];
}

export function manyDrawing(options: {
  rectangle: Rectangle | null;
  /** `lon, lat` of each station that is chosen. */
  chosen: readonly MapPlace[];
  /** Whether a drag draws a rectangle. */
  drawing: boolean;
  drawn(rectangle: Rectangle, finished: boolean): void;
}): Drawing {
  const { rectangle, chosen, drawn } = options;
  let from: MapPlace | null = null;
  return {
    layers: (palette, { scale }) => [
      new PolygonLayer<At[]>({
        id: 'edit-rectangle',
        data: rectangle ? [cornersOf(rectangle)] : [],
        getPolygon: (corners) => corners,
        getFillColor: colour(palette.selected, 24),
        getLineColor: colour(palette.selected, 220),
        lineWidthUnits: 'pixels',
        getLineWidth: 2 * scale,
      }),
      new ScatterplotLayer<MapPlace>({
        id: 'edit-chosen',
        data: [...chosen],
        getPosition: at,
        radiusUnits: 'pixels',
        lineWidthUnits: 'pixels',
        getRadius: 7 * scale,
        filled: false,
        stroked: true,
        getLineColor: colour(palette.selected),
        getLineWidth: 1.5 * scale,
      }),
    ],
    // A click while a rectangle is awaited is no wish to open what lies there.
    click: () => options.drawing,
    drag: {
      starts(_picked, place) {
        if (options.drawing) from = place;
        return options.drawing;
      },
      moves: (to) => from && drawn({ from, to }, false),
      ends: (to) => from && drawn({ from, to }, true),
    },
    ...(options.drawing ? { cursor: 'crosshair' } : {}),
  };
}
