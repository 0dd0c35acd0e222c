/**
 * The stations' columns on the graphics card: buffers that we own and write only where rows
 * changed, so that a busy second costs a few hundred small writes and never a rebuild.
 */
import type { DeckProps } from '@deck.gl/core';
import type { Table } from '../../data/model/table.ts';
import type { Technology } from '../../data/model/things.ts';
import { rangesOf, type RowRange } from './rows.ts';
import { POSITION_FLOATS, writeColours, writePositions, type ColourTable } from './stations.ts';

export type Device = Parameters<NonNullable<DeckProps['onDeviceInitialized']>>[0];
type CardBuffer = ReturnType<Device['createBuffer']>;
export type Colours = Record<Technology, ColourTable>;

/** One column: its array, its copy on the card and how many numbers a row has. */
class CardColumn<A extends Float32Array | Uint32Array> {
  readonly array: A;
  readonly buffer: CardBuffer;
  readonly #perRow: number;

  constructor(device: Device, array: A, perRow: number) {
    this.array = array;
    this.#perRow = perRow;
    this.buffer = device.createBuffer({ byteLength: Math.max(16, array.byteLength) });
  }

  upload([from, to]: RowRange): void {
    const part = this.array.subarray(from * this.#perRow, to * this.#perRow);
    this.buffer.write(part, from * this.#perRow * this.array.BYTES_PER_ELEMENT);
  }
}

/** What a layer of deck.gl takes as `data`: the same objects as long as the buffers are the same. */
export interface StationData {
  length: number;
  attributes: Record<'getPosition' | 'getFillColor', object>;
}

export class StationsOnCard {
  readonly #device: Device;
  #capacity = -1;
  #positions: CardColumn<Float32Array> | null = null;
  #colours: Record<Technology, CardColumn<Uint32Array>> | null = null;
  #attributes: Record<Technology, StationData['attributes']> | null = null;
  #count = 0;
  #data: Record<Technology, StationData> | null = null;

  constructor(device: Device) {
    this.#device = device;
  }

  /** Data for a layer; the object changes only when the number of rows or the buffers do. */
  dataOf(technology: Technology): StationData | null {
    return this.#data?.[technology] ?? null;
  }

  /** Writes everything: after a snapshot, a change of colours, or when the table outgrew us. */
  writeAll(table: Table<'stations'>, colours: Colours): void {
    if (table.ids.length > this.#capacity) this.#allocate(table);
    const [positions, columns] = [this.#positions, this.#colours];
    if (!positions || !columns) return;
    const all: RowRange = [0, table.count];
    if (writePositions(positions.array, table, ...all)) positions.upload(all);
    for (const technology of ['4g', '5g'] as const) {
      const column = columns[technology];
      if (writeColours(column.array, table, colours[technology], ...all)) column.upload(all);
    }
    this.#measure(table);
  }

  /** Writes the rows that changed, to each column only where it is really different. */
  patch(table: Table<'stations'>, colours: Colours, rows: ReadonlySet<number>): void {
    const [positions, columns] = [this.#positions, this.#colours];
    if (table.ids.length > this.#capacity || !positions || !columns) {
      this.writeAll(table, colours);
      return;
    }
    const uploadChanged = (
      column: CardColumn<Float32Array> | CardColumn<Uint32Array>,
      write: (row: number) => boolean,
    ): void => {
      const changed = [...rows].filter((row) => row < table.count && write(row));
      for (const range of rangesOf(changed, table.count)) column.upload(range);
    };
    uploadChanged(positions, (row) => writePositions(positions.array, table, row, row + 1));
    for (const technology of ['4g', '5g'] as const) {
      const column = columns[technology];
      const palette = colours[technology];
      uploadChanged(column, (row) => writeColours(column.array, table, palette, row, row + 1));
    }
    this.#measure(table);
  }

  destroy(): void {
    this.#positions?.buffer.destroy();
    for (const column of Object.values(this.#colours ?? {})) column.buffer.destroy();
  }

  #allocate(table: Table<'stations'>): void {
    this.destroy();
    this.#capacity = table.ids.length;
    const rows = this.#capacity;
    const colour = () => new CardColumn(this.#device, new Uint32Array(rows), 1);
    const positions = new CardColumn(
      this.#device,
      new Float32Array(rows * POSITION_FLOATS),
      POSITION_FLOATS,
    );
    const colours = { '4g': colour(), '5g': colour() };
    // `value` beside `buffer` tells deck.gl that a row is double precision: four floats.
    const getPosition = {
      buffer: positions.buffer,
      value: table.columns.position,
      size: 2,
      type: 'float32',
      stride: POSITION_FLOATS * Float32Array.BYTES_PER_ELEMENT,
    };
    const attributes = (technology: Technology): StationData['attributes'] => ({
      getPosition,
      getFillColor: {
        buffer: colours[technology].buffer,
        size: 4,
        type: 'unorm8',
        stride: 4,
        normalized: true,
      },
    });
    this.#positions = positions;
    this.#colours = colours;
    this.#attributes = { '4g': attributes('4g'), '5g': attributes('5g') };
    this.#data = null;
  }

  #measure(table: Table<'stations'>): void {
    if (!this.#attributes || (this.#data && this.#count === table.count)) return;
    this.#count = table.count;
    this.#data = {
      '4g': { length: table.count, attributes: this.#attributes['4g'] },
      '5g': { length: table.count, attributes: this.#attributes['5g'] },
    };
  }
}
