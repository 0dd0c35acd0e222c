import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationsOnCard, type Device } from '../../../client/map/card.ts';
import { stationColours } from '../../../client/map/stations.ts';
import type { Table } from '../../../data/model/table.ts';
import { TECHNOLOGIES, type Technology } from '../../../data/model/things.ts';
import { PALETTES } from '../../../client/theme/palette.ts';
import { Story } from '../live/small-country.ts';

const palette = PALETTES.dark;
const COLOURS = {
  '4g': stationColours(palette, '4g', null, 'near'),
  '5g': stationColours(palette, '5g', null, 'near'),
};

/** A graphics card of bytes, that counts what is written to it. */
class ByteCard {
  readonly buffers = new Map<object, Uint8Array>();
  written = 0;

  get device(): Device {
    const createBuffer = ({ byteLength }: { byteLength: number }) => {
      const bytes = new Uint8Array(byteLength);
      const buffer = {
        write: (part: Float32Array, offset: number) => {
          this.written += part.byteLength;
          bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
        },
        destroy: () => this.buffers.delete(buffer),
      };
      this.buffers.set(buffer, bytes);
      return buffer;
    };
    return { createBuffer } as unknown as Device;
  }

  /** Every station that a layer draws, by id: its position and colour as the card has them. */
  drawn(card: StationsOnCard, stations: Table<'stations'>, technology: Technology) {
    const data = card.dataOf(technology);
    const part = (name: 'getPosition' | 'getFillColor', size: number, at: number) => {
      const { buffer } = (data?.attributes[name] ?? {}) as { buffer?: object };
      const bytes = buffer && this.buffers.get(buffer);
      return [...(bytes?.subarray(at * size, (at + 1) * size) ?? [])];
    };
    return new Map(
      Array.from({ length: data?.length ?? 0 }, (_, index) => [
        stations.ids[card.rowAt(technology, index) ?? -1],
        [...part('getPosition', 16, index), ...part('getFillColor', 4, index)],
      ]),
    );
  }
}

/** Stations stand from 103° to 107.4°. */
const WEST = { west: 102, south: 8, east: 105, north: 24 };

describe('stations on the graphics card', () => {
  it.each([
    ['everywhere', null],
    ['in a part of the country', WEST],
  ])('are, patched, what they would be if written anew, whatever happened: %s', (_, within) => {
    const step = fc.record({
      what: fc.constantFrom('add', 'change', 'move', 'remove'),
      which: fc.nat(40),
      status: fc.constantFrom('planned', 'on_air', 'down', 'retired'),
      technology: fc.constantFrom('4g', '5g'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 20 }), (batches) => {
        let rows = new Set<number>();
        const story = new Story((touched) => {
          if (touched.kind === 'row' || touched.kind === 'removed') rows.add(touched.row);
        });
        const { stations } = story.country.tables;
        const patched = new ByteCard();
        const card = new StationsOnCard(patched.device);
        card.writeAll(stations, COLOURS, within);
        for (const batch of batches) {
          rows = new Set();
          for (const { what, which, status, technology } of batch) {
            const id = stations.ids[which % Math.max(1, stations.count)] ?? 0;
            if (what === 'add' || stations.count === 0) story.station({ status, technology });
            else if (what === 'remove') story.happens('station.remove', id);
            else if (what === 'move') story.happens('station.change', id, { lon: 103 + which / 9 });
            else story.happens('station.change', id, { status });
          }
          card.patch(stations, COLOURS, rows);
        }
        const written = new ByteCard();
        const anew = new StationsOnCard(written.device);
        anew.writeAll(stations, COLOURS, within);
        for (const technology of TECHNOLOGIES)
          expect(patched.drawn(card, stations, technology)).toEqual(
            written.drawn(anew, stations, technology),
          );
      }),
      { numRuns: 60 },
    );
  });

  it('are those that are seen: of the technology, of a status that shows, and where one looks', () => {
    const story = new Story();
    const seen = story.station({ lon: 103 });
    story.station({ lon: 103, status: 'retired' });
    story.station({ lon: 103, technology: '4g' });
    const elsewhere = story.station({ lon: 106 });
    const { stations } = story.country.tables;
    const bytes = new ByteCard();
    const card = new StationsOnCard(bytes.device);
    const ids = () => [...bytes.drawn(card, stations, '5g').keys()];
    card.writeAll(stations, COLOURS, WEST);
    expect(ids()).toEqual([seen]);
    card.writeAll(stations, COLOURS, null);
    expect(ids()).toEqual([seen, elsewhere]);
  });

  it('cost four bytes for a station that went off the air', () => {
    const story = new Story();
    const ids = Array.from({ length: 50 }, () => story.station());
    const { stations } = story.country.tables;
    const bytes = new ByteCard();
    const card = new StationsOnCard(bytes.device);
    card.writeAll(stations, COLOURS, null);
    const data = card.dataOf('5g');
    bytes.written = 0;
    story.happens('station.change', ids[20] ?? 0, { status: 'down' });
    card.patch(stations, COLOURS, new Set([20]));
    expect(bytes.written).toBe(4);
    expect(card.dataOf('5g')).toBe(data);
  });
});
