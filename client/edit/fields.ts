/** What the form of each kind of thing asks for, field by field, in the order in which it is asked. */
import type { GenericSchema } from 'valibot';
import type { Noun } from '../../data/log/event.ts';
import { DIRECTIONS, FIGURE_UNITS } from '../../data/country/figures.ts';
import { INDICATOR_GROUPS } from '../../data/country/indicators.ts';
import {
  BANDS,
  Definition,
  DEFINITION_SCOPES,
  Duty,
  DUTY_STATUSES,
  Facility,
  FACILITY_KINDS,
  FACILITY_OWNERS,
  Hamlet,
  HAMLET_SOLUTIONS,
  HAMLET_STATUSES,
  IndicatorValue,
  LINE_STATUSES,
  NetworkLink,
  NetworkNode,
  NODE_LEVELS,
  OPERATORS,
  Programme,
  Station,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';

type FieldKind =
  | { is: 'line' }
  /** One of a few words. */
  | { is: 'choice'; of: readonly string[] }
  | { is: 'number' }
  /** A whole number. */
  | { is: 'count' }
  | { is: 'day' }
  | { is: 'flag' }
  /** Longitude and latitude, in one field of the form: `place`. */
  | { is: 'place' }
  /** Code of a unit. */
  | { is: 'unit' }
  /** Id of a node of the data network. */
  | { is: 'node' }
  /** Id of a programme. */
  | { is: 'programme' }
  /** Code of an indicator. */
  | { is: 'indicator' };

export interface Field {
  name: FieldName;
  kind: FieldKind;
}

export type FieldName =
  | 'name'
  | 'operator'
  | 'technology'
  | 'band'
  | 'place'
  | 'heightM'
  | 'azimuth'
  | 'beamwidth'
  | 'status'
  | 'plannedFor'
  | 'since'
  | 'acceptedOn'
  | 'document'
  | 'households'
  | 'people'
  | 'gridPower'
  | 'speciallyDisadvantaged'
  | 'deadline'
  | 'resolvedOn'
  | 'solution'
  | 'level'
  | 'unit'
  | 'from'
  | 'to'
  | 'provider'
  | 'bandwidthMbps'
  | 'kind'
  | 'owner'
  | 'indicator'
  | 'day'
  | 'value'
  | 'target'
  | 'nameEn'
  | 'responsible'
  | 'decision'
  | 'starts'
  | 'due'
  | 'programme'
  | 'doneOn'
  | 'note'
  | 'indicatorCode'
  | 'scope'
  | 'measure'
  | 'direction'
  | 'group'
  | 'every'
  | 'targetDate'
  | 'source';

const line = (name: FieldName): Field => ({ name, kind: { is: 'line' } });
const choice = (name: FieldName, of: readonly string[]): Field => ({
  name,
  kind: { is: 'choice', of },
});
const number = (name: FieldName): Field => ({ name, kind: { is: 'number' } });
const count = (name: FieldName): Field => ({ name, kind: { is: 'count' } });
const day = (name: FieldName): Field => ({ name, kind: { is: 'day' } });
const flag = (name: FieldName): Field => ({ name, kind: { is: 'flag' } });
const node = (name: FieldName): Field => ({ name, kind: { is: 'node' } });
const place: Field = { name: 'place', kind: { is: 'place' } };
const unit: Field = { name: 'unit', kind: { is: 'unit' } };

/** What there is a form for: everything but reports, which are handled step by step. */
export type FormNoun = Exclude<Noun, 'report'>;

export const FIELDS: Record<FormNoun, readonly Field[]> = {
  station: [
    line('name'),
    choice('operator', OPERATORS),
    choice('technology', TECHNOLOGIES),
    choice('band', BANDS),
    place,
    number('heightM'),
    number('azimuth'),
    number('beamwidth'),
    choice('status', STATION_STATUSES),
    day('plannedFor'),
    day('since'),
    day('acceptedOn'),
    line('document'),
    line('source'),
  ],
  hamlet: [
    line('name'),
    place,
    count('people'),
    count('households'),
    flag('gridPower'),
    flag('speciallyDisadvantaged'),
    day('deadline'),
    choice('status', HAMLET_STATUSES),
    choice('solution', HAMLET_SOLUTIONS),
    day('resolvedOn'),
    line('source'),
  ],
  node: [
    line('name'),
    choice('level', NODE_LEVELS),
    place,
    unit,
    choice('status', LINE_STATUSES),
    line('source'),
  ],
  link: [
    node('from'),
    node('to'),
    line('provider'),
    number('bandwidthMbps'),
    choice('status', LINE_STATUSES),
    line('source'),
  ],
  facility: [
    line('name'),
    choice('kind', FACILITY_KINDS),
    choice('owner', FACILITY_OWNERS),
    place,
    choice('status', LINE_STATUSES),
    line('source'),
  ],
  indicator: [
    { name: 'indicator', kind: { is: 'indicator' } },
    unit,
    day('day'),
    number('value'),
    number('target'),
    line('source'),
  ],
  programme: [
    line('name'),
    line('nameEn'),
    unit,
    line('responsible'),
    line('decision'),
    day('starts'),
    day('due'),
    { name: 'indicator', kind: { is: 'indicator' } },
    line('source'),
  ],
  duty: [
    { name: 'programme', kind: { is: 'programme' } },
    unit,
    line('name'),
    line('responsible'),
    day('due'),
    choice('status', DUTY_STATUSES),
    day('doneOn'),
    line('note'),
    line('source'),
  ],
  definition: [
    line('name'),
    line('nameEn'),
    line('indicatorCode'),
    unit,
    choice('scope', DEFINITION_SCOPES),
    choice('group', INDICATOR_GROUPS),
    choice('measure', FIGURE_UNITS),
    choice('direction', DIRECTIONS),
    choice('every', ['month']),
    day('starts'),
    number('target'),
    day('targetDate'),
    line('source'),
  ],
};

export type Entries = Readonly<Record<string, GenericSchema>>;

/** The check of each field: the very one that the server makes. */
export const ENTRIES: Record<FormNoun, Entries> = {
  station: Station.entries,
  hamlet: Hamlet.entries,
  node: NetworkNode.entries,
  link: NetworkLink.entries,
  facility: Facility.entries,
  indicator: IndicatorValue.entries,
  programme: Programme.entries,
  duty: Duty.entries,
  definition: Definition.entries,
};

/** Whether a thing can be without a field. */
export function isOptional(noun: FormNoun, name: FieldName): boolean {
  return ENTRIES[noun][name]?.type === 'optional';
}
