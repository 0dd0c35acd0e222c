import { expect, test } from 'vitest';
import { insideOf } from '../../../client/panel/inside.ts';
import { brokenLines } from '../../../client/panel/network.ts';
import { Story, UNITS } from '../live/small-country.ts';

function brokenIn(story: Story, unit: string) {
  return brokenLines(story.country.tables, insideOf(unit, UNITS));
}

test('a broken line is told in the units of both its ends, called by them, seen in its middle', () => {
  const story = new Story();
  const from = story.node({ name: 'Hà Nội', lon: 105, lat: 21, commune: '00004' });
  const to = story.node({ name: 'Điện Biên', lon: 103, lat: 22, commune: '03127' });
  const link = story.link(from, to, { status: 'down' });
  const told = { noun: 'link', id: link, ends: ['Hà Nội', 'Điện Biên'], lon: 104, lat: 21.5 };
  expect(brokenIn(story, 'vn')).toEqual([told]);
  expect(brokenIn(story, '01')).toEqual([told]);
  expect(brokenIn(story, '03127')).toEqual([told]);
  expect(brokenIn(story, '00008')).toEqual([]);
});

test('a node that is down is told too, and a line that is up is not', () => {
  const story = new Story();
  const down = story.node({ name: 'Nút xã', status: 'down' });
  story.link(down, story.node());
  expect(brokenIn(story, '01').map(({ noun, id }) => [noun, id])).toEqual([['node', down]]);
});

test('a line with an end that nobody knows is told where its other end is', () => {
  const story = new Story();
  const from = story.node({ name: 'Hà Nội', lon: 105, lat: 21 });
  story.link(from, 4_000_000, { status: 'down' });
  expect(brokenIn(story, '01')).toMatchObject([{ ends: ['Hà Nội', ''], lon: 105, lat: 21 }]);
});
