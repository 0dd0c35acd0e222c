/** Proposals on the map: which have a mark, and that dashes and arrows are as large as they should be. */
import { describe, expect, it } from 'vitest';
import type { ProposedChange, ProposedFile } from '../../../data/wire/review.ts';
import {
  arrowOf,
  dashesOf,
  fileMarksOf,
  frameOf,
  marksOf,
} from '../../../client/review/drawing.ts';

const proposal = (more: Partial<ProposedChange>): ProposedChange => ({
  ...{
    what: 'change',
    id: 7,
    state: 'open',
    author: 'bientap-01',
    made: '2025-08-01T00:00:00.000Z',
  },
  ...{ type: 'station.change', noun: 'station', subject: 3, units: ['00001'], stale: false },
  ...{ before: { lon: 105.8, lat: 21 }, fields: {}, word: '', decidedBy: null, decided: null },
  ...{ seq: null, outdatedBy: null, effect: null },
  may: { decide: false, withdraw: false, renew: false },
  ...more,
});
const nowhere = (): undefined => undefined;

describe('the marks of proposals', () => {
  it('stand where a thing would be, and know from where it would move', () => {
    const marks = marksOf(
      [
        proposal({ type: 'station.add', before: null, fields: { lon: 106, lat: 20 } }),
        proposal({ fields: { lat: 21.5 } }),
        proposal({ fields: { heightM: 40 } }),
        proposal({ type: 'station.remove' }),
      ],
      nowhere,
    );
    expect(marks).toEqual([
      { id: 7, kind: 'add', lon: 106, lat: 20 },
      { id: 7, kind: 'change', lon: 105.8, lat: 21.5, from: { lon: 105.8, lat: 21 } },
      { id: 7, kind: 'change', lon: 105.8, lat: 21 },
      { id: 7, kind: 'remove', lon: 105.8, lat: 21 },
    ]);
  });

  it('leave out what stands nowhere, and put a line where it is told to lie', () => {
    const link = proposal({ type: 'link.change', noun: 'link', before: { from: 1, to: 2 } });
    expect(marksOf([link], nowhere)).toEqual([]);
    expect(marksOf([link], () => ({ lon: 105, lat: 20 }))).toMatchObject([{ lon: 105, lat: 20 }]);
  });
});

describe('dashes and arrows', () => {
  const [lon, lat, zoom] = [105.8, 21, 12];
  const degreesPerPixel = 360 / (512 * 2 ** zoom);
  const pixelsFrom = ([x, y]: readonly [number, number]): number =>
    Math.hypot(
      (x - lon) / degreesPerPixel,
      (y - lat) / degreesPerPixel / Math.cos((lat * Math.PI) / 180),
    );

  it('lie on a circle of the same pixels all round, with gaps between them', () => {
    const dashes = dashesOf({ lon, lat }, 11, zoom);
    expect(dashes.flat().map(pixelsFrom)).toSatisfy((radii: number[]) =>
      radii.every((radius) => Math.abs(radius - 11) < 1e-6),
    );
    const ends = dashes.map((dash) => [dash.at(0), dash.at(-1)]);
    for (const [index, [, end]] of ends.entries())
      expect(end).not.toEqual(ends[(index + 1) % ends.length]?.[0]);
  });

  it('begin where the thing stands and stop at the ring', () => {
    const mark = { id: 1, kind: 'change' as const, lon, lat, from: { lon: 105.7, lat: 21.1 } };
    const [start, tip] = arrowOf(mark, 11, zoom);
    expect(start).toEqual([105.7, 21.1]);
    expect(pixelsFrom(tip ?? [0, 0])).toBeCloseTo(11, 6);
  });
});

describe('a file', () => {
  const file = (box: ProposedFile['file']['box']): ProposedFile => ({
    ...{ what: 'file', id: 9, state: 'open', author: 'bientap-01', units: ['01'] },
    ...{ made: '2025-08-01T00:00:00.000Z', word: '', decidedBy: null, decided: null, seq: null },
    file: {
      ...{ import: 3, name: 'trạm.csv', kind: 'stations', adds: 2, changes: 0, mode: 'all' },
      ...{ skipDuplicates: false, say: '', box },
    },
    may: { decide: false, withdraw: false, renew: false },
  });

  it('has its mark in the middle of its rows, and none where they have no places', () => {
    expect(fileMarksOf([file([105, 20, 107, 21]), file(null)])).toEqual([
      { id: 9, kind: 'file', lon: 106, lat: 20.5, box: [105, 20, 107, 21] },
    ]);
  });

  it('is framed by dashes along all four sides, none of which touches the next', () => {
    const dashes = frameOf([105, 20, 107, 21]);
    const onSide = (side: (point: readonly [number, number]) => boolean) =>
      dashes.filter((dash) => dash.every(side)).length;
    const sides = [
      onSide(([, lat]) => lat === 20),
      onSide(([lon]) => lon === 107),
      onSide(([, lat]) => lat === 21),
      onSide(([lon]) => lon === 105),
    ];
    expect(sides[0]).toBeGreaterThan(4);
    expect(new Set(sides).size).toBe(1);
    expect(sides.reduce((a, b) => a + b)).toBe(dashes.length);
    const ends = dashes.map(([from]) => String(from));
    for (const dash of dashes) expect(ends).not.toContain(String(dash[1]));
  });
});
