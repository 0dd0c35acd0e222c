/**
 * Files as offices send them, small and mostly valid, and what becomes of them on a bad day: odd cells,
 * flipped bytes, pieces that are missing, come twice or lie elsewhere, lengths that are not so.
 */
import { gzipSync } from 'node:zlib';
import type { Kind } from '../../../data/imports/kinds.ts';
import type { Random } from '../../../server/demo/random.ts';
import { geoPackageOf, packagePoint } from '../../setup/geopackage.ts';
import { shapefileOf, STATION_COLUMNS } from '../../setup/shapefile.ts';
import { workbookParts, type WorkbookCell } from '../../setup/workbook.ts';
import { zipOf } from '../../setup/zip.ts';
import { oddText, oddValue, spoilt } from './values.ts';

export interface SentFile {
  name: string;
  kind: Kind;
  bytes: Buffer;
}

/** How a format is written; `harm` is what happens to each of its parts. */
type Write = (random: Random, harm: (part: Buffer) => Buffer) => Promise<SentFile> | SentFile;

/** Around the border of two provinces of the small country, and now and then nowhere. */
function placeFrom(random: Random): [lon: number, lat: number] {
  return [105.05 + random.between(-0.04, 0.3), 21.15 + random.between(-0.04, 0.04)];
}

const HEADS = ['Mã', 'Tên trạm', 'Nhà mạng', 'Công nghệ', 'Băng tần'];
const MORE_HEADS = ['Kinh độ', 'Vĩ độ', 'Độ cao (m)', 'Trạng thái', 'Ngày phát sóng'];
const STATUSES = ['Kế hoạch', 'planned', 'Đang phát sóng', 'mất sóng'];

/** What a station's cells are, without its place. */
function stationFrom(random: Random): { before: WorkbookCell[]; after: WorkbookCell[] } {
  const id = random.chance(0.3) ? 2 + random.below(30) : null;
  const name = `Trạm ${random.below(500)}`;
  return {
    before: [id, name, random.pick(['Viettel', 'VNPT', 'mobifone']), '5G', 'n78'],
    after: [
      20 + random.below(40),
      random.pick(STATUSES),
      random.pick([null, null, '28/07/2025', { day: 45_866 }]),
    ],
  };
}

function tableFrom(random: Random): WorkbookCell[][] {
  const rows: WorkbookCell[][] = [[...HEADS, ...MORE_HEADS]];
  for (let i = random.below(8); i >= 0; i--) {
    const { before, after } = stationFrom(random);
    rows.push([...before, ...placeFrom(random), ...after]);
  }
  return random.chance(0.5) ? rows : rows.map((row) => row.map((cell) => oddCell(cell, random)));
}

function oddCell(cell: WorkbookCell, random: Random): WorkbookCell {
  if (!random.chance(0.08)) return cell;
  const odd = oddValue(random);
  return typeof odd === 'number' || typeof odd === 'boolean'
    ? random.pick([odd, { day: Number(odd) }, { f: String(odd), v: 1 }])
    : oddText(random);
}

const textOf = (cell: WorkbookCell): string =>
  cell === null
    ? ''
    : typeof cell === 'object'
      ? 'f' in cell
        ? `=${cell.f}`
        : '28/07/2025'
      : `${cell}`;

function csvFrom(random: Random, harm: (part: Buffer) => Buffer): SentFile {
  const separator = random.pick([';', ',', '\t', '|']);
  const quoted = (text: string): string =>
    random.chance(0.9) && /["\r\n;,\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = tableFrom(random).map((row) =>
    row.map((cell) => quoted(textOf(cell))).join(separator),
  );
  if (random.chance(0.1)) lines.unshift(`sep=${random.chance(0.5) ? separator : oddText(random)}`);
  const text = `${random.chance(0.3) ? '\ufeff' : ''}${lines.join(random.pick(['\n', '\r\n']))}`;
  const letters = random.pick(['utf8', 'utf8', 'utf16le', 'latin1'] as const);
  return { name: 'trạm.csv', kind: 'stations', bytes: harm(Buffer.from(text, letters)) };
}

