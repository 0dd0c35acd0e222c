import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choicesFor,
  filtersIn,
  gapQuery,
  hamletQuery,
  LEAST_PEOPLE,
  type Filters,
} from '../../../client/gaps/filters.ts';

const ORDINARY: Filters = {
  technology: '5g',
  operator: null,
  minPeople: 0,
  hard: false,
  hamlets: false,
};

describe('what is asked about gaps', () => {
  it('is any 5G for everybody, where the address says nothing', () => {
    expect(filtersIn({})).toEqual(ORDINARY);
  });

  it('comes back from the address as it was chosen', () => {
    const filters = fc.record<Filters>({
      technology: fc.constantFrom('4g', '5g'),
      operator: fc.constantFrom(null, 'viettel', 'vinaphone', 'mobifone'),
      minPeople: fc.constantFrom(...LEAST_PEOPLE),
      hard: fc.boolean(),
      hamlets: fc.boolean(),
    });
    fc.assert(
      fc.property(filters, (chosen) => {
        expect(filtersIn(choicesFor(chosen))).toEqual(chosen);
      }),
    );
  });

  it('is ordinary where the address cannot be read', () => {
    const nonsense = { tech: '6g', op: 'vnpt', min: '-3', hard: 'yes', hamlets: '2' };
    expect(filtersIn(nonsense)).toEqual(ORDINARY);
  });

  it('is of any operator where the one named has no band for the technology', () => {
    expect(filtersIn({ op: 'other' }).operator).toBeNull();
    expect(filtersIn({ op: 'other', tech: '4g' }).operator).toBe('other');
  });

  it('is a query in which only what was chosen is named', () => {
    expect(gapQuery(ORDINARY, '11', 'linkBudget')).toBe('unit=11&method=linkBudget&technology=5g');
    const chosen: Filters = {
      technology: '4g',
      operator: 'viettel',
      minPeople: 500,
      hard: true,
      hamlets: true,
    };
    expect(gapQuery(chosen, 'vn', 'radius')).toBe(
      'unit=vn&method=radius&technology=4g&operator=viettel&minPeople=500&speciallyDisadvantaged=true&hamlets=true',
    );
    expect(hamletQuery('11', 'radius')).toBe('unit=11&method=radius');
  });
});
