import { describe, expect, it } from 'vitest';
import {
  isNothing,
  moved,
  NOTHING,
  refitted,
  switchedOff,
  usualRadio,
  withDrafts,
  withoutPart,
} from '../../../client/scenarios/content.ts';
import { begin, redo, step, undo } from '../../../client/scenarios/steps.ts';
import { bandFits, bandsOf } from '../../../data/radio/bands.ts';
import { OPERATORS, TECHNOLOGIES } from '../../../data/model/things.ts';

const here = { lon: 103.0160004, lat: 21.386 };
const one = withDrafts(NOTHING, [here], usualRadio('viettel', '5g'));

describe('a draft', () => {
  it('stands where it was put, to the micro-degree, with the usual radio of its operator', () => {
    expect(one.add).toMatchObject([
      {
        operator: 'viettel',
        technology: '5g',
        band: 'n41',
        lon: 103.016,
        lat: 21.386,
        heightM: 35,
      },
    ]);
    expect(NOTHING.add).toEqual([]);
  });

  it('always has a band of its technology', () => {
    for (const operator of OPERATORS)
      for (const technology of TECHNOLOGIES) {
        expect(bandFits(technology, usualRadio(operator, technology).band)).toBe(true);
        expect(bandsOf(operator, technology)).not.toEqual([]);
      }
    expect(refitted(one, 0, { technology: '4g' }).add[0]?.band).toBe('b3');
    expect(refitted(one, 0, { operator: 'mobifone' }).add[0]?.band).toBe('n77');
    expect(refitted(one, 0, { heightM: 50 }).add[0]).toMatchObject({ band: 'n41', heightM: 50 });
  });

  it('is moved and taken out alone', () => {
    const two = withDrafts(one, [{ lon: 104, lat: 20 }], usualRadio('mobifone', '5g'));
    const part = { kind: 'draft', index: 0 } as const;
    expect(moved(two, part, { lon: 105, lat: 19 }).add.map(({ lon }) => lon)).toEqual([105, 104]);
    expect(withoutPart(two, part).add.map(({ lon }) => lon)).toEqual([104]);
  });
});

describe('an existing station', () => {
  const part = { kind: 'station', id: 7 } as const;

  it('is off, or elsewhere, or as it is: never two of them', () => {
    const off = switchedOff(NOTHING, 7);
    expect(off.remove).toEqual([7]);
    const away = moved(off, part, here);
    expect(away).toMatchObject({ remove: [], change: [{ id: 7, lon: 103.016, lat: 21.386 }] });
    expect(switchedOff(away, 7)).toMatchObject({ remove: [7], change: [] });
    expect(isNothing(withoutPart(away, part))).toBe(true);
  });

  it('keeps what else was changed of it when it moves', () => {
    const higher = { ...NOTHING, change: [{ id: 7, heightM: 60 }] };
    expect(moved(higher, part, here).change).toEqual([
      { id: 7, heightM: 60, lon: 103.016, lat: 21.386 },
    ]);
  });
});

describe('steps', () => {
  it('are undone one after another and done again, until something new is done', () => {
    let steps = step(step(begin('a'), 'b'), 'c');
    steps = undo(undo(steps));
    expect(steps.now).toBe('a');
    expect(undo(steps)).toEqual(steps);
    expect(redo(steps).now).toBe('b');
    steps = step(redo(steps), 'd');
    expect(redo(steps).now).toBe('d');
    expect(undo(steps).now).toBe('b');
  });

  it('that do nothing are none', () => {
    const steps = begin('a');
    expect(step(steps, 'a').past).toEqual([]);
  });
});
