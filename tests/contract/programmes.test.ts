/** Programmes and the duties of units: what is taken, what is refused and why, and what comes back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from '../../data/model/table.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Accepted, Refusal } from '../../data/wire/commands.ts';
import { decodeSnapshot } from '../../data/wire/snapshot.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

let keys = 0;
const key = (): string => `programme-key-${++keys}`;
const PROGRAMME = {
  ...{ name: 'Chiến dịch 45 ngày', nameEn: 'The 45 days', unit: '01', responsible: 'UBND tỉnh' },
  ...{ decision: 'QĐ 12', starts: '2025-07-25', due: '2025-09-07', indicator: '5g.stations' },
};
const DUTY = {
  ...{ unit: '00001', name: 'Bổ sung 5G', responsible: 'UBND xã' },
  ...{ due: '2025-09-07', status: 'planned', note: 'chờ mặt bằng' },
};

async function done(command: object): Promise<Accepted> {
  const { body } = await server.post({ key: key(), ...command }, server.cookie);
  expect(body).not.toHaveProperty('error');
  return body as Accepted;
}
async function refused(command: object, status = 400): Promise<Refusal> {
  const { seq } = server.live.country;
  const answer = await server.post({ key: key(), ...command }, server.cookie);
  expect(answer.status).toBe(status);
  expect(server.live.country.seq).toBe(seq);
  return (answer.body as { error: Refusal }).error;
}
const programme = async (more: object = {}): Promise<number> =>
  (await done({ type: 'programme.add', ...PROGRAMME, ...more })).id;
const duty = async (of: number, more: object = {}): Promise<number> =>
  (await done({ type: 'duty.add', programme: of, ...DUTY, ...more })).id;
function thing(table: 'programmes' | 'duties', id: number): Fields | undefined {
  const row = server.live.country.tables[table].rowOf(id);
  return row === undefined ? undefined : server.live.country.tables[table].record(row);
}

describe('a programme and its duties', () => {
  it('are kept field by field, and gone through from planned to done', async () => {
    const of = await programme();
    const id = await duty(of);
    expect(thing('programmes', of)).toMatchObject({ ...PROGRAMME, simulated: false });
    expect(thing('duties', id)).toMatchObject({ ...DUTY, programme: of, simulated: false });
    await done({ type: 'duty.change', id, base: 1, status: 'doing', note: null });
    await done({ type: 'duty.change', id, base: 2, status: 'done', doneOn: '2025-09-01' });
    const { note, ...rest } = DUTY;
    expect(note).toBeDefined();
    expect(thing('duties', id)).toEqual({
      ...{ ...rest, id, version: 3, programme: of, status: 'done', doneOn: '2025-09-01' },
      ...{ simulated: false, source: '' },
    });
  });

  it('come back as they were: undone, restored, and in the past', async () => {
    const of = await programme();
    const id = await duty(of);
    const before = server.live.country.seq;
    await done({ type: 'duty.change', id, base: 1, status: 'cancelled' });
    await done({ type: 'duty.restore', id, base: 2, version: 1 });
    expect(thing('duties', id)).toMatchObject({ status: 'planned', version: 3 });
    await done({ type: 'duty.remove', id, base: 3 });
    await done({ type: 'programme.remove', id: of, base: 1 });
    expect(await refused({ type: 'duty.restore', id, base: 4, version: 1 })).toMatchObject({
      path: 'programme',
      reason: { is: 'no_such', what: 'programme', id: of },
    });
    await done({ type: 'programme.restore', id: of, base: 2, version: 1 });
    await done({ type: 'duty.restore', id, base: 4, version: 1 });
    expect(thing('duties', id)).toMatchObject({ ...DUTY, version: 5 });

    const answer = await fetch(`${server.url}/api/snapshot?seq=${before}`, {
      headers: { cookie: server.cookie },
    });
    const { country } = decodeSnapshot(new Uint8Array(await answer.arrayBuffer()));
    const { duties, programmes } = country.tables;
    expect(duties.record(duties.rowOf(id) ?? -1)).toMatchObject({ ...DUTY, version: 1 });
    expect(programmes.record(programmes.rowOf(of) ?? -1)).toMatchObject(PROGRAMME);
  });

  it('tell whoever follows the province, also of its communes', async () => {
    const of = await programme({ unit: 'vn' });
    const id = await duty(of, { unit: '03001' });
    const told = server.live.recent.filter(({ event }) => event.id === id || event.id === of);
    expect(told.map(({ units }) => units)).toEqual([['vn'], ['03001', '11']]);
  });
});

describe('a programme is refused', () => {
  const wrong: [string, object, object][] = [
    ['of a unit that is not there', { unit: '99' }, { path: 'unit', reason: { is: 'no_such' } }],
    [
      'for an indicator that is not in the register',
      { indicator: 'no.such' },
      { path: 'indicator', reason: { is: 'no_such', what: 'indicator', id: 'no.such' } },
    ],
    [
      'that is due before it begins',
      { due: '2025-07-24' },
      { path: 'due', reason: { is: 'before_start', starts: '2025-07-25' } },
    ],
    ['with a character that no line has', { name: 'a\u0000b' }, { path: 'name' }],
    ['without a name', { name: ' ' }, { path: 'name' }],
  ];
  it.each(wrong)('%s', async (_what, more, refusal) => {
    expect(await refused({ type: 'programme.add', ...PROGRAMME, ...more })).toMatchObject(refusal);
  });

  it('to leave its duties outside, or due before it begins', async () => {
    const id = await programme();
    await duty(id);
    const change = { type: 'programme.change', id, base: 1 };
    expect(await refused({ ...change, unit: '11' })).toMatchObject({
      path: 'unit',
      reason: { is: 'outside_programme', unit: '11', duties: 1 },
    });
    expect(await refused({ ...change, starts: '2025-10-01', due: null })).toMatchObject({
      path: 'starts',
      reason: { is: 'before_start', starts: '2025-10-01', duties: 1 },
    });
    await done({ ...change, unit: '00001', name: 'Tên khác' });
  });

  it('to go while it has duties', async () => {
    const of = await programme();
    const id = await duty(of);
    const remove = { type: 'programme.remove', id: of, base: 1 };
    expect(await refused(remove, 409)).toMatchObject({
      code: 'in_use',
      reason: { is: 'has_duties', duties: 1 },
    });
    await done({ type: 'duty.remove', id, base: 1 });
    await done(remove);
    expect(thing('programmes', of)).toBeUndefined();
  });
});

describe('a duty is refused', () => {
  let of = 0;
  beforeAll(async () => {
    of = await programme();
  });
  const wrong: [string, object, object][] = [
    [
      'of a programme that is not there',
      { programme: 999_999 },
      { path: 'programme', reason: { is: 'no_such', what: 'programme', id: 999_999 } },
    ],
    ['of a unit that is not there', { unit: '00099' }, { path: 'unit', reason: { is: 'no_such' } }],
    [
      'outside of the unit of its programme',
      { unit: '03001' },
      { path: 'unit', reason: { is: 'outside_programme', unit: '01' } },
    ],
    [
      'that is due before its programme begins',
      { due: '2025-07-24' },
      { path: 'due', reason: { is: 'before_start', starts: '2025-07-25' } },
    ],
    [
      'that is done without the day of it',
      { status: 'done' },
      { path: 'doneOn', reason: { is: 'done_without_day' } },
    ],
    [
      'that says when it was done and is not',
      { status: 'doing', doneOn: '2025-08-01' },
      { path: 'doneOn', reason: { is: 'day_without_done' } },
    ],
    [
      'that was done on a day to come',
      { status: 'done', doneOn: '2098-01-01' },
      { path: 'doneOn', reason: { is: 'to_come' } },
    ],
    ['in a state that there is none of', { status: 'late' }, { path: 'status' }],
    ['with half a character', { note: '\ud800' }, { path: 'note' }],
  ];
  it.each(wrong)('%s', async (_what, more, refusal) => {
    const command = { type: 'duty.add', programme: of, ...DUTY, ...more };
    expect(await refused(command)).toMatchObject(refusal);
  });

  it('to be no longer done while the day stays', async () => {
    const today = dayInVietnam(Date.now());
    const id = await duty(of, { status: 'done', doneOn: today });
    const change = { type: 'duty.change', id, base: 1, status: 'doing' };
    expect(await refused(change)).toMatchObject({ reason: { is: 'day_without_done' } });
    await done({ ...change, doneOn: null });
    expect(thing('duties', id)).toMatchObject({ status: 'doing' });
  });
});
