import { describe, expect, it } from 'vitest';
import { doToEach } from '../../../client/edit/bulk.ts';
import {
  chooseStations,
  readRectangle,
  rectangleChoice,
  statusChange,
  type Filter,
} from '../../../client/edit/many.ts';
import { Table } from '../../../data/model/table.ts';

const stations = new Table('stations');
const put = (id: number, more: object): void => {
  const place = { lon: 105 + id / 100, lat: 21, commune: '00001' };
  const radio = { operator: 'viettel', technology: '5g', status: 'planned' };
  stations.put(id, 1, { ...place, ...radio, ...more });
};
put(1, {});
put(2, { operator: 'mobifone' });
put(3, { technology: '4g', since: '2025-01-01' });
put(4, { status: 'on_air' });
put(5, { commune: '00002' });

const ALL: Filter = { operator: null, technology: null, status: null, rectangle: null };
const everywhere = (): boolean => true;
const ids = (filter: Partial<Filter>, inside = everywhere as (commune: number) => boolean) =>
  chooseStations(stations, inside, { ...ALL, ...filter }, 'on_air').map(({ id }) => id);

describe('many stations', () => {
  it('are chosen by what they are and where, without those that are so already', () => {
    expect(ids({})).toEqual([1, 2, 3, 5]);
    expect(ids({ operator: 'viettel', technology: '5g' })).toEqual([1, 5]);
    expect(ids({ status: 'down' })).toEqual([]);
    expect(ids({}, (commune) => commune === 2)).toEqual([5]);
    const rectangle = { from: { lon: 105.025, lat: 21.5 }, to: { lon: 105.015, lat: 20.5 } };
    expect(ids({ rectangle })).toEqual([2]);
  });

  it('get a status, and the day that goes with it', () => {
    const [first] = chooseStations(stations, everywhere, ALL, 'on_air');
    const [old] = chooseStations(stations, everywhere, { ...ALL, technology: '4g' }, 'on_air');
    if (!first || !old) throw new Error('they are there');
    expect(statusChange(first, 'on_air', '2025-08-02')).toEqual({
      ...{ type: 'station.change', id: 1, base: 1, status: 'on_air' },
      ...{ effective: '2025-08-02', since: '2025-08-02' },
    });
    expect(statusChange(old, 'on_air', '2025-08-02')).not.toHaveProperty('since');
    expect(statusChange(first, 'planned', '2025-12-31')).toEqual({
      ...{ type: 'station.change', id: 1, base: 1, status: 'planned', plannedFor: '2025-12-31' },
    });
  });

  it('a rectangle goes through the address', () => {
    const rectangle = { from: { lon: 102.1, lat: 21 }, to: { lon: 103.4, lat: 22.25 } };
    expect(readRectangle(rectangleChoice(rectangle))).toEqual(rectangle);
    expect(readRectangle('1_2_3')).toBeNull();
    expect(readRectangle('a_b_c_d')).toBeNull();
  });

  it('are worked on a few at a time, and no more are begun once it is stopped', async () => {
    const begun: number[] = [];
    const stop = new AbortController();
    let most = 0;
    let underWay = 0;
    const finished: number[] = [];
    await doToEach(
      Array.from({ length: 100 }, (_, index) => index),
      async (item) => {
        begun.push(item);
        most = Math.max(most, ++underWay);
        await Promise.resolve();
        underWay--;
        if (item === 40) stop.abort();
      },
      { signal: stop.signal, progress: (count) => finished.push(count) },
    );
    expect(most).toBe(8);
    expect(begun.length).toBeGreaterThan(40);
    expect(begun.length).toBeLessThan(60);
    expect(finished.at(-1)).toBe(begun.length);
  });
});
