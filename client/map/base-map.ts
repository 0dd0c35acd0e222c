/** The MapLibre map itself: made, restyled and asked what lies under a point. */
import {
  Map as MapLibreMap,
  setWorkerUrl,
  type MapGeoJSONFeature,
  type MapOptions,
  type PointLike,
  type VectorTileSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { communeCodeOf, provinceCodeOf } from '../../data/model/unit.ts';
import {
  buildStyle,
  COMMUNES_FROM,
  OPEN_COMMUNES_FROM,
  outlineLayer,
  tileAddress,
  TILE_ZOOMS,
  UNIT_LAYERS,
  type Made,
} from './style.ts';

setWorkerUrl(workerUrl);

/** As far as one may look away from the country; wide enough for a row of screens to hold it whole. */
const WORLD: [number, number, number, number] = [55, -30, 160, 52];
/** Half way in the coming of the communes: from here they are what a pointer means. */
const COMMUNES_MEANT_FROM = COMMUNES_FROM + 0.3;

/** Where a map begins to look. */
export type Start = Pick<MapOptions, 'center' | 'zoom' | 'bounds' | 'fitBoundsOptions'>;

/** Throws where the browser has no WebGL 2. */
export function makeBaseMap(container: HTMLElement, made: Made, start: Start): MapLibreMap {
  return new MapLibreMap({
    container,
    style: buildStyle(made),
    minZoom: TILE_ZOOMS.min,
    maxZoom: 17.5,
    maxBounds: WORLD,
    ...start,
    attributionControl: false,
    // The map stays flat and north stays up: it is read, not flown.
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    renderWorldCopies: false,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
    // Esc and the arrows belong to the page until the map has the focus.
    keyboard: true,
    localIdeographFontFamily: false,
  });
}

/** Gives the layers other colours, words and sizes, without fetching anything. */
export function restyle(map: MapLibreMap, made: Made): void {
  type Paint = Parameters<MapLibreMap['setPaintProperty']>[1];
  for (const layer of buildStyle(made).layers) {
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as Paint, value);
    if (layer.type !== 'symbol') continue;
    for (const name of ['text-field', 'text-size'] as const)
      map.setLayoutProperty(layer.id, name, layer.layout?.[name]);
  }
}

/** Takes the tiles of another territory. */
export function readdress(map: MapLibreMap, pack: string): void {
  for (const source of ['provinces', 'communes'] as const)
    map.getSource<VectorTileSource>(source)?.setTiles([tileAddress(source, pack)]);
}

/** Shows communes from farther away while a province is open. */
export function showCommunes(map: MapLibreMap, provinceIsOpen: boolean): void {
  const from = provinceIsOpen ? OPEN_COMMUNES_FROM : COMMUNES_FROM;
  const outlines = (['hovered', 'selected'] as const).map((name) => outlineLayer('communes', name));
  for (const layer of [UNIT_LAYERS.communes, ...outlines]) map.setLayerZoomRange(layer, from, 24);
}

/** Code of the unit that a pointer at `point` means at this zoom; null over sea and neighbours. */
export function unitAt(map: MapLibreMap, point: PointLike): string | null {
  const layers = [UNIT_LAYERS.communes, UNIT_LAYERS.provinces];
  const features = map.queryRenderedFeatures(point, { layers });
  const commune = features.find((feature) => feature.source === 'communes');
  if (commune && (map.getZoom() >= COMMUNES_MEANT_FROM || isOpen(map, commune)))
    return communeCodeOf(Number(commune.id));
  const province = features.find((feature) => feature.source === 'provinces');
  return province ? provinceCodeOf(Number(province.id)) : null;
}

function isOpen(map: MapLibreMap, commune: MapGeoJSONFeature): boolean {
  const { id } = commune;
  const place = {
    source: 'communes',
    sourceLayer: 'communes',
    ...(id === undefined ? {} : { id }),
  };
  return map.getFeatureState(place)?.['open'] === true;
}
