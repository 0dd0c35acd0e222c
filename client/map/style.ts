/**
 * The style of the base map, built in code: one function from theme, language and addresses to a
 * MapLibre style. Geometry comes from the server's tiles; what colours a unit comes as feature
 * state (`class`, `open`, `hovered`, `selected`), so that a new estimate refetches nothing.
 */
import latin600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-600-normal.woff2?url';
import latinExt600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-ext-600-normal.woff2?url';
import vietnamese600 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-600-normal.woff2?url';
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import { PALETTES, type MapPalette } from '../theme/palette.ts';

export type Theme = 'dark' | 'light';
type Language = 'vi' | 'en';

/** Zooms of the tiles; the map does not go below the first. */
export const TILE_ZOOMS = { min: 4, max: 14 } as const;
/** Between these zooms the communes come over the provinces. */
export const COMMUNES_FROM = 7.3;
const COMMUNES_FULLY = 7.9;
/** Communes of an open province are there from here. */
export const OPEN_COMMUNES_FROM = 5;

/** Things are drawn under the first of these, so that names stay readable. */
export const FIRST_LABEL_LAYER = 'commune-labels';
const FONT = ['Be Vietnam Pro'];

export const UNIT_LAYERS = { provinces: 'province-fill', communes: 'commune-fill' } as const;
export type UnitSource = keyof typeof UNIT_LAYERS;
/** A state that a unit is outlined in. */
export type Outline = 'hovered' | 'selected';

export function tileAddress(source: UnitSource, pack: string): string {
  return `${location.origin}/tiles/${source}/{z}/{x}/{y}.mvt?pack=${encodeURIComponent(pack)}`;
}

/** What a style is made from. */
export interface Made {
  theme: Theme;
  language: Language;
  /** Hash of the territory pack whose tiles to show. */
  pack: string;
  /** Size of text and lines: 1 on a desk, more on a wall that is read from afar. */
  scale: number;
}

export function buildStyle({ theme, language, pack, scale }: Made): StyleSpecification {
  const palette = PALETTES[theme];
  return {
    version: 8,
    'font-faces': fontFaces(),
    sources: { provinces: source('provinces', pack), communes: source('communes', pack) },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
      ...surroundings(palette),
      ...fills(palette),
      ...borders(palette, scale),
      ...outlines(palette, scale),
      ...labels(palette, language, scale),
    ],
  };
}

function source(name: UnitSource, pack: string): SourceSpecification {
  return {
    type: 'vector',
    tiles: [tileAddress(name, pack)],
    minzoom: TILE_ZOOMS.min,
    maxzoom: TILE_ZOOMS.max,
  };
}

/** The typeface of the page, as files, so that labels never wait for the page's style sheets. */
function fontFaces(): NonNullable<StyleSpecification['font-faces']> {
  const absolute = (address: string): string => new URL(address, location.href).href;
  return {
    'Be Vietnam Pro': [
      {
        url: absolute(vietnamese600),
        'unicode-range': [
          ...['U+0102-0103', 'U+0110-0111', 'U+0128-0129', 'U+0168-0169', 'U+01A0-01A1'],
          ...['U+01AF-01B0', 'U+1EA0-1EF9'],
        ],
      },
      { url: absolute(latin600), 'unicode-range': ['U+0000-00FF', 'U+2000-206F'] },
      { url: absolute(latinExt600), 'unicode-range': ['U+0100-02AF'] },
    ],
  };
}

function surroundings(palette: MapPalette): LayerSpecification[] {
  const from = { source: 'provinces', 'source-layer': 'neighbours' };
  return [
    {
      id: 'neighbours',
      type: 'fill',
      ...from,
      paint: { 'fill-color': palette.neighbours, 'fill-outline-color': palette.neighbourBorder },
    },
  ];
}

/** Classes from this one on are differences, not shares. */
export const FIRST_DIFFERENCE = 100;
/** … and from this one on how duties stand. */
export const FIRST_DUTY = 200;

/** The colour of a unit's class of share, of difference or of duties; grey while nothing is known of it. */
function unitColour(palette: MapPalette): ExpressionSpecification {
  const classes = [
    ...palette.ramp.flatMap((colour, index) => [index, colour]),
    ...palette.difference.flatMap((colour, index) => [FIRST_DIFFERENCE + index, colour]),
    ...palette.duties.flatMap((colour, index) => [FIRST_DUTY + index, colour]),
  ];
  return [
    'match',
    ['coalesce', ['feature-state', 'class'], -1],
    ...classes,
    palette.unknown,
  ] as unknown as ExpressionSpecification;
}

/** A value that changes evenly between zooms. */
function byZoom(...stops: [zoom: number, value: unknown][]): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

function state(name: string, yes: number, no: number): ExpressionSpecification {
  return ['case', ['boolean', ['feature-state', name], false], yes, no];
}

function fills(palette: MapPalette): LayerSpecification[] {
  return [
    {
      id: UNIT_LAYERS.provinces,
      type: 'fill',
      source: 'provinces',
      'source-layer': 'provinces',
      paint: { 'fill-color': unitColour(palette) },
    },
    {
      id: UNIT_LAYERS.communes,
      type: 'fill',
      source: 'communes',
      'source-layer': 'communes',
      minzoom: COMMUNES_FROM,
      paint: {
        'fill-color': unitColour(palette),
        'fill-opacity': byZoom([COMMUNES_FROM, state('open', 1, 0)], [COMMUNES_FULLY, 1]),
      },
    },
  ];
}

