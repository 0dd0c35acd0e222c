/** The layers of deck.gl, one function each: from data and zoom to how it looks. */
import type { Layer } from '@deck.gl/core';
import {
  LineLayer,
  ScatterplotLayer,
  type LineLayerProps,
  type ScatterplotLayerProps,
} from '@deck.gl/layers';
import type { Technology } from '../../data/model/things.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';
import type { StationData } from './card.ts';
import { DotLayer } from './dots.ts';
import type { Marks } from './marks.ts';
import type { Lines } from './network.ts';
import { stationSize } from './stations.ts';
import { FIRST_LABEL_LAYER } from './style.ts';

/** How near the map is and how large marks are drawn: 1 on a desk, more on a wall. */
export interface Sight {
  zoom: number;
  scale: number;
}

/** Stations are a texture of dots below this zoom: it is the unit that is meant. */
const STATIONS_PICKED_FROM = 8.5;
const NETWORK_PICKED_FROM = 7;
const EDGES_FROM = 9;
const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };

type Colour = [number, number, number, number];
type Data = ScatterplotLayerProps['data'];

/** A mark with corners, to be told apart from round ones without its colour. */
class SquareLayer extends ScatterplotLayer {
  static override layerName = 'SquareLayer';

  override getShaders() {
    const cut = 'if (max(abs(unitPosition.x), abs(unitPosition.y)) > 0.72) discard;';
    return { ...super.getShaders(), inject: { 'fs:#main-start': cut } };
  }
}

/** A mark that stands on a corner. */
class DiamondLayer extends ScatterplotLayer {
  static override layerName = 'DiamondLayer';

  override getShaders() {
    const cut = 'if (abs(unitPosition.x) + abs(unitPosition.y) > 1.0) discard;';
    return { ...super.getShaders(), inject: { 'fs:#main-start': cut } };
  }
}

/** Marks or lines as deck.gl takes them, made once so that equal data is not written again. */
export interface Drawn {
  ids: Uint32Array;
  data: Data;
}

export function drawnMarks(marks: Marks): Drawn {
  const attributes = {
    getPosition: { value: marks.positions, size: 2 },
    getFillColor: { value: marks.colours, size: 4, type: 'unorm8', normalized: true },
    getLineColor: { value: marks.colours, size: 4, type: 'unorm8', normalized: true },
    getRadius: { value: marks.sizes, size: 1 },
  };
  return { ids: marks.ids, data: { length: marks.count, attributes } as unknown as Data };
}

export function drawnLines(lines: Lines): Drawn {
  const attributes = {
    getSourcePosition: { value: lines.from, size: 2 },
    getTargetPosition: { value: lines.to, size: 2 },
    getColor: { value: lines.colours, size: 4, type: 'unorm8', normalized: true },
    getWidth: { value: lines.widths, size: 1 },
  };
  return { ids: lines.ids, data: { length: lines.count, attributes } as unknown as Data };
}

export function stationLayer(
  technology: Technology,
  data: StationData,
  visible: boolean,
  palette: MapPalette,
  { zoom, scale }: Sight,
): Layer {
  const { minPixels, maxPixels, metres } = stationSize(zoom);
  const radiusMinPixels = (technology === '4g' ? minPixels * 0.85 : minPixels) * scale;
  const drawn = { ...UNDER_LABELS, visible, data: data as unknown as Data };
  if (zoom < STATIONS_PICKED_FROM)
    return new DotLayer({
      ...drawn,
      id: `station-dots-${technology}`,
      diameter: 2 * radiusMinPixels,
    });
  return new ScatterplotLayer({
    ...drawn,
    id: `stations-${technology}`,
    pickable: true,
    // Near by, where stations stand on colours of every lightness, an edge keeps them apart.
    stroked: zoom >= EDGES_FROM,
    getLineColor: rgba(palette.labelHalo, 150) as unknown as Colour,
    getLineWidth: 0.9 * scale,
    lineWidthUnits: 'pixels',
    getRadius: metres,
    radiusUnits: 'meters',
    radiusMinPixels,
    radiusMaxPixels: maxPixels * scale,
  });
}

