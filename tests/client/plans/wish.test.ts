import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PlanRequest } from '../../../data/wire/plans.ts';
import { requestOf, USUAL } from '../../../client/plans/wish.ts';

describe('what the form asks for', () => {
  it('is the next twenty 5G sites of anybody, as it stands when it is opened', () => {
    expect(requestOf(USUAL, '11', 'radius')).toEqual({
      ...{ count: 20, goal: 'people', technology: '5g', unit: '11', method: 'radius' },
      ...{ heightM: 35, limits: {} },
    });
  });

  it('is what the server takes, with every field filled in', () => {
    const full = requestOf(
      {
        ...{ count: 200, technology: '4g', operator: 'viettel', band: 'b8', goal: 'hamlets' },
        ...{ heightM: 42, perProvince: 10, perOperatorBand: 50, nodeWithinKm: 2.5 },
        ...{ budget: 9_000, costPerSite: 1_500, costOnMast: 800 },
      },
      'vn',
      'linkBudget',
    );
    expect(v.safeParse(PlanRequest, full).success).toBe(true);
    expect(full.limits).toEqual({
      ...{ perProvince: 10, perOperatorBand: 50, nodeWithinM: 2_500 },
      ...{ budget: 9_000, costPerSite: 1_500, costOnMast: 800 },
    });
  });

  it('limits provinces only where there are several', () => {
    const wish = { ...USUAL, perProvince: 3 };
    expect(requestOf(wish, 'vn', 'radius').limits).toEqual({ perProvince: 3 });
    expect(requestOf(wish, '11', 'radius').limits).toEqual({});
  });

  it('is made by the link budget where the terrain is looked at', () => {
    expect(requestOf(USUAL, '11', 'terrain').method).toBe('linkBudget');
  });
});
