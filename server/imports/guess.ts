/**
 * How the columns of a file are to be read where nobody said so: what the file itself says, what was
 * remembered for the province, then the heads of the columns and the size of the numbers.
 */
import {
  COORDINATE_SYSTEMS,
  coordinateSystem,
  WGS84,
  zonesOf,
} from '../../data/imports/coordinate-systems.ts';
import type { Kind } from '../../data/imports/kinds.ts';
import type { ImportMapping } from '../../data/wire/imports.ts';
import type { Ground } from '../country/ground.ts';
import { axesIn, guessColumns } from './column-names.ts';
import { toWgs84 } from './coordinates.ts';
import { fold } from './fold.ts';
import { decimalOf, readDegrees, readNumber } from './numbers.ts';
import { textOf, type Cell } from './sheet.ts';

/** What was found at the beginning of a file. */
export interface Found {
  headers: readonly string[];
  samples: readonly (readonly Cell[])[];
  known?: Record<string, string>;
  crs?: string;
}

export interface GuessedMapping {
  mapping: ImportMapping;
  /** The coordinate system follows from nothing but the size of the numbers. */
  crsUnsure: boolean;
}

/** More than this is a northing in Viet Nam and never an easting. */
const LEAST_NORTHING = 850_000;
const MOST_DEGREES = 400;

export function guessMapping(options: {
  kind: Kind;
  found: Found;
  asked: ImportMapping;
  remembered: ImportMapping | undefined;
  /** The province whose file it is. */
  province: string | undefined;
  ground: Ground | undefined;
}): GuessedMapping {
  const { kind, found, asked, remembered, province, ground } = options;
  const columns = columnsOf(kind, found, asked, remembered);
  const places = placesIn(found, columns, asked);
  const swapped = placesIn(found, swap(columns), asked);
  // Where people wrote it the other way round, only the numbers tell.
  const turned = !isAsked(asked) && looksTurned(places);
  const middle = turned ? swapped : places;
  // A system that the file names and nobody here knows is no answer.
  const said = asked.crs ?? (found.crs && coordinateSystem(found.crs) ? found.crs : undefined);
  const fits = (code: string | undefined): boolean => {
    const unit = code === undefined ? undefined : coordinateSystem(code)?.unit;
    return unit !== undefined && (unit === 'degree') === isDegrees(middle);
  };
  const kept = fits(remembered?.crs) ? remembered?.crs : undefined;
  const crs =
    said ?? kept ?? (isDegrees(middle) ? WGS84 : likeliestZone(middle, province, ground)) ?? WGS84;
  return {
    mapping: {
      columns: turned ? swap(columns) : columns,
      defaults: { ...remembered?.defaults, ...asked.defaults },
      crs,
      encoding: asked.encoding,
      decimal: asked.decimal,
      ...(asked.sheet === undefined ? {} : { sheet: asked.sheet }),
    },
    crsUnsure:
      said === undefined && kept === undefined && (!isDegrees(middle) || found.crs !== undefined),
  };
}

function columnsOf(
  kind: Kind,
  { headers, known = {} }: Found,
  asked: ImportMapping,
  remembered: ImportMapping | undefined,
): Record<string, string> {
  const byFolded = new Map(
    Object.entries(remembered?.columns ?? {}).map(([head, field]) => [fold(head), field]),
  );
  const columns: Record<string, string> = {};
  const taken = new Set<string>();
  const take = (header: string, field: string | undefined): void => {
    if (field === undefined || header in columns || (field !== '' && taken.has(field))) return;
    columns[header] = field;
    taken.add(field);
  };
  for (const header of headers) take(header, asked.columns[header]);
  for (const header of headers) take(header, byFolded.get(fold(header)));
  for (const header of headers) take(header, known[header]);
  const guessed = guessColumns(kind, headers);
  for (const header of headers) take(header, guessed[header]);
  const axes = axesIn(headers);
  // X is north and Y is east for surveyors; the numbers turn it round where it is not so.
  if (axes && !taken.has('lon') && !taken.has('lat')) {
    take(axes.y, 'lon');
    take(axes.x, 'lat');
  }
  return Object.fromEntries(headers.map((header) => [header, columns[header] ?? '']));
}

function isAsked({ columns }: ImportMapping): boolean {
  const fields = Object.values(columns);
  return fields.includes('lon') || fields.includes('lat');
}

function swap(columns: Record<string, string>): Record<string, string> {
  const other: Record<string, string> = { lon: 'lat', lat: 'lon' };
  return Object.fromEntries(
    Object.entries(columns).map(([header, field]) => [header, other[field] ?? field]),
  );
}

/** Pairs of numbers in the columns of longitude and latitude. */
function placesIn(
  { headers, samples }: Found,
  columns: Record<string, string>,
  { decimal }: ImportMapping,
): [east: number, north: number][] {
  const numbers = (field: string): number[] => {
    const at = headers.findIndex((header) => columns[header] === field);
    if (at < 0) return [];
    const texts = samples.map((row) => textOf(row[at]));
    const sign = decimal === 'auto' ? decimalOf(texts.filter(Boolean), false) : decimal;
    return samples.map((row, index) => {
      const cell = row[at];
      if (typeof cell === 'number') return cell;
      return readNumber(texts[index] ?? '', sign) ?? readDegrees(texts[index] ?? '') ?? NaN;
    });
  };
  const [east, north] = [numbers('lon'), numbers('lat')];
  return east.flatMap((value, index): [number, number][] => {
    const up = north[index] ?? NaN;
    return Number.isFinite(value) && Number.isFinite(up) ? [[value, up]] : [];
  });
}

function looksTurned(places: readonly (readonly [number, number])[]): boolean {
  const turned = places.filter(([east, north]) =>
    east > MOST_DEGREES || north > MOST_DEGREES
      ? east > LEAST_NORTHING && north < LEAST_NORTHING
      : east < 30 && north > 90,
  );
  return turned.length > places.length / 2;
}

function isDegrees(places: readonly (readonly [number, number])[]): boolean {
  const degrees = places.filter(
    ([east, north]) => Math.abs(east) <= MOST_DEGREES && Math.abs(north) <= MOST_DEGREES,
  );
  return degrees.length * 2 >= places.length;
}

/** The zone that brings most places into the province, or into the country; the province's own first. */
function likeliestZone(
  places: readonly (readonly [number, number])[],
  province: string | undefined,
  ground: Ground | undefined,
): string | undefined {
  const own = province ? zonesOf(province) : [];
  const all = COORDINATE_SYSTEMS.filter(({ unit }) => unit === 'metre').map(({ code }) => code);
  const isProvince = province !== undefined && own.length > 0;
  let best: { code: string; inside: number } | undefined;
  for (const code of [...own, ...all.filter((each) => !own.includes(each))]) {
    const convert = toWgs84(code);
    if (!convert || !ground) continue;
    const inside = places.filter(([east, north]) => {
      const [lon, lat] = convert(east, north) ?? [NaN, NaN];
      const commune = ground.communeAt(lon, lat);
      return commune !== undefined && (!isProvince || ground.provinceOf(commune) === province);
    }).length;
    if (!best || inside > best.inside) best = { code, inside };
  }
  return best?.code ?? own[0];
}
