/** A GeoPackage with one layer of points, as QGIS writes it. */
import initSqlJs, { type SqlValue } from 'sql.js';

const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A point in WGS 84, with its head (OGC 12-128r19, 2.1.3). */
export function packagePoint(lon: number, lat: number): Buffer {
  const point = Buffer.alloc(29);
  point.write('GP', 'latin1');
  point[3] = 1;
  point.writeInt32LE(4326, 4);
  point[8] = 1;
  point.writeUInt32LE(1, 9);
  point.writeDoubleLE(lon, 13);
  point.writeDoubleLE(lat, 21);
  return point;
}

/** `columns` as SQL has them, after the id and the geometry; each record begins with its geometry. */
export async function geoPackageOf(
  layer: string,
  columns: string,
  records: readonly (readonly SqlValue[])[],
): Promise<Buffer> {
  const { Database } = await initSqlJs();
  const base = new Database();
  base.run(`create table gpkg_spatial_ref_sys (srs_name text, srs_id integer, organization text, organization_coordsys_id integer, definition text);
    insert into gpkg_spatial_ref_sys values ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]');
    create table gpkg_contents (table_name text, data_type text, srs_id integer);
    create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer, z integer, m integer);
    create table ${named(layer)} (fid integer primary key, geom blob, ${columns});`);
  base.run(`insert into gpkg_contents values (?, 'features', 4326)`, [layer]);
  base.run(`insert into gpkg_geometry_columns values (?, 'geom', 'POINT', 4326, 0, 0)`, [layer]);
  for (const record of records)
    base.run(`insert into ${named(layer)} values (null, ${record.map(() => '?').join(', ')})`, [
      ...record,
    ]);
  const bytes = Buffer.from(base.export());
  base.close();
  return bytes;
}
