/** The register of Decree 88/2025: what counts, what is probably twice there, what lacks its papers. */
import { describe, expect, it } from 'vitest';
import { emptyCountry } from '../../../data/model/country.ts';
import type { Fields } from '../../../data/model/table.ts';
import { NATION } from '../../../data/model/unit.ts';
import type { RegisteredStation } from '../../../data/wire/register.ts';
import { METRES_PER_DEGREE } from '../../../server/coverage/plane.ts';
import { decree88Register, type RegisterQuestion } from '../../../server/register/decree-88.ts';

const ORDINARY = {
  ...{ operator: 'viettel', technology: '5g', band: 'n41', lon: 105.8, lat: 21, heightM: 30 },
  ...{ status: 'on_air', since: '2025-05-02', acceptedOn: '2025-05-10', document: '12/BBNT' },
  ...{ commune: '00004', simulated: false, source: '' },
};
const ALL: RegisterQuestion = {
  ...{ unit: NATION, from: '2025-02-19', to: '2025-12-31', part: 'all', find: '' },
  ...{ order: 'acceptedOn', descending: false, limit: 100 },
};

/** The register of stations that differ from an ordinary one; their ids count from 1. */
function register(stations: readonly Fields[], question: Partial<RegisterQuestion> = {}) {
  const country = emptyCountry();
  stations.forEach((station, index) =>
    // A degree apart, so that nothing is alike by chance.
    country.tables.stations.put(index + 1, 1, {
      ...{ ...ORDINARY, name: `Trạm ${index + 1}`, lat: 10 + index, document: `${index + 1}/BBNT` },
      ...station,
    }),
  );
  return decree88Register(country, undefined, { ...ALL, ...question });
}
const standings = (rows: readonly RegisteredStation[]): [number, string][] =>
  rows.map(({ id, standing }): [number, string] => [id, standing]).sort(([a], [b]) => a - b);
const north = (metres: number): number => 21 + metres / METRES_PER_DEGREE;

describe('what is in the register', () => {
  it('is what was accepted on one of the days that count, both ends with it', () => {
    const days = ['2025-02-18', '2025-02-19', '2025-12-31', '2026-01-01'];
    const { rows } = register(days.map((acceptedOn) => ({ acceptedOn, since: acceptedOn })));
    expect(rows.map(({ acceptedOn }) => acceptedOn)).toEqual(['2025-02-19', '2025-12-31']);
  });

  it('is 5G alone, whatever has become of the station since', () => {
    const { rows } = register([
      { technology: '4g', band: 'b3' },
      { status: 'down' },
      { status: 'retired' },
    ]);
    expect(standings(rows)).toEqual([
      [2, 'counted'],
      [3, 'counted'],
    ]);
  });

  it('is also what went on air then and lacks its papers', () => {
    const { rows, totals } = register([
      { document: null },
      { acceptedOn: null },
      { acceptedOn: null, document: null },
      // Before the days that count nobody asked for papers; what is not on air yet has none.
      { acceptedOn: null, since: '2024-11-11' },
      { acceptedOn: null, since: null, status: 'building' },
      // When it went on air is not known: it may have been then.
      { acceptedOn: null, since: null },
    ]);
    expect(standings(rows)).toEqual([1, 2, 3, 6].map((id) => [id, 'missing']));
    expect(totals).toEqual([
      { operator: 'viettel', counted: 0, duplicates: 0, missing: 4, early: 0 },
    ]);
  });
});

