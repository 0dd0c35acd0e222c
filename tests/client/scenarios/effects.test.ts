import { describe, expect, it } from 'vitest';
import { cameraOver } from '../../../client/scenarios/camera-over.ts';
import { methodEffects, shareDifference, unitEffects } from '../../../client/scenarios/effects.ts';
import type { Outcome, UnitMoved, WhatIfAnswer } from '../../../data/wire/scenarios.ts';

const moved = (gained: number, lost = 0): UnitMoved => ({
  ...{ gained, lost, shareBefore: 0.2 },
  share: 0.2 + (gained - lost) / 1000,
});
function answerOf(units: Record<string, UnitMoved>): WhatIfAnswer {
  const people = { before: 0, after: 0, gained: 0, lost: 0 };
  const fields = { covered: people, '4g': people, '5g': people };
  const outcome: Outcome = { ...people, units, fields };
  const methods = { radius: outcome, linkBudget: { ...outcome, units: {} } };
  return { ...outcome, method: 'radius', field: '5g', seq: 1, switchedOff: 0, places: [], methods };
}
const provinceOf = (commune: string): string => (commune.startsWith('03') ? '11' : '01');
const codes = (answer: WhatIfAnswer, open: string): string[] =>
  unitEffects(answer, open, provinceOf).map(({ code }) => code);

describe('the units of an answer', () => {
  const few = answerOf({
    vn: moved(50, 10),
    ...{ '01': moved(10), '11': moved(40, 10) },
    ...{ '00001': moved(10), '03001': moved(0, 10), '03002': moved(40) },
  });

  it('are communes where few provinces are touched, most moved first', () => {
    expect(codes(few, 'vn')).toEqual(['03002', '00001', '03001']);
  });

  it('are those of the open unit', () => {
    expect(codes(few, '11')).toEqual(['03002', '03001']);
    expect(codes(few, '00001')).toEqual(['00001']);
  });

  it('are provinces where many are touched', () => {
    const many = { '01': moved(1), '04': moved(2), '08': moved(3), '11': moved(4) };
    expect(codes(answerOf({ vn: moved(10), ...many, '03001': moved(4) }), 'vn')).toEqual([
      ...['11', '08', '04', '01'],
    ]);
  });

  it('have every method beside each other, also one by which nobody is moved', () => {
    expect(methodEffects(few, '11')).toEqual([
      { method: 'radius', gained: 40, lost: 10, shares: { before: 0.2, after: 0.23 } },
      { method: 'linkBudget', gained: 0, lost: 0, shares: null },
    ]);
  });

  it('differ by their shares, in one scenario or between two', () => {
    expect(shareDifference('11', few, null)).toBeCloseTo(0.03);
    expect(shareDifference('99', few, null)).toBe(0);
    const other = answerOf({ '11': moved(100) });
    expect(shareDifference('11', few, other)).toBeCloseTo(-0.07);
  });
});

describe('the camera', () => {
  it('looks at all places, and not too near at one', () => {
    expect(cameraOver([])).toBeNull();
    expect(cameraOver([{ lon: 103, lat: 21 }])).toEqual({ lon: 103, lat: 21, zoom: 11.5 });
    const wide = cameraOver([
      { lon: 103, lat: 21 },
      { lon: 107, lat: 11 },
    ]);
    expect(wide).toMatchObject({ lon: 105, lat: 16 });
    expect(wide?.zoom).toBeLessThan(6);
  });
});
