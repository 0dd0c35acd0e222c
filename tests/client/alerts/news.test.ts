import { describe, expect, test } from 'vitest';
import { alertMarksOf, pickedAlert } from '../../../client/alerts/drawing.ts';
import { countOf, newlyTold, watchedUnit, worstFirst } from '../../../client/alerts/news.ts';
import { placeOf, thingOf } from '../../../client/alerts/places.ts';
import type { Alert, Alerts } from '../../../data/wire/alerts.ts';
import { UNITS } from '../live/small-country.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-02T01:00:00Z');
const at = (minute: number) => new Date(START + minute * MINUTE_MS).toISOString();

function alert(id: number, some: Partial<Alert> = {}): Alert {
  return {
    ...{ id, rule: { id: 1, name: 'Xã mất mạng' }, watch: { what: 'commune_cut', minutes: 0 } },
    ...{ severity: 'warning', unit: 'vn', thing: null, facts: {}, state: 'open' },
    ...{ raised: at(id), told: at(id), times: 1, ended: null, acknowledged: null },
    ...{ escalated: null, wall: false, may: { acknowledge: true } },
    ...some,
  };
}

function answer(...alerts: Alert[]): Alerts {
  const counts = { notice: 0, warning: 0, critical: 0 };
  for (const { severity } of alerts) counts[severity]++;
  return { version: 1, alerts, counts, more: false };
}

const ids = (alerts: readonly Alert[]) => alerts.map(({ id }) => id);

describe('what is new', () => {
  test('is told between two answers, the worst first', () => {
    const after = answer(alert(1), alert(2), alert(3, { severity: 'critical' }), alert(4));
    expect(ids(newlyTold(answer(alert(1)), after))).toEqual([3, 4, 2]);
  });

  test('is nothing of what was there when the page was opened', () => {
    expect(newlyTold(null, answer(alert(1)))).toEqual([]);
  });

  test('is not what falls into quiet hours, until these are over', () => {
    const quiet = answer(alert(1), alert(2, { told: null }));
    expect(newlyTold(answer(alert(1)), quiet)).toEqual([]);
    expect(ids(newlyTold(quiet, answer(alert(1), alert(2, { told: at(9) }))))).toEqual([2]);
  });

  test('is not an older one that has come up from the next page', () => {
    expect(newlyTold(answer(alert(5), alert(4)), answer(alert(5), alert(2)))).toEqual([]);
  });

  test('is not one that was acknowledged, or came back, or is over', () => {
    const acknowledged = { by: 'duyet', at: at(9), word: '' };
    const before = answer(alert(1), alert(2), alert(3));
    expect(newlyTold(before, answer(alert(1, { acknowledged }), alert(2, { times: 2 })))).toEqual(
      [],
    );
  });
});

describe('alerts', () => {
  test('stand in the order of how bad they are, then the newest first', () => {
    const some = [alert(1), alert(2, { severity: 'notice' }), alert(3), alert(4)];
    expect(ids(worstFirst([...some, alert(0, { severity: 'critical' })]))).toEqual([0, 4, 3, 1, 2]);
  });

  test('are counted on all pages', () => {
    expect(countOf({ ...answer(), counts: { notice: 40, warning: 3, critical: 1 } })).toBe(44);
  });

  test('are counted for the one unit that somebody keeps, and else for the country', () => {
    expect(watchedUnit({ units: ['12'] })).toBe('12');
    expect(watchedUnit({ units: ['12', '14'] })).toBe('vn');
    expect(watchedUnit(null)).toBe('vn');
  });
});

describe('the place of an alert', () => {
  const [commune] = [...UNITS.values()].filter(({ level }) => level === 'commune');
  const code = commune?.code ?? '';
  const thing = { noun: 'node' as const, id: 7, name: 'Nút', place: [105, 21] as [number, number] };

  test('is that of its thing, else of its unit, and none for the whole country', () => {
    expect(placeOf({ unit: code, thing }, UNITS)).toMatchObject({ lon: 105, lat: 21 });
    const [lon, lat] = commune?.centre ?? [];
    expect(placeOf({ unit: code, thing: { ...thing, place: null } }, UNITS)).toMatchObject({
      ...{ lon, lat },
    });
    expect(placeOf({ unit: 'vn', thing: null }, UNITS)).toBeNull();
    expect(placeOf({ unit: '99999', thing: null }, UNITS)).toBeNull();
  });

  test('leads to its thing, on the map or not', () => {
    expect(thingOf({ thing })).toEqual({ noun: 'node', id: 7 });
    expect(thingOf({ thing: { ...thing, noun: 'duty' } })).toEqual({ noun: 'duty', id: 7 });
    expect(thingOf({ thing: null })).toBeNull();
  });

  test('is a mark that is picked for its alert, and for no other layer’s', () => {
    const marks = alertMarksOf([alert(1), alert(2, { unit: code })], UNITS);
    expect(marks).toHaveLength(1);
    expect(pickedAlert(marks, { layer: 'alerts-marks', index: 0 })).toBe(2);
    expect(pickedAlert(marks, { layer: 'stations', index: 0 })).toBeNull();
    expect(pickedAlert(marks, null)).toBeNull();
  });
});
