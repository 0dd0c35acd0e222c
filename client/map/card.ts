/**
 * The stations on the graphics card. Only those that are to be seen are there, close together, because
 * a card that is none (a virtual desktop, an old laptop) works through every one it is given. They lie
 * in buffers that we own and write only where something changed, so that a busy second costs a few
 * hundred small writes and never a rebuild.
 */
import type { DeckProps } from '@deck.gl/core';
import type { Table } from '../../data/model/table.ts';
import { TECHNOLOGIES, type Technology } from '../../data/model/things.ts';
import { rangesOf, type RowRange } from './rows.ts';
import { colourIn, POSITION_FLOATS, writePosition, type ColourTable } from './stations.ts';

export type Device = Parameters<NonNullable<DeckProps['onDeviceInitialized']>>[0];
type CardBuffer = ReturnType<Device['createBuffer']>;
export type Colours = Record<Technology, ColourTable>;

/** A part of the world, degrees. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** One column: its array, its copy on the card and how many numbers a slot has. */
class CardColumn<A extends Float32Array | Uint32Array> {
  readonly array: A;
  readonly buffer: CardBuffer;
  readonly #perSlot: number;

  constructor(device: Device, array: A, perSlot: number) {
    this.array = array;
    this.#perSlot = perSlot;
    this.buffer = device.createBuffer({ byteLength: Math.max(16, array.byteLength) });
  }