describe('probable duplicates', () => {
  it('are those of one operator and band hardly apart: the first accepted counts', () => {
    const { rows, totals } = register([
      { lat: north(0), acceptedOn: '2025-06-02' },
      { lat: north(49), acceptedOn: '2025-06-01' },
      { lat: north(110) },
      { lat: north(0), operator: 'vinaphone', band: 'n78' },
      { lat: north(0), band: 'n28' },
    ]);
    expect(standings(rows)).toEqual([
      [1, 'duplicate'],
      [2, 'counted'],
      [3, 'counted'],
      [4, 'counted'],
      [5, 'counted'],
    ]);
    expect(rows.find(({ id }) => id === 1)).toMatchObject({
      ...{ group: 2, likeness: ['place'], nearestM: 49 },
    });
    expect(totals).toEqual([
      { operator: 'viettel', counted: 3, duplicates: 1, missing: 0, early: 0 },
      { operator: 'vinaphone', counted: 1, duplicates: 0, missing: 0, early: 0 },
    ]);
  });

  it('are those with one document at one place, whatever the band', () => {
    const document = '9/BBNT';
    const { rows } = register([
      { lat: north(0), document },
      { lat: north(10), document, band: 'n28' },
      { lat: north(900), document },
    ]);
    expect(standings(rows)).toEqual([
      [1, 'counted'],
      [2, 'duplicate'],
      [3, 'counted'],
    ]);
    expect(rows.find(({ id }) => id === 2)?.likeness).toEqual(['document']);
  });

  it('are those of one name in one commune, and not of one name elsewhere', () => {
    const { rows } = register([
      { name: 'Ba Đình V5-1' },
      { name: 'BA ĐÌNH V5-1' },
      { name: 'Ba Đình V5-1', commune: '00008' },
      { name: 'Ba Đình V5-1', operator: 'mobifone', band: 'n77' },
    ]);
    expect(standings(rows)).toEqual([
      [1, 'counted'],
      [2, 'duplicate'],
      [3, 'counted'],
      [4, 'counted'],
    ]);
  });

  it('count once however many they are and however they hang together', () => {
    const chain = [0, 40, 80, 120].map((metres) => ({ lat: north(metres) }));
    const { rows, totals } = register([...chain, { name: 'Trạm 1', lat: 15 }]);
    expect(totals[0]).toMatchObject({ counted: 1, duplicates: 4 });
    expect(new Set(rows.map(({ group }) => group))).toEqual(new Set([1]));
  });

  it('are found across the border of a province and beyond the days asked for', () => {
    const twins = [
      { lat: north(0), acceptedOn: '2025-03-01' },
      { lat: north(5), acceptedOn: '2025-09-01', commune: '00008' },
    ];
    const there = register(twins, { unit: '00008' });
    expect(standings(there.rows)).toEqual([[2, 'duplicate']]);
    const then = register(twins, { from: '2025-08-01' });
    expect(standings(then.rows)).toEqual([[2, 'duplicate']]);
  });

  it('are told from neighbours wherever they lie in the squares by which they are looked for', () => {
    for (let shift = 0; shift < 200; shift += 7)
      for (const [metres, standing] of [
        [49, 'duplicate'],
        [51, 'counted'],
      ] as const) {
        const lat = north(shift);
        const { rows } = register([{ lat }, { lat: lat + metres / METRES_PER_DEGREE }]);
        expect([shift, metres, standings(rows)[1]?.[1]]).toEqual([shift, metres, standing]);
      }
  });
});

describe('what is odd', () => {
  it('is an acceptance before the station first went on air; it counts all the same', () => {
    const { rows, totals } = register([{ since: '2025-05-12' }, {}]);
    expect(rows.map(({ id, early, standing }) => [id, early, standing])).toEqual([
      [1, true, 'counted'],
      [2, false, 'counted'],
    ]);
    expect(totals[0]).toMatchObject({ counted: 2, early: 1 });
  });
});

describe('what is listed', () => {
  const stations = [
    { name: 'Trạm 10', acceptedOn: '2025-04-01', lat: north(0) },
    { name: 'Trạm 9', acceptedOn: '2025-03-01', operator: 'mobifone', band: 'n77' },
    { name: 'Cột Đồn', acceptedOn: '2025-05-01', lat: north(20), document: 'QĐ-77' },
    { name: 'Trạm 11', document: null },
  ];
  const ids = (question: Partial<RegisterQuestion>): number[] =>
    register(stations, question).rows.map(({ id }) => id);

  it('is ordered and found as asked, and totals stay those of everything', () => {
    expect(ids({})).toEqual([2, 1, 3, 4]);
    expect(ids({ descending: true })).toEqual([4, 3, 1, 2]);
    expect(ids({ order: 'name' })).toEqual([3, 2, 1, 4]);
    expect(ids({ order: 'document', descending: true }).at(-1)).toBe(4);
    expect(ids({ find: 'cột đ' })).toEqual([3]);
    expect(ids({ find: 'qđ-77' })).toEqual([3]);
    expect(ids({ operator: 'mobifone' })).toEqual([2]);
    const { total, rows, totals } = register(stations, { limit: 1, part: 'missing' });
    expect([total, rows.length, totals.length]).toEqual([1, 1, 2]);
  });

  it('shows duplicates side by side with the one that counts', () => {
    expect(ids({ part: 'duplicate' })).toEqual([1, 3]);
    expect(ids({ part: 'counted' })).toEqual([2, 1]);
    expect(ids({ part: 'missing' })).toEqual([4]);
    // Those of March and April came before they went on air in May, and so did the one of 1 May.
    expect(ids({ part: 'early' })).toEqual([2, 1, 3]);
  });
});
