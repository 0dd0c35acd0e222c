/** A Shapefile of points and its table, as QGIS writes them; the text in whatever bytes are given. */
import { Buffer } from 'node:buffer';

export interface ShapeColumn {
  name: string;
  length: number;
  type?: 'C' | 'N';
}

/** The columns of a table of stations, as an office names them within ten letters. */
export const STATION_COLUMNS = [
  { name: 'TEN_TRAM', length: 40 },
  { name: 'NHA_MANG', length: 20 },
  { name: 'CONG_NGHE', length: 4 },
  { name: 'BANG_TAN', length: 6 },
  { name: 'DO_CAO', length: 8, type: 'N' as const },
  { name: 'TRANG_THAI', length: 20 },
];

export function shapefileOf(
  points: readonly (readonly [number, number])[],
  columns: readonly ShapeColumn[],
  records: readonly (readonly Buffer[])[],
): { shp: Buffer; dbf: Buffer } {
  const shp = Buffer.alloc(100 + points.length * 28);
  shp.writeInt32BE(9994, 0);
  shp.writeInt32BE(shp.length / 2, 24);
  shp.writeInt32LE(1_000, 28);
  shp.writeInt32LE(1, 32);
  points.forEach(([x, y], index) => {
    const at = 100 + index * 28;
    shp.writeInt32BE(index + 1, at);
    shp.writeInt32BE(10, at + 4);
    shp.writeInt32LE(1, at + 8);
    shp.writeDoubleLE(x, at + 12);
    shp.writeDoubleLE(y, at + 20);
  });
  const size = 1 + columns.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(32 + columns.length * 32 + 1);
  head[0] = 3;
  head.writeUInt32LE(records.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(size, 10);
  columns.forEach(({ name, length, type = 'C' }, index) => {
    const at = 32 + index * 32;
    head.write(name, at, 'latin1');
    head.write(type, at + 11, 'latin1');
    head[at + 16] = length;
  });
  head[head.length - 1] = 0x0d;
  const rows = records.map((cells) => {
    const row = Buffer.alloc(size, 0x20);
    let at = 1;
    columns.forEach(({ length }, index) => {
      cells[index]?.subarray(0, length).copy(row, at);
      at += length;
    });
    return row;
  });
  return { shp, dbf: Buffer.concat([head, ...rows]) };
}
