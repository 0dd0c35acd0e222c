import { describe, expect, it } from 'vitest';
import { nearestAt } from '../../../client/map/nearest.ts';
import { Table } from '../../../data/model/table.ts';

describe('a click on a station', () => {
  const stations = new Table('stations');
  stations.put(7, 1, { lon: 105, lat: 21 });
  stations.put(8, 1, { lon: 105.001, lat: 21 });
  const all = (): boolean => true;

  it('means the nearest one that counts, if it is near enough to be seen so', () => {
    expect(nearestAt(stations, { lon: 105.0007, lat: 21 }, 13, all)).toBe(8);
    expect(nearestAt(stations, { lon: 105.0007, lat: 21 }, 13, (row) => row === 0)).toBe(7);
    expect(nearestAt(stations, { lon: 105.01, lat: 21 }, 13, all)).toBeUndefined();
    expect(nearestAt(stations, { lon: 105.01, lat: 21 }, 9, all)).toBe(8);
  });
});
