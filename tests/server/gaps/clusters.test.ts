import { describe, expect, it } from 'vitest';
import type { Operator, Band } from '../../../data/model/things.ts';
import { site } from '../coverage/little-country.ts';
import { at, gapsIn, row } from './little-gaps.ts';

const standing = (operator: Operator, band: Band, east: number, north = 0) => {
  const { lon, lat } = at(east, north);
  return site(operator, band, lon, lat);
};
const many = (count: number, people = 10): number[] => new Array<number>(count).fill(people);

describe('a gap', () => {
  it('is the connected cells that nobody covers, named after the most populous', () => {
    expect(gapsIn(row([10, 20, 50, 20]), [])).toEqual([
      { east: 2, north: 0, people: 100, cells: 4, commune: '00001' },
    ]);
  });

  it('ends where somebody covers: two gaps, one on each side', () => {
    // n41 reaches 2,100 m in the country: 5 cells to each side of the mast at 8 are covered.
    const found = gapsIn(row([...many(8), ...many(1), ...many(8, 20)]), [
      standing('viettel', 'n41', 8),
    ]);
    expect(found.map(({ people, cells }) => [people, cells])).toEqual([
      [30, 3],
      [60, 3],
    ]);
  });

  it('ends where there is no land to the next cell', () => {
    const found = gapsIn([...row(many(2)), ...row(many(2), '00001', 4)], []);
    expect(found.map(({ cells }) => cells)).toEqual([2, 2]);
  });

  it('never crosses the border of a commune', () => {
    const found = gapsIn([...row(many(3)), ...row(many(3, 30), '00002', 3)], []);
    expect(found.map(({ commune, people }) => [commune, people])).toEqual([
      ['00001', 30],
      ['00002', 90],
    ]);
  });

  it('is no wider than one new site reaches: n28, 4,600 m from its most populous cell', () => {
    // 40 cells in a row are 16 km; from the cell with 99 people 11 cells to each side are in reach.
    const people = many(40);
    people[15] = 99;
    const found = gapsIn(row(people), []);
    expect(found.find(({ people }) => people > 300)).toMatchObject({ east: 15, cells: 23 });
    expect(found.map(({ cells }) => cells)).toEqual([4, 23, 13]);
  });

  it('of equally populous cells is named after the one nearest to the middle', () => {
    expect(gapsIn(row(many(7)), [])).toMatchObject([{ east: 3, cells: 7 }]);
  });

  it('runs on over an empty field, in which nobody is missed', () => {
    expect(gapsIn(row([10, 0, 0, 30]), [])).toEqual([
      { east: 3, north: 0, people: 40, cells: 2, commune: '00001' },
    ]);
  });

  it('there is none where nobody lives, or everybody is covered', () => {
    expect(gapsIn(row([0, 0, 0]), [])).toEqual([]);
    expect(gapsIn(row([5, 5, 5]), [standing('viettel', 'n41', 1)])).toEqual([]);
  });

  it('does not reach round a covered place: what is cut off is a gap of its own', () => {
    // Two rows joined at their eastern end only; the site in the west reaches both at once.
    const north = 6;
    const cells = [
      ...row([99, ...many(19)]),
      ...Array.from({ length: north - 1 }, (_, i) => row(many(1), '00001', 19, i + 1)).flat(),
      ...row(many(20), '00001', 0, north),
    ];
    const [first] = gapsIn(cells, []).filter(({ east, north }) => east === 0 && north === 0);
    // 4,600 m along its own row and not a cell of the other, 2,400 m away.
    expect(first).toMatchObject({ people: 99 + 110, cells: 12 });
  });
});

describe('whose signal is missed', () => {
  const sites = [standing('viettel', 'n41', 0), standing('mobifone', 'b3', 6)];
  const cells = row(many(7));

  it('any operator’s: what one of them covers is no gap', () => {
    expect(gapsIn(cells, sites)).toMatchObject([{ people: 10, east: 6 }]);
  });

  it('one operator’s', () => {
    const found = gapsIn(cells, sites, { operator: 'vinaphone', technology: '5g' });
    expect(found).toMatchObject([{ people: 70 }]);
  });

  it('a technology’s: 4G is no help to who wants 5G', () => {
    expect(gapsIn(cells, sites, { operator: undefined, technology: '4g' })).toEqual([]);
  });
});
