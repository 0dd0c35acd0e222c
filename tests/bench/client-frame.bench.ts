import { Counting } from '../../client/live/counting.ts';
import { StationsOnCard, type Device } from '../../client/map/card.ts';
import { pulseOf, Pulses } from '../../client/map/pulses.ts';
import { stationColours } from '../../client/map/stations.ts';
import { PALETTES, rgba } from '../../client/theme/palette.ts';
import { applyEvent } from '../../data/log/apply.ts';
import type { Event } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import type { StationStatus } from '../../data/model/things.ts';
import { Random } from '../../server/demo/random.ts';
import { bench, compare, limitFinding, ratioFinding } from './bench.ts';
import { countryOfStations } from './stations-country.ts';

const STATIONS = 69_000;
/** A thousand events a second come ten times a second, and all of a batch fall into one frame. */
const EVENTS_IN_BATCH = 100;
const FRAMES_BETWEEN = 6;
const palette = PALETTES.dark;
const LAYERS = {
  stations4g: true,
  stations5g: true,
  hamlets: true,
  network: true,
  facilities: true,
  reports: true,
};
const STATUSES: readonly StationStatus[] = ['on_air', 'down', 'building'];

/** A graphics card that takes bytes as the real one does: by copying them. */
function copyingCard(): Device {
  return {
    createBuffer({ byteLength }: { byteLength: number }) {
      const bytes = new Uint8Array(byteLength);
      return {
        write: (part: Float32Array | Uint32Array, offset: number) =>
          bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset),
        destroy: () => undefined,
      };
    },
  } as unknown as Device;
}

/** Ours: apply, count, patch what changed on the card, and the rings of the frames until the next. */
function patching(): () => void {
  const { country, units } = countryOfStations(STATIONS);
  const counting = new Counting(country, units);
  const card = new StationsOnCard(copyingCard());
  const colours = {
    '4g': stationColours(palette, '4g', null, 'near'),
    '5g': stationColours(palette, '5g', null, 'near'),
  };
  card.writeAll(country.tables.stations, colours, null);
  const pulses = new Pulses();
  const next = batches(country);
  let now = 0;
  return () => {
    const rows = new Set<number>();
    const events = next();
    for (const event of events) {
      const touched = applyEvent(country, event);
      counting.follow(touched);
      if (touched.kind === 'row') rows.add(touched.row);
    }
    const { stations } = country.tables;
    card.patch(stations, colours, rows);
    const rings = events
      .slice(-64)
      .flatMap((event) => pulseOf(event, country, palette, LAYERS, now) ?? []);
    pulses.add(rings, now);
    for (let frame = 0; frame < FRAMES_BETWEEN; frame++) pulses.at((now += 16.7), false);
    for (const unit of ['vn', '01']) counting.countsOf(unit);
  };
}

interface StationObject {
  id: number;
  position: [number, number];
  technology: string;
  status: StationStatus;
  commune: string;
}

/** The other way: a list of objects, made anew for each batch, and layers filled from it. */
function rebuilding(): () => void {
  const { country } = countryOfStations(STATIONS);
  const table = country.tables.stations;
  let objects = Array.from({ length: table.count }, (_, row): StationObject => {
    const { id, lon, lat, technology, status, commune } = table.record(row);
    return {
      id,
      position: [Number(lon), Number(lat)],
      technology: String(technology),
      status: status as StationStatus,
      commune: String(commune),
    };
  });
  const positions = new Float32Array(STATIONS * 4);
  const fill = new Uint8ClampedArray(STATIONS * 4);
  const card = { positions: new Float32Array(STATIONS * 4), fill: new Uint8Array(STATIONS * 4) };
  const next = batches(country);
  return () => {
    const changed = new Map(next().map((event) => [event.id, event['status'] as StationStatus]));
    objects = objects.map((station) => {
      const status = changed.get(station.id);
      return status ? { ...station, status } : station;
    });
    // What a layer does with a new list: each accessor for each object, then all of it to the card.
    objects.forEach(({ position: [lon, lat], status }, i) => {
      positions.set([lon, lat, lon - Math.fround(lon), lat - Math.fround(lat)], i * 4);
      fill.set(rgba(palette.stations[status]), i * 4);
    });
    card.positions.set(positions);
    card.fill.set(fill);
    const onAir: Record<string, number> = {};
    for (const { status, commune } of objects)
      if (status === 'on_air') onAir[commune] = (onAir[commune] ?? 0) + 1;
  };
}

function batches(country: Country): () => Event[] {
  const random = new Random(7, 'frame');
  const { stations } = country.tables;
  let seq = country.seq;
  return () =>
    Array.from({ length: EVENTS_IN_BATCH }, () => ({
      seq: ++seq,
      at: '2026-01-01T00:00:00.000Z',
      by: 'feed',
      type: 'station.change',
      id: stations.ids[random.below(STATIONS)] ?? 1,
      version: 2,
      effective: '2026-01-01',
      status: random.pick(STATUSES),
    }));
}

export default bench({
  name: 'a busy second on the screen',
  goal: `1,000 events a second on ${STATIONS} stations leave at most 4 ms of our own script in a frame`,
  async run() {
    const ours = patching();
    const times = await compare({ run: ours }, { run: rebuilding() }, { rounds: 60, warmUp: 20 });
    return [
      ratioFinding('a batch of 100 events', 'rebuilding from objects', times, 0.15),
      limitFinding('the frame in which a batch falls', times.ours.median, 4, 'ms'),
    ];
  },
});
