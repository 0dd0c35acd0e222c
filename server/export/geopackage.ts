/** A GeoPackage 1.3 (OGC 12-128r17) of one layer, made in memory by SQLite as WebAssembly. */
import initSqlJs from 'sql.js';
import type { Slices } from '../gaps/slices.ts';
import type { ExportColumn } from './columns.ts';
import type { Exported } from './selection.ts';

const APPLICATION_ID = 0x47504b47;
const USER_VERSION = 10_300;
const WGS84 = 4326;
const WGS84_WKT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],' +
  'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]';

const SCHEMA = `
  create table gpkg_spatial_ref_sys (
    srs_name text not null, srs_id integer not null primary key, organization text not null,
    organization_coordsys_id integer not null, definition text not null, description text);
  insert into gpkg_spatial_ref_sys values
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', null),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null),
    ('WGS 84 geodetic', ${WGS84}, 'EPSG', ${WGS84}, '${WGS84_WKT}', 'longitude/latitude in degrees');
  create table gpkg_contents (
    table_name text not null primary key, data_type text not null, identifier text unique,
    description text default '',
    last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x double, min_y double, max_x double, max_y double, srs_id integer,
    constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
  create table gpkg_geometry_columns (
    table_name text not null, column_name text not null, geometry_type_name text not null,
    srs_id integer not null, z tinyint not null, m tinyint not null,
    constraint pk_geom_cols primary key (table_name, column_name),
    constraint uk_gc_table_name unique (table_name),
    constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
    constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));`;

/** `layer` is the name of its table; things with a place are points, others rows without geometry. */
export async function geoPackage(
  layer: string,
  description: string,
  columns: readonly ExportColumn[],
  things: AsyncIterable<Exported>,
  slices: Slices,
): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    const hasPlace = columns.some(({ name }) => name === 'lon');
    database.run(
      `pragma application_id = ${APPLICATION_ID}; pragma user_version = ${USER_VERSION};`,
    );
    database.run(SCHEMA);
    const own = columns.filter(({ name }) => name !== 'id');
    database.run(
      `create table "${layer}" (id integer primary key autoincrement not null${
        hasPlace ? ', geom point' : ''
      }, ${own.map(({ name, sql }) => `"${name}" ${sql}`).join(', ')})`,
    );
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const statement = database.prepare(
      `insert into "${layer}" values (${Array.from({ length: own.length + (hasPlace ? 2 : 1) }, () => '?').join()})`,
    );
    database.run('begin');
    for await (const thing of things) {
      const { id, lon, lat } = thing;
      const place = hasPlace ? [pointOf(Number(lon), Number(lat))] : [];
      const values = own.map((column) => {
        const value = column.value(thing);
        return typeof value === 'boolean' ? Number(value) : value;
      });
      statement.run([id, ...place, ...values]);
      if (hasPlace) widen(box, Number(lon), Number(lat));
      if (slices.over) await slices.rest();
    }
    statement.free();
    const isEmpty = box[0] === Infinity;
    database.run(
      `insert into gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[layer, hasPlace ? 'features' : 'attributes', layer, description],
        ...(isEmpty ? [null, null, null, null] : box),
        hasPlace ? WGS84 : null,
      ],
    );
    if (hasPlace)
      database.run(
        `insert into gpkg_geometry_columns values (?, 'geom', 'POINT', ${WGS84}, 0, 0)`,
        [layer],
      );
    database.run('commit');
    return database.export();
  } finally {
    database.close();
  }
}

/** A point as GeoPackageBinary: little-endian, no envelope, then well-known binary. */
function pointOf(lon: number, lat: number): Uint8Array {
  const bytes = Buffer.alloc(29);
  bytes.write('GP', 'latin1');
  bytes[3] = 0x01;
  bytes.writeInt32LE(WGS84, 4);
  bytes[8] = 1;
  bytes.writeUInt32LE(1, 9);
  bytes.writeDoubleLE(lon, 13);
  bytes.writeDoubleLE(lat, 21);
  return bytes;
}

function widen(box: number[], lon: number, lat: number): void {
  box[0] = Math.min(box[0] ?? lon, lon);
  box[1] = Math.min(box[1] ?? lat, lat);
  box[2] = Math.max(box[2] ?? lon, lon);
  box[3] = Math.max(box[3] ?? lat, lat);
}
