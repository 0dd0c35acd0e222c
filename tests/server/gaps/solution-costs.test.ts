import { describe, expect, it } from 'vitest';
import { cheapestSolution } from '../../../data/country/solution-costs.ts';

const place = { people: 200, gridPower: true, nearestStationM: 8_000, nearestNodeM: 5_000 };

describe('the cheapest known way to a signal', () => {
  it('is a repeater where a station can be heard', () => {
    expect(cheapestSolution({ ...place, nearestStationM: 2_999 })).toEqual({
      kind: 'repeater',
      why: 'station_near',
      costMillionDong: 350,
    });
  });

  it('costs more where there is no grid', () => {
    const near = { ...place, nearestStationM: 2_999, gridPower: false };
    expect(cheapestSolution(near).costMillionDong).toBe(350 + 150);
  });

  it('is a station where the line to the network is short: 1,200 and 40 for each of 5 km', () => {
    expect(cheapestSolution(place)).toEqual({
      kind: 'station',
      why: 'line_short',
      costMillionDong: 1_400,
    });
  });

  it('is a satellite link where the line would be long', () => {
    const far = { ...place, nearestNodeM: 20_000, gridPower: false };
    expect(cheapestSolution(far)).toEqual({
      kind: 'satellite',
      why: 'line_long',
      costMillionDong: 1_500 + 600,
    });
  });

  it('is a station all the same for more people than a satellite link carries', () => {
    const far = { ...place, nearestNodeM: 20_000, people: 900 };
    expect(cheapestSolution(far)).toMatchObject({ kind: 'station', why: 'too_many_people' });
  });

  it('is known without any station or node near', () => {
    const alone = { ...place, nearestStationM: null, nearestNodeM: null };
    expect(cheapestSolution(alone)).toMatchObject({ kind: 'station', costMillionDong: 1_200 });
  });
});
