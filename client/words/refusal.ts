/**
 * Why the server did not do something, in the reader's words: from the code of the refusal, the path
 * that says where, and the reason. The server's own sentence, which is English, shows only where its
 * code is not known here.
 */
import { BANDS, TECHNOLOGIES } from '../../data/model/things.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Reason } from '../../data/wire/reason.ts';
import { en } from './en.ts';
import { atLeast, day, number, sentence, upTo, type Language } from './format.ts';
import { REFUSAL_WORDS, type ByField } from './refusal-words.ts';
import { vi } from './vi.ts';

/** How a panel calls fields that are its own; undefined for others. */
type Naming = (field: string) => string | undefined;

/** A refusal as a sentence, with the name of the field where it is about one. */
export function refusalSaid(
  refusal: Refusal,
  language: Language,
  nameOf: Naming = () => undefined,
): string {
  const words = REFUSAL_WORDS[language];
  if (!Object.hasOwn(words.codes, refusal.code)) return refusal.message;
  const what = whatOf(refusal, language);
  const where = whereOf(refusal, language, nameOf);
  return `${sentence(where === '' ? what : `${where}: ${what}`)}.`;
}

const DAYS: ReadonlySet<string> = new Set([
  ...['plannedFor', 'since', 'acceptedOn', 'deadline', 'resolvedOn', 'effective', 'day'],
  ...['starts', 'due', 'doneOn'],
]);
const BYTES_PER_MEGABYTE = 1024 ** 2;
const LINES: ReadonlySet<string> = new Set([
  ...['name', 'document', 'provider', 'source'],
  ...['nameEn', 'responsible', 'decision', 'note'],
]);

function whatOf({ code, path = '', reason }: Refusal, language: Language): string {
  const words = REFUSAL_WORDS[language];
  const said = reason && reasonSaid(reason, partsOf(path).fields, language);
  return said ?? (code === 'forbidden' ? words.forbidden[path] : undefined) ?? words.codes[code];
}

/** Undefined for a reason that is not known here, as of a newer server. */
function reasonSaid(
  reason: Reason,
  fields: readonly string[],
  language: Language,
): string | undefined {
  const words = REFUSAL_WORDS[language];
  const { methodNames } = catalogue(language).coverage;
  const written = (value: number): string => upTo(value, language, 2);
  const byField = (phrases: ByField): string | undefined =>
    fields.map((field) => phrases[field]).find((phrase) => phrase !== undefined);
  switch (reason.is) {
    case 'missing':
    case 'unknown':
    case 'empty':
    case 'choice':
    case 'whole':
    case 'nothing_changed':
    case 'to_come':
    case 'share':
    case 'scope':
    case 'before_log':
    case 'approved':
    case 'plans':
    case 'own_plans':
    case 'plan_too_long':
    case 'erased':
    case 'done_without_day':
    case 'day_without_done':
    case 'own_scope':
    case 'over':
      return words[reason.is];
    case 'kind':
      return words.kinds[reason.wanted];
    case 'least':
    case 'most':
    case 'above':
    case 'below':
    case 'shortest':
    case 'longest':
      return words[reason.is](written(reason.limit));
    case 'format':
      if (fields.some((field) => DAYS.has(field))) return words.day;
      if (fields.some((field) => LINES.has(field))) return words.oneLine;
      return byField(words.formats) ?? words.format;
    case 'file':
      return undefined;
    case 'sense':
      return byField(words.senses) ?? words.sense;
    case 'no_such':
      return words.no_such(words.nouns[reason.what], String(reason.id));
    case 'named_twice':
      return words.named_twice(String(reason.id));
    case 'still_linked':
      return words.still_linked(String(reason.link));
    case 'before_start':
      return reason.duties === undefined
        ? words.before_start(day(reason.starts, language))
        : words.duties_before_start(written(reason.duties));
    case 'outside_programme':
      return reason.duties === undefined
        ? words.outside_programme
        : words.duties_outside(written(reason.duties));
    case 'has_duties':
      return words.has_duties(written(reason.duties));
    case 'code_taken':
      return words.code_taken(reason.code);
    case 'has_values':
      return words.has_values(written(reason.values));
    case 'no_method':
    case 'counting':
      return words[reason.is](methodNames[reason.method]);
    case 'stations':
      return reason.given === undefined
        ? words.stations(written(reason.limit))
        : words.stations_given(written(reason.limit), written(reason.given));
    case 'stations_by_terrain':
      return words.stations_by_terrain(written(reason.limit), written(reason.given ?? NaN));
    case 'photo':
      return words.photos[reason.what];
    case 'photo_bytes':
      return words.photo_bytes(written(reason.limit / BYTES_PER_MEGABYTE));
    case 'step':
      return words.step(catalogue(language).reports.statuses[reason.from]);
    case 'preparing':
      return words.preparing(atLeast(reason.share, language));
    case 'taken_on':
      return words.taken_on(reason.by);
    case 'alerts':
      return words.alerts(written(reason.limit), written(reason.given));
    case 'too_many':
      return words.too_many[reason.what](written(reason.limit));
    case 'named_by':
      return words.named_by(reason.rule);
    case 'closed':
      return words.closed[reason.state];
    case 'too_often':
      return words.too_often(written(reason.times), written(reason.seconds));
  }
}