function borders(palette: MapPalette, scale: number): LayerSpecification[] {
  return [
    {
      id: 'commune-borders',
      type: 'line',
      source: 'communes',
      'source-layer': 'borders',
      filter: ['==', ['get', 'kind'], 'commune'],
      minzoom: COMMUNES_FROM,
      paint: {
        'line-color': palette.communeBorder,
        'line-opacity': byZoom([COMMUNES_FROM, 0], [9, 0.3], [12, 0.6]),
        'line-width': byZoom([7, 0.4 * scale], [12, 1.2 * scale]),
      },
    },
    {
      id: 'province-borders',
      type: 'line',
      source: 'provinces',
      'source-layer': 'borders',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.provinceBorder,
        'line-opacity': byZoom([4, 0.35], [8, 0.7]),
        'line-width': byZoom([4, 0.5 * scale], [8, 1.4 * scale], [12, 2.4 * scale]),
      },
    },
  ];
}

/** The layer that outlines units of a source in a state. */
export function outlineLayer(unitSource: UnitSource, name: Outline): string {
  return `${unitSource}-${name}`;
}

/**
 * Outlines of the unit under the pointer and of the open one; all others are fully transparent, and
 * drawn all the same: four fifths of the lines of the country. So there are none until one is wanted.
 */
function outlines(palette: MapPalette, scale: number): LayerSpecification[] {
  const outline = (unitSource: UnitSource, name: Outline): LayerSpecification => ({
    id: outlineLayer(unitSource, name),
    type: 'line',
    source: unitSource,
    'source-layer': unitSource,
    layout: { 'line-join': 'round', visibility: 'none' },
    paint: {
      'line-color': palette[name],
      'line-opacity': state(name, name === 'hovered' ? 0.75 : 1, 0),
      'line-width': (name === 'hovered' ? 1.4 : 2) * scale,
    },
  });
  return [
    outline('communes', 'hovered'),
    outline('provinces', 'hovered'),
    outline('communes', 'selected'),
    outline('provinces', 'selected'),
  ];
}

function labels(palette: MapPalette, language: Language, scale: number): LayerSpecification[] {
  const name: ExpressionSpecification =
    language === 'vi' ? ['get', 'name'] : ['coalesce', ['get', 'nameEn'], ['get', 'name']];
  const ink = { 'text-color': palette.label, 'text-halo-color': palette.labelHalo };
  const text = { 'text-field': name, 'text-font': FONT, 'text-max-width': 7, 'text-padding': 4 };
  const peopledFirst = {
    'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'population'], 0]],
  } as const satisfies SymbolLayerSpecification['layout'];
  return [
    {
      id: FIRST_LABEL_LAYER,
      type: 'symbol',
      source: 'communes',
      'source-layer': 'labels',
      minzoom: 9,
      layout: {
        ...text,
        ...peopledFirst,
        'text-size': byZoom([9, 10.5 * scale], [13, 14 * scale]),
      },
      paint: { ...ink, 'text-halo-width': 1.5 },
    },
    {
      id: 'province-labels',
      type: 'symbol',
      source: 'provinces',
      'source-layer': 'labels',
      maxzoom: 10.5,
      layout: {
        ...text,
        ...peopledFirst,
        'text-size': byZoom([4.5, 10.5 * scale], [6.5, 13 * scale], [9, 17 * scale]),
      },
      paint: { ...ink, 'text-halo-width': 1.5 },
    },
    {
      id: 'country-labels',
      type: 'symbol',
      source: 'provinces',
      'source-layer': 'places',
      filter: ['==', ['get', 'kind'], 'country'],
      maxzoom: 9,
      layout: {
        ...text,
        'text-size': byZoom([4, 10 * scale], [7, 14 * scale]),
        'text-letter-spacing': 0.12,
        'text-max-width': 14,
      },
      paint: { 'text-color': palette.seaLabel, 'text-opacity': 0.7 },
    },
    {
      id: 'island-labels',
      type: 'symbol',
      source: 'provinces',
      'source-layer': 'places',
      filter: ['==', ['get', 'kind'], 'island'],
      minzoom: 6,
      layout: { ...text, 'text-size': byZoom([6, 10 * scale], [10, 13 * scale]) },
      paint: { ...ink, 'text-halo-width': 1.2, 'text-opacity': 0.8 },
    },
    {
      id: 'sea-labels',
      type: 'symbol',
      source: 'provinces',
      'source-layer': 'places',
      filter: ['in', ['get', 'kind'], ['literal', ['sea', 'archipelago']]],
      layout: {
        ...text,
        // Their names belong on every view of the country: other labels give way to them.
        'text-allow-overlap': true,
        'text-max-width': 9,
        'text-letter-spacing': ['match', ['get', 'kind'], 'sea', 0.2, 0.02],
        'text-size': byZoom(
          [4, ['match', ['get', 'kind'], 'sea', 13 * scale, 10.5 * scale]],
          [7, ['match', ['get', 'kind'], 'sea', 22 * scale, 15 * scale]],
        ),
      },
      paint: {
        'text-color': palette.seaLabel,
        'text-halo-color': palette.sea,
        'text-halo-width': 1,
      },
    },
  ];
}
