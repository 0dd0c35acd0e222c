import { expect, test } from 'vitest';
import { whereaboutsOf } from '../../../client/view/going.ts';
import { Story } from '../live/small-country.ts';

test('a thing is where it stands, in its commune', () => {
  const story = new Story();
  const id = story.hamlet();
  expect(whereaboutsOf(story.country.tables, { noun: 'hamlet', id })).toMatchObject({
    lon: 103,
    lat: 21.5,
    commune: '03127',
  });
});

test('a line is seen in its middle and stands in no commune', () => {
  const story = new Story();
  const link = story.link(
    story.node({ lon: 105, lat: 21 }),
    story.node({ lon: 107, lat: 11, commune: '03127' }),
  );
  expect(whereaboutsOf(story.country.tables, { noun: 'link', id: link })).toMatchObject({
    lon: 106,
    lat: 16,
    commune: undefined,
  });
});

test('what is not there is nowhere', () => {
  const story = new Story();
  expect(whereaboutsOf(story.country.tables, { noun: 'station', id: 5 })).toBeUndefined();
  const link = story.link(7, 8);
  expect(whereaboutsOf(story.country.tables, { noun: 'link', id: link })).toBeUndefined();
});
