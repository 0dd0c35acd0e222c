/** Days as people write them: the day first, as in Viet Nam; or as ISO 8601 and spreadsheets have them. */
import { dayOf } from '../../data/model/scalars.ts';

/** Day 0 of spreadsheets, in days since 1970: 30 December 1899, so that 1 March 1900 is day 61. */
const SPREADSHEET_ZERO = -25_569;
/** Between 1990 and 2099: a smaller or larger number is something else. */
const FIRST_SERIAL = 32_874;
const LAST_SERIAL = 73_050;

/** `YYYY-MM-DD`; undefined for what is no day. A number is a spreadsheet's day. */
export function readDay(value: string | number): string | undefined {
  if (typeof value === 'number') return fromSerial(value);
  const text = value.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/.exec(text);
  if (iso) return dayFrom(iso[1], iso[2], iso[3]);
  const written =
    /^(?:ngày\s+)?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ ,]+\d{1,2}:\d{2}.*)?$/i.exec(
      text,
    );
  if (written) {
    const [, day, month, year = ''] = written;
    return dayFrom(year.length === 2 ? `20${year}` : year, month, day);
  }
  return /^\d{5}([.,]\d+)?$/.test(text) ? fromSerial(Number(text.replace(',', '.'))) : undefined;
}

function fromSerial(serial: number): string | undefined {
  if (!(serial >= FIRST_SERIAL && serial <= LAST_SERIAL)) return undefined;
  return dayOf(Math.floor(serial) + SPREADSHEET_ZERO);
}

/** A day that is in the calendar. */
function dayFrom(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(instant) || dayOf(instant / 86_400_000) !== text ? undefined : text;
}