/** Lines, wide glows under the broken ones, and the nodes over both. */
export function networkLayers(
  lines: Drawn,
  broken: Drawn,
  nodes: Drawn,
  { zoom, scale }: Sight,
): Layer[] {
  const line = (id: string, data: Data, pickable: boolean): Layer => {
    const props: LineLayerProps & { beforeId: string } = {
      id,
      ...UNDER_LABELS,
      data,
      pickable,
      widthScale: scale,
    };
    return new LineLayer(props);
  };
  return [
    line('links-broken', broken.data, false),
    line('links', lines.data, zoom >= NETWORK_PICKED_FROM),
    new ScatterplotLayer({
      ...mark('nodes', nodes.data),
      ...UNDER_LABELS,
      pickable: zoom >= NETWORK_PICKED_FROM,
      radiusScale: scale * Math.min(1.6, 0.5 + Math.max(0, zoom - 5) * 0.16),
    }),
  ];
}

/** A soft halo, a mark and its dark heart: the one thing that nobody may overlook. */
export function hamletLayers(hamlets: Drawn, palette: MapPalette, { zoom, scale }: Sight): Layer[] {
  // Where the whole country is in view they are small enough to leave its names readable.
  const near = Math.min(2.4, 0.45 + Math.max(0, zoom - 4) * 0.3);
  return [
    new ScatterplotLayer({
      ...mark('hamlet-halos', hamlets.data),
      ...UNDER_LABELS,
      radiusScale: scale * near * 2,
      opacity: 0.24,
    }),
    new ScatterplotLayer({
      ...mark('hamlets', hamlets.data),
      ...UNDER_LABELS,
      pickable: true,
      radiusScale: scale * near,
    }),
    new ScatterplotLayer({
      ...mark('hamlet-hearts', hamlets.data),
      ...UNDER_LABELS,
      radiusScale: scale * near * 0.36,
      // Without the colour attribute of the mark: one dark heart for all.
      data: withoutColours(hamlets.data),
      getFillColor: rgba(palette.labelHalo) as unknown as Colour,
    }),
  ];
}

export function facilityLayers(
  facilities: Drawn,
  palette: MapPalette,
  { zoom, scale }: Sight,
): Layer[] {
  const size = scale * Math.min(1.8, 0.9 + Math.max(0, zoom - 7) * 0.15);
  return [
    new SquareLayer({
      ...mark('facility-edges', facilities.data),
      ...UNDER_LABELS,
      radiusScale: size * 1.4,
      data: withoutColours(facilities.data),
      getFillColor: rgba(palette.facilityEdge) as unknown as Colour,
    }),
    new SquareLayer({
      ...mark('facilities', facilities.data),
      ...UNDER_LABELS,
      radiusScale: size,
      pickable: true,
    }),
  ];
}

export function reportLayers(reports: Drawn, palette: MapPalette, { zoom, scale }: Sight): Layer[] {
  const size = scale * Math.min(1.8, 0.8 + Math.max(0, zoom - 6) * 0.15);
  return [
    new DiamondLayer({
      ...mark('report-edges', reports.data),
      ...UNDER_LABELS,
      radiusScale: size * 1.35,
      data: withoutColours(reports.data),
      getFillColor: rgba(palette.reports.edge) as unknown as Colour,
    }),
    new DiamondLayer({
      ...mark('reports', reports.data),
      ...UNDER_LABELS,
      radiusScale: size,
      pickable: true,
    }),
  ];
}

export function pulseLayer(rings: Marks, scale: number): Layer {
  return new ScatterplotLayer({
    ...mark('pulses', drawnMarks(rings).data),
    radiusScale: scale,
    lineWidthScale: scale,
    filled: false,
    stroked: true,
    getLineWidth: 2,
  });
}

/** The ring around the thing that is open. */
export function openLayer(
  place: readonly [lon: number, lat: number],
  palette: MapPalette,
  scale: number,
): Layer {
  return new ScatterplotLayer({
    id: 'open-thing',
    data: [place],
    getPosition: (at: readonly [number, number]) => [...at],
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getRadius: 14 * scale,
    filled: false,
    stroked: true,
    getLineWidth: 2.5 * scale,
    getLineColor: rgba(palette.selected) as unknown as Colour,
  });
}

function mark(id: string, data: Data): ScatterplotLayerProps {
  return { id, data, radiusUnits: 'pixels', lineWidthUnits: 'pixels' };
}

const uncoloured = new WeakMap<object, Data>();

/** The same data to be drawn in one colour; made once for each. */
function withoutColours(data: Data): Data {
  const known = uncoloured.get(data as object);
  if (known) return known;
  const { length, attributes } = data as unknown as {
    length: number;
    attributes: Record<string, object>;
  };
  const { getPosition, getRadius } = attributes;
  const made = { length, attributes: { getPosition, getRadius } } as unknown as Data;
  uncoloured.set(data as object, made);
  return made;
}
