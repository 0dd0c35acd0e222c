import { describe, expect, test } from 'vitest';
import { INDICATORS } from '../../../data/country/indicators.ts';
import { lateOf } from '../../../data/indicators/late.ts';
import {
  definitionOf,
  indicatorIn,
  indicatorsIn,
  isShownByProvince,
} from '../../../data/indicators/register.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Table } from '../../../data/model/table.ts';

const definitions = new Table('definitions');
const common = { measure: 'share', direction: 'more', simulated: false, source: '' };
definitions.put(7, 1, {
  ...{ indicatorCode: 'xa.internet', name: 'Xã có Internet', unit: 'vn', scope: 'provinces' },
  ...{ ...common, group: 'coverage', every: 'month', starts: '2025-08-01', target: 0.9 },
});
definitions.put(9, 1, {
  ...{ indicatorCode: 'hcm.rieng', name: 'Riêng', nameEn: 'Own', unit: '79', scope: 'unit' },
  ...{ ...common, group: 'local' },
});

describe('the register of a country', () => {
  test('has what the product brings and what people have defined, group by group', () => {
    const all = indicatorsIn(definitions);
    expect(all).toHaveLength(INDICATORS.length + 2);
    const coverage = all.filter(({ group }) => group === 'coverage').map(({ code }) => code);
    expect([all[coverage.length - 1]?.code, coverage.at(-1)]).toEqual([
      'xa.internet',
      'xa.internet',
    ]);
    expect(all.at(-1)?.code).toBe('hcm.rieng');
    expect(indicatorsIn(new Table('definitions'))).toBe(INDICATORS);
  });

  test('tells an indicator by its code, one of the nation with those below it', () => {
    expect(indicatorIn(definitions, 'xa.internet')).toEqual({
      ...{ code: 'xa.internet', name: 'Xã có Internet', nameEn: 'Xã có Internet', unit: 'share' },
      ...{ direction: 'more', group: 'coverage', scope: ['nation', 'province'] },
      ...{ origin: 'reported', due: 'month', starts: '2025-08-01', target: 0.9 },
    });
    expect(indicatorIn(definitions, 'hcm.rieng')).toMatchObject({
      ...{ nameEn: 'Own', scope: ['province'], territory: '79' },
    });
    expect(indicatorIn(definitions, 'dvc.online')).toMatchObject({ code: 'dvc.online' });
    expect(indicatorIn(definitions, 'no.such')).toBeUndefined();
    expect([
      definitionOf(definitions, 'hcm.rieng'),
      definitionOf(definitions, 'dvc.online'),
    ]).toEqual([9, undefined]);
  });

  test('shows on the map of the provinces what each of them has', () => {
    const shown = indicatorsIn(definitions).filter(isShownByProvince);
    expect(shown.map(({ code }) => code)).toContain('xa.internet');
    expect(shown.map(({ code }) => code)).not.toContain('hcm.rieng');
  });

  test('nobody is late with what was not yet asked for', () => {
    const indicator = indicatorIn(definitions, 'xa.internet');
    const late = (day: string) =>
      indicator && lateOf(indicator, new Map(), ['01', '79'], dayNumberOf(day));
    expect(late('2025-09-10')).toBeNull();
    expect(late('2025-09-11')?.units.map(({ unit }) => unit)).toEqual(['01', '79']);
  });
});
