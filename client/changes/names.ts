/** What things are called: by their own name, or a line by its two ends. */
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import type { Words } from '../words/vi.ts';

/** Undefined when there is no such thing. */
export function nameOfThing(
  tables: Country['tables'],
  noun: Noun,
  id: number,
  words: Words,
): string | undefined {
  if (noun === 'indicator') return undefined;
  const row = tables[TABLE_OF[noun]].rowOf(id);
  if (row === undefined) return undefined;
  if (noun === 'report') return words.reports.numbered(String(id));
  if (noun !== 'link') return tables[TABLE_OF[noun]].columns.name[row];
  const { from, to } = tables.links.columns;
  const end = (node: number | undefined): string =>
    nameOfThing(tables, 'node', node ?? 0, words) || words.network.unknownNode;
  return words.network.line(end(from[row]), end(to[row]));
}
