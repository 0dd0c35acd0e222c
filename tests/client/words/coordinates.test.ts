import { describe, expect, it } from 'vitest';
import { readCoordinates } from '../../../client/words/coordinates.ts';

const MUONG_PHANG = { place: { lon: 103.016, lat: 21.386 } };

describe('coordinates are read', () => {
  it.each([
    '21.386, 103.016',
    '103.016 21.386',
    '21,386 103,016',
    '21,386; 103,016',
    '21,386, 103,016',
    '21.386,103.016',
    '(21.386, 103.016)',
    '21.386N 103.016E',
    '21.386° B, 103.016° Đ',
    '  103.016\t21.386 ',
  ])('%s', (text) => {
    expect(readCoordinates(text)).toEqual([MUONG_PHANG]);
  });

  it.each([
    `21°23'09.6"N 103°00'57.6"E`,
    `103°00′57,6″Đ, 21°23′09,6″B`,
    `21° 23.16' B 103° 0.96' Đ`,
  ])('in degrees, minutes and seconds: %s', (text) => {
    const [read] = readCoordinates(text);
    if (!read || !('place' in read)) throw new Error(`not read: ${text}`);
    expect(read.place.lon).toBeCloseTo(103.016, 6);
    expect(read.place.lat).toBeCloseTo(21.386, 6);
  });

  it('one place a line, and every line that is wrong says so', () => {
    expect(
      readCoordinates('21.386, 103.016\n\nBản Phủ\r\n48.85, 2.35\n21.386\n21,103\n21 103 7'),
    ).toEqual([
      MUONG_PHANG,
      { line: 'Bản Phủ', problem: 'unreadable' },
      { line: '48.85, 2.35', problem: 'elsewhere' },
      { line: '21.386', problem: 'unreadable' },
      { line: '21,103', problem: 'unreadable' },
      { line: '21 103 7', problem: 'unreadable' },
    ]);
  });

  it('and nothing is nothing', () => {
    expect(readCoordinates(' \n ')).toEqual([]);
  });
});
