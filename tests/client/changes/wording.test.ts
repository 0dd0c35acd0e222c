import { describe, expect, test } from 'vitest';
import { nameOfThing } from '../../../client/changes/names.ts';
import { wordChange } from '../../../client/changes/wording.ts';
import { en } from '../../../client/words/en.ts';
import { vi } from '../../../client/words/vi.ts';
import { EVENT_TYPES, type Event, type EventType } from '../../../data/log/event.ts';
import type { Fields } from '../../../data/model/table.ts';
import { Story } from '../live/small-country.ts';

function event(type: EventType, fields: Fields = {}, by = 'feed'): Event {
  const at = '2025-07-28T05:00:00.000Z';
  const version = type.endsWith('.add') ? 1 : 2;
  return { seq: 9, at, by, type, id: 4, version, effective: '2025-07-28', ...fields };
}

const say = (type: EventType, fields?: Fields, words = vi): [text: string, mood: string] => {
  const { text, mood } = wordChange(event(type, fields), () => 'A1', words);
  return [text, mood];
};

describe('what an event says', () => {
  test('a station that comes on air, goes down and returns', () => {
    expect(say('station.change', { status: 'on_air', since: '2025-07-28' })).toEqual([
      'Trạm A1 lên sóng',
      'better',
    ]);
    expect(say('station.change', { status: 'down' })).toEqual(['Trạm A1 mất sóng', 'worse']);
    expect(say('station.change', { status: 'on_air' })).toEqual([
      'Trạm A1 có sóng trở lại',
      'better',
    ]);
    expect(say('station.change', { heightM: 40 })).toEqual(['Sửa trạm A1', 'plain']);
  });

  test('what is added again under its old id was restored', () => {
    expect(say('station.add', { name: 'B2', status: 'on_air', version: 4 })).toEqual([
      'Khôi phục trạm B2',
      'plain',
    ]);
  });

  test('a duty of a unit that is begun and done', () => {
    expect(say('duty.change', { status: 'doing' })).toEqual(['Bắt đầu nhiệm vụ: A1', 'plain']);
    expect(say('duty.change', { status: 'done', doneOn: '2025-07-28' })).toEqual([
      'Xong nhiệm vụ: A1',
      'better',
    ]);
    expect(say('duty.add', { name: 'B2', status: 'planned' }, en)).toEqual([
      'Task added: B2',
      'plain',
    ]);
    expect(say('programme.remove')).toEqual(['Xóa chương trình: A1', 'plain']);
  });

  test('a new station says whether it is on air already', () => {
    expect(say('station.add', { name: 'B2', status: 'on_air', since: '2025-07-28' })).toEqual([
      'Trạm B2 lên sóng',
      'better',
    ]);
    expect(say('station.add', { name: 'B2', status: 'planned' })).toEqual([
      'Thêm trạm B2',
      'plain',
    ]);
  });

  test('a hamlet that gets its signal', () => {
    expect(say('hamlet.resolve', { solution: 'station' })).toEqual(['A1 đã có sóng', 'better']);
    expect(say('hamlet.resolve', {}, en)).toEqual(['A1 has a signal now', 'better']);
  });

  test('a line that breaks and is mended', () => {
    expect(say('link.change', { status: 'down' })).toEqual(['Đứt đường truyền: A1', 'worse']);
    expect(say('link.change', { status: 'up' })).toEqual(['Đường truyền đã thông: A1', 'better']);
  });

  test('a territory that is taken into use', () => {
    expect(say('territory.adopted', { hash: 'x', kind: 'official' })).toEqual([
      'Dùng bộ ranh giới chính thức',
      'plain',
    ]);
  });

  test('every type of event has a sentence in both languages', () => {
    for (const type of EVENT_TYPES)
      for (const words of [vi, en]) {
        const [text] = say(type, { indicator: '5g.stations' }, words);
        expect(text, type).not.toMatch(/undefined|null|^$/);
      }
  });

  test('a thing that is gone keeps its number, and a click leads nowhere', () => {
    const change = wordChange(event('station.remove'), () => undefined, vi);
    expect(change).toMatchObject({ text: 'Xóa trạm số 4', thing: null });
  });

  test('a click leads to the thing', () => {
    const change = wordChange(event('hamlet.resolve'), () => 'A1', vi);
    expect(change.thing).toEqual({ noun: 'hamlet', id: 4 });
  });

  test('people are told by their name, the system as such, the simulation once for all of its own', () => {
    const by = (name: string) => wordChange(event('station.remove', {}, name), () => 'A', vi).by;
    expect(['feed', 'demo', 'system', 'lan'].map(by)).toEqual([null, null, 'hệ thống', 'lan']);
    expect(by('somebody')).toBe('một tài khoản');
  });
});

test('a line is called by its two ends', () => {
  const story = new Story();
  const from = story.node({ name: 'Hà Nội' });
  const link = story.link(from, 4_000_000);
  const { tables } = story.country;
  expect(nameOfThing(tables, 'link', link, vi)).toBe('Hà Nội – nút không rõ');
  expect(nameOfThing(tables, 'node', from, vi)).toBe('Hà Nội');
  expect(nameOfThing(tables, 'node', 99, vi)).toBeUndefined();
});
