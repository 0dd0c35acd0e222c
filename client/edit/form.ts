/**
 * A form is text: what a person typed, by field. Here it is written from a thing and read into one,
 * with what is wrong, field by field, by the server's own checks. Pure, but for the register of indicators.
 */
import * as v from 'valibot';
import { INDICATORS } from '../../data/country/indicators.ts';
import type { Country } from '../../data/model/country.ts';
import { wrongDays } from '../../data/model/days.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Band, Operator, Technology } from '../../data/model/things.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';
import { bandFits, bandsOf, usualBand } from '../../data/radio/bands.ts';
import { registered } from '../indicators/register.ts';
import { readCoordinates } from '../words/coordinates.ts';
import { upTo, type Language } from '../words/format.ts';
import { readDay, readNumber, typedDay } from '../words/reading.ts';
import {
  ENTRIES,
  FIELDS,
  isOptional,
  type Field,
  type FieldName,
  type FormNoun,
} from './fields.ts';

export type Texts = Readonly<Partial<Record<FieldName, string>>>;

/** What is wrong with a field. */
export type Fault =
  | { is: 'missing' | 'number' | 'whole' | 'day' | 'line' | 'place' | 'elsewhere' }
  | { is: 'range'; from: number | null; to: number | null }
  | { is: 'band' | 'sinceOfPlanned' | 'noSolution' | 'sameNode' | 'beamOnly' }
  | { is: 'toCome' | 'beforeOnAir' }
  | { is: 'beforeStart' | 'notDone' | 'notDoneYet' | 'ownScope' };
type Faults = Readonly<Partial<Record<FieldName, Fault>>>;

export interface Reading {
  /** What could be read; a field that is empty and may be is left out. */
  fields: Fields;
  faults: Faults;
}

/** A thing as the form shows it. */
export function written(noun: FormNoun, fields: Fields, language: Language): Texts {
  return Object.fromEntries(
    FIELDS[noun].map((field) => [field.name, textOf(field, fields, language)]),
  );
}

function textOf({ name, kind }: Field, fields: Fields, language: Language): string {
  if (kind.is === 'place') {
    const { lon, lat } = fields;
    return typeof lon === 'number' && typeof lat === 'number' ? typedPlace({ lon, lat }) : '';
  }
  const value = fields[name] ?? null;
  if (value === null) return kind.is === 'flag' ? 'false' : '';
  if (kind.is === 'day') return typedDay(String(value));
  // An id is a name, not a quantity.
  if (kind.is === 'node' || kind.is === 'programme') return String(value);
  if (typeof value !== 'number') return String(value);
  return upTo(
    name === 'value' || name === 'target' ? inPercent(fields, value) : value,
    language,
    6,
  );
}

/** To the micro-degree, so that a place which nobody touched reads as it was. */
export function typedPlace({ lon, lat }: { lon: number; lat: number }): string {
  const typed = (degrees: number): string => String(Math.round(degrees * 1e6) / 1e6);
  return `${typed(lat)}, ${typed(lon)}`;
}

/** Whether what a form reports or defines is a share, which people write in percent. */
export function isShare({ indicator, measure }: Texts | Fields): boolean {
  return (measure ?? measureOf(indicator)) === 'share';
}

/** Whether a form reports of one province that it is done, or not yet: 1 or 0. */
export function isYesOrNo({ indicator, unit }: Texts | Fields): boolean {
  return measureOf(indicator) === 'provinces' && levelOf(String(unit)) === 'province';
}

function measureOf(indicator: unknown): string | undefined {
  return registered(String(indicator))?.unit;
}

function inPercent(fields: Fields, value: number): number {
  return isShare(fields) ? Math.round(value * 1e8) / 1e6 : value;
}

/** What the days in a form are held against. */
export interface Standing {
  /** The thing as it is; nothing of a new one. */
  before: Fields;
  country: Country;
  /** `YYYY-MM-DD` in Viet Nam. */
  today: string;
}