  upload([from, to]: RowRange): void {
    const part = this.array.subarray(from * this.#perSlot, to * this.#perSlot);
    this.buffer.write(part, from * this.#perSlot * this.array.BYTES_PER_ELEMENT);
  }

  copy(from: number, to: number): void {
    const size = this.#perSlot;
    this.array.copyWithin(to * size, from * size, (from + 1) * size);
  }
}

/** What a layer of deck.gl takes as `data`: the same object as long as as many are drawn. */
export interface StationData {
  length: number;
  attributes: Record<'getPosition' | 'getFillColor', object>;
}

const NOWHERE = -1;

/** The stations of one layer: each that is seen has a slot, and the slots have no gaps. */
class LayerOnCard {
  data: StationData;
  /** The row of the table that is drawn in each slot. */
  readonly rows: Uint32Array;
  /** The slot in which each row is drawn. */
  readonly #slots: Int32Array;
  readonly #positions: CardColumn<Float32Array>;
  readonly #colours: CardColumn<Uint32Array>;
  #count = 0;
  /** Rows of the table when it was last looked at. */
  #known = 0;
  #moved = new Set<number>();
  #recoloured = new Set<number>();

  constructor(device: Device, table: Table<'stations'>) {
    const capacity = table.ids.length;
    this.rows = new Uint32Array(capacity);
    this.#slots = new Int32Array(capacity).fill(NOWHERE);
    const floats = new Float32Array(capacity * POSITION_FLOATS);
    this.#positions = new CardColumn(device, floats, POSITION_FLOATS);
    this.#colours = new CardColumn(device, new Uint32Array(capacity), 1);
    const attributes = {
      // `value` beside `buffer` tells deck.gl that a position is double precision: four floats.
      getPosition: {
        buffer: this.#positions.buffer,
        value: table.columns.position,
        size: 2,
        type: 'float32',
        stride: POSITION_FLOATS * Float32Array.BYTES_PER_ELEMENT,
      },
      getFillColor: {
        buffer: this.#colours.buffer,
        size: 4,
        type: 'unorm8',
        stride: 4,
        normalized: true,
      },
    };
    this.data = { length: 0, attributes };
  }

  writeAll(table: Table<'stations'>, colours: ColourTable, within: Box | null): void {
    this.#slots.fill(NOWHERE);
    this.#count = 0;
    let [moved, recoloured] = [false, false];
    for (let row = 0; row < table.count; row++) {
      const colour = seenColour(table, colours, within, row);
      if (colour === 0) continue;
      const slot = this.#take(row);
      if (writePosition(this.#positions.array, slot, table, row)) moved = true;
      if (this.#writeColour(slot, colour)) recoloured = true;
    }
    this.#known = table.count;
    if (moved) this.#positions.upload([0, this.#count]);
    if (recoloured) this.#colours.upload([0, this.#count]);
    this.#measure();
  }

  patch(
    table: Table<'stations'>,
    colours: ColourTable,
    within: Box | null,
    rows: ReadonlySet<number>,
  ): void {
    for (let row = table.count; row < this.#known; row++) this.#leave(row);
    this.#known = table.count;
    for (const row of rows) {
      if (row >= table.count) continue;
      const colour = seenColour(table, colours, within, row);
      if (colour === 0) {
        this.#leave(row);
        continue;
      }
      const had = this.#slots[row] ?? NOWHERE;
      const slot = had === NOWHERE ? this.#take(row) : had;
      if (writePosition(this.#positions.array, slot, table, row)) this.#moved.add(slot);
      if (this.#writeColour(slot, colour)) this.#recoloured.add(slot);
    }
    // Also those that were left meanwhile: what is in memory and on the card stays the same.
    const capacity = this.rows.length;
    for (const range of rangesOf(this.#moved, capacity)) this.#positions.upload(range);
    for (const range of rangesOf(this.#recoloured, capacity)) this.#colours.upload(range);
    this.#moved.clear();
    this.#recoloured.clear();
    this.#measure();
  }

  destroy(): void {
    this.#positions.buffer.destroy();
    this.#colours.buffer.destroy();
  }

  #take(row: number): number {
    const slot = this.#count++;
    this.rows[slot] = row;
    this.#slots[row] = slot;
    return slot;
  }

  /** The last one moves into its slot. */
  #leave(row: number): void {
    const slot = this.#slots[row] ?? NOWHERE;
    if (slot === NOWHERE) return;
    this.#slots[row] = NOWHERE;
    const last = --this.#count;
    if (slot === last) return;
    const moves = this.rows[last] ?? 0;
    this.rows[slot] = moves;
    this.#slots[moves] = slot;
    this.#positions.copy(last, slot);
    this.#colours.copy(last, slot);
    this.#moved.add(slot);
    this.#recoloured.add(slot);
  }

  #writeColour(slot: number, colour: number): boolean {
    if (this.#colours.array[slot] === colour) return false;
    this.#colours.array[slot] = colour;
    return true;
  }

  #measure(): void {
    if (this.data.length !== this.#count) this.data = { ...this.data, length: this.#count };
  }
}

/** The colour of a row where it is to be seen; 0 where it is not. */
function seenColour(
  table: Table<'stations'>,
  colours: ColourTable,
  within: Box | null,
  row: number,
): number {
  const colour = colourIn(colours, table, row);
  if (colour === 0 || !within) return colour;
  const { position } = table.columns;
  const lon = position[row * 2] ?? 0;
  const lat = position[row * 2 + 1] ?? 0;
  const isWithin =
    lon >= within.west && lon <= within.east && lat >= within.south && lat <= within.north;
  return isWithin ? colour : 0;
}

export class StationsOnCard {
  readonly #device: Device;
  #capacity = -1;
  /** Where they are drawn, as it was last told; null for everywhere. */
  within: Box | null = null;
  #layers: Record<Technology, LayerOnCard> | null = null;

  constructor(device: Device) {
    this.#device = device;
  }

  /** Data for a layer; the object changes only when the number of the drawn or the buffers do. */
  dataOf(technology: Technology): StationData | null {
    return this.#layers?.[technology].data ?? null;
  }

  /** The row of the table that a layer draws at an index. */
  rowAt(technology: Technology, index: number): number | undefined {
    const layer = this.#layers?.[technology];
    return layer && index < layer.data.length ? layer.rows[index] : undefined;
  }

  /**
   * Writes everything: after a snapshot, a change of colours or of the view, or when the table outgrew
   * us.
   * @param within draws what stands there only; null for everywhere
   */
  writeAll(table: Table<'stations'>, colours: Colours, within: Box | null): void {
    this.within = within;
    const layers = this.#layersFor(table);
    for (const technology of TECHNOLOGIES)
      layers[technology].writeAll(table, colours[technology], within);
  }

  /** Writes the rows that changed, to each column only where it is really different. */
  patch(table: Table<'stations'>, colours: Colours, rows: ReadonlySet<number>): void {
    const layers = this.#layers;
    if (table.ids.length > this.#capacity || !layers) {
      this.writeAll(table, colours, this.within);
      return;
    }
    for (const technology of TECHNOLOGIES)
      layers[technology].patch(table, colours[technology], this.within, rows);
  }

  destroy(): void {
    for (const technology of TECHNOLOGIES) this.#layers?.[technology].destroy();
  }

  #layersFor(table: Table<'stations'>): Record<Technology, LayerOnCard> {
    if (this.#layers && table.ids.length <= this.#capacity) return this.#layers;
    this.destroy();
    this.#capacity = table.ids.length;
    const layer = (): LayerOnCard => new LayerOnCard(this.#device, table);
    return (this.#layers = { '4g': layer(), '5g': layer() });
  }
}
