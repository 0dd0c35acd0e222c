/**
 * GeoPackages (OGC 12-128r19): SQLite databases. SQLite itself, compiled to WebAssembly, reads them:
 * it works on every platform and downloads nothing when it is installed. Only tables are read, by
 * statements of ours: what a stranger's database defines besides is never run.
 */
import { readFile } from 'node:fs/promises';
import initSqlJs, { type Database, type SqlValue } from 'sql.js';
import { coordinateSystem } from '../../../data/imports/coordinate-systems.ts';
import { systemIn } from '../coordinates.ts';
import { tooManyColumns, tooManyRows } from '../head.ts';
import { MOST_CELL, MOST_COLUMNS, MOST_ROWS } from '../limits.ts';
import { ImportRefused } from '../refused.ts';
import { headersOf, type Cell, type RawRow } from '../sheet.ts';
import { GEOMETRY, placeCells, type Point } from './geometry.ts';

export interface PackageTable {
  headers: string[];
  known: Record<string, string>;
  rows: AsyncGenerator<RawRow>;
  layers: string[];
  crs?: string;
  texts: string;
}

export async function readGeoPackage(
  file: string,
  wanted: string | undefined,
  needsPlace: boolean,
): Promise<PackageTable> {
  const { Database } = await initSqlJs();
  const database = new Database(await readFile(file));
  try {
    database.run('pragma trusted_schema = off');
    const layers = column(
      database,
      `select c.table_name from gpkg_contents c
       join sqlite_master m on m.name = c.table_name and m.type = 'table'
       where c.data_type in ('features', 'attributes') order by c.data_type = 'features' desc, 1`,
    ).map(String);
    const layer = layers.find((name) => name === wanted) ?? layers[0];
    if (layer === undefined)
      throw new ImportRefused('no_layer', 'The GeoPackage holds no layer of features.');
    const [shape] = column(
      database,
      'select column_name from gpkg_geometry_columns where table_name = ?',
      [layer],
    ).map(String);
    const names = column(database, 'select name from pragma_table_info(?)', [layer]).map(String);
    if (names.length > MOST_COLUMNS) throw tooManyColumns();
    const [count] = column(database, `select count(*) from ${quoted(layer)}`);
    if (Number(count) > MOST_ROWS) throw tooManyRows();
    const crs = crsOf(database, layer);
    const plain = names.filter((name) => name !== shape);
    const texts = column(
      database,
      `select ${plain.map((name) => `coalesce(${quoted(name)}, '')`).join(` || ' ' || `)}
       from ${quoted(layer)} limit 500`,
    ).join(' ');
    return {
      headers: headersOf([...plain, ...(shape === undefined ? [] : GEOMETRY)]),
      known: shape === undefined ? {} : { [GEOMETRY[0]]: 'lon', [GEOMETRY[1]]: 'lat' },
      rows: rowsOf(database, layer, plain, shape, needsPlace),
      layers: layers.length > 1 ? layers : [],
      texts,
      ...(crs === undefined ? {} : { crs }),
    };
  } catch (error) {
    database.close();
    throw error instanceof ImportRefused ? error : notPackage(error);
  }
}

async function* rowsOf(
  database: Database,
  layer: string,
  names: readonly string[],
  shape: string | undefined,
  needsPlace: boolean,
): AsyncGenerator<RawRow> {
  const columns = [...names, ...(shape === undefined ? [] : [shape])];
  try {
    const statement = database.prepare(
      `select ${columns.map(quoted).join(', ')} from ${quoted(layer)}`,
    );
    for (let row = 1; statement.step(); row++) {
      const values = statement.get();
      const cells = values.slice(0, names.length).map(cellOf);
      if (shape === undefined) {
        yield { row, cells };
        continue;
      }
      const { cells: place, reason } = placeCells(pointIn(values[names.length]), needsPlace);
      yield { row, cells: [...cells, ...place], ...(reason ? { reason } : {}) };
    }
  } catch (error) {
    throw notPackage(error);
  } finally {
    // With it go its statements.
    database.close();
  }
}

/** SQLite tells of a damaged database only when it comes to the place. */
function notPackage(error: unknown): ImportRefused {
  const why = error instanceof Error ? error.message : String(error);
  return new ImportRefused('not_gpkg', `The database is not a GeoPackage (${why}).`);
}

function column(database: Database, sql: string, values: SqlValue[] = []): SqlValue[] {
  return (database.exec(sql, values)[0]?.values ?? []).map(([value]) => value ?? null);
}

function crsOf(database: Database, layer: string): string | undefined {
  const [found] = database.exec(
    `select s.organization, s.organization_coordsys_id, s.definition
     from gpkg_geometry_columns g join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
     where g.table_name = ?`,
    [layer],
  );
  const [organization, number, definition] = found?.values[0] ?? [];
  if (number === undefined || Number(number) <= 0) return undefined;
  const code = `EPSG:${Number(number)}`;
  if (/^epsg$/i.test(String(organization)) && coordinateSystem(code)) return code;
  return systemIn(String(definition)) ?? 'unknown';
}

/** The point in a geometry (GeoPackageBinary: a head, an envelope, and well-known binary). */
function pointIn(value: SqlValue | undefined): Point {
  if (!(value instanceof Uint8Array)) return 'none';
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (bytes.length < 13 || bytes.toString('latin1', 0, 2) !== 'GP') return 'other';
  const flags = bytes[3] ?? 0;
  if (flags & 0x10) return 'none';
  const at = 8 + ([0, 32, 48, 48, 64][(flags >> 1) & 7] ?? 0);
  if (bytes.length < at + 21) return 'other';
  const isLittle = bytes[at] === 1;
  const type = (isLittle ? bytes.readUInt32LE(at + 1) : bytes.readUInt32BE(at + 1)) & 0xffff;
  if (type % 1_000 !== 1) return 'other';
  const number = (from: number): number =>
    isLittle ? bytes.readDoubleLE(from) : bytes.readDoubleBE(from);
  return [number(at + 5), number(at + 13)];
}

function cellOf(value: SqlValue): Cell {
  if (typeof value === 'string') return value.slice(0, MOST_CELL);
  return typeof value === 'number' ? value : null;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