/** What a form says, and what is wrong with it; without a standing, any day can be. */
export function read(
  noun: FormNoun,
  texts: Texts,
  language: Language,
  standing?: Standing,
): Reading {
  const fields: Fields = {};
  const faults: Partial<Record<FieldName, Fault>> = {};
  for (const field of FIELDS[noun]) {
    const found = readField(noun, field, texts, language);
    if ('fault' in found) faults[field.name] = found.fault;
    else Object.assign(fields, found.fields);
  }
  for (const [name, fault] of senseless(noun, fields)) faults[name] ??= fault;
  const wrong = standing ? wrongDays(fields, standing.before, standing) : [];
  // The day of an answer is the server's own.
  for (const { field, is } of wrong) if (field !== 'answeredOn') faults[field] ??= { is };
  return { fields, faults };
}

function readField(
  noun: FormNoun,
  { name, kind }: Field,
  texts: Texts,
  language: Language,
): { fields: Fields } | { fault: Fault } {
  const text = (texts[name] ?? '').trim();
  if (text === '' && kind.is !== 'flag') {
    if (name === 'source') return { fields: { source: '' } };
    return isOptional(noun, name) ? { fields: {} } : { fault: { is: 'missing' } };
  }
  switch (kind.is) {
    case 'flag':
      return { fields: { [name]: text === 'true' } };
    case 'place': {
      const [place, ...more] = readCoordinates(text);
      if (place && 'place' in place && more.length === 0)
        return { fields: { ...roundedPlace(place.place) } };
      const elsewhere = place && 'problem' in place && place.problem === 'elsewhere';
      return { fault: { is: elsewhere ? 'elsewhere' : 'place' } };
    }
    case 'day': {
      const day = readDay(text);
      return day === undefined ? { fault: { is: 'day' } } : { fields: { [name]: day } };
    }
    case 'number':
    case 'count':
    case 'node':
    case 'programme': {
      const typed = readNumber(text, language);
      if (typed === undefined) return { fault: { is: 'number' } };
      const share = (name === 'value' || name === 'target') && isShare(texts);
      const value = share ? Math.round(typed * 1e6) / 1e8 : typed;
      const fault = wrongNumber(noun, name, value);
      return fault ? { fault } : { fields: { [name]: value } };
    }
    default: {
      const parsed = v.safeParse(ENTRIES[noun][name] ?? v.never(), text);
      return parsed.success
        ? { fields: { [name]: parsed.output as string } }
        : { fault: { is: 'line' } };
    }
  }
}

