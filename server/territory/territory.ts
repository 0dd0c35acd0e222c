/**
 * What a territory pack says about the country: its units, the names on its map, and where all of
 * it comes from. Geometry and the people grid travel beside these records in the same pack.
 */
import type { MultiPolygon } from 'geojson';

/** `approximate`: ours, tessellated from open data. `official`: imported by whoever runs the system. */
export type TerritoryKind = 'approximate' | 'official';

export interface Province {
  /** Official two-digit code, `01` … `96`. */
  code: string;
  name: string;
  nameEn: string;
  type: 'city' | 'province';
  /** NaN in a builder's input: the sum of its communes. */
  population: number;
  /** NaN in a builder's input: as measured on its boundary. */
  areaKm2: number;
}

export interface Commune {
  /** Official five-digit code. */
  code: string;
  /** Code of the province it belongs to. */
  province: string;
  /** With its type in front: `Phường Ba Đình`, `Xã Tát Ngà`, `Đặc khu Phú Quốc`. */
  name: string;
  nameEn: string;
  type: 'ward' | 'commune' | 'special_zone';
  /** NaN in a builder's input: not known; counts 0 in the pack and is reported. */
  population: number;
  /** NaN in a builder's input: as measured on its boundary. */
  areaKm2: number;
  /** Specially disadvantaged (mountain, border); undefined where the source does not say. */
  speciallyDisadvantaged?: boolean;
}

/** A name written on the map that is not a unit: a sea, an archipelago, a neighbouring country. */
export interface Place {
  kind: 'sea' | 'archipelago' | 'country' | 'island';
  name: string;
  nameEn: string;
  lon: number;
  lat: number;
}

/** One thing the pack was made from. */
export interface Provenance {
  what: string;
  source: string;
  licence: string;
  asOf: string;
}

/** One commune as the builder takes it; `from` is its file, for messages. */
export interface SourceCommune {
  commune: Commune;
  geometry: MultiPolygon;
  from?: string;
}

/**
 * What the pack builder is given, by the pipeline (approximate) or by the import (official).
 * `communes` is asynchronous so that one unit is in memory at a time.
 */
export interface TerritorySource {
  kind: TerritoryKind;
  provenance: Provenance[];
  provinces: Province[];
  communes: AsyncIterable<SourceCommune>;
  /** Neighbours' land, drawn muted, without the islands of Hoàng Sa and Trường Sa. */
  neighbours: { name: string; nameEn: string; geometry: MultiPolygon }[];
  places: Place[];
}

/** The levels that have tiles. */
export const LEVELS = ['provinces', 'communes'] as const;
export type Level = (typeof LEVELS)[number];

/** A pack, opened: what the country is, where things are in it, and its map. */
export interface Territory {
  /** SHA-256 of the pack's content, hex. */
  hash: string;
  kind: TerritoryKind;
  provenance: Provenance[];
  /** In the order of their codes. */
  provinces: Province[];
  communes: Commune[];
  places: Place[];
  /** `[west, south, east, north]` of all units, degrees. */
  bounds: [number, number, number, number];
  /** The pack itself, as it was opened. */
  bytes: Uint8Array;
  /** Code of the commune that holds the point; undefined outside all of them. Microseconds. */
  communeAt(lon: number, lat: number): string | undefined;
  /** Where the unit's name stands, `[lon, lat]`; inside it. Throws a RangeError for an unknown code. */
  centreOf(unitCode: string): [number, number];
  /** `[west, south, east, north]` of a unit, degrees. Throws a RangeError for an unknown code. */
  boundsOf(unitCode: string): [number, number, number, number];
  /** Mapbox vector tile (not compressed), z 4–14; undefined when there is nothing in it. */
  tile(level: Level, z: number, x: number, y: number): Uint8Array | undefined;
  /** Neighbours' land, as a builder takes it. */
  neighbours(): TerritorySource['neighbours'];
  /** A unit's boundary in full kept detail. Throws a RangeError for an unknown code. */
  geometryOf(unitCode: string): MultiPolygon;
}

/**
 * People on hexagons (H3 resolution 9), as typed arrays; `count` cells, sorted so that near cells
 * are near in memory. Made when a pack is built, unpacked when a server starts.
 */
export interface PeopleGrid {
  count: number;
  /** Centre of each cell, degrees. */
  lon: Float32Array;
  lat: Float32Array;
  /** People living in each cell; the sum over a commune is exactly its population. */
  people: Int32Array;
  /** Index of each cell's commune in `communes`. */
  commune: Uint16Array;
  /** Commune codes, in the order of the pack. */
  communes: string[];
  /** For each commune, the index of its province in `provinces`. */
  provinceOf: Uint16Array;
  provinces: string[];
  /** Surroundings of each cell: index into `SURROUNDINGS` of data/radio (by density around it). */
  surroundings: Uint8Array;
}
