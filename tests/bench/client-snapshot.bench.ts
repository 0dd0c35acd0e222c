import { brotliCompressSync, constants } from 'node:zlib';
import type { Country } from '../../data/model/country.ts';
import { decodeSnapshot, encodeSnapshot } from '../../data/wire/snapshot.ts';
import { bench, compare, limitFinding, ratioFinding } from './bench.ts';
import { countryOfStations } from './stations-country.ts';

const STATIONS = 69_000;
/** As the server compresses a snapshot that it makes once a second at most. */
const QUALITY = 5;

function megabytes(bytes: Uint8Array): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return brotliCompressSync(bytes, { params }).length / 1e6;
}

function asObjects({ tables: { stations } }: Country): Uint8Array {
  const rows = Array.from({ length: stations.count }, (_, row) => stations.record(row));
  return new TextEncoder().encode(JSON.stringify(rows));
}

export default bench({
  name: 'the snapshot as a client gets it',
  goal: `${STATIONS} stations in at most 1.5 MB on the wire, read in at most 50 ms`,
  async run() {
    const { country } = countryOfStations(STATIONS);
    const columns = encodeSnapshot({ country, estimates: {} });
    const objects = asObjects(country);
    const times = await compare(
      // The first look for an id makes the index of ids: part of the price.
      { run: () => decodeSnapshot(columns).country.tables.stations.rowOf(1) },
      { run: () => JSON.parse(new TextDecoder().decode(objects)) as unknown },
    );
    return [
      limitFinding('on the wire', megabytes(columns), 1.5, 'MB'),
      {
        what: 'the same as JSON of objects',
        figures: `${megabytes(objects).toFixed(2)} MB`,
        verdict: 'shown',
      },
      limitFinding('reading it', times.ours.median, 50, 'ms'),
      ratioFinding('reading it', 'parsing the JSON', times, 0.8),
    ];
  },
});
