import { describe, expect, it } from 'vitest';
import { placeChoice, screenOf } from '../../../client/edit/addresses.ts';
import { questionOf } from '../../../client/edit/effect.ts';

const station = {
  ...{ name: '', operator: 'viettel', technology: '5g', band: 'n41', lon: 103, lat: 21 },
  ...{ heightM: 30, status: 'planned', source: '' },
};
const existing = (more: object) => ({ id: 12, fields: { ...station, ...more } });

describe('what saving would mean is asked', () => {
  it('of a new station as if it were on air, and says when that is not today', () => {
    expect(questionOf(station, null)).toMatchObject({
      content: { add: [{ band: 'n41', status: 'on_air' }] },
      onceOnAir: true,
    });
    expect(questionOf({ ...station, status: 'on_air' }, null)?.onceOnAir).toBe(false);
  });

  it('of one on air by what changes of it', () => {
    const before = existing({ status: 'on_air' });
    const moved = { ...station, status: 'on_air', lon: 103.1, document: 'BB-12' };
    expect(questionOf(moved, before)).toEqual({
      content: { change: [{ id: 12, lon: 103.1 }] },
      onceOnAir: false,
    });
    expect(questionOf({ ...station, status: 'down' }, before)).toMatchObject({
      content: { change: [{ status: 'down' }] },
    });
    expect(questionOf(before.fields, before)).toBeNull();
  });

  it('of a plan that changes by what it will be', () => {
    expect(questionOf({ ...station, heightM: 60 }, existing({}))).toMatchObject({
      content: { add: [{ heightM: 60 }] },
      onceOnAir: true,
    });
  });

  it('not where nobody has a signal from it, or too little is said', () => {
    expect(questionOf({ ...station, status: 'retired' }, null)).toBeNull();
    expect(questionOf({ ...station, lon: undefined }, null)).toBeNull();
  });
});

describe('the address names a screen', () => {
  it.each([
    [{}, { is: 'begin' }],
    [{ add: 'station' }, { is: 'add', noun: 'station', at: null, given: {} }],
    [
      { add: 'hamlet', at: placeChoice({ lon: 103.016, lat: 21.386 }) },
      { is: 'add', noun: 'hamlet', at: { lon: 103.016, lat: 21.386 }, given: {} },
    ],
    [
      { add: 'indicator', of: 'dvc.online', for: '11' },
      {
        ...{ is: 'add', noun: 'indicator', at: null },
        given: { indicator: 'dvc.online', unit: '11' },
      },
    ],
    [{ edit: 'station-12' }, { is: 'edit', noun: 'station', id: 12 }],
    [{ history: 'link-7' }, { is: 'history', noun: 'link', id: 7 }],
    [{ many: '1', op: 'viettel' }, { is: 'many' }],
    [
      { add: 'duty', of: '12', for: '00004' },
      { ...{ is: 'add', noun: 'duty', at: null }, given: { programme: 12, unit: '00004' } },
    ],
    [
      { add: 'programme', for: '01' },
      { ...{ is: 'add', noun: 'programme', at: null }, given: { unit: '01' } },
    ],
    [{ edit: 'duty-9' }, { is: 'edit', noun: 'duty', id: 9 }],
    [{ edit: 'indicator-3' }, { is: 'begin' }],
    [{ edit: 'station-0', add: 'tower' }, { is: 'begin' }],
  ])('%o', (choices, screen) => {
    expect(screenOf(choices)).toEqual(screen);
  });
});