function cellsFrom(random: Random, harm: (part: Buffer) => Buffer): SentFile {
  const head = 'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated';
  const lines = Array.from({ length: 1 + random.below(8) }, () => {
    const radio = random.pick(['LTE', 'LTE', 'NR', 'GSM']);
    const cell = random.below(2 ** 28);
    const values = [radio, 452, random.pick([1, 2, 4]), 1, cell, 0, ...placeFrom(random), 1000, 3];
    const odd = values.map((value) => (random.chance(0.03) ? oddText(random) : value));
    return [...odd, 1, 1, 1].join(',');
  });
  const text = Buffer.from([...(random.chance(0.5) ? [head] : []), ...lines].join('\n'));
  return random.chance(0.3)
    ? { name: '452.csv.gz', kind: 'stations', bytes: harm(gzipSync(harm(text))) }
    : { name: '452.csv', kind: 'stations', bytes: harm(text) };
}

function workbookFrom(random: Random, harm: (part: Buffer) => Buffer): SentFile {
  const whole = Object.entries(workbookParts(tableFrom(random)));
  // One at most: of several, the first would be all that is found.
  const hit = random.below(whole.length * 2);
  const parts = whole.map(([name, text], i) => [
    i === hit && random.chance(0.1) ? oddText(random) : name,
    i === hit ? harm(Buffer.from(text)) : Buffer.from(renumbered(text, random)),
  ]);
  // Harm to the packed whole is mostly seen by its checksums.
  const zip = zipOf(Object.fromEntries(parts) as Record<string, Buffer>);
  return { name: 'trạm.xlsx', kind: 'stations', bytes: random.chance(0.2) ? harm(zip) : zip };
}

/** Programs that write workbooks do not all count as Excel does. */
function renumbered(text: string, random: Random): string {
  return text.replace(/<row r="\d+"/g, (tag) =>
    random.chance(0.05) ? `<row r="${random.pick([1, 2, 0.5, -1, 1e300, 'x'])}"` : tag,
  );
}

function geoJsonFrom(random: Random, harm: (part: Buffer) => Buffer): SentFile {
  const names = ['id', 'name', 'operator', 'technology', 'band'];
  const features = Array.from({ length: 1 + random.below(6) }, () => {
    const { before, after } = stationFrom(random);
    const properties: Record<string, unknown> = Object.fromEntries(
      names.map((name, i) => [name, before[i]]),
    );
    const feature = {
      type: 'Feature',
      geometry: { type: random.pick(['Point', 'Point', 'Line']), coordinates: placeFrom(random) },
      properties: { ...properties, heightM: after[0], status: after[1] },
    };
    return random.chance(0.2) ? spoiltDeep(feature, random) : feature;
  });
  const whole: unknown = { type: 'FeatureCollection', features };
  const text = JSON.stringify(random.chance(0.1) ? spoilt(whole, random) : whole) ?? '';
  return { name: 'trạm.geojson', kind: 'stations', bytes: harm(Buffer.from(text)) };
}

/** Spoilt itself, or one of the parts that it has. */
function spoiltDeep(value: Record<string, unknown>, random: Random): unknown {
  const parts = Object.keys(value).filter((key) => typeof value[key] === 'object');
  if (random.chance(0.3)) return spoilt(value, random);
  const part = random.pick(parts);
  return { ...value, [part]: spoilt(value[part], random) };
}

