import { beforeEach, describe, expect, it } from 'vitest';
import { classOf, UnitStates } from '../../../client/map/colouring.ts';
import { PALETTES, RAMP_STEPS, rampClass } from '../../../client/theme/palette.ts';
import { ESTIMATE_FIELDS } from '../../../data/model/estimate.ts';

let told: string[];
let shown: string[];
let states: UnitStates;
beforeEach(() => {
  told = [];
  shown = [];
  states = new UnitStates({
    setFeatureState: ({ source, id }, state) => {
      told.push(`${source} ${id} ${JSON.stringify(state)}`);
    },
    setLayoutProperty: (layer, name, value) => {
      shown.push(`${layer} ${name} ${String(value)}`);
    },
  } as ConstructorParameters<typeof UnitStates>[0]);
});

describe('the colour of a unit', () => {
  it('is the class of its share, with the target of 90 % as the last one', () => {
    expect([0, 0.099, 0.1, 0.6, 0.899, 0.9, 1].map(rampClass)).toEqual([0, 0, 1, 4, 5, 6, 6]);
    for (const { ramp } of Object.values(PALETTES)) expect(ramp).toHaveLength(RAMP_STEPS.length);
  });

  it('comes from the method and the operator that are looked at', () => {
    const row = new Array<number>(ESTIMATE_FIELDS.length).fill(0);
    row[ESTIMATE_FIELDS.indexOf('population')] = 100;
    row[ESTIMATE_FIELDS.indexOf('5g')] = 80;
    row[ESTIMATE_FIELDS.indexOf('viettel.5g')] = 30;
    expect(classOf({ radius: row }, 'radius', '5g')).toBe(5);
    expect(classOf({ radius: row }, 'radius', 'viettel.5g')).toBe(2);
    expect(classOf({ radius: row }, 'terrain', '5g')).toBe(-1);
    expect(classOf(undefined, 'radius', '5g')).toBe(-1);
  });

  it('is told to the map when its class changes, and only then', () => {
    expect(states.colour(['01', '00004', 'vn'], () => 2)).toBe(3);
    expect(told).toEqual(['provinces 1 {"class":2}', 'communes 4 {"class":2}']);
    expect(states.colour(['01', '00004'], (unit) => (unit === '01' ? 3 : 2))).toBe(1);
    expect(told.at(-1)).toBe('provinces 1 {"class":3}');
  });
});

describe('the unit under the pointer and the open one', () => {
  it('are one at a time', () => {
    states.hover('01');
    states.hover('01');
    states.hover('00004');
    states.hover(null);
    expect(told).toEqual([
      'provinces 1 {"hovered":true}',
      'provinces 1 {"hovered":false}',
      'communes 4 {"hovered":true}',
      'communes 4 {"hovered":false}',
    ]);
    told = [];
    states.select('11');
    states.select(null);
    expect(told).toEqual(['provinces 11 {"selected":true}', 'provinces 11 {"selected":false}']);
  });

  it('are drawn from when there is one, each kind for itself', () => {
    states.select(null);
    states.hover(null);
    expect(shown).toEqual([]);
    for (const unit of ['01', null, '11', '00004', '01']) states.hover(unit);
    expect(shown).toEqual([
      'provinces-hovered visibility visible',
      'communes-hovered visibility visible',
    ]);
    states.select('11');
    expect(shown.slice(2)).toEqual(['provinces-selected visibility visible']);
  });

  it('show the communes of the open province and no longer those of the one before', () => {
    states.open(['00004']);
    states.open(['03127']);
    expect(told).toEqual([
      'communes 4 {"open":true}',
      'communes 4 {"open":false}',
      'communes 3127 {"open":true}',
    ]);
  });
});
