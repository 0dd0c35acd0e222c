import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../client/gaps/register.ts';
import type { RegisteredHamlet } from '../../../data/wire/gaps.ts';

const hamlet = (name: string, people: number, daysLeft: number | null): RegisteredHamlet => ({
  id: people,
  name,
  commune: '03127',
  lon: 103,
  lat: 21,
  people,
  households: 10,
  gridPower: true,
  speciallyDisadvantaged: true,
  simulated: true,
  deadline: null,
  daysLeft,
  gap: null,
  nearestStationM: null,
  nearestNodeM: null,
  solution: { kind: 'station', why: 'line_short', costMillionDong: 1_200 },
});
const register = [
  hamlet('Bản Đông', 40, 12),
  hamlet('Bản Chà', 90, null),
  hamlet('Bản Ẳng', 10, -3),
  hamlet('Bản Dao', 60, 12),
];
const names = (list: readonly RegisteredHamlet[]): string =>
  list.map(({ name }) => name.replace('Bản ', '')).join();

describe('the register of hamlets', () => {
  it('by days left: overdue first, without a deadline last, of equals the larger', () => {
    expect(names(inOrder(register, 'daysLeft', false))).toBe('Ẳng,Dao,Đông,Chà');
    expect(names(inOrder(register, 'daysLeft', true))).toBe('Dao,Đông,Ẳng,Chà');
  });

  it('by people', () => {
    expect(names(inOrder(register, 'people', true))).toBe('Chà,Dao,Đông,Ẳng');
  });

  it('by name, as Vietnamese is sorted', () => {
    expect(names(inOrder(register, 'name', false))).toBe('Ẳng,Chà,Dao,Đông');
  });
});
