/** What a person asks to be exported: the things of a kind that they see, filtered as they see them. */
import { isOfUnit } from '../../data/log/event.ts';
import * as v from 'valibot';
import { UnitCode } from '../../data/model/scalars.ts';
import type { Country } from '../../data/model/country.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';
import type { ExportKind } from '../../data/wire/exports.ts';
import type { Ground } from '../country/ground.ts';
import { Slices } from '../gaps/slices.ts';
import { fieldsOf } from './fields.ts';

const words = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^[a-z0-9_]+(,[a-z0-9_]+)*$/, 'must be words with commas between'),
    v.transform((text) => text.split(',')),
  ),
);

export const ExportQuery = v.strictObject({
  unit: v.optional(UnitCode, NATION),
  operator: words,
  technology: words,
  status: words,
});
export type ExportQuery = v.InferOutput<typeof ExportQuery>;

/** A filter that the kind does not know, or a word that it does not have. */
export function wrongFilter(
  kind: ExportKind,
  query: ExportQuery,
): { path: string; message: string } | undefined {
  for (const name of ['operator', 'technology', 'status'] as const) {
    const asked = query[name];
    if (!asked) continue;
    const type = fieldsOf(kind).find((field) => field.name === name)?.type;
    if (type?.type !== 'choice') return { path: name, message: `${name}: ${kind} have no ${name}` };
    const unknown = asked.find((word) => !type.of.includes(word));
    if (unknown !== undefined)
      return { path: name, message: `${name}: ${unknown} is none of ${type.of.join(', ')}` };
  }
  return undefined;
}

/** A thing with where it is. */
export interface Exported extends Fields {
  id: number;
  version: number;
  communeName?: string;
  province?: string;
  provinceName?: string;
}

/** The things asked for, one by one; the country goes on meanwhile, and what is gone by then is left out. */
export async function* selected(
  kind: ExportKind,
  { country, ground }: { country: Country; ground: Ground | undefined },
  query: ExportQuery,
): AsyncGenerator<Exported> {
  const table: Table = country.tables[kind];
  const names = namesIn(ground);
  const ids = table.ids.slice(0, table.count).sort();
  const slices = new Slices();
  for (const id of ids) {
    if (slices.over) await slices.rest();
    const row = table.rowOf(id);
    if (row === undefined) continue;
    const record = table.record(row);
    if (!isAsked(record, query)) continue;
    const place = placeOf(kind, record, country, ground, names);
    if (query.unit !== NATION && !place.units.includes(query.unit)) continue;
    yield { ...record, ...place.told };
  }
}

function isAsked(record: Fields, query: ExportQuery): boolean {
  return (['operator', 'technology', 'status'] as const).every(
    (name) => query[name] === undefined || query[name].includes(String(record[name])),
  );
}

interface Place {
  /** Codes of all units that it is in. */
  units: string[];
  told: Pick<Exported, 'communeName' | 'province' | 'provinceName'>;
}

function placeOf(
  kind: ExportKind,
  record: Fields,
  country: Country,
  ground: Ground | undefined,
  names: ReadonlyMap<string, string>,
): Place {
  if (kind === 'links') {
    const { nodes } = country.tables;
    const ends = [record['from'], record['to']].flatMap((id) => {
      const row = nodes.rowOf(Number(id));
      const commune = row === undefined ? undefined : nodes.record(row)['commune'];
      return typeof commune === 'string' ? unitsOf(commune, ground) : [];
    });
    return { units: ends, told: {} };
  }
  const unit = kind === 'indicators' || isOfUnit(kind) ? record['unit'] : record['commune'];
  if (typeof unit !== 'string') return { units: [], told: {} };
  const [commune, province] =
    levelOf(unit) === 'commune' ? [unit, ground?.provinceOf(unit)] : [undefined, unit];
  return {
    units: [commune, province].filter((code) => code !== undefined),
    told: {
      ...(commune === undefined ? {} : { communeName: names.get(commune) ?? '' }),
      ...(province === undefined ? {} : { province, provinceName: names.get(province) ?? '' }),
    },
  };
}

function unitsOf(commune: string, ground: Ground | undefined): string[] {
  const province = ground?.provinceOf(commune);
  return province === undefined ? [commune] : [commune, province];
}

function namesIn(ground: Ground | undefined): ReadonlyMap<string, string> {
  const { provinces = [], communes = [] } = ground?.territory ?? {};
  return new Map([
    [NATION, 'Việt Nam'],
    ...[...provinces, ...communes].map(({ code, name }): [string, string] => [code, name]),
  ]);
}
