/**
 * Shapefiles in a zip: points (`.shp`), their table (`.dbf`), what its letters are (`.cpg`) and its
 * coordinate system (`.prj`). Formats: ESRI Shapefile Technical Description (1998); dBASE III. Small
 * enough to be read here: the known readers decode text before an old Vietnamese encoding can be told.
 */
import type { Archive } from '../archive.ts';
import { systemIn } from '../coordinates.ts';
import { tooManyColumns, tooManyRows } from '../head.ts';
import { MOST_COLUMNS, MOST_ROWS } from '../limits.ts';
import { ImportRefused } from '../refused.ts';
import { headersOf, type Cell, type RawRow } from '../sheet.ts';
import { decoderLabel, isUtf8, lettersOf, putRight, type Guess } from '../text/encoding.ts';
import type { Encoding } from '../../../data/wire/imports.ts';
import { GEOMETRY, placeCells, type Point } from './geometry.ts';

const MOST_PART = 256 * 1024 * 1024;
const POINTS = [1, 11, 21];
const MULTIPOINTS = [8, 18, 28];

export interface ShapeTable {
  headers: string[];
  known: Record<string, string>;
  rows: RawRow[];
  layers: string[];
  crs?: string;
  letters: Guess;
}

export async function readShapefile(
  archive: Archive,
  wanted: string | undefined,
  encoding: Encoding,
  needsPlace: boolean,
): Promise<ShapeTable> {
  const layers = archive.names
    .filter((name) => /\.shp$/i.test(name) && !/(^|\/)(__MACOSX|\._)/.test(name))
    .map((name) => name.slice(0, -4));
  const layer = layers.find((name) => name === wanted) ?? layers[0] ?? '';
  const part = async (ending: string): Promise<Buffer | undefined> => {
    const name = archive.names.find(
      (each) => each.toLowerCase() === `${layer}${ending}`.toLowerCase(),
    );
    return name === undefined ? undefined : archive.bytes(name, MOST_PART);
  };
  const [shp, dbf] = [await part('.shp'), await part('.dbf')];
  if (!shp || !dbf)
    throw new ImportRefused('no_dbf', `The zip holds ${layer}.shp without its ${layer}.dbf.`);
  const points = pointsIn(shp);
  const cpg = (await part('.cpg'))?.toString('latin1').trim();
  const table = tableIn(dbf, encoding, cpg);
  const rows = table.rows.flatMap((cells, index): RawRow[] => {
    // A deleted record keeps its number.
    if (!cells) return [];
    const { cells: place, reason } = placeCells(points[index] ?? 'none', needsPlace);
    return [{ row: index + 1, cells: [...cells, ...place], ...(reason ? { reason } : {}) }];
  });
  const prj = (await part('.prj'))?.toString('utf8');
  const crs = prj === undefined ? undefined : systemIn(prj);
  return {
    headers: headersOf([...table.heads, ...GEOMETRY]),
    known: { [GEOMETRY[0]]: 'lon', [GEOMETRY[1]]: 'lat' },
    rows,
    layers: layers.length > 1 ? layers : [],
    letters: table.letters,
    ...(crs === undefined ? {} : { crs }),
  };
}

function pointsIn(shp: Buffer): Point[] {
  if (shp.length < 100 || shp.readInt32BE(0) !== 9994)
    throw new ImportRefused('damaged', 'The .shp is not a Shapefile.');
  if (shp.readInt32BE(24) * 2 > shp.length)
    throw new ImportRefused('damaged', 'The .shp is shorter than it says: bring it again.');
  const points: Point[] = [];
  let at = 100;
  while (at + 12 <= shp.length) {
    const length = shp.readInt32BE(at + 4) * 2;
    const content = at + 8;
    if (length < 4 || content + length > shp.length)
      throw new ImportRefused('damaged', `The .shp ends within record ${points.length + 1}.`);
    const type = shp.readInt32LE(content);
    if (POINTS.includes(type) && length >= 20)
      points.push([shp.readDoubleLE(content + 4), shp.readDoubleLE(content + 12)]);
    else if (MULTIPOINTS.includes(type) && length >= 56 && shp.readInt32LE(content + 36) === 1)
      points.push([shp.readDoubleLE(content + 40), shp.readDoubleLE(content + 48)]);
    else points.push(type === 0 ? 'none' : 'other');
    at = content + length;
  }
  return points;
}

interface Column {
  name: string;
  type: string;
  at: number;
  length: number;
}

function tableIn(
  dbf: Buffer,
  encoding: Encoding,
  cpg: string | undefined,
): { heads: string[]; rows: (Cell[] | undefined)[]; letters: Guess } {
  const broken = new ImportRefused('damaged', 'The .dbf is not a whole dBASE table.');
  if (dbf.length < 33) throw broken;
  const count = dbf.readUInt32LE(4);
  const begin = dbf.readUInt16LE(8);
  const size = dbf.readUInt16LE(10);
  if (size === 0 || begin + count * size > dbf.length + 1) throw broken;
  if (count > MOST_ROWS) throw tooManyRows();
  const columns: Column[] = [];
  let offset = 1;
  for (let at = 32; at + 32 <= begin && dbf[at] !== 0x0d; at += 32) {
    const length = dbf[at + 16] ?? 0;
    const end = dbf.subarray(at, at + 11).indexOf(0);
    columns.push({
      name: dbf.subarray(at, at + (end < 0 ? 11 : end)).toString('latin1'),
      type: String.fromCharCode(dbf[at + 11] ?? 0),
      at: offset,
      length,
    });
    offset += length;
  }
  if (offset > size) throw broken;
  if (columns.length > MOST_COLUMNS) throw tooManyColumns();
  const texts = dbf.subarray(begin, Math.min(dbf.length, begin + 1024 * 1024));
  const letters = lettersSaid(encoding, cpg) ?? lettersOf(texts);
  const decoder = new TextDecoder(decoderLabel(letters.letters, isUtf8(texts)));
  const rows: (Cell[] | undefined)[] = [];
  for (let row = 0; row < count; row++) {
    const from = begin + row * size;
    if (dbf[from] === 0x2a) rows.push(undefined);
    else
      rows.push(
        columns.map(({ type, at, length }) =>
          valueOf(
            type,
            putRight(decoder.decode(dbf.subarray(from + at, from + at + length)), letters.letters),
          ),
        ),
      );
  }
  return { heads: columns.map(({ name }) => name), rows, letters };
}

function lettersSaid(encoding: Encoding, cpg: string | undefined): Guess | undefined {
  if (encoding !== 'auto') return { letters: encoding, unsure: false };
  if (/^(utf-?8|65001)$/i.test(cpg ?? '')) return { letters: 'utf-8', unsure: false };
  return /1258/.test(cpg ?? '') ? { letters: 'windows-1258', unsure: false } : undefined;
}

function valueOf(type: string, text: string): Cell {
  const plain = text.replaceAll('\0', '').trim();
  if (plain === '') return null;
  if (type === 'N' || type === 'F') {
    const number = Number(plain);
    return Number.isFinite(number) ? number : null;
  }
  if (type === 'L') return /^[TtYy]$/.test(plain) ? true : /^[FfNn]$/.test(plain) ? false : null;
  if (type === 'D') return `${plain.slice(0, 4)}-${plain.slice(4, 6)}-${plain.slice(6, 8)}`;
  return plain;
}
