/** Duties on the screen: which rows, in which order, in which colour, and for whom new ones are. */
import { describe, expect, it } from 'vitest';
import {
  countOf,
  DUTY_STATES,
  dutyClass,
  filledIn,
  FILTERS,
  havingOne,
  inOrder,
  shows,
  stateOf,
  type DutyRow,
  type Order,
} from '../../../client/programmes/duties.ts';
import { insideOf, scopeOf } from '../../../client/programmes/scope.ts';
import { PALETTES } from '../../../client/theme/palette.ts';
import { progressOf } from '../../../data/programmes/progress.ts';
import { UNITS } from '../live/small-country.ts';

let ids = 0;
const row = (unitName: string, more: Partial<DutyRow> = {}): DutyRow => ({
  ...{ id: ++ids, version: 1, programme: 1, unit: '00004', name: 'Bổ sung 5G', unitName },
  ...{ responsible: `UBND ${unitName}`, due: '2026-03-10', status: 'planned', doneOn: null },
  ...{ note: '', simulated: false, daysLate: 0 },
  ...more,
});
const ROWS = [
  row('Ba Đình', { status: 'done', doneOn: '2026-03-01' }),
  row('An Khánh', { status: 'doing', due: '2026-03-01', daysLate: 9 }),
  row('Đại Mỗ', { due: '2026-02-20', daysLate: 18 }),
  row('Cầu Giấy', { status: 'cancelled' }),
  row('Bạch Mai', { status: 'doing', due: '2026-04-01' }),
];

describe('the table of duties', () => {
  it('is in the order of a column either way, names as Vietnamese puts them', () => {
    const names = (order: Order, descending = false) =>
      inOrder(ROWS, order, descending).map(({ unitName }) => unitName);
    expect(names('unit')).toEqual(['An Khánh', 'Ba Đình', 'Bạch Mai', 'Cầu Giấy', 'Đại Mỗ']);
    expect(names('unit', true)).toEqual(names('unit').reverse());
    expect(names('state')).toEqual(['Đại Mỗ', 'An Khánh', 'Bạch Mai', 'Ba Đình', 'Cầu Giấy']);
    expect(names('due')).toEqual(['Đại Mỗ', 'An Khánh', 'Ba Đình', 'Cầu Giấy', 'Bạch Mai']);
    expect(names('responsible', true)[0]).toBe('Đại Mỗ');
  });

  it('counts what each filter lets through', () => {
    const progress = progressOf(ROWS);
    for (const filter of FILTERS)
      expect(countOf(filter, progress), filter).toBe(
        ROWS.filter((one) => shows(filter, one)).length,
      );
    expect(countOf('late', progress)).toBe(2);
  });
});

describe('the colour of a unit', () => {
  it('is by what is worst in it, and none where there is nothing to do', () => {
    const state = (...rows: DutyRow[]) => stateOf(progressOf(rows));
    const [done, late, , cancelled, doing] = ROWS as [DutyRow, DutyRow, DutyRow, DutyRow, DutyRow];
    const planned = row('X');
    expect(state(done, late)).toBe('late');
    expect(state(done, cancelled)).toBe('done');
    expect(state(done, planned)).toBe('doing');
    expect(state(doing, planned)).toBe('doing');
    expect(state(planned)).toBe('planned');
    expect(state(cancelled)).toBeNull();
    expect(dutyClass(progressOf([cancelled]))).toBe(-1);
    expect(dutyClass(undefined)).toBe(-1);
    for (const palette of Object.values(PALETTES))
      expect(palette.duties).toHaveLength(DUTY_STATES.length);
  });
});

describe('a duty for many communes', () => {
  it('names each of them where the place for it is left, in either language', () => {
    expect(filledIn('UBND {đơn vị}', 'Ba Đình')).toBe('UBND Ba Đình');
    expect(filledIn('UBND {đơn vị}', 'Phường Ba Đình')).toBe('UBND phường Ba Đình');
    expect(filledIn('{đơn vị}: tổ 1', 'Xã Ô Diên')).toBe('Xã Ô Diên: tổ 1');
    expect(filledIn('Committee of {unit}', 'Ba Đình')).toBe('Committee of Ba Đình');
    expect(filledIn('Sở KH&CN', 'Ba Đình')).toBe('Sở KH&CN');
    expect(filledIn('{đơn vị}', '$& {x}')).toBe('$& {x}');
  });

  it('is given to none that has one of that name, but to one whose own was cancelled', () => {
    const duties = [row('A', { unit: '00004' }), row('B', { unit: '00008', status: 'cancelled' })];
    expect([...havingOne(duties, ' bổ sung 5g ')]).toEqual(['00004']);
    expect([...havingOne(duties, 'Khác')]).toEqual([]);
  });
});

describe('what a screen of a programme is about', () => {
  it('is the open unit, a commune among its neighbours, or all where it has no part', () => {
    expect(scopeOf('vn', '01', UNITS)).toBe('01');
    expect(scopeOf('vn', 'vn', UNITS)).toBe('vn');
    expect(scopeOf('00004', 'vn', UNITS)).toBe('01');
    expect(scopeOf('00004', '01', UNITS)).toBe('01');
    expect(scopeOf('11', '01', UNITS)).toBe('01');
    expect(['01', '00004', '11', '03127'].map(insideOf('01', UNITS))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
