import { describe, expect, it } from 'vitest';
import { csvOf, inOrder, type Column } from '../../../client/progress/board.ts';
import type { ProgressBoard } from '../../../data/forecast/answer.ts';
import { row } from './row.ts';

const arrives = (day: string) => ({ state: 'arrives', day, earliest: day, latest: null }) as const;
const rows = [
  row({ name: 'An Giang', built: 40, outOf: 200, gap: 140, forecast: arrives('2031-01-01') }),
  row({ name: 'Huế', built: 95, gap: 0, forecast: { state: 'reached', day: '2025-03-01' } }),
  row({
    name: 'Cà Mau',
    gap: null,
    planned: null,
    forecast: { state: 'unknown', why: 'noTarget' },
  }),
  row({ name: 'Đồng Nai', gap: 50, forecast: { state: 'never', why: 'standstill' } }),
  row({ name: 'Bắc Ninh', gap: 63, forecast: arrives('2026-01-01') }),
];
const names = (by: Column, descending: boolean): string[] =>
  inOrder(rows, by, descending).map(({ name }) => name);

describe('the order of the board', () => {
  it('by name is the Vietnamese one', () => {
    expect(names('name', false)).toEqual(['An Giang', 'Bắc Ninh', 'Cà Mau', 'Đồng Nai', 'Huế']);
  });

  it('by what was built goes by the share, not by the people', () => {
    expect(names('built', true)).toEqual(['Huế', 'Bắc Ninh', 'Cà Mau', 'Đồng Nai', 'An Giang']);
  });

  it('puts what has nothing to compare last, both ways', () => {
    expect(names('gap', true)).toEqual(['An Giang', 'Bắc Ninh', 'Đồng Nai', 'Huế', 'Cà Mau']);
    expect(names('gap', false)).toEqual(['Huế', 'Đồng Nai', 'Bắc Ninh', 'An Giang', 'Cà Mau']);
  });

  it('by arrival goes from reached over the days to never', () => {
    expect(names('arrival', false)).toEqual(['Huế', 'Bắc Ninh', 'An Giang', 'Đồng Nai', 'Cà Mau']);
  });
});

describe('the file', () => {
  const board: ProgressBoard = {
    metric: '5g.population',
    method: 'radius',
    asOf: '2025-07-29',
    simulated: true,
    national: { value: 0.9, day: '2025-12-31', asOf: '2025-07-28', source: 'nguồn' },
    level: 'province',
    rows: [],
  };

  it('has a line for each row, with its method, its day and whether it is simulated', () => {
    const [head, line, ...rest] = csvOf(board, [row({ name: 'Hà Nội, "thủ đô"' })]).split('\r\n');
    expect(head).toBe(
      '\uFEFFunit,name,built,planned,target,target_day,out_of,gap,pace_per_week,forecast,' +
        'forecast_day,earliest,latest,metric,method,as_of,origin',
    );
    expect(line).toBe(
      '01,"Hà Nội, ""thủ đô""",27,30,90,2025-12-31,100,63,1.5,arrives,2026-05-01,2026-04-01,' +
        '2026-07-01,5g.population,radius,2025-07-29,simulated',
    );
    expect(rest).toEqual(['']);
  });

  it('leaves empty what is not known', () => {
    const unknown = row({ target: null, forecast: { state: 'unknown', why: 'noTarget' } });
    const [, line] = csvOf(board, [unknown]).split('\r\n');
    expect(line).toContain(',27,30,,,100,');
    expect(line).toContain(',unknown: noTarget,,,,');
  });
});
