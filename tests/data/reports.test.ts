/** What reports come to in a unit. */
import { describe, expect, it } from 'vitest';
import { emptyCountry } from '../../data/model/country.ts';
import { isOpenReport, STEPS, summaryOf } from '../../data/model/reports.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import { REPORT_STATUSES, type ReportStatus } from '../../data/model/things.ts';

function reportsOf(rows: readonly [status: ReportStatus, receivedOn: string, commune: string][]) {
  const { reports } = emptyCountry().tables;
  for (const [index, [status, receivedOn, commune]] of rows.entries())
    reports.put(index + 1, 1, { status, receivedOn, commune, lon: 105, lat: 21 });
  return reports;
}
const TODAY = dayNumberOf('2025-09-30');
const everywhere = (): boolean => true;

describe('the summary of a unit', () => {
  const reports = reportsOf([
    ['received', '2025-09-20', '00001'],
    ['received', '2025-09-10', '00002'],
    ['checking', '2025-08-01', '00001'],
    ['confirmed', '2025-09-29', '00001'],
    ['solved', '2025-01-01', '00001'],
    ['declined', '2025-01-01', '00002'],
  ]);

  it('counts each state, and what is still to be handled', () => {
    expect(summaryOf(reports, everywhere, TODAY)).toMatchObject({
      byStatus: { received: 2, checking: 1, confirmed: 1, solved: 1, declined: 1 },
      open: 4,
    });
    expect(summaryOf(reports, (commune) => commune === 1, TODAY).open).toBe(3);
  });

  it('tells how long the oldest waits that nobody has taken up', () => {
    expect(summaryOf(reports, everywhere, TODAY).oldestDays).toBe(20);
    expect(summaryOf(reports, (commune) => commune === 1, TODAY).oldestDays).toBe(10);
    expect(summaryOf(reports, () => false, TODAY).oldestDays).toBeNull();
  });

  it('never counts a day that is still to come', () => {
    const tomorrow = reportsOf([['received', '2025-10-01', '00001']]);
    expect(summaryOf(tomorrow, everywhere, TODAY).oldestDays).toBe(0);
  });
});

describe('the steps', () => {
  it('lead from every state on, and from the first one to every other', () => {
    const reached = new Set<ReportStatus>(['received']);
    for (const status of reached) for (const next of STEPS[status]) reached.add(next);
    expect([...reached].sort()).toEqual([...REPORT_STATUSES].sort());
    for (const status of REPORT_STATUSES) expect(STEPS[status].length).toBeGreaterThan(0);
  });

  it('open again only what was closed, into the hands of somebody', () => {
    for (const status of REPORT_STATUSES.filter((one) => !isOpenReport(one)))
      expect(STEPS[status]).toEqual(['checking']);
    for (const status of REPORT_STATUSES) expect(STEPS[status]).not.toContain('received');
  });
});
