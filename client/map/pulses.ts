/** A short ring where something just changed. Time is an argument, in ms of any one clock. */
import type { Event } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';
import type { LayerName } from '../view/view.svelte.ts';
import type { Marks } from './marks.ts';

export const PULSE_MS = 1_600;
/** So many at a time; when more happens, the newest are shown. */
const MOST_PULSES = 32;
/** Radius at the end, CSS pixels. */
const REACH = 17;

export interface Pulse {
  lon: number;
  lat: number;
  colour: string;
  startedAt: number;
}

export class Pulses {
  #pulses: Pulse[] = [];

  add(pulses: readonly Pulse[], now: number): void {
    this.#pulses = [...this.#living(now), ...pulses].slice(-MOST_PULSES);
  }

  /**
   * The rings of this instant, growing and fading; null when there are none. With `still`, for
   * people who asked for less motion, they stand at half their reach for the same time.
   */
  at(now: number, still: boolean): Marks | null {
    this.#pulses = this.#living(now);
    const count = this.#pulses.length;
    if (count === 0) return null;
    const marks: Marks = {
      count,
      ids: new Uint32Array(count),
      positions: new Float64Array(count * 2),
      colours: new Uint8Array(count * 4),
      sizes: new Float32Array(count),
    };
    this.#pulses.forEach(({ lon, lat, colour, startedAt }, index) => {
      const age = still ? 0.5 : Math.max(0, (now - startedAt) / PULSE_MS);
      const eased = 1 - (1 - age) ** 3;
      marks.positions.set([lon, lat], index * 2);
      marks.sizes[index] = 3 + REACH * eased;
      marks.colours.set(rgba(colour, Math.round(230 * (1 - age))), index * 4);
    });
    return marks;
  }

  /** When the first of them is over: until then those that stand still look the same. */
  get nextEnd(): number {
    return Math.min(...this.#pulses.map(({ startedAt }) => startedAt + PULSE_MS));
  }

  #living(now: number): Pulse[] {
    return this.#pulses.filter(({ startedAt }) => now - startedAt < PULSE_MS);
  }
}

/** Where and in which colour an event is shown; null for what has no place or is switched off. */
export function pulseOf(
  event: Event,
  country: Country,
  palette: MapPalette,
  layers: Readonly<Record<LayerName, boolean>>,
  now: number,
): Pulse | null {
  const { tables } = country;
  const [noun] = event.type.split('.');
  const place = (position: Float64Array, row: number, colour: string): Pulse => ({
    lon: position[row * 2] ?? 0,
    lat: position[row * 2 + 1] ?? 0,
    colour,
    startedAt: now,
  });
  switch (noun) {
    case 'station': {
      const row = tables.stations.rowOf(event.id);
      if (row === undefined) return null;
      const station = tables.stations.record(row);
      if (station['technology'] === '4g' ? !layers.stations4g : !layers.stations5g) return null;
      const status = station['status'] === 'down' ? 'down' : 'on_air';
      return place(tables.stations.columns.position, row, palette.stations[status]);
    }
    case 'hamlet': {
      const row = tables.hamlets.rowOf(event.id);
      if (row === undefined || !layers.hamlets) return null;
      const resolved = tables.hamlets.record(row)['status'] === 'resolved';
      const colour = resolved ? palette.resolved : palette.uncovered;
      return place(tables.hamlets.columns.position, row, colour);
    }
    case 'node': {
      const row = tables.nodes.rowOf(event.id);
      if (row === undefined || !layers.network) return null;
      const down = tables.nodes.record(row)['status'] === 'down';
      return place(tables.nodes.columns.position, row, palette.lines[down ? 'down' : 'up']);
    }
    case 'link': {
      // A link pulses at its far end, which is what it serves.
      const row = tables.links.rowOf(event.id);
      const end =
        row === undefined ? undefined : tables.nodes.rowOf(tables.links.columns.to[row] ?? 0);
      if (row === undefined || end === undefined || !layers.network) return null;
      const down = tables.links.record(row)['status'] === 'down';
      return place(tables.nodes.columns.position, end, palette.lines[down ? 'down' : 'up']);
    }
    case 'facility': {
      const row = tables.facilities.rowOf(event.id);
      if (row === undefined || !layers.facilities) return null;
      return place(tables.facilities.columns.position, row, palette.facility);
    }
    case 'report': {
      const row = tables.reports.rowOf(event.id);
      if (row === undefined || !layers.reports) return null;
      const solved = tables.reports.record(row)['status'] === 'solved';
      const colour = solved ? palette.resolved : palette.reports.unanswered;
      return place(tables.reports.columns.position, row, colour);
    }
    default:
      return null;
  }
}
