import { describe, expect, it } from 'vitest';
import { EstimateBook } from '../../../client/live/estimates.ts';
import { ESTIMATE_FIELDS, shareIn } from '../../../data/model/estimate.ts';

const WIDTH = ESTIMATE_FIELDS.length;
const row = (population: number, covered: number): number[] => {
  const numbers = new Array<number>(WIDTH).fill(0);
  numbers[0] = population;
  numbers[1] = covered;
  return numbers;
};

describe('estimates on the screen', () => {
  const tables = {
    radius: { units: ['vn', '01'], rows: Int32Array.from([...row(200, 50), ...row(100, 40)]) },
  };

  it('are those of the snapshot until a newer one comes for a unit', () => {
    const book = new EstimateBook(tables, 10);
    expect(shareIn(book.of('01')?.radius ?? [], 'covered')).toBe(0.4);
    expect(book.patch({ seq: 11, units: { '01': { radius: row(100, 60) } } })).toEqual(['01']);
    expect(shareIn(book.of('01')?.radius ?? [], 'covered')).toBe(0.6);
    expect(shareIn(book.of('vn')?.radius ?? [], 'covered')).toBe(0.25);
  });

  it('do not go back to one older than the snapshot', () => {
    const book = new EstimateBook(tables, 10);
    expect(book.patch({ seq: 9, units: { '01': { radius: row(100, 1) } } })).toEqual([]);
    expect(shareIn(book.of('01')?.radius ?? [], 'covered')).toBe(0.4);
  });

  it('of one method leave those of another alone', () => {
    const book = new EstimateBook(tables, 10);
    book.patch({ seq: 11, units: { vn: { terrain: row(200, 20) } } });
    expect(Object.keys(book.of('vn') ?? {})).toEqual(['radius', 'terrain']);
  });
});
