/** Everything that a person can see, as files: `/api/export/{kind}.{csv, xlsx, geojson, gpkg}`. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Response } from 'express';
import * as v from 'valibot';
import { FIELDS, KINDS, type Kind } from '../../data/imports/kinds.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import { EXPORT_KINDS, type ExportKind } from '../../data/wire/exports.ts';
import type { LiveCountry } from '../country/live.ts';
import { csvLine, csvStart } from '../gaps/csv.ts';
import { Slices } from '../gaps/slices.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { exportColumns, inWords, type ExportColumn, type Value } from './columns.ts';
import { geoPackage } from './geopackage.ts';
import { ExportQuery, selected, wrongFilter, type Exported } from './selection.ts';
import { workbook, type SheetCell } from './xlsx.ts';

const FORMATS = ['csv', 'xlsx', 'geojson', 'gpkg'] as const;
type ExportFormat = (typeof FORMATS)[number];

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json',
  gpkg: 'application/geopackage+sqlite3',
};
const NAMES: Record<ExportKind, string> = {
  stations: 'tram',
  hamlets: 'thon-lom-song',
  nodes: 'nut-mang',
  links: 'tuyen-mang',
  facilities: 'cong-trinh',
  indicators: 'chi-so',
  reports: 'phan-anh',
  programmes: 'chuong-trinh',
  duties: 'nhiem-vu',
};
const SHEETS: Record<ExportKind, string> = {
  stations: 'Trạm',
  hamlets: 'Thôn lõm sóng',
  nodes: 'Nút mạng',
  links: 'Tuyến mạng',
  facilities: 'Công trình',
  indicators: 'Chỉ số',
  reports: 'Phản ánh',
  programmes: 'Chương trình',
  duties: 'Nhiệm vụ',
};

const File = v.object({ kind: v.picklist(EXPORT_KINDS), format: v.picklist(FORMATS) });
const Template = v.object({ kind: v.picklist(KINDS), format: v.picklist(['csv', 'xlsx']) });

export function exportRoutes(live: LiveCountry, now: () => number): Router {
  const router = Router();

  router.get('/export/:kind.:format', async (request, response, next) => {
    const file = v.safeParse(File, request.params);
    if (!file.success) {
      next();
      return;
    }
    const { kind, format } = file.output;
    const query = v.safeParse(ExportQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { unit } = query.output;
    const wrong = wrongFilter(kind, query.output);
    if (wrong) {
      refuse(response, { code: 'invalid', ...wrong });
      return;
    }
    if (live.ground && !live.ground.hasUnit(unit)) {
      refuse(response, { code: 'not_found', message: `There is no unit ${unit}.`, path: 'unit' });
      return;
    }
    const { at, seq } = live.country;
    const columns = exportColumns(kind, at);
    const things = selected(kind, live, query.output);
    const name = [NAMES[kind], unit === 'vn' ? '' : unit, dayInVietnam(now())].filter(Boolean);
    response.set({
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${name.join('-')}.${format}"`,
      'Cache-Control': 'no-store',
      'X-Seq': String(seq),
    });
    await send(kind, format, columns, things, response);
  });

  router.get('/imports/templates/:kind.:format', async (request, response, next) => {
    const file = v.safeParse(Template, request.params);
    if (!file.success) {
      next();
      return;
    }
    const { kind, format } = file.output;
    // What the system says of a thing is not asked for.
    const columns = exportColumns(kind, '').filter(
      ({ name }) => FIELDS_TO_FILL[kind].includes(name) && name !== 'id',
    );
    response.set({
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="mau-${NAMES[kind]}.${format}"`,
    });
    await send(kind, format, columns, Readable.from([]) as AsyncIterable<Exported>, response);
  });

  return router;
}

const FIELDS_TO_FILL = Object.fromEntries(KINDS.map((kind) => [kind, fieldNames(kind)])) as Record<
  Kind,
  string[]
>;

function fieldNames(kind: Kind): string[] {
  return FIELDS[kind].filter(({ told }) => !told).map(({ name }) => name);
}

async function send(
  kind: ExportKind,
  format: ExportFormat,
  columns: readonly ExportColumn[],
  things: AsyncIterable<Exported>,
  response: Response,
): Promise<void> {
  switch (format) {
    case 'csv':
      await write(csvOf(columns, things), response);
      return;
    case 'geojson':
      await write(geoJsonOf(columns, things), response);
      return;
    case 'xlsx':
      // Whoever goes away in the middle ends it; nobody is there to be told.
      await pipeline(workbook(SHEETS[kind], rowsOf(columns, things)), response).catch(
        () => undefined,
      );
      return;
    case 'gpkg':
      response.send(
        Buffer.from(await geoPackage(kind, SHEETS[kind], columns, things, new Slices())),
      );
  }
}

async function* csvOf(
  columns: readonly ExportColumn[],
  things: AsyncIterable<Exported>,
): AsyncGenerator<string> {
  yield csvStart(columns.map(({ head }) => head));
  for await (const thing of things)
    yield csvLine(columns.map((column) => inWords(column, column.value(thing))));
}

async function* rowsOf(
  columns: readonly ExportColumn[],
  things: AsyncIterable<Exported>,
): AsyncGenerator<SheetCell[]> {
  yield columns.map(({ head }) => head);
  for await (const thing of things)
    yield columns.map((column) => inWords(column, column.value(thing)));
}

async function* geoJsonOf(
  columns: readonly ExportColumn[],
  things: AsyncIterable<Exported>,
): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let between = '\n';
  for await (const thing of things) {
    const { id, lon, lat } = thing;
    const geometry =
      typeof lon === 'number' ? { type: 'Point', coordinates: [lon, Number(lat)] } : null;
    const properties: Record<string, Value> = {};
    for (const column of columns)
      if (column.name !== 'lon' && column.name !== 'lat')
        properties[column.name] = column.value(thing);
    yield between + JSON.stringify({ type: 'Feature', id, geometry, properties });
    between = ',\n';
  }
  yield '\n]}\n';
}

/** Sends text as it is made, no faster than it is read. */
async function write(parts: AsyncIterable<string>, response: Response): Promise<void> {
  let waiting = '';
  for await (const part of parts) {
    waiting += part;
    if (waiting.length < 64 * 1024) continue;
    if (!response.write(waiting)) {
      if (response.destroyed) return;
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    waiting = '';
  }
  response.end(waiting);
}
