/** What no single field can say: whether a thing makes sense as a whole and where it stands. */
import { indicatorIn } from '../../data/indicators/register.ts';
import type { Noun } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { wrongDays } from '../../data/model/days.ts';
import type { Fields } from '../../data/model/table.ts';
import type {
  Definition,
  Duty,
  IndicatorValue,
  NetworkNode,
  Programme,
  Station,
} from '../../data/model/things.ts';
import { levelOf } from '../../data/model/unit.ts';
import { bandFits } from '../../data/radio/bands.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Ground } from '../country/ground.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';
import { stillReported, wrongDefinition } from './definitions.ts';
import { stillHasDuties, wrongDuty, wrongProgramme } from './programmes.ts';
import { invalid, noSuch } from './refusals.ts';

/** Why an add, a change (with the thing as it would be) or a remove is refused; or undefined. */
export function wrongIn(wish: {
  verb: 'add' | 'change' | 'remove';
  noun: Noun;
  id: number | undefined;
  fields: Fields;
  country: Country;
  ground: Ground | undefined;
}): Refusal | undefined {
  const { verb, noun, fields, country, ground } = wish;
  if (!ground) return { code: 'no_territory', message: 'No territory has been adopted yet.' };
  if (verb === 'remove') {
    if (noun === 'programme') return stillHasDuties(country, wish.id ?? 0);
    if (noun === 'definition') return stillReported(country, wish.id ?? 0);
    return noun === 'node' ? stillLinked(country, wish.id ?? 0) : undefined;
  }

  const { lon, lat } = fields;
  if (typeof lon === 'number' && typeof lat === 'number' && !ground.communeAt(lon, lat))
    return {
      code: 'outside_territory',
      message: `${lon}, ${lat} lies in no commune.`,
      path: 'lon',
    };
  if (typeof fields['unit'] === 'string' && !ground.hasUnit(fields['unit']))
    return noSuch('unit', 'unit', fields['unit']);

  switch (noun) {
    case 'station':
      return wrongStation(fields as Station);
    case 'link':
      return wrongLink(fields, country);
    case 'hamlet':
      return fields['status'] === 'resolved' && !fields['solution']
        ? invalid('solution', 'a resolved hamlet needs its solution')
        : undefined;
    default:
      return undefined;
  }
}

/**
 * Why a thing cannot become this after what it was `before`, or undefined. What stays as it was is not
 * asked about: it was let in once, and borders move.
 */
export function wrongAfter(wish: {
  noun: Noun;
  id: number | undefined;
  fields: Fields;
  before: Fields;
  country: Country;
  ground: Ground | undefined;
  today: string;
}): Refusal | undefined {
  const { noun, id, fields, before, country, ground } = wish;
  const [wrong] = wrongDays(fields, before, wish);
  if (wrong?.is === 'toCome')
    return invalid(wrong.field, `${String(fields[wrong.field])} has not come yet`, {
      is: 'to_come',
    });
  if (wrong) return invalid(wrong.field, 'a station is not accepted before it is on air');
  if (noun === 'indicator') return wrongValue(fields as IndicatorValue, country);
  if (noun === 'definition') return wrongDefinition(fields as Definition, { id, before, country });
  if (noun === 'programme' && ground)
    return wrongProgramme(fields as Programme, { id, before, country, ground });
  if (noun === 'duty' && ground) return wrongDuty(fields as Duty, { id, before, country, ground });
  const isMoved = ['level', 'unit', 'lon', 'lat'].some((name) => fields[name] !== before[name]);
  return noun === 'node' && isMoved && ground
    ? wrongNode(fields as NetworkNode, ground)
    : undefined;
}

/** A value of what is in the register, for a unit that has one, and within what it can be. */
function wrongValue(
  { indicator: code, unit, value }: IndicatorValue,
  { tables }: Country,
): Refusal | undefined {
  const indicator = indicatorIn(tables.definitions, code);
  if (!indicator) return noSuch('indicator', 'indicator', code);
  const { scope, territory, unit: measure } = indicator;
  if (!scope.includes(levelOf(unit)) || (territory !== undefined && territory !== unit))
    return invalid('unit', `${unit} has no indicator ${code}`, { is: 'scope' });
  if (value < 0) return invalid('value', 'is at least 0', { is: 'least', limit: 0 });
  if (measure === 'share' && value > 1)
    return invalid('value', 'a share lies between 0 and 1', { is: 'share' });
  return undefined;
}

/** How far outside its commune a node may stand, metres: on the border is there as well. */
const ON_BORDER_M = 500;

/** A commune's node stands in it; where borders are approximate, nobody can say. */
function wrongNode({ level, unit, lon, lat }: NetworkNode, ground: Ground): Refusal | undefined {
  if (level !== 'communal' || levelOf(unit) !== 'commune') return undefined;
  if (ground.territory.kind !== 'official' || ground.communeAt(lon, lat) === unit) return undefined;
  for (let eighth = 0; eighth < 8; eighth++) {
    const east = (ON_BORDER_M * Math.sin((eighth * Math.PI) / 4)) / metresPerDegreeOfLongitude(lat);
    const north = (ON_BORDER_M * Math.cos((eighth * Math.PI) / 4)) / METRES_PER_DEGREE;
    if (ground.communeAt(lon + east, lat + north) === unit) return undefined;
  }
  return invalid(
    'unit',
    `the node of a commune stands in it, and ${lon}, ${lat} is not in ${unit}`,
  );
}

function wrongStation({ technology, band, status, since }: Station): Refusal | undefined {
  if (!bandFits(technology, band)) return invalid('band', `${band} is not a band of ${technology}`);
  if (status === 'planned' && since)
    return invalid('since', 'a planned station has not been on air yet');
  return undefined;
}

function wrongLink({ from, to }: Fields, country: Country): Refusal | undefined {
  if (from === to) return invalid('to', 'a link joins two different nodes');
  for (const [path, id] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (country.tables.nodes.rowOf(Number(id)) === undefined)
      return noSuch(path, 'node', Number(id));
  return undefined;
}

function stillLinked({ tables: { links } }: Country, id: number): Refusal | undefined {
  for (let row = 0; row < links.count; row++)
    if (links.columns.from[row] === id || links.columns.to[row] === id)
      return {
        code: 'in_use',
        message: `Node ${id} still has link ${links.ids[row]}: remove its links first.`,
        path: 'id',
        reason: { is: 'still_linked', link: links.ids[row] ?? 0 },
      };
  return undefined;
}
