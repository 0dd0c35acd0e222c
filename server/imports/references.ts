/** Units and nodes that a file calls by their names instead of by what the system knows them by. */
import type { Country } from '../../data/model/country.ts';
import { FIELDS, type Kind } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import type { Fields } from '../../data/model/table.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import { fold } from './fold.ts';

const UNIT_TYPES = /^(xa|phuong|dac khu|tinh|thanh pho|tp) /;

/** Puts codes and ids in place of names; answers what cannot be found. */
export type Resolve = (fields: Fields) => Reason[];

export function createResolver(kind: Kind, country: Country, ground: Ground | undefined): Resolve {
  const fields = FIELDS[kind].filter(({ type }) => type.type === 'unit' || type.type === 'node');
  if (fields.length === 0) return () => [];
  const units = named(unitsOf(ground));
  const nodes = named(nodesOf(country));
  return (thing) =>
    fields.flatMap(({ name, type }): Reason[] => {
      const said = thing[name];
      if (said === undefined || said === null) return [];
      const text = String(said).trim();
      const found = type.type === 'unit' ? unitFor(text) : nodeFor(text);
      if (found !== undefined) {
        thing[name] = found;
        return [];
      }
      delete thing[name];
      return [{ code: type.type === 'unit' ? 'not_unit' : 'not_node', field: name, value: text }];
    });

  /** A code may have lost its noughts to a spreadsheet. */
  function unitFor(text: string): string | undefined {
    const code = /^\d+$/.test(text) ? text.padStart(text.length <= 2 ? 2 : 5, '0') : text;
    if (ground?.hasUnit(code.toLowerCase())) return code.toLowerCase();
    return units.get(fold(text)) ?? units.get(fold(text).replace(UNIT_TYPES, '')) ?? undefined;
  }

  function nodeFor(text: string): number | undefined {
    if (/^\d{1,10}$/.test(text) && country.tables.nodes.rowOf(Number(text)) !== undefined)
      return Number(text);
    return nodes.get(fold(text)) ?? undefined;
  }
}

/** By folded name; null where several are called so. */
function named<T>(things: Iterable<[name: string, value: T]>): Map<string, T | null> {
  const known = new Map<string, T | null>();
  for (const [name, value] of things) {
    const key = fold(name);
    known.set(key, known.has(key) && known.get(key) !== value ? null : value);
  }
  return known;
}

function* unitsOf(ground: Ground | undefined): Generator<[string, string]> {
  yield ['Việt Nam', NATION];
  yield ['cả nước', NATION];
  for (const { code, name } of ground?.territory.provinces ?? []) {
    yield [name, code];
    yield [fold(name).replace(UNIT_TYPES, ''), code];
  }
  for (const { code, name } of ground?.territory.communes ?? []) yield [name, code];
}

function* nodesOf({ tables: { nodes } }: Country): Generator<[string, number]> {
  for (let row = 0; row < nodes.count; row++)
    yield [nodes.columns.name[row] ?? '', nodes.ids[row] ?? 0];
}
