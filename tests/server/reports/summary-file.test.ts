import { expect, it } from 'vitest';
import { summaryAsCsv } from '../../../server/reports/summary-file.ts';

it('no name of a unit becomes a formula', () => {
  const commune = { code: '00001', province: '01', nameEn: 'One', type: 'commune' } as const;
  const province = { code: '01', name: '@tỉnh', nameEn: 'West', type: 'province' } as const;
  const size = { population: 1_000, areaKm2: 115 };
  const file = summaryAsCsv(
    new Map(),
    {
      communes: [{ ...commune, ...size, name: '=HYPERLINK("x")' }],
      provinces: [{ ...province, ...size }],
    },
    () => true,
    '2025-09-30',
  );
  expect(file.split('\r\n')[1]).toBe(
    `00001,"'=HYPERLINK(""x"")",01,'@tỉnh,0,0,0,0,0,0,,2025-09-30`,
  );
});