/** What a path goes through: a part of a scenario, by its index where there are several; then fields. */
interface Parts {
  part?: { name: 'add' | 'remove' | 'change'; index: number } | { name: 'switchOff' };
  fields: string[];
}

/** What is only round the fields that it holds. */
const ROUND: ReadonlySet<string> = new Set(['linkBudget', 'limits']);

function partsOf(path: string): Parts {
  const names = path.split('.').filter((name) => name !== '' && name !== 'content');
  const [first, second = '', ...others] = names;
  if ((first === 'add' || first === 'remove' || first === 'change') && /^\d+$/.test(second))
    return { part: { name: first, index: Number(second) }, fields: others };
  if (first === 'switchOff') return { part: { name: first }, fields: names };
  return { fields: names.length > 1 ? names.filter((name) => !ROUND.has(name)) : names };
}

/** Reasons that say themselves what they are about. */
const NAMED: ReadonlySet<string> = new Set([
  'no_such',
  'named_twice',
  'no_method',
  'nothing_changed',
]);

function whereOf({ code, path = '', reason }: Refusal, language: Language, nameOf: Naming): string {
  const { part, fields } = partsOf(path);
  const isOfField =
    code === 'outside_territory' || (code === 'invalid' && !NAMED.has(reason?.is ?? ''));
  const named = isOfField ? fields.filter((field) => field !== part?.name) : [];
  return [
    ...(part ? [partSaid(part, language)] : []),
    ...named.map((field) => fieldSaid(field, language, nameOf)),
  ].join(' · ');
}

function partSaid(part: NonNullable<Parts['part']>, language: Language): string {
  const { draft, station, switchOff } = REFUSAL_WORDS[language].parts;
  if (part.name === 'switchOff') return switchOff;
  return (part.name === 'add' ? draft : station)(number(part.index + 1, language));
}

/** A field as the reader calls it. */
function fieldSaid(field: string, language: Language, nameOf: Naming): string {
  const ofThings: ByField = catalogue(language).thing.fields;
  const isPlace = field === 'lon' || field === 'lat';
  const said =
    nameOf(field) ??
    ofThings[isPlace ? 'coordinates' : field] ??
    REFUSAL_WORDS[language].fields[field];
  if (said !== undefined) return said;
  const isName = [...BANDS, ...TECHNOLOGIES].some((name) => name === field);
  return isName ? field : `“${field}”`;
}

function catalogue(language: Language) {
  return language === 'en' ? en : vi;
}
