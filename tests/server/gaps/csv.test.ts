import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvLine, csvStart } from '../../../server/gaps/csv.ts';

describe('a table for a spreadsheet', () => {
  it('begins with the mark by which Excel knows Vietnamese', () => {
    expect(csvStart(['Xã', 'Số người'])).toBe('\ufeffXã,Số người\r\n');
  });

  it('holds what was put in, whatever its commas, quotes and lines', () => {
    const cells = ['Bản "Nà", xa', 'hai\ndòng', 12, -3.5, null, 'Tỉnh Điện Biên'];
    const text = csvStart(['a', 'b', 'c', 'd', 'e', 'f']) + csvLine(cells);
    const [, read] = parse(text, { bom: true }) as string[][];
    expect(read).toEqual(['Bản "Nà", xa', 'hai\ndòng', '12', '-3.5', '', 'Tỉnh Điện Biên']);
  });

  it.each(['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1'])(
    'a name that is a formula stays a name: %j',
    (name) => {
      const [[cell] = ['']] = parse(csvLine([name])) as string[][];
      expect(cell).toBe(`'${name}`);
    },
  );

  it('a negative number is no formula', () => {
    expect(csvLine([-12])).toBe('-12\r\n');
  });
});
