/**
 * What makes sense of the indicators that people define: a code of their own, and values that still
 * mean what they meant when they were reported.
 */
import { indicatorOf } from '../../data/country/indicators.ts';
import { definitionOf } from '../../data/indicators/register.ts';
import type { Country } from '../../data/model/country.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Definition } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { invalid } from './refusals.ts';

/** By these a value says what it says, and of whom. */
const MEANING = ['indicatorCode', 'measure', 'unit', 'scope'] as const;

export function wrongDefinition(
  definition: Definition,
  { id, before, country }: { id: number | undefined; before: Fields; country: Country },
): Refusal | undefined {
  const { indicatorCode: code, unit, scope } = definition;
  const holder = definitionOf(country.tables.definitions, code);
  if (indicatorOf(code) || (holder !== undefined && holder !== id))
    return invalid('indicatorCode', `there is an indicator ${code} already`, {
      is: 'code_taken',
      code,
    });
  if (unit !== NATION && scope !== 'unit')
    return invalid('scope', `an indicator of ${unit} has values there alone`, { is: 'own_scope' });
  if (id === undefined) return undefined;
  const changed = MEANING.find((field) => definition[field] !== before[field]);
  const values = changed ? valuesOf(country, String(before['indicatorCode'])) : 0;
  return changed && values > 0
    ? invalid(changed, `${values} values were reported as it is`, { is: 'has_values', values })
    : undefined;
}

/** A definition goes when nothing was reported of it: values without one would mean nothing. */
export function stillReported(country: Country, id: number): Refusal | undefined {
  const { definitions } = country.tables;
  const row = definitions.rowOf(id);
  const values =
    row === undefined ? 0 : valuesOf(country, definitions.columns.indicatorCode[row] ?? '');
  if (values === 0) return undefined;
  return {
    code: 'in_use',
    message: `Indicator ${id} has ${values} values: withdraw them first.`,
    path: 'id',
    reason: { is: 'has_values', values },
  };
}

function valuesOf({ tables: { indicators } }: Country, code: string): number {
  let values = 0;
  for (let row = 0; row < indicators.count; row++)
    if (indicators.columns.indicator[row] === code) values++;
  return values;
}
