/** From the cells of a row to the fields of a thing, or why not: the part that needs no country. */
import { fieldOf, type Field, type Kind } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import type { FieldValue } from '../../data/model/table.ts';
import type { Decimal, ImportMapping } from '../../data/wire/imports.ts';
import { readChoice, readFlag } from './choices.ts';
import { coordinateSystem, WGS84 } from '../../data/imports/coordinate-systems.ts';
import { toWgs84 } from './coordinates.ts';
import { readDay } from './days.ts';
import { decimalOf, readDegrees, readNumber } from './numbers.ts';
import { textOf, type Cell, type RawRow } from './sheet.ts';

/** A row with its columns understood. Units and nodes are still what the file calls them. */
export interface MappedRow {
  row: number;
  /** Only what the row says; an empty cell says nothing. */
  fields: Record<string, FieldValue>;
  reasons: Reason[];
  /** The cells as they were, to go back where the row is refused. */
  raw: string[];
}

/** What a dash or the like in an empty cell means. */
const NOTHING = /^(-|–|—|\.|n\/a|null|none|trống)$/i;
const MOST_SHOWN = 60;

export function createMapper(
  kind: Kind,
  headers: readonly string[],
  mapping: ImportMapping,
  samples: readonly RawRow[],
): (row: RawRow) => MappedRow {
  const columns = headers.flatMap((header, at) => {
    const name = mapping.columns[header];
    const field = name ? fieldOf(kind, name) : undefined;
    return field ? [{ at, field, decimal: signOf(field, at, mapping.decimal, samples) }] : [];
  });
  const mapped = new Set(columns.map(({ field }) => field.name));
  const defaults = Object.entries(mapping.defaults).flatMap(([name, value]) => {
    const field = fieldOf(kind, name);
    return field && !field.told && value.trim() !== '' ? [{ field, value }] : [];
  });
  const crs = mapping.crs ?? WGS84;
  const convert = toWgs84(crs);
  const isDegrees = coordinateSystem(crs)?.unit === 'degree';

  return ({ row, cells, reason }) => {
    const fields: Record<string, FieldValue> = {};
    const reasons: Reason[] = reason ? [reason] : [];
    const take = (field: Field, cell: Cell, decimal: Sign): void => {
      const read = valueOf(kind, field, cell, decimal, isDegrees);
      if (read === undefined) return;
      if (typeof read === 'object') reasons.push(read);
      else fields[field.name] = read;
    };
    for (const { at, field, decimal } of columns) take(field, cells[at] ?? null, decimal);
    for (const { field, value } of defaults)
      if (!mapped.has(field.name) || fields[field.name] === undefined)
        if (!reasons.some((one) => one.field === field.name)) take(field, value, 'dot');
    const { lon, lat } = fields;
    if (typeof lon === 'number' && typeof lat === 'number' && convert) {
      const place = convert(lon, lat);
      if (place) [fields['lon'], fields['lat']] = place;
      else {
        delete fields['lon'];
        delete fields['lat'];
        reasons.push({ code: 'coordinates', field: 'lon', value: `${lon}; ${lat}` });
      }
    }
    return { row, fields, reasons, raw: headers.map((_, at) => textOf(cells[at])) };
  };
}

type Sign = Exclude<Decimal, 'auto'>;

function signOf(field: Field, at: number, decimal: Decimal, samples: readonly RawRow[]): Sign {
  if (decimal !== 'auto') return decimal;
  const { type } = field.type;
  if (type !== 'number' && type !== 'whole' && type !== 'east' && type !== 'north') return 'dot';
  const texts = samples.flatMap(({ cells }) => {
    const cell = cells[at];
    return typeof cell === 'string' && cell !== '' ? [cell] : [];
  });
  return decimalOf(texts, type === 'whole');
}

/** What a cell says; a reason where it cannot be read, undefined where it says nothing. */
function valueOf(
  kind: Kind,
  field: Field,
  cell: Cell,
  decimal: Sign,
  isDegrees: boolean,
): Exclude<FieldValue, null> | Reason {
  if (cell === null) return undefined;
  const about = (code: Reason['code']): Reason => ({
    code,
    field: field.name,
    value: textOf(cell).slice(0, MOST_SHOWN),
  });
  if (typeof cell === 'object') return about('formula');
  const text = textOf(cell).trim();
  if (text === '' || NOTHING.test(text)) return undefined;
  switch (field.type.type) {
    case 'text':
    case 'unit':
    case 'node':
      return text;
    case 'id': {
      const id = typeof cell === 'number' ? cell : Number(/^\d{1,10}(?:\.0)?$/.exec(text)?.[0]);
      return Number.isInteger(id) && id > 0 ? id : about('not_id');
    }
    case 'flag':
      return typeof cell === 'boolean' ? cell : (readFlag(text) ?? about('not_flag'));
    case 'day':
      return readDay(typeof cell === 'number' ? cell : text) ?? about('not_day');
    case 'choice':
      return readChoice(kind, field.name, field.type.of, text) ?? about('not_choice');
    case 'east':
    case 'north':
      if (typeof cell === 'number') return cell;
      // Degrees have no thousands: one sign alone stands before decimals, whichever it is.
      if (isDegrees && /^[+-]?\d{1,3}[.,]\d+$/.test(text)) return Number(text.replace(',', '.'));
      return readNumber(text, decimal) ?? readDegrees(text) ?? about('not_number');
    case 'whole': {
      const number = typeof cell === 'number' ? cell : readNumber(text, decimal);
      if (number === undefined) return about('not_number');
      return Number.isInteger(number) ? number : about('not_whole');
    }
    case 'number':
      if (typeof cell === 'number') return cell;
      return readNumber(text, decimal) ?? about('not_number');
  }
}
