/** What the choices of the task say: `edit:station-12`, `history:node-7`, `add:hamlet`, `many:1`. */
import type { Fields } from '../../data/model/table.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';
import type { OpenThing } from '../view/view.svelte.ts';
import { FIELDS, type FormNoun } from './fields.ts';
import type { Editable } from './undoing.ts';

export type Choices = Readonly<Record<string, string>>;

export type Screen =
  | { is: 'begin' }
  | { is: 'add'; noun: FormNoun; at: MapPlace | null; given: Fields }
  | { is: 'edit'; noun: Editable; id: number }
  | { is: 'history'; noun: Editable; id: number }
  | { is: 'many' };

export function screenOf(choices: Choices): Screen {
  for (const is of ['edit', 'history'] as const) {
    const thing = readThing(choices[is]);
    if (thing) return { is, ...thing };
  }
  const noun = choices['add'] ?? '';
  if (noun in FIELDS)
    return {
      is: 'add',
      noun: noun as FormNoun,
      at: readPlace(choices['at']),
      given: given(choices),
    };
  return choices['many'] === undefined ? { is: 'begin' } : { is: 'many' };
}

/** What is filled in from the beginning: the unit, and what is reported of it or its duty is part of. */
function given({ add: noun, of = '', for: unit }: Choices): Fields {
  const whose: Fields = unit ? { unit } : {};
  switch (noun) {
    case 'indicator':
      return { ...(of ? { indicator: of } : {}), ...whose };
    case 'duty':
      return { ...(Number(of) > 0 ? { programme: Number(of) } : {}), ...whose };
    case 'programme':
    case 'definition':
      return whose;
    default:
      return {};
  }
}

/** A thing in a choice. */
export function thingChoice({ noun, id }: OpenThing): string {
  return `${noun}-${id}`;
}

/** A place in a choice: `103.0694_21.4117`, as other tasks send it. */
export function placeChoice({ lon, lat }: MapPlace): string {
  return `${lon.toFixed(6)}_${lat.toFixed(6)}`;
}

function readThing(text = ''): { noun: Editable; id: number } | null {
  const [, noun = '', id = ''] = /^([a-z]+)-([1-9]\d{0,9})$/.exec(text) ?? [];
  if (!(noun in FIELDS) || noun === 'indicator') return null;
  return { noun: noun as Editable, id: Number(id) };
}

function readPlace(text = ''): MapPlace | null {
  const [, lon, lat] = /^(\d{2,3}(?:\.\d+)?)_(\d{1,2}(?:\.\d+)?)$/.exec(text) ?? [];
  return lon === undefined || lat === undefined ? null : { lon: Number(lon), lat: Number(lat) };
}
