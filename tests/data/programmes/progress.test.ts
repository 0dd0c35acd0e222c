/** How programmes stand: what is done, what is late, and whose duties count where. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  lateDuties,
  openDuties,
  programmeOf,
  programmesIn,
  progressByUnit,
} from '../../../data/programmes/progress.ts';
import { liesIn } from '../../../data/programmes/units.ts';
import { emptyCountry, type Country } from '../../../data/model/country.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import type { Fields } from '../../../data/model/table.ts';

const PROVINCES: Record<string, string> = { '00004': '01', '00008': '01', '03127': '11' };
const provinceOf = (commune: string): string | undefined => PROVINCES[commune];
const inside = (unit: string) => (code: string) => liesIn(code, unit, provinceOf);
const everywhere = inside('vn');
/** Today, and a simulation that is behind it. */
const DAYS = { today: dayNumberOf('2026-03-10'), simulated: dayNumberOf('2025-08-01') };

let country: Country;
let ids = 0;
beforeEach(() => {
  country = emptyCountry();
  ids = 0;
});

function programme(fields: Fields = {}): number {
  const plain = { name: 'Chiến dịch', unit: '01', responsible: 'UBND', simulated: false };
  country.tables.programmes.put(++ids, 1, { ...plain, ...fields });
  return ids;
}
function duty(of: number, fields: Fields = {}): number {
  const plain = { unit: '00004', name: 'Bổ sung 5G', responsible: 'UBND phường' };
  const state = { due: '2026-03-10', status: 'planned', simulated: false };
  country.tables.duties.put(++ids, 1, { programme: of, ...plain, ...state, ...fields });
  return ids;
}

describe('a duty', () => {
  it('is late from the day after it was due, while it is neither done nor cancelled', () => {
    const of = programme();
    const late = duty(of, { due: '2026-03-09' });
    duty(of, { due: '2026-03-10' });
    duty(of, { due: '2026-03-11', status: 'doing' });
    duty(of, { due: '2026-01-01', status: 'done', doneOn: '2026-02-01' });
    duty(of, { due: '2026-01-01', status: 'cancelled' });
    const later = duty(of, { due: '2026-03-01', status: 'doing', unit: '00008' });
    expect(lateDuties(country.tables, DAYS).map(({ id, daysLate }) => [id, daysLate])).toEqual([
      [later, 9],
      [late, 1],
    ]);
    expect(lateDuties(country.tables, DAYS, inside('00008')).map(({ id }) => id)).toEqual([later]);
  });

  it('that is simulated is late by the day of the simulation', () => {
    const of = programme();
    duty(of, { due: '2025-08-01', simulated: true });
    const late = duty(of, { due: '2025-07-30', simulated: true });
    const found = lateDuties(country.tables, DAYS);
    expect(found.map(({ id, daysLate }) => [id, daysLate])).toEqual([[late, 2]]);
  });

  it('that is open comes in the order in which it is due', () => {
    const of = programme();
    const second = duty(of, { due: '2026-04-01' });
    const first = duty(of, { due: '2026-03-12', status: 'doing' });
    duty(of, { status: 'done', doneOn: '2026-03-01' });
    expect(openDuties(country.tables, DAYS).map(({ id }) => id)).toEqual([first, second]);
  });
});

describe('the programmes of a unit', () => {
  it('are its own and those in which it has a duty, with its own duties alone', () => {
    const national = programme({ name: 'Cả nước', unit: 'vn', due: '2026-12-31' });
    const western = programme({ name: 'Phía tây', unit: '01', due: '2026-06-30' });
    const empty = programme({ name: 'Phía đông', unit: '11' });
    duty(national, { unit: '03127', status: 'done', doneOn: '2026-02-01' });
    duty(national, { unit: '00008', due: '2026-01-01' });
    duty(western, { unit: '00004', status: 'doing' });
    duty(western, { unit: '00008', status: 'cancelled' });
    const shown = (unit: string) =>
      programmesIn(country.tables, inside(unit), DAYS).map(({ id, progress }) => {
        const { all, late, share, byStatus } = progress;
        return [id, byStatus.done, all, late, share];
      });
    expect(shown('vn')).toEqual([
      [western, 0, 1, 0, 0],
      [national, 1, 2, 1, 0.5],
      [empty, 0, 0, 0, null],
    ]);
    expect(shown('11')).toEqual([
      [national, 1, 1, 0, 1],
      [empty, 0, 0, 0, null],
    ]);
    expect(shown('00008')).toEqual([
      // What is cancelled is nothing to do.
      [western, 0, 0, 0, null],
      [national, 0, 1, 1, 0],
    ]);
  });

  it('show themselves with all that is known of them', () => {
    const id = programme({ nameEn: 'Campaign', decision: 'QĐ 1', starts: '2025-07-25' });
    duty(id);
    const found = programmeOf(country.tables, id, everywhere, DAYS);
    expect(found?.programme).toMatchObject({
      ...{ id, name: 'Chiến dịch', nameEn: 'Campaign', decision: 'QĐ 1', unit: '01' },
      ...{ starts: '2025-07-25', due: null, indicator: '', simulated: false },
    });
    expect(found?.duties).toMatchObject([{ unit: '00004', due: '2026-03-10', doneOn: null }]);
    expect(programmeOf(country.tables, id, inside('11'), DAYS)?.duties).toEqual([]);
    expect(programmeOf(country.tables, 99, everywhere, DAYS)).toBeUndefined();
  });

  it('are told by unit, those of communes in their provinces too', () => {
    const of = programme({ unit: 'vn' });
    duty(of, { unit: '00004', status: 'done', doneOn: '2026-02-01' });
    duty(of, { unit: '00008', due: '2026-01-01' });
    duty(of, { unit: '11' });
    const { duties = [] } = programmeOf(country.tables, of, everywhere, DAYS) ?? {};
    const byUnit = progressByUnit(duties, provinceOf);
    expect([...byUnit].map(([unit, { all, late }]) => [unit, all, late]).sort()).toEqual([
      ['00004', 1, 0],
      ['00008', 1, 1],
      ['01', 2, 1],
      ['11', 1, 0],
    ]);
  });
});
