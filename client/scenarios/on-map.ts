/** What a person does to the open scenario on the map: places, chooses, drags. */
import type { Layer } from '@deck.gl/core';
import { STATION_STATUSES, TECHNOLOGIES } from '../../data/model/things.ts';
import { live } from '../live/live.svelte.ts';
import type { Drawing, MapPlace, Picked } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { nearestAt } from '../map/nearest.ts';
import type { MapPalette } from '../theme/palette.ts';
import { view } from '../view/view.svelte.ts';
import { moved, switchedOff, type Part } from './content.ts';
import { desk, type Mode } from './desk.svelte.ts';
import type { Mark } from './drawing.ts';

const ON_AIR = STATION_STATUSES.indexOf('on_air');
const FIVE_G = TECHNOLOGIES.indexOf('5g');

/** Where a station stands; undefined where there is none of that id. */
export function placeOfStation(id: number): MapPlace | undefined {
  const stations = live.country?.tables.stations;
  const row = stations?.rowOf(id);
  if (!stations || row === undefined) return undefined;
  const { position } = stations.columns;
  return { lon: position[row * 2] ?? NaN, lat: position[row * 2 + 1] ?? NaN };
}

export function drawingOf(options: {
  mode: Mode;
  markOf(picked: Picked): Mark | undefined;
  layers(palette: MapPalette, sight: Sight): Layer[];
  /** Told whether a click that meant a station found none. */
  onmissed(nothing: boolean): void;
}): Drawing {
  const { mode, markOf, onmissed } = options;
  let zoom = 0;
  let dragged: Part | null = null;

  function click(at: MapPlace, picked: Picked | null): boolean {
    const mark = picked && markOf(picked);
    onmissed(false);
    if (mark) desk.selected = mark.part;
    else if (mode === 'add') desk.add([at]);
    else if (mode === 'station') {
      const id = onAirAt(at, zoom);
      onmissed(id === undefined);
      if (id !== undefined) {
        desk.edit(switchedOff(desk.content, id));
        desk.selected = { kind: 'station', id };
      }
    } else return false;
    return true;
  }

  return {
    layers(palette, sight) {
      zoom = sight.zoom;
      return options.layers(palette, sight);
    },
    click,
    drag: {
      starts(picked) {
        const mark = picked && markOf(picked);
        if (!mark || mark.kind === 'off' || desk.closed) return false;
        desk.selected = dragged = mark.part;
        return true;
      },
      moves: (at) => dragged && desk.dragTo(moved(desk.content, dragged, at)),
      ends: (at) => dragged && desk.edit(moved(desk.content, dragged, at)),
    },
    ...(mode === 'look' ? {} : { cursor: 'crosshair' }),
  };
}

/** The station on air that a click means, of those that the map shows. */
function onAirAt(at: MapPlace, zoom: number): number | undefined {
  const stations = live.country?.tables.stations;
  if (!stations) return undefined;
  const { status, technology } = stations.columns;
  const { stations4g, stations5g } = view.layers;
  return nearestAt(
    stations,
    at,
    zoom,
    (row) => status[row] === ON_AIR && (technology[row] === FIVE_G ? stations5g : stations4g),
  );
}
