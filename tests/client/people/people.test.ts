import { describe, expect, test } from 'vitest';
import type { Unit } from '../../../client/live/live.ts';
import { Refused } from '../../../client/live/ask.ts';
import { browserOf } from '../../../client/people/browser.ts';
import { faultOf } from '../../../client/people/faults.ts';
import { accountsWanted } from '../../../client/people/filter.ts';
import { isHeld, withUnit } from '../../../client/people/units.ts';
import type { AccountAnswer } from '../../../data/wire/accounts.ts';
import type { Refusal } from '../../../data/wire/commands.ts';

const units = new Map(
  [
    ['11', 'vn'],
    ['01', 'vn'],
    ['03127', '11'],
    ['03130', '11'],
    ['00004', '01'],
  ].map(([code = '', parent = '']) => [code, { code, parent } as Unit]),
);

describe('units that are chosen', () => {
  test('are not held twice: a province takes in its communes, the nation all', () => {
    expect(withUnit('03127', ['01'], units)).toEqual(['01', '03127']);
    expect(withUnit('11', ['01', '03127', '03130'], units)).toEqual(['01', '11']);
    expect(withUnit('03127', ['11'], units)).toEqual(['11']);
    expect(withUnit('vn', ['01', '03127'], units)).toEqual(['vn']);
    expect(withUnit('01', ['vn'], units)).toEqual(['vn']);
  });

  test('hold what lies in them', () => {
    expect(isHeld('03127', ['11'], units)).toBe(true);
    expect(isHeld('11', ['03127'], units)).toBe(false);
    expect(isHeld('00004', ['vn'], units)).toBe(true);
  });
});

describe('accounts that are wanted', () => {
  const account = (name: string, fullName: string, more: Partial<AccountAnswer>): AccountAnswer =>
    ({ name, fullName, role: 'editor', units: ['vn'], ...more }) as AccountAnswer;
  const mai = account('mai.lo', 'Lò Thị Mai', { units: ['03127'] });
  const duc = account('duc', 'Nguyễn Đức', { units: ['11'], role: 'planner' });
  const truc = account('truc', '', { role: 'operator' });
  const wanted = (wish: object): string[] =>
    accountsWanted([mai, duc, truc], { query: '', role: null, unit: null, ...wish }, units).map(
      ({ name }) => name,
    );

  test('are found by words of their names, without accents', () => {
    expect(wanted({ query: 'thi mai' })).toEqual(['mai.lo']);
    expect(wanted({ query: 'Đức' })).toEqual(['duc']);
    expect(wanted({ query: '' })).toHaveLength(3);
    expect(wanted({ query: 'ai đó' })).toEqual([]);
  });

  test('are those of a role, and those bound to a province or inside of it', () => {
    expect(wanted({ role: 'planner' })).toEqual(['duc']);
    expect(wanted({ unit: '11' })).toEqual(['mai.lo', 'duc']);
    expect(wanted({ unit: 'vn' })).toEqual(['truc']);
  });
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge, Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari, iOS',
  ],
  ['curl/8.5.0', ''],
])('%s is %s', (agent, called) => {
  expect(browserOf(agent)).toBe(called);
});

test.each([
  ['in_use', 'name', {}, { is: 'taken' }],
  ['in_use', 'role', {}, { is: 'lastOperator' }],
  ['not_found', 'name', {}, { is: 'gone' }],
  ['invalid', 'units', { reason: { is: 'no_such', what: 'unit', id: '77' } }, { is: 'noUnit' }],
  ['invalid', 'units', { reason: { is: 'empty' } }, { is: 'units' }],
] as const)('the refusal %s at %s has words of ours', (code, path, more, fault) => {
  expect(faultOf(new Refused({ code, path, message: 'an English sentence', ...more }))).toEqual(
    fault,
  );
});

test.each<Refusal>([
  { code: 'forbidden', path: 'role', message: 'only an operator keeps accounts' },
  { code: 'not_found', message: 'There is no such session.' },
  { code: 'invalid', path: 'role', message: 'role: Invalid type' },
])('any other refusal is said as everywhere', (refusal) => {
  expect(faultOf(new Refused(refusal))).toEqual({ refusal });
});

test('no line is no refusal', () => {
  expect(faultOf(new TypeError('Failed to fetch'))).toBeNull();
});
