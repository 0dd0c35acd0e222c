import { expect, test } from 'vitest';
import { layerCount, legendOf } from '../../../client/layers/legend.ts';
import { Counting } from '../../../client/live/counting.ts';
import { PALETTES } from '../../../client/theme/palette.ts';
import { LAYERS } from '../../../client/view/view.svelte.ts';
import { vi } from '../../../client/words/vi.ts';
import { Story, UNITS } from '../live/small-country.ts';

const story = new Story();
story.station();
story.station({ status: 'down' });
story.station({ status: 'retired' });
story.station({ technology: '4g', band: 'b3' });
story.hamlet();
const node = story.node();
story.link(node, story.node(), { status: 'down' });
story.report();
story.report({ status: 'confirmed' });
story.report({ status: 'solved' });
const counts = new Counting(story.country, UNITS).countsOf('vn');

test('a layer counts what the map draws of it', () => {
  expect(Object.fromEntries(LAYERS.map((layer) => [layer, layerCount(layer, counts)]))).toEqual({
    stations4g: 1,
    stations5g: 2,
    hamlets: 1,
    network: 1,
    facilities: 0,
    reports: 2,
  });
});

test('the marks of a layer add up to its count, in the colours of the map', () => {
  for (const layer of LAYERS)
    for (const palette of Object.values(PALETTES)) {
      const marks = legendOf(layer, counts, palette, vi);
      expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(layerCount(layer, counts));
    }
  const [onAir, down] = legendOf('stations5g', counts, PALETTES.dark, vi);
  expect(onAir).toMatchObject({ text: 'đang phát sóng', colour: PALETTES.dark.stations.on_air });
  expect(down).toMatchObject({ text: 'mất sóng', colour: PALETTES.dark.stations.down });
});

test('4G on air has its own colour, for both are looked at together', () => {
  const [onAir] = legendOf('stations4g', counts, PALETTES.dark, vi);
  expect(onAir?.colour).toBe(PALETTES.dark.stations.on_air_4g);
});
