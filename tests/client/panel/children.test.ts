import { expect, test } from 'vitest';
import { childrenOf, inOrder, type Child } from '../../../client/panel/children.ts';
import { ESTIMATE_FIELDS } from '../../../data/model/estimate.ts';
import { UNITS } from '../live/small-country.ts';

const estimate = (population: number, with5g: number): number[] =>
  ESTIMATE_FIELDS.map((field) =>
    field === 'population' ? population : field === '5g' ? with5g : 0,
  );

test('the children of a unit are those right below it, with their people with and without 5G', () => {
  const children = childrenOf(
    '01',
    UNITS,
    (code) => (code === '00004' ? estimate(1000, 250) : undefined),
    ({ code }) => `Xã ${code}`,
  );
  expect(children).toEqual([
    { code: '00004', name: 'Xã 00004', share: 0.25, without: 750 },
    { code: '00008', name: 'Xã 00008', share: NaN, without: NaN },
  ]);
  expect(childrenOf('00004', UNITS, () => undefined, String)).toEqual([]);
});

const child = (name: string, share: number, without: number): Child => {
  return { code: name, name, share, without };
};
const list = [
  child('Đồng Nai', 0.5, 10),
  child('An Giang', NaN, NaN),
  child('Điện Biên', 0.1, 40),
  child('Cà Mau', 0.5, 20),
];
const names = (children: Child[]): string[] => children.map(({ name }) => name);

test('they are sorted by people without 5G, by share or by name, up or down', () => {
  expect(names(inOrder(list, 'without', true))).toEqual([
    'Điện Biên',
    'Cà Mau',
    'Đồng Nai',
    'An Giang',
  ]);
  expect(names(inOrder(list, 'share', false))).toEqual([
    'Điện Biên',
    'Cà Mau',
    'Đồng Nai',
    'An Giang',
  ]);
  expect(names(inOrder(list, 'name', false))).toEqual([
    'An Giang',
    'Cà Mau',
    'Điện Biên',
    'Đồng Nai',
  ]);
});

test('what has no estimate comes last, whichever way', () => {
  for (const descending of [true, false])
    expect(names(inOrder(list, 'share', descending)).at(-1)).toBe('An Giang');
});
