import { describe, expect, it } from 'vitest';
import { ChangeList } from '../../../client/live/changes.ts';
import { standsIn } from '../../../client/live/whereabouts.ts';
import { makeEvent, Story, UNITS } from './small-country.ts';

const event = (seq: number) => makeEvent(seq, 'station.change', 1);
const seqs = (list: ChangeList) => list.list.map((one) => one.seq);

describe('the latest changes of a unit', () => {
  it('are newest first, and no more than asked for', () => {
    const list = new ChangeList('vn', 3);
    list.add([event(1), event(2)]);
    list.add([event(3), event(4)]);
    expect(seqs(list)).toEqual([4, 3, 2]);
  });

  it('join what was fetched with what came live, without a double', () => {
    const list = new ChangeList('vn', 10);
    list.add([event(8), event(9)]);
    list.addOlder([event(9), event(8), event(5), event(2)]);
    expect(seqs(list)).toEqual([9, 8, 5, 2]);
    const late = new ChangeList('vn', 10);
    late.addOlder([event(9), event(8)]);
    late.add([event(8), event(9), event(10)]);
    expect(seqs(late)).toEqual([10, 9, 8]);
  });
});

describe('where an event happens', () => {
  it('is the commune of the thing, its province and the nation; a link at both ends', () => {
    const story = new Story();
    const station = story.station();
    const link = story.link(story.node(), story.node({ commune: '03127' }));
    const where = (type: 'station.change' | 'link.change', id: number) =>
      [...UNITS.keys()].filter((unit) =>
        standsIn(unit, makeEvent(99, type, id), story.country, UNITS),
      );
    expect(where('station.change', station)).toEqual(['vn', '01', '00004']);
    expect(where('link.change', link)).toEqual(['vn', '01', '11', '00004', '03127']);
  });
});
