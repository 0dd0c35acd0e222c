/**
 * Vector tiles of a territory, one at a time and without an index of tiles: what a tile touches is
 * found by box, read off the arcs in the zoom's band, cut by geojson-vt and written by vt-pbf.
 * Nothing is kept between tiles but the boxes, so a start costs nothing and memory does not grow.
 */
import { geoJSONToTile, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import Flatbush from 'flatbush';
import type { Feature, Geometry } from 'geojson';
import type { Shape } from './arcs.ts';
import { type BorderLine, borderLines } from './border-lines.ts';
import { toSteps } from './lattice.ts';
import { boxAround, doubleArea, lineDegrees, ringDegrees, ringSteps } from './outline.ts';
import type { PackGeometry, PackRecords } from './pack-content.ts';
import { bandOf } from './simplify.ts';
import type { Level } from './territory.ts';

const EXTENT = 4096;
/** Drawn beyond each edge, in tile units: 64 of 4,096, so that thick lines meet. */
const BUFFER = 64;

/** Zooms that have tiles. */
export const FIRST_ZOOM = 4;
export const LAST_ZOOM = 14;

/** A ring smaller than this many square tile units (half a pixel across) is not drawn, but a unit's largest always is. */
const LEAST_UNITS2 = 16;

type Properties = Record<string, string | number>;

/** Things of one layer with a box each. */
interface Boxed<T> {
  items: T[];
  index: Flatbush | undefined;
}

interface Area {
  shape: Shape;
  /** Twice the area of each polygon's outer ring, square steps; the largest is always drawn. */
  sizes: number[];
  largest: number;
  id: number | undefined;
  properties: Properties;
}

interface Label {
  lon: number;
  lat: number;
  id: number | undefined;
  properties: Properties;
}

interface Layers {
  areas: Record<string, Boxed<Area>>;
  borders: Boxed<BorderLine & { properties: Properties }>;
  labels: Record<string, Label[]>;
}

export class TileMaker {
  readonly #records: PackRecords;
  readonly #geometry: PackGeometry;
  readonly #boxes: Int32Array;
  readonly #layers: Partial<Record<Level, Layers>> = {};

  /** `boxes` are the arcs' boxes. */
  constructor(records: PackRecords, geometry: PackGeometry, boxes: Int32Array) {
    this.#records = records;
    this.#geometry = geometry;
    this.#boxes = boxes;
  }

  /** The tile, not compressed; undefined when nothing is in it or the address is none of ours. */
  tile(level: Level, z: number, x: number, y: number): Uint8Array | undefined {
    if (!isTile(z, x, y)) return undefined;
    const layers = this.#layersOf(level);
    const reach = BUFFER / EXTENT;
    const west = toSteps(lonOf(x - reach, z));
    const east = toSteps(lonOf(x + 1 + reach, z));
    const north = toSteps(latOf(y - reach, z));
    const south = toSteps(latOf(y + 1 + reach, z));
    const made: Record<string, GeoJSONVTTile> = {};
    const add = (name: string, features: Feature[]): void => {
      if (features.length === 0) return;
      const tile = geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, {
        maxZoom: LAST_ZOOM,
        tolerance: 0,
        extent: EXTENT,
        buffer: BUFFER,
        clip: true,
      });
      if (tile.features.length > 0) made[name] = tile;
    };

    const within = <T>({ items, index }: Boxed<T>): T[] =>
      (index?.search(west, south, east, north) ?? [])
        .sort((a, b) => a - b)
        .flatMap((i) => items[i] ?? []);
    for (const [name, areas] of Object.entries(layers.areas))
      add(
        name,
        within(areas).flatMap((area) => this.#areaFeature(area, z)),
      );
    add(
      'borders',
      within(layers.borders).map((line) => this.#lineFeature(line, z)),
    );
    for (const [name, labels] of Object.entries(layers.labels))
      add(name, labels.filter((label) => isInTile(label, z, x, y)).map(labelFeature));
    if (Object.keys(made).length === 0) return undefined;
    return fromGeojsonVt(made, { version: 2, extent: EXTENT });
  }

  #areaFeature({ shape, sizes, largest, id, properties }: Area, z: number): Feature[] {
    const { arcs } = this.#geometry;
    const band = bandOf(z);
    const stepsPerUnit = toSteps(360 / 2 ** z / EXTENT);
    const least = LEAST_UNITS2 * stepsPerUnit * stepsPerUnit * 2;
    const coordinates = shape
      .filter((_, i) => i === largest || (sizes[i] ?? 0) >= least)
      .map((polygon) =>
        polygon.map((ring) => ringDegrees(arcs, ring, band)).filter((ring) => ring.length >= 4),
      )
      .filter((polygon) => polygon.length > 0);
    if (coordinates.length === 0) return [];
    return [feature({ type: 'MultiPolygon', coordinates }, id, properties)];
  }

  #lineFeature({ refs, properties }: BorderLine & { properties: Properties }, z: number): Feature {
    const coordinates = lineDegrees(this.#geometry.arcs, refs, bandOf(z));
    return feature({ type: 'LineString', coordinates }, undefined, properties);
  }

  /** Made when the first tile of a level is asked for. */
  #layersOf(level: Level): Layers {
    return (this.#layers[level] ??=
      level === 'provinces' ? this.#provinceLayers() : this.#communeLayers());
  }

  #provinceLayers(): Layers {
    const { provinces, provinceCentres, neighbours, places } = this.#records;
    const geometry = this.#geometry;
    return {
      areas: {
        neighbours: this.#areas(geometry.neighbours, (i) => ({
          id: undefined,
          properties: { name: neighbours[i]?.name ?? '', nameEn: neighbours[i]?.nameEn ?? '' },
        })),
        provinces: this.#areas(geometry.provinces, (i) => {
          const { code = '', name = '', nameEn = '' } = provinces[i] ?? {};
          return { id: Number(code), properties: { code, name, nameEn } };
        }),
      },
      borders: this.#borders(geometry.provinces, ({ sides }) =>
        sides === 'two' ? 'province' : 'outer',
      ),
      labels: {
        labels: provinces.map(({ code, name, nameEn, population }, i) => {
          const [lon, lat] = provinceCentres[i] ?? [0, 0];
          return { lon, lat, id: Number(code), properties: { code, name, nameEn, population } };
        }),
        places: places.map(({ kind, name, nameEn, lon, lat }) => {
          return { lon, lat, id: undefined, properties: { kind, name, nameEn } };
        }),
      },
    };
  }

  #communeLayers(): Layers {
    const { communes, communeCentres } = this.#records;
    const geometry = this.#geometry;
    const provinceArcs = new Set(geometry.provinces.flat(3).map((ref) => (ref < 0 ? ~ref : ref)));
    return {
      areas: {
        communes: this.#areas(geometry.communes, (i) => {
          const { code = '', name = '', nameEn = '', province: parent = '' } = communes[i] ?? {};
          return { id: Number(code), properties: { code, name, nameEn, parent } };
        }),
      },
      borders: this.#borders(geometry.communes, ({ refs, sides }) => {
        if (sides === 'one') return 'outer';
        const arc = refs[0] ?? 0;
        return provinceArcs.has(arc < 0 ? ~arc : arc) ? 'province' : 'commune';
      }),
      labels: {
        labels: communes.map(({ code, name, nameEn, province: parent, population }, i) => {
          const [lon, lat] = communeCentres[i] ?? [0, 0];
          return {
            lon,
            lat,
            id: Number(code),
            properties: { code, name, nameEn, parent, population },
          };
        }),
      },
    };
  }

  #areas(
    shapes: readonly Shape[],
    about: (i: number) => { id: number | undefined; properties: Properties },
  ): Boxed<Area> {
    const { arcs } = this.#geometry;
    return this.#boxed(
      shapes.map((shape, i) => {
        const sizes = shape.map((polygon) => doubleArea(ringSteps(arcs, polygon[0] ?? [])));
        const largest = sizes.reduce((best, size, j) => (size > (sizes[best] ?? 0) ? j : best), 0);
        return { shape, sizes, largest, ...about(i) };
      }),
      ({ shape }) => shape.flat(2),
    );
  }

  #borders(
    shapes: readonly Shape[],
    kindOf: (line: BorderLine) => string,
  ): Boxed<BorderLine & { properties: Properties }> {
    return this.#boxed(
      borderLines(this.#geometry.arcs, shapes).map((line) => ({
        ...line,
        properties: { kind: kindOf(line) },
      })),
      ({ refs }) => refs,
    );
  }

  #boxed<T>(items: T[], refsOf: (item: T) => number[]): Boxed<T> {
    if (items.length === 0) return { items, index: undefined };
    const index = new Flatbush(items.length, 16, Int32Array);
    for (const item of items) index.add(...boxAround(this.#boxes, refsOf(item)));
    index.finish();
    return { items, index };
  }
}

