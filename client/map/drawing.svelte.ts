/**
 * What an open task draws over the map and hears from it. The task writes `onMap` while it is open
 * and takes back what it wrote when it closes; the map reads it.
 */
import type { Layer } from '@deck.gl/core';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { MapPalette } from '../theme/palette.ts';
import type { Sight } from './layers.ts';

/** A place on the map, degrees. */
export interface MapPlace {
  lon: number;
  lat: number;
}

/** An object of one of the drawing's pickable layers: the layer's id and the object's index in it. */
export interface Picked {
  layer: string;
  index: number;
}

export interface Drawing {
  /** Layers of deck.gl, over the things; ids begin with the task's name. Called when it may look different. */
  layers(palette: MapPalette, sight: Sight): Layer[];
  /** A click, before the map takes it as one of its own; true when it is dealt with. */
  click?(at: MapPlace, picked: Picked | null): boolean;
  hover?(picked: Picked | null): void;
  /**
   * Whether a drag that begins on an object, or beside any (null), is one of the drawing and not of the
   * map; where it is on the way, and where it is let go.
   */
  drag?: {
    starts(picked: Picked | null, at: MapPlace): boolean;
    moves(at: MapPlace): void;
    ends(at: MapPlace): void;
  };
  /** What the pointer looks like over the map, where the drawing has a wish. */
  cursor?: string;
}

/** Colours of the units that a task puts in place of the shares. */
export type UnitColouring = {
  /** Index into the scale; -1 for a unit of which nothing is known. */
  classOf(unit: string): number;
  /** What the colours mean, for the legend. */
  title: string;
} & (
  | {
      /** The scale of the palette: from nothing to all, or (when absent) from less to more. */
      scale?: 'ramp';
      /** The words at the two ends of the ramp. */
      ends: readonly [least: string, most: string];
    }
  | {
      scale: 'duties';
      /** The word of each colour. */
      names: readonly string[];
    }
);

class OnMap {
  drawing = $state.raw<Drawing | null>(null);
  colouring = $state.raw<UnitColouring | null>(null);
  /** The map itself, for a task that follows it or takes its picture; null while there is none. */
  map = $state.raw<MapLibreMap | null>(null);
}

export const onMap = new OnMap();