function roundedPlace({ lon, lat }: { lon: number; lat: number }): Fields {
  return { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
}

function wrongNumber(noun: FormNoun, name: FieldName, value: number): Fault | undefined {
  const schema = ENTRIES[noun][name];
  if (!schema || v.is(schema, value)) return undefined;
  const inner = 'wrapped' in schema ? (schema.wrapped as v.GenericSchema) : schema;
  const checks =
    'pipe' in inner ? (inner.pipe as readonly { type: string; requirement?: unknown }[]) : [];
  if (!Number.isInteger(value) && checks.some(({ type }) => type === 'integer'))
    return { is: 'whole' };
  const bound = (...types: string[]): number | null => {
    const found = checks.find(({ type }) => types.includes(type))?.requirement;
    return typeof found === 'number' ? found : null;
  };
  return {
    is: 'range',
    from: bound('min_value', 'gt_value'),
    to: bound('max_value', 'lt_value'),
  };
}

/** What no single field can say: the same as server/commands/meaning.ts, and told before it is asked. */
function senseless(noun: FormNoun, fields: Fields): [FieldName, Fault][] {
  const found: [FieldName, Fault][] = [];
  if (noun === 'station') {
    const { technology, band, status, since, beamwidth, azimuth } = fields;
    if (technology && band && !bandFits(technology as Technology, band as Band))
      found.push(['band', { is: 'band' }]);
    if (status === 'planned' && since) found.push(['since', { is: 'sinceOfPlanned' }]);
    if (beamwidth !== undefined && azimuth === undefined)
      found.push(['azimuth', { is: 'beamOnly' }]);
  }
  if (noun === 'hamlet' && fields['status'] === 'resolved' && !fields['solution'])
    found.push(['solution', { is: 'noSolution' }]);
  if (noun === 'programme') {
    const { starts, due } = fields;
    if (typeof starts === 'string' && typeof due === 'string' && due < starts)
      found.push(['due', { is: 'beforeStart' }]);
  }
  if (noun === 'duty') {
    const { status, doneOn } = fields;
    if (status === 'done' && doneOn === undefined) found.push(['doneOn', { is: 'notDone' }]);
    if (status !== 'done' && doneOn !== undefined) found.push(['doneOn', { is: 'notDoneYet' }]);
  }
  if (noun === 'definition' && fields['scope'] !== 'unit' && fields['unit'] !== NATION)
    if (fields['unit'] !== undefined) found.push(['scope', { is: 'ownScope' }]);
  if (noun === 'link' && fields['from'] !== undefined && fields['from'] === fields['to'])
    found.push(['to', { is: 'sameNode' }]);
  return found;
}

/** Something typed or chosen; what no longer goes with it is brought along. */
export function typed(noun: FormNoun, texts: Texts, name: FieldName, text: string): Texts {
  const next: Texts = { ...texts, [name]: text };
  if (noun !== 'station' || (name !== 'operator' && name !== 'technology')) return next;
  const operator = next.operator as Operator;
  const technology = next.technology as Technology;
  if (bandsOf(operator, technology).includes(next.band as Band)) return next;
  return { ...next, band: usualBand(operator, technology) };
}

/** The words that a choice offers as things stand in the form. */
export function offered(noun: FormNoun, { name, kind }: Field, texts: Texts): readonly string[] {
  if (kind.is !== 'choice') return [];
  if (noun !== 'station' || name !== 'band') return kind.of;
  const own = bandsOf(texts.operator as Operator, texts.technology as Technology);
  // What the station has is offered too, even where it is not its operator's: it is what is there.
  const has = texts.band as Band;
  return !has || own.includes(has) || !bandFits(texts.technology as Technology, has)
    ? own
    : [...own, has];
}

/** Whether a field has a meaning as things stand: what happened on air is not asked of a plan. */
export function isAsked(noun: FormNoun, name: FieldName, texts: Texts): boolean {
  if ((texts[name] ?? '') !== '') return true;
  if (noun === 'station' && (name === 'since' || name === 'acceptedOn' || name === 'document'))
    return texts.status !== 'planned';
  if (noun === 'hamlet' && (name === 'solution' || name === 'resolvedOn'))
    return texts.status === 'resolved';
  if (noun === 'duty' && name === 'doneOn') return texts.status === 'done';
  if (noun === 'definition' && name === 'starts') return texts.every === 'month';
  return true;
}

/** A new thing's form before anybody typed: what is most often right. */
export function blank(noun: FormNoun, today: string): Fields {
  switch (noun) {
    case 'station':
      return {
        ...{ operator: 'viettel', technology: '5g', band: usualBand('viettel', '5g') },
        ...{ heightM: 30, status: 'planned' },
      };
    case 'hamlet':
      return { gridPower: true, speciallyDisadvantaged: false, status: 'uncovered' };
    case 'node':
      return { level: 'communal', status: 'planned' };
    case 'link':
      return { bandwidthMbps: 200, status: 'planned' };
    case 'facility':
      return { kind: 'data_centre', owner: 'national', status: 'planned' };
    case 'indicator':
      return { indicator: INDICATORS[0]?.code, day: today };
    case 'programme':
      return {};
    case 'duty':
      return { status: 'planned' };
    case 'definition':
      return {
        ...{ unit: NATION, scope: 'provinces', measure: 'share', direction: 'more' },
        ...{ group: 'services', every: 'month', starts: today },
      };
  }
}