/** Whether z, x, y are whole numbers that name a tile of ours. */
export function isTile(z: number, x: number, y: number): boolean {
  if (!Number.isInteger(z) || z < FIRST_ZOOM || z > LAST_ZOOM) return false;
  const side = 2 ** z;
  return [x, y].every((each) => Number.isInteger(each) && each >= 0 && each < side);
}

function labelFeature({ lon, lat, id, properties }: Label): Feature {
  return feature({ type: 'Point', coordinates: [lon, lat] }, id, properties);
}

function feature(geometry: Geometry, id: number | undefined, properties: Properties): Feature {
  return id === undefined
    ? { type: 'Feature', geometry, properties }
    : { type: 'Feature', id, geometry, properties };
}

/** A label is in one tile only: the one that holds its point. */
function isInTile({ lon, lat }: Label, z: number, x: number, y: number): boolean {
  const side = 2 ** z;
  const sin = Math.sin((lat * Math.PI) / 180);
  const tileX = Math.floor((lon / 360 + 0.5) * side);
  const tileY = Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * side);
  return tileX === x && tileY === y;
}

/** Degrees of a tile's edge in web mercator. */
function lonOf(x: number, z: number): number {
  return (x / 2 ** z) * 360 - 180;
}

function latOf(y: number, z: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;
}
