import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationsOnCard, type Device } from '../../../client/map/card.ts';
import { stationColours } from '../../../client/map/stations.ts';
import { PALETTES } from '../../../client/theme/palette.ts';
import { Story } from '../live/small-country.ts';

const palette = PALETTES.dark;
const COLOURS = {
  '4g': stationColours(palette, '4g', null, 'near'),
  '5g': stationColours(palette, '5g', null, 'near'),
};

/** A graphics card of bytes, that counts what is written to it. */
class ByteCard {
  readonly buffers: Uint8Array[] = [];
  written = 0;

  get device(): Device {
    const createBuffer = ({ byteLength }: { byteLength: number }) => {
      const bytes = new Uint8Array(byteLength);
      this.buffers.push(bytes);
      return {
        write: (part: Float32Array, offset: number) => {
          this.written += part.byteLength;
          bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
        },
        destroy: () => this.buffers.splice(this.buffers.indexOf(bytes), 1),
      };
    };
    return { createBuffer } as unknown as Device;
  }

  /** Positions and colours of the first rows, as the card has them. */
  rows(count: number): number[][] {
    return [16, 4, 4].map((size, i) => [...(this.buffers[i]?.subarray(0, count * size) ?? [])]);
  }
}

describe('stations on the graphics card', () => {
  it('are, patched, what they would be if written anew, whatever happened', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'change', 'move', 'remove'),
      which: fc.nat(40),
      status: fc.constantFrom('planned', 'on_air', 'down'),
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
        card.writeAll(stations, COLOURS);
        for (const batch of batches) {
          rows = new Set();
          for (const { what, which, status } of batch) {
            const id = stations.ids[which % Math.max(1, stations.count)] ?? 0;
            if (what === 'add' || stations.count === 0) story.station({ status });
            else if (what === 'remove') story.happens('station.remove', id);
            else if (what === 'move') story.happens('station.change', id, { lon: 103 + which / 9 });
            else story.happens('station.change', id, { status });
          }
          card.patch(stations, COLOURS, rows);
        }
        const anew = new ByteCard();
        new StationsOnCard(anew.device).writeAll(stations, COLOURS);
        expect(patched.rows(stations.count)).toEqual(anew.rows(stations.count));
        expect(card.dataOf('5g')?.length).toBe(stations.count);
      }),
      { numRuns: 60 },
    );
  });

  it('cost four bytes for a station that went off the air', () => {
    const story = new Story();
    const ids = Array.from({ length: 50 }, () => story.station());
    const { stations } = story.country.tables;
    const bytes = new ByteCard();
    const card = new StationsOnCard(bytes.device);
    card.writeAll(stations, COLOURS);
    const data = card.dataOf('5g');
    bytes.written = 0;
    story.happens('station.change', ids[20] ?? 0, { status: 'down' });
    card.patch(stations, COLOURS, new Set([20]));
    expect(bytes.written).toBe(4);
    expect(card.dataOf('5g')).toBe(data);
  });
});
