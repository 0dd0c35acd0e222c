import { describe, expect, it } from 'vitest';
import { facilityMarks, hamletMarks, nodeMarks, reportMarks } from '../../../client/map/marks.ts';
import { brokenLinesOf, linesOf } from '../../../client/map/network.ts';
import { PULSE_MS, pulseOf, Pulses } from '../../../client/map/pulses.ts';
import { colourIn, stationColours, writePosition } from '../../../client/map/stations.ts';
import { PALETTES, rgba } from '../../../client/theme/palette.ts';
import type { Operator, Technology } from '../../../data/model/things.ts';
import { makeEvent, Story } from '../live/small-country.ts';

const palette = PALETTES.dark;
const ALL = {
  stations4g: true,
  stations5g: true,
  hamlets: true,
  network: true,
  facilities: true,
  reports: true,
};

/** Red, green, blue and alpha of each station in a layer. */
function colours(story: Story, technology: Technology, only: Operator | null = null): number[][] {
  const { stations } = story.country.tables;
  const table = stationColours(palette, technology, only, 'near');
  const into = Uint32Array.from({ length: stations.count }, (_, row) =>
    colourIn(table, stations, row),
  );
  const bytes = new Uint8Array(into.buffer);
  return Array.from(into, (_, row) => [...bytes.subarray(row * 4, row * 4 + 4)]);
}

describe('stations on the map', () => {
  it('are coloured by status, in the layer of their technology only', () => {
    const story = new Story();
    story.station({ status: 'down' });
    story.station({ technology: '4g' });
    expect(colours(story, '5g')[0]).toEqual([...rgba(palette.stations.down)]);
    expect(colours(story, '5g')[1]?.[3]).toBe(0);
    expect(colours(story, '4g')[0]?.[3]).toBe(0);
    expect(colours(story, '4g')[1]?.slice(0, 3)).toEqual(
      rgba(palette.stations.on_air_4g).slice(0, 3),
    );
  });

  it('step back when another operator is looked at', () => {
    const story = new Story();
    story.station({ operator: 'viettel' });
    story.station({ operator: 'mobifone' });
    const [viettel, mobifone] = colours(story, '5g', 'viettel');
    expect(viettel?.[3]).toBeGreaterThan(200);
    expect(mobifone?.[3]).toBeLessThan(50);
  });

  it('stand where they are to the millimetre, though the card counts in 32 bits', () => {
    const story = new Story();
    const [lon, lat] = [106.700981, 10.776889];
    story.station({ lon, lat });
    const into = new Float32Array(4);
    writePosition(into, 0, story.country.tables.stations, 0);
    const [lonHigh = 0, latHigh = 0, lonLow = 0, latLow = 0] = into;
    expect(Math.abs(lonHigh - lon)).toBeGreaterThan(1e-7);
    expect(lonHigh + lonLow).toBeCloseTo(lon, 10);
    expect(latHigh + latLow).toBeCloseTo(lat, 10);
  });
});

describe('hamlets, nodes and facilities on the map', () => {
  it('show a hamlet until it has a signal', () => {
    const story = new Story();
    const first = story.hamlet();
    const second = story.hamlet({ lon: 104 });
    story.happens('hamlet.resolve', first, { solution: 'station', resolvedOn: '2026-01-01' });
    const marks = hamletMarks(story.country, palette);
    expect(marks.count).toBe(1);
    expect(marks.ids[0]).toBe(second);
    expect(marks.positions[0]).toBe(104);
  });

  it('show a report until it is handled, and those that nobody has answered apart', () => {
    const story = new Story();
    story.report();
    const checked = story.report();
    story.happens('report.change', checked, { status: 'checking' });
    story.report({ status: 'solved' });
    story.report({ status: 'declined' });
    const marks = reportMarks(story.country, palette);
    expect([...marks.ids.subarray(0, marks.count)]).toEqual([1, checked]);
    expect(marks.sizes[0]).toBeGreaterThan(marks.sizes[1] ?? 0);
    expect([...marks.colours.subarray(0, 4)]).toEqual([...rgba(palette.reports.unanswered)]);
  });

  it('show a node and a facility by level and state', () => {
    const story = new Story();
    story.node({ level: 'central' });
    story.node({ status: 'down' });
    const place = { name: 'Trung tâm', kind: 'data_centre', owner: 'ministry', lon: 105, lat: 21 };
    story.happens('facility.add', 0, { ...place, status: 'up' });
    const nodes = nodeMarks(story.country, palette);
    expect(nodes.sizes[0]).toBeGreaterThan(nodes.sizes[1] ?? 0);
    expect([...nodes.colours.subarray(4, 8)]).toEqual([...rgba(palette.lines.down)]);
    expect(facilityMarks(story.country, palette).count).toBe(1);
  });
});

