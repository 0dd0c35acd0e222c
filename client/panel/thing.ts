/** Everything that is known of a thing, worded: label and value for each of its fields. */
import type { Country } from '../../data/model/country.ts';
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import type { FieldValue, Fields } from '../../data/model/table.ts';
import type { OpenThing, ThingNoun } from '../view/view.svelte.ts';
import { coordinates, day, number, upTo, type Language } from '../words/format.ts';
import type { Words } from '../words/vi.ts';

type Field = keyof Words['thing']['fields'];

interface ThingField {
  field: Field;
  label: string;
  value: string;
}

export interface ThingStory {
  id: number;
  version: number;
  /** Empty for a line, which is called by its ends. */
  name: string;
  simulated: boolean;
  /** Key of its status among the words for its noun, and the words themselves. */
  status: string;
  statusSaid: string;
  /** Code of its commune, where it stands in one. */
  commune: string | undefined;
  fields: ThingField[];
}

/** The fields of each noun in the order of their interest; what is empty is left out. */
const ORDER: Record<ThingNoun, readonly Field[]> = {
  station: [
    'operator',
    'technology',
    'band',
    'heightM',
    'azimuth',
    'beamwidth',
    'plannedFor',
    'since',
    'acceptedOn',
    'document',
  ],
  hamlet: [
    'people',
    'households',
    'gridPower',
    'speciallyDisadvantaged',
    'deadline',
    'solution',
    'resolvedOn',
  ],
  node: ['level', 'unit'],
  link: ['from', 'to', 'bandwidthMbps', 'provider'],
  facility: ['kind', 'owner'],
  report: ['operator', 'technology', 'approximatePlace', 'receivedOn', 'answeredOn'],
};
const EVERY: readonly Field[] = ['commune', 'coordinates', 'source', 'id'];

/**
 * Undefined when there is no such thing.
 * @param unitNamed name of a unit by its code
 * @param nodeNamed name of a node by its id
 */
export function storyOf(
  tables: Country['tables'],
  { noun, id }: OpenThing,
  words: Words,
  language: Language,
  unitNamed: (code: string) => string,
  nodeNamed: (id: number) => string,
): ThingStory | undefined {
  const table = tables[TABLE_OF[noun]];
  const row = table.rowOf(id);
  if (row === undefined) return undefined;
  const record: Fields & { id: number; version: number } = table.record(row);
  const naming = { words, language, unitNamed, nodeNamed };
  const status = text(record['status']);
  const say = (field: Field): string => {
    if (field === 'coordinates')
      return typeof record['lon'] === 'number' && typeof record['lat'] === 'number'
        ? coordinates(record['lon'], record['lat'])
        : '';
    if (field === 'id') return String(record.id);
    if (field === 'commune' && noun === 'link') return '';
    return valueSaid(noun, field, record[field], naming);
  };
  return {
    id: record.id,
    version: record.version,
    name: text(record['name']),
    simulated: record['simulated'] === true,
    status,
    statusSaid: valueSaid(noun, 'status', status, naming),
    commune: text(record['commune']) || undefined,
    fields: [...ORDER[noun], ...EVERY]
      .map((field) => ({ field, label: words.thing.fields[field], value: say(field) }))
      .filter(({ value }) => value !== ''),
  };
}

/** What values are worded with. */
export interface Naming {
  words: Words;
  language: Language;
  /** Name of a unit by its code. */
  unitNamed: (code: string) => string;
  /** Name of a node by its id. */
  nodeNamed: (id: number) => string;
}

/** One value as a person reads it; empty for none. */
export function valueSaid(
  noun: Noun,
  field: string,
  value: FieldValue,
  { words, language, unitNamed, nodeNamed }: Naming,
): string {
  const said = text(value);
  const measured = (decimals: number, measure: string): string =>
    typeof value === 'number' ? `${upTo(value, language, decimals)}${measure}` : '';
  switch (field) {
    case 'commune':
      return said ? unitNamed(said) : words.thing.outside;
    case 'unit':
      return said && unitNamed(said);
    case 'status':
      return chosen(statusesOf(noun, words), said);
    case 'operator':
      return noun === 'report' && !said
        ? words.reports.everyOperator
        : chosen(words.operators, said);
    case 'approximatePlace':
      return value === true ? words.reports.approximate : '';
    case 'technology':
      return chosen(words.technologies, said);
    case 'level':
      return chosen(words.network.levels, said);
    case 'kind':
      return chosen(words.facilities.kinds, said);
    case 'owner':
      return chosen(words.facilities.owners, said);
    case 'solution':
      return chosen(words.hamlets.solutions, said);
    case 'heightM':
      return measured(1, ' m');
    case 'azimuth':
      return measured(1, '°') || words.thing.omnidirectional;
    case 'beamwidth':
      return measured(1, '°');
    case 'bandwidthMbps':
      return measured(2, ' Mbit/s');
    case 'gridPower':
    case 'speciallyDisadvantaged':
      return value === true ? words.thing.yes : words.thing.no;
    case 'plannedFor':
    case 'since':
    case 'acceptedOn':
    case 'deadline':
    case 'resolvedOn':
    case 'receivedOn':
    case 'answeredOn':
    case 'day':
      return said && day(said, language);
    case 'people':
    case 'households':
      return typeof value === 'number' ? number(value, language) : '';
    case 'from':
    case 'to':
      return typeof value === 'number' ? nodeNamed(value) : '';
    default:
      return typeof value === 'number' ? upTo(value, language, 6) : said;
  }
}

function statusesOf(noun: Noun, words: Words): Record<string, string> {
  switch (noun) {
    case 'station':
      return words.stations.statuses;
    case 'hamlet':
      return words.hamlets.statuses;
    case 'facility':
      return words.facilities.statuses;
    case 'report':
      return words.reports.statuses;
    default:
      return words.network.statuses;
  }
}

function text(value: FieldValue): string {
  return typeof value === 'string' ? value : '';
}

function chosen(said: Record<string, string>, value: string): string {
  return said[value] ?? '';
}
