/**
 * What makes sense of programmes and their duties: units that lie in each other, days that follow each
 * other, and what hangs on what. As with every other thing, what stays as it was is not asked about.
 */
import { indicatorIn } from '../../data/indicators/register.ts';
import type { Country } from '../../data/model/country.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import { NO_DAY } from '../../data/model/columns.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Duty, Programme } from '../../data/model/things.ts';
import { liesIn } from '../../data/programmes/units.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Ground } from '../country/ground.ts';
import { invalid, noSuch } from './refusals.ts';

/** The country that a thing is to go with, and what the thing was before. */
interface Scene {
  id: number | undefined;
  before: Fields;
  country: Country;
  ground: Ground;
}

export function wrongProgramme(
  programme: Programme,
  { id, before, country, ground }: Scene,
): Refusal | undefined {
  const { unit, starts, due, indicator } = programme;
  const isChanged = changedFrom(programme, before);
  if (
    indicator !== undefined &&
    isChanged('indicator') &&
    !indicatorIn(country.tables.definitions, indicator)
  )
    return noSuch('indicator', 'indicator', indicator);
  if (starts !== undefined && due !== undefined && due < starts && isChanged('starts', 'due'))
    return invalid('due', `${due} lies before ${starts}, on which it begins`, {
      is: 'before_start',
      starts,
    });
  if (id === undefined) return undefined;
  const duties = dutiesOf(country, id);
  if (isChanged('unit')) {
    const outside = duties.filter((duty) => !liesIn(duty.unit, unit, ground.provinceOf)).length;
    if (outside > 0)
      return invalid('unit', `${outside} of its duties would lie outside of ${unit}`, {
        is: 'outside_programme',
        unit,
        duties: outside,
      });
  }
  if (starts !== undefined && isChanged('starts')) {
    const early = duties.filter((duty) => duty.due < dayNumberOf(starts)).length;
    if (early > 0)
      return invalid('starts', `${early} of its duties are due before ${starts}`, {
        is: 'before_start',
        starts,
        duties: early,
      });
  }
  return undefined;
}

export function wrongDuty(duty: Duty, { before, country, ground }: Scene): Refusal | undefined {
  const { programmes } = country.tables;
  const isChanged = changedFrom(duty, before);
  const row = programmes.rowOf(duty.programme);
  // Also of one that comes back: its programme may be gone.
  if (row === undefined) return noSuch('programme', 'programme', duty.programme);
  const { unit, starts } = programmes.record(row);
  const within = String(unit);
  if (isChanged('programme', 'unit') && !liesIn(duty.unit, within, ground.provinceOf))
    return invalid('unit', `${duty.unit} is not in ${within}, whose programme it is`, {
      is: 'outside_programme',
      unit: within,
    });
  if (typeof starts === 'string' && duty.due < starts && isChanged('programme', 'due'))
    return invalid('due', `${duty.due} lies before ${starts}, on which its programme begins`, {
      is: 'before_start',
      starts,
    });
  if (duty.status === 'done' && duty.doneOn === undefined)
    return invalid('doneOn', 'what is done says on which day', { is: 'done_without_day' });
  if (duty.status !== 'done' && duty.doneOn !== undefined)
    return invalid('doneOn', `what is ${duty.status} has no day on which it was done`, {
      is: 'day_without_done',
    });
  return undefined;
}

/** A programme goes when it has no duties any more: taking them along would take back others' work. */
export function stillHasDuties(country: Country, programme: number): Refusal | undefined {
  const duties = dutiesOf(country, programme).length;
  if (duties === 0) return undefined;
  return {
    code: 'in_use',
    message: `Programme ${programme} still has ${duties} duties: remove them first.`,
    path: 'id',
    reason: { is: 'has_duties', duties },
  };
}

/** Where the duties of a programme are and when they are due, in days since 1970. */
function dutiesOf({ tables: { duties } }: Country, id: number): { unit: string; due: number }[] {
  const { programme, unit, due } = duties.columns;
  const found: { unit: string; due: number }[] = [];
  for (let row = 0; row < duties.count; row++)
    if (programme[row] === id) found.push({ unit: unit[row] ?? '', due: due[row] ?? NO_DAY });
  return found;
}

function changedFrom(thing: object, before: Fields): (...names: string[]) => boolean {
  const after = thing as Fields;
  return (...names) => names.some((name) => (after[name] ?? null) !== (before[name] ?? null));
}