describe('the network on the map', () => {
  it('draws a link between its nodes and lets a broken one glow', () => {
    const story = new Story();
    const centre = story.node({ level: 'central', lon: 105.8, lat: 21 });
    const commune = story.node({ lon: 103, lat: 21.5 });
    const link = story.link(centre, commune);
    expect(brokenLinesOf(story.country, palette).count).toBe(0);
    const up = linesOf(story.country, palette, 'near');
    expect([...up.from]).toEqual([105.8, 21]);
    expect([...up.to]).toEqual([103, 21.5]);
    story.happens('link.change', link, { status: 'down' });
    const down = linesOf(story.country, palette, 'near');
    expect([...down.colours]).toEqual([...rgba(palette.lines.down)]);
    const glow = brokenLinesOf(story.country, palette);
    expect(glow.count).toBe(1);
    expect(glow.widths[0]).toBeGreaterThan(2 * (down.widths[0] ?? 0));
  });

  it('leaves out a link whose node is not known', () => {
    const story = new Story();
    story.link(story.node(), 999);
    expect(linesOf(story.country, palette, 'near').count).toBe(0);
  });
});

describe('a pulse', () => {
  it('grows and fades where something changed, and is over in less than two seconds', () => {
    const story = new Story();
    const id = story.station({ status: 'down' });
    const event = makeEvent(story.country.seq, 'station.change', id);
    const pulse = pulseOf(event, story.country, palette, ALL, 1_000);
    expect(pulse).toMatchObject({ lon: 105.8, lat: 21, colour: palette.stations.down });
    const pulses = new Pulses();
    if (pulse) pulses.add([pulse], 1_000);
    const young = pulses.at(1_100, false);
    const old = pulses.at(2_000, false);
    expect(old?.sizes[0]).toBeGreaterThan(young?.sizes[0] ?? Infinity);
    expect(old?.colours[3]).toBeLessThan(young?.colours[3] ?? 0);
    expect(PULSE_MS).toBeLessThanOrEqual(2_000);
    expect(pulses.at(1_000 + PULSE_MS, false)).toBeNull();
  });

  it('stands still for those who asked for less motion', () => {
    const pulses = new Pulses();
    pulses.add([{ lon: 105, lat: 21, colour: '#ffffff', startedAt: 0 }], 0);
    expect(pulses.at(100, true)?.sizes).toEqual(pulses.at(900, true)?.sizes);
    // Until the first is over nothing of it changes: the map is drawn when one comes and when one goes.
    pulses.add([{ lon: 106, lat: 21, colour: '#ffffff', startedAt: 500 }], 500);
    expect(pulses.nextEnd).toBe(PULSE_MS);
    expect(pulses.at(pulses.nextEnd - 1, true)?.count).toBe(2);
    expect(pulses.at(pulses.nextEnd, true)?.count).toBe(1);
    expect(pulses.nextEnd).toBe(500 + PULSE_MS);
  });

  it('is not drawn for a layer that is switched off, nor for what is gone', () => {
    const story = new Story();
    const id = story.station();
    const event = makeEvent(9, 'station.change', id);
    expect(pulseOf(event, story.country, palette, { ...ALL, stations5g: false }, 0)).toBeNull();
    story.happens('station.remove', id);
    expect(pulseOf(event, story.country, palette, ALL, 0)).toBeNull();
  });

  it('is one of a few, however much happens', () => {
    const pulses = new Pulses();
    const pulse = { lon: 105, lat: 21, colour: '#ffffff', startedAt: 0 };
    pulses.add(new Array(1_000).fill(pulse), 0);
    expect(pulses.at(10, false)?.count).toBeLessThanOrEqual(40);
  });
});
