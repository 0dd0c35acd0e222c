/** Everything that is known of a thing, worded: label and value for each of its fields. */
import { indicatorSaid } from '../indicators/register.ts';
import type { Country } from '../../data/model/country.ts';
import { isOfUnit, TABLE_OF, type Noun } from '../../data/log/event.ts';
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
  /** Code of the unit whose it is, of what stands nowhere. */
  unit: string | undefined;
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
  programme: ['unit', 'nameEn', 'responsible', 'decision', 'starts', 'due', 'indicator'],
  duty: ['programme', 'unit', 'responsible', 'due', 'doneOn', 'note'],
  definition: [
    ...(['indicatorCode', 'nameEn', 'unit', 'scope', 'measure', 'direction', 'group'] as const),
    ...(['every', 'starts', 'target', 'targetDate'] as const),
  ],
};
const EVERY: readonly Field[] = ['commune', 'coordinates', 'source', 'id'];

/**
 * Undefined when there is no such thing.
 * @param named how units, nodes and programmes are called
 */
export function storyOf(
  tables: Country['tables'],
  { noun, id }: OpenThing,
  words: Words,
  language: Language,
  named: Pick<Naming, 'unitNamed' | 'nodeNamed' | 'programmeNamed'>,
): ThingStory | undefined {
  const table = tables[TABLE_OF[noun]];
  const ofUnit = isOfUnit(table.name);
  const row = table.rowOf(id);
  if (row === undefined) return undefined;
  const record: Fields & { id: number; version: number } = table.record(row);
  const naming = { words, language, ...named };
  const status = text(record['status']);
  const say = (field: Field): string => {
    if (field === 'coordinates')
      return typeof record['lon'] === 'number' && typeof record['lat'] === 'number'
        ? coordinates(record['lon'], record['lat'])
        : '';
    if (field === 'target' && record['measure'] === 'share' && typeof record['target'] === 'number')
      return `${upTo(record['target'] * 100, language, 2)}%`;
    if (field === 'id') return String(record.id);
    // A link stands in two.
    if (field === 'commune' && (ofUnit || noun === 'link')) return '';
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
    unit: ofUnit ? text(record['unit']) : undefined,
    fields: [...ORDER[noun], ...EVERY]
      .map((field) => ({ field, label: labelOf(noun, field, words), value: say(field) }))
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
  /** Name of a programme by its id. */
  programmeNamed: (id: number) => string;
}

/** A node serves a unit; everything else that has one is the unit's. */
function labelOf(noun: Noun, field: Field, words: Words): string {
  return field === 'unit' && noun !== 'node' ? words.thing.ofUnit : words.thing.fields[field];
}

/** One value as a person reads it; empty for none. */
export function valueSaid(
  noun: Noun,
  field: string,
  value: FieldValue,
  { words, language, unitNamed, nodeNamed, programmeNamed }: Naming,
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
    case 'starts':
    case 'due':
    case 'doneOn':
    case 'targetDate':
    case 'day':
      return said && day(said, language);
    case 'people':
    case 'households':
      return typeof value === 'number' ? number(value, language) : '';
    case 'programme':
      return typeof value === 'number' ? programmeNamed(value) : '';
    case 'indicator':
      return said && indicatorSaid(said, language);
    case 'scope':
      return chosen(words.definitions.scopes, said);
    case 'measure':
      return chosen(words.definitions.measures, said);
    case 'direction':
      return chosen(words.definitions.directions, said);
    case 'group':
      return chosen(words.definitions.groups, said);
    case 'every':
      return chosen(words.definitions.every, said);
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
    case 'duty':
      return words.duties.statuses;
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
