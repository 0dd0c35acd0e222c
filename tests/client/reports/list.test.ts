import { describe, expect, it } from 'vitest';
import { waitingCommunes } from '../../../client/panel/reports.ts';
import { filtersIn, reportRows } from '../../../client/reports/list.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Story } from '../live/small-country.ts';

const everywhere = (commune: number): boolean => commune >= 0;
const TODAY = dayNumberOf('2026-01-31');

const story = new Story();
const old = story.report({ receivedOn: '2026-01-02', operator: 'viettel' });
const newer = story.report({ receivedOn: '2026-01-20' });
const checked = story.report({
  receivedOn: '2026-01-01',
  status: 'checking',
  operator: 'mobifone',
});
const solved = story.report({ status: 'solved', operator: 'viettel', commune: '03127' });
const { reports } = story.country.tables;
const ids = (choices: Record<string, string>, inside = everywhere): number[] =>
  reportRows(reports, inside, filtersIn(choices)).map(({ id }) => id);

describe('the list of reports', () => {
  it('begins with what nobody has answered, the oldest first', () => {
    expect(ids({})).toEqual([old, newer, checked]);
    expect(ids({ order: 'newest' })).toEqual([newer, old, checked]);
  });

  it('is of one state, or of all', () => {
    expect(ids({ state: 'checking' })).toEqual([checked]);
    expect(ids({ state: 'solved' })).toEqual([solved]);
    expect(ids({ state: 'all' })).toHaveLength(4);
  });

  it('counts a report about every operator to each of them', () => {
    expect(ids({ op: 'viettel' })).toEqual([old, newer]);
    expect(ids({ op: 'mobifone' })).toEqual([newer, checked]);
  });

  it('stays in the unit, and takes unreadable choices for none', () => {
    expect(ids({ state: 'all' }, (commune) => commune === 3127)).toEqual([solved]);
    expect(filtersIn({ state: 'x', op: 'y', order: 'z' })).toEqual(filtersIn({}));
  });
});

describe('the communes of a unit', () => {
  it('are those with open reports, the longest waiting first', () => {
    const several = new Story();
    several.report({ commune: '00008', receivedOn: '2026-01-30' });
    several.report({ commune: '00004', receivedOn: '2026-01-01' });
    several.report({ commune: '00004', status: 'confirmed' });
    several.report({ commune: '03127', status: 'checking' });
    several.report({ commune: '03127', status: 'solved' });
    expect(waitingCommunes(several.country.tables.reports, everywhere, TODAY)).toEqual([
      { code: '00004', open: 2, oldestDays: 30 },
      { code: '00008', open: 1, oldestDays: 1 },
      { code: '03127', open: 1, oldestDays: null },
    ]);
  });
});