function shapefileFrom(random: Random, harm: (part: Buffer) => Buffer): SentFile {
  const points = Array.from({ length: 1 + random.below(6) }, () => placeFrom(random));
  const records = points.map(() => {
    const { before, after } = stationFrom(random);
    return [...before.slice(1), after[0], 'planned'].map((cell) =>
      Buffer.from(random.chance(0.05) ? oddText(random) : String(cell), 'latin1'),
    );
  });
  const columns = STATION_COLUMNS.map((column) =>
    random.chance(0.03) ? { ...column, name: oddText(random).slice(0, 10) } : column,
  );
  const { shp, dbf } = shapefileOf(points, columns, records);
  const prj = random.pick(['GEOGCS["WGS 84"]', 'PROJCS["VN-2000"]', oddText(random)]);
  const zip = zipOf({
    ...{ 'tram.shp': harm(shp), 'tram.dbf': harm(dbf) },
    ...(random.chance(0.3) ? { 'tram.prj': harm(Buffer.from(prj)) } : {}),
    ...(random.chance(0.2) ? { 'tram.cpg': random.pick(['UTF-8', '1258', oddText(random)]) } : {}),
  });
  return { name: 'trạm.zip', kind: 'stations', bytes: random.chance(0.1) ? harm(zip) : zip };
}

async function packageFrom(random: Random, harm: (part: Buffer) => Buffer): Promise<SentFile> {
  const records = Array.from({ length: 1 + random.below(6) }, () => {
    const { before, after } = stationFrom(random);
    const point = packagePoint(...placeFrom(random));
    const values = [...before.slice(1), after[0], 'planned'].map((cell) =>
      random.chance(0.05) ? oddText(random) : String(cell),
    );
    return [random.chance(0.1) ? harm(point) : point, ...values];
  });
  const columns = ['ten_tram', 'nha_mang', 'cong_nghe', 'bang_tan', 'do_cao', 'trang_thai'];
  const bytes = await geoPackageOf('tram', columns.join(', '), records);
  return { name: 'trạm.gpkg', kind: 'stations', bytes: harm(bytes) };
}

export const FORMATS: Readonly<Record<string, Write>> = {
  csv: csvFrom,
  opencellid: cellsFrom,
  xlsx: workbookFrom,
  geojson: geoJsonFrom,
  shapefile: shapefileFrom,
  gpkg: packageFrom,
};

/** A file in a format; most are harmed, and `often` tells how often each of their parts is. */
export async function fileFrom(format: string, random: Random, often = 0.5): Promise<SentFile> {
  const write = FORMATS[format];
  if (!write) throw new Error(`${format} is no format`);
  return write(random, (part) => (random.chance(often) ? harmed(part, random) : part));
}

const LENGTHS = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 0x7fff, 0xffff, 0x10000];

/** The same bytes, less whole. */
function harmed(bytes: Buffer, random: Random): Buffer {
  let now: Buffer = Buffer.from(bytes);
  for (let i = random.below(3); i >= 0; i--) now = harmedOnce(now, random);
  return now;
}

function harmedOnce(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const to = at + random.below(Math.min(64, bytes.length - at + 1));
  const without = [bytes.subarray(0, at), bytes.subarray(to)];
  switch (random.below(6)) {
    case 0: {
      for (let i = random.below(4); i >= 0 && bytes.length > 0; i--) {
        const where = random.below(bytes.length);
        bytes[where] = (bytes[where] ?? 0) ^ (1 << random.below(8));
      }
      return bytes;
    }
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat(without);
    case 3: {
      const piece = bytes.subarray(at, to);
      const where = random.below(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, where), piece, bytes.subarray(where)]);
    }
    case 4: {
      const [before = bytes, after = bytes] = without;
      return Buffer.concat([before, Buffer.from(oddText(random).slice(0, 300)), after]);
    }
    default: {
      if (bytes.length < 4) return bytes;
      const where = random.below(bytes.length - 3);
      const length = random.pick(LENGTHS);
      if (random.chance(0.5)) bytes.writeInt32LE(length | 0, where);
      else bytes.writeInt32BE(length | 0, where);
      return bytes;
    }
  }
}
