/**
 * The register of indicators as it is in a country: what the product brings, and what people have
 * defined there.
 */
import {
  INDICATOR_GROUPS,
  indicatorOf,
  INDICATORS,
  type Indicator,
} from '../country/indicators.ts';
import type { Table } from '../model/table.ts';
import type { Definition } from '../model/things.ts';
import { levelOf, NATION, type UnitLevel } from '../model/unit.ts';

type Definitions = Table<'definitions'>;

const LEVELS: Readonly<Record<Definition['scope'], readonly UnitLevel[]>> = {
  unit: ['nation'],
  provinces: ['nation', 'province'],
  communes: ['nation', 'province', 'commune'],
};

/** The indicator of a code; undefined for one that is not in the register. */
export function indicatorIn(definitions: Definitions, code: string): Indicator | undefined {
  const brought = indicatorOf(code);
  if (brought) return brought;
  const row = rowOfCode(definitions, code);
  return row === -1 ? undefined : indicatorAt(definitions, row);
}

/** All indicators, in the order of the groups; in a group what the product brings comes first. */
export function indicatorsIn(definitions: Definitions): readonly Indicator[] {
  if (definitions.count === 0) return INDICATORS;
  const defined = Array.from({ length: definitions.count }, (_, row) =>
    indicatorAt(definitions, row),
  ).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  return [...INDICATORS, ...defined].sort(
    (a, b) => INDICATOR_GROUPS.indexOf(a.group) - INDICATOR_GROUPS.indexOf(b.group),
  );
}

/** Whether the map of the provinces can show an indicator: the nation has it, and each of them. */
export function isShownByProvince({ scope, territory }: Indicator): boolean {
  return territory === undefined && scope.includes('nation') && scope.includes('province');
}

/** Id of the definition of a code; undefined for none, and for what the product brings. */
export function definitionOf(definitions: Definitions, code: string): number | undefined {
  const row = rowOfCode(definitions, code);
  return row === -1 ? undefined : definitions.ids[row];
}

function rowOfCode({ columns, count }: Definitions, code: string): number {
  for (let row = 0; row < count; row++) if (columns.indicatorCode[row] === code) return row;
  return -1;
}

function indicatorAt(definitions: Definitions, row: number): Indicator {
  const { id, version, ...fields } = definitions.record(row);
  void [id, version];
  // A row holds what the schema has let in.
  const definition = fields as unknown as Definition;
  const { indicatorCode: code, name, nameEn, unit, scope, measure, direction, group } = definition;
  const { every, starts, target, targetDate } = definition;
  const isNational = unit === NATION;
  return {
    ...{ code, name, nameEn: nameEn ?? name, unit: measure, direction, group },
    scope: isNational ? LEVELS[scope] : [levelOf(unit)],
    origin: 'reported',
    ...(isNational ? {} : { territory: unit }),
    ...(every === undefined ? {} : { due: every }),
    ...(starts === undefined ? {} : { starts }),
    ...(target === undefined ? {} : { target }),
    ...(targetDate === undefined ? {} : { targetDate }),
  };
}
