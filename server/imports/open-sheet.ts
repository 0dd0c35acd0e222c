/** The table in a file, whatever the file is. A reader is loaded when a file wants it. */
import { FIELDS, type Kind } from '../../data/imports/kinds.ts';
import { WGS84 } from '../../data/imports/coordinate-systems.ts';
import type { ImportMapping } from '../../data/wire/imports.ts';
import { openArchive } from './archive.ts';
import { withHead } from './head.ts';
import { readCsv } from './readers/csv.ts';
import { CELL_HEADERS, isCellTable, sitesIn } from './readers/opencellid.ts';
import { SAMPLE_ROWS } from './limits.ts';
import { ImportRefused } from './refused.ts';
import { textOf, type Cell, type RawRow, type Sheet } from './sheet.ts';
import type { Content } from './sniff.ts';
import { legacyIn, putRight, type Guess } from './text/encoding.ts';

export interface Opened {
  sheet: Sheet;
  close(): void;
}

export type Asked = Pick<ImportMapping, 'encoding' | 'sheet'>;

export async function openSheet(
  file: string,
  content: Exclude<Content, 'gzip'>,
  kind: Kind,
  asked: Asked,
): Promise<Opened> {
  const needsPlace = FIELDS[kind].some(({ name }) => name === 'lon');
  switch (content) {
    case 'text':
      return { sheet: await openText(file, kind, asked), close: () => undefined };
    case 'json': {
      const { readGeoJson } = await import('./readers/geojson.ts');
      const { texts, headers, known, rows, crs } = await readGeoJson(file, needsPlace);
      const letters = lettersFor(asked, texts);
      return {
        sheet: {
          ...{ format: 'geojson', headers, known, sheets: [], count: rows.length },
          rows: inLetters(inTurn(rows), letters),
          ...(crs === undefined ? {} : { crs }),
          ...{ encoding: letters.letters, encodingUnsure: letters.unsure },
        },
        close: () => undefined,
      };
    }
    case 'sqlite': {
      const { readGeoPackage } = await import('./readers/geopackage.ts');
      const { texts, headers, known, rows, layers, crs } = await readGeoPackage(
        file,
        asked.sheet,
        needsPlace,
      );
      const letters = lettersFor(asked, texts);
      return {
        sheet: {
          ...{ format: 'gpkg', headers, known, sheets: layers, rows: inLetters(rows, letters) },
          ...(crs === undefined ? {} : { crs }),
          ...{ encoding: letters.letters, encodingUnsure: letters.unsure },
        },
        close: () => void rows.return(undefined),
      };
    }
    case 'zip':
      return openZip(file, kind, asked, needsPlace);
  }
}

async function openText(file: string, kind: Kind, asked: Asked): Promise<Sheet> {
  const { rows, letters } = await readCsv(file, asked.encoding);
  const told = { encoding: letters.letters, encodingUnsure: letters.unsure };
  const first = await rows.next();
  if (first.done) throw new ImportRefused('empty', 'The file holds no rows.');
  const texts = first.value.cells.map(textOf);
  const cells = isCellTable(texts);
  if (cells && kind === 'stations') {
    const all = cells === 'bare' ? followedBy([first.value], rows) : rows;
    return {
      ...{ format: 'opencellid', headers: CELL_HEADERS, sheets: [], crs: WGS84, ...told },
      rows: sitesIn(all, cells === 'bare' ? [] : texts),
    };
  }
  const table = await withHead(kind, followedBy([first.value], rows));
  return { format: 'csv', ...table, sheets: [], ...told };
}

async function openZip(
  file: string,
  kind: Kind,
  asked: Asked,
  needsPlace: boolean,
): Promise<Opened> {
  const archive = await openArchive(file);
  const close = (): void => archive.close();
  const has = (pattern: RegExp): boolean => archive.names.some((name) => pattern.test(name));
  try {
    if (has(/^xl\/workbook\.xml$/)) {
      const { readXlsx } = await import('./readers/xlsx.ts');
      const { rows, sheets } = await readXlsx(archive, asked.sheet);
      const first: RawRow[] = [];
      while (first.length < SAMPLE_ROWS) {
        const next = await rows.next();
        if (next.done) break;
        first.push(next.value);
      }
      const texts = first.flatMap(({ cells }) => cells.filter((cell) => typeof cell === 'string'));
      const letters = lettersFor(asked, texts.join(' '));
      const right = inLetters(followedBy(first, rows), letters);
      const table = await withHead(kind, right);
      const told = { encoding: letters.letters, encodingUnsure: letters.unsure };
      return { sheet: { format: 'xlsx', ...table, sheets, ...told }, close };
    }
    if (has(/\.shp$/i)) {
      const { readShapefile } = await import('./readers/shapefile.ts');
      const { rows, layers, headers, known, crs, letters } = await readShapefile(
        archive,
        asked.sheet,
        asked.encoding,
        needsPlace,
      );
      return {
        sheet: {
          ...{ format: 'shapefile', headers, known, sheets: layers, count: rows.length },
          rows: inTurn(rows),
          ...(crs === undefined ? {} : { crs }),
          ...{ encoding: letters.letters, encodingUnsure: letters.unsure },
        },
        close,
      };
    }
    const what = has(/^xl\/workbook\.bin$/)
      ? 'a binary workbook (.xlsb): save it as .xlsx'
      : has(/^content\.xml$/)
        ? 'an OpenDocument file: save it as .xlsx'
        : 'an archive with neither a workbook nor a Shapefile in it';
    throw new ImportRefused('zip_unknown', `The file is ${what}.`);
  } catch (error) {
    close();
    throw error;
  }
}

/** How Unicode text is to be read: as was asked, or as it looks. */
function lettersFor({ encoding }: Asked, texts: string): Guess {
  return encoding === 'tcvn3' || encoding === 'vni'
    ? { letters: encoding, unsure: false }
    : encoding === 'auto'
      ? legacyIn(texts)
      : { letters: 'utf-8', unsure: false };
}

async function* inLetters(rows: AsyncIterable<RawRow>, { letters }: Guess): AsyncGenerator<RawRow> {
  const right = (cell: Cell): Cell => (typeof cell === 'string' ? putRight(cell, letters) : cell);
  for await (const row of rows) yield { ...row, cells: row.cells.map(right) };
}

async function* inTurn(rows: readonly RawRow[]): AsyncGenerator<RawRow> {
  yield* rows;
}

async function* followedBy(
  first: readonly RawRow[],
  rest: AsyncGenerator<RawRow>,
): AsyncGenerator<RawRow> {
  yield* first;
  yield* rest;
}
