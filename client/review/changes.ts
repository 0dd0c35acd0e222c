/** A proposal in words: what it is, and each field that would be different, from what to what. */
import type { Noun } from '../../data/log/event.ts';
import { TABLE_OF } from '../../data/log/event.ts';
import { emptyCountry } from '../../data/model/country.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import type { ProposedChange } from '../../data/wire/review.ts';
import { storyOf, type ThingStory } from '../panel/thing.ts';
import type { ThingNoun } from '../view/view.svelte.ts';
import { day, upTo, type Language } from '../words/format.ts';
import type { Words } from '../words/vi.ts';
import type { ReviewWords } from './words.ts';

export interface ChangeLine {
  label: string;
  /** Null where there was, or would be, nothing. */
  from: string | null;
  to: string | null;
}

/** How things and units are called. */
export interface Names {
  unit(code: string): string;
  node(id: number): string;
  programme(id: number): string;
}

/** The sentence that says what would be done. */
export function saidOfProposal(
  { noun, type, before, fields }: ProposedChange,
  words: Words,
): string {
  if (noun === 'indicator')
    return type.endsWith('.remove')
      ? `${words.changes.indicatorRemoved}: ${text(before?.['indicator'])}`
      : words.changes.indicator(text(fields['indicator']));
  const name = text(before?.['name']) || text(fields['name']) || words.thing.nouns[noun];
  const sentences: Record<string, (name: string) => string> = words.changes[noun];
  const verb = type.split('.')[1] === 'resolve' ? 'resolved' : (type.split('.')[1] ?? '');
  return (sentences[verb] ?? words.changes[noun].change)(name);
}

/** Every field that would be different. */
export function linesOf(
  { noun, type, before, fields }: ProposedChange,
  words: Words,
  own: ReviewWords,
  language: Language,
  names: Names,
): ChangeLine[] {
  const after = type.endsWith('.remove')
    ? null
    : { ...before, ...fields, ...(type.endsWith('.resolve') ? { status: 'resolved' } : {}) };
  if (noun === 'indicator') return indicatorLines(before, after, own, language);
  const told = [before, after].map((thing) => thing && story(noun, thing, words, language, names));
  const [then, now] = told.map((one) => (one ? said(one, own) : new Map<string, string>()));
  const labels = [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])];
  return labels
    .map((label) => ({ label, from: then?.get(label) ?? null, to: now?.get(label) ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** By label, what is said of a thing. What is derived or the same for all is left out. */
function said({ name, statusSaid, fields }: ThingStory, own: ReviewWords): Map<string, string> {
  const all = [
    { label: own.fields.name, value: name },
    { label: own.fields.status, value: statusSaid },
    ...fields.filter(({ field }) => field !== 'commune' && field !== 'id'),
  ];
  return new Map(all.filter(({ value }) => value !== '').map(({ label, value }) => [label, value]));
}

function story(
  noun: Exclude<Noun, 'indicator'>,
  thing: Fields,
  words: Words,
  language: Language,
  { unit, node, programme }: Names,
): ThingStory | undefined {
  const { tables } = emptyCountry();
  const table: Table = tables[TABLE_OF[noun]];
  table.put(1, 1, thing);
  return storyOf(tables, { noun: noun satisfies ThingNoun, id: 1 }, words, language, {
    unitNamed: unit,
    nodeNamed: node,
    programmeNamed: programme,
  });
}

function indicatorLines(
  before: Fields | null,
  after: Fields | null,
  own: ReviewWords,
  language: Language,
): ChangeLine[] {
  const said = (fields: Fields | null, name: 'day' | 'value' | 'target'): string | null => {
    const value = fields?.[name];
    if (name === 'day') return fields && day(text(value), language);
    return typeof value === 'number' ? upTo(value, language, 2) : null;
  };
  return (['day', 'value', 'target'] as const)
    .map((name) => ({ label: own.fields[name], from: said(before, name), to: said(after, name) }))
    .filter(({ from, to }) => from !== null || to !== null);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
