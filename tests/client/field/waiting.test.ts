import { describe, expect, it } from 'vitest';
import { waitingStations } from '../../../client/field/waiting.ts';
import { Story } from '../live/small-country.ts';

const everywhere = (commune: number): boolean => commune >= 0;

describe('stations that are not on air yet', () => {
  const story = new Story();
  const far = story.station({ status: 'planned', lon: 105.9, name: 'A' });
  const near = story.station({ status: 'building', lon: 105.81, name: 'C' });
  const elsewhere = story.station({ status: 'planned', lon: 105.82, commune: '03127', name: 'B' });
  for (const status of ['on_air', 'down', 'retired']) story.station({ status });
  const { stations } = story.country.tables;
  const here = { lon: 105.8, lat: 21 };
  const ids = (...[inside, from, most]: [typeof everywhere, typeof here | null, number]) =>
    waitingStations(stations, inside, from, most).map(({ id }) => id);

  it('come nearest first, with how far each is', () => {
    expect(ids(everywhere, here, 5)).toEqual([near, elsewhere, far]);
    const [first] = waitingStations(stations, everywhere, here, 1);
    expect(first).toMatchObject({ operator: 'viettel', technology: '5g', version: 1 });
    expect(first?.distanceM).toBeCloseTo(0.01 * 111_195 * Math.cos((21 * Math.PI) / 180), 0);
  });

  it('are only as many as are wanted, and only those of one’s own', () => {
    expect(ids(everywhere, here, 2)).toEqual([near, elsewhere]);
    expect(ids((commune) => commune === 4, here, 5)).toEqual([near, far]);
  });

  it('come by their names where nobody knows where one is', () => {
    expect(ids(everywhere, null, 2)).toEqual([far, elsewhere]);
    expect(waitingStations(stations, everywhere, null, 1)[0]?.distanceM).toBeNull();
  });
});
