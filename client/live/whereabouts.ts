/** In which units the thing of an event stands, by the country as it is at that moment. */
import { isOfUnit, TABLE_OF, type Event, type Noun } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { communeCodeOf, NATION } from '../../data/model/unit.ts';
import type { Unit } from './live.ts';

/** Whether it stands in `unit` now; a link stands at both its ends. */
export function standsIn(
  unit: string,
  event: Event,
  country: Country,
  units: ReadonlyMap<string, Unit>,
): boolean {
  if (unit === NATION) return true;
  const inUnit = (commune: number | undefined): boolean => {
    if (!commune) return false;
    const code = communeCodeOf(commune);
    return code === unit || units.get(code)?.parent === unit;
  };
  const table = tableOf(event);
  const row = table && country.tables[table].rowOf(event.id);
  if (table === undefined || row === undefined) return false;
  const { tables } = country;
  if (table === 'indicators') return tables.indicators.columns.unit[row] === unit;
  if (isOfUnit(table)) {
    const of = tables[table].columns.unit[row] ?? '';
    return of === unit || units.get(of)?.parent === unit;
  }
  if (table !== 'links') return inUnit(tables[table].columns.commune[row]);
  const { from, to } = tables.links.columns;
  return [from[row], to[row]].some((id) => {
    const node = tables.nodes.rowOf(id ?? 0);
    return node !== undefined && inUnit(tables.nodes.columns.commune[node]);
  });
}

function tableOf(event: Event) {
  const noun = event.type.split('.')[0] ?? '';
  return noun in TABLE_OF ? TABLE_OF[noun as Noun] : undefined;
}
