/**
 * A country made up for benchmarks that need its size and not its shape: a strip as long and wide as
 * Viet Nam, 2.8 million cells, 3,321 communes in 34 provinces, a hundred million people in towns.
 */
import { Table } from '../../data/model/table.ts';
import { BANDS, type Band } from '../../data/model/things.ts';
import { BAND_FACTS } from '../../data/radio/bands.ts';
import { surroundingsOf } from '../../data/radio/surroundings.ts';
import { Random } from '../../server/demo/random.ts';
import type { PeopleGrid } from '../../server/territory/territory.ts';

const SOUTH = 8.6;
const WEST = 104.5;
/** Lattice of hexagons of 0.118 km². */
const SPACING_M = 369;
const METRES_PER_DEGREE = 111_195;
const ROWS = 5110;
const COLUMNS = 548;
const COMMUNES = 3321;
const PROVINCES = 34;
/** Communes side by side across the strip. */
const ABREAST = 27;
const PEOPLE = 101_000_000;

/** Over several cells: stations near the centres of cells would reach too many or too few of them. */
const STREWN_DEGREES = 0.01;

/** The grid, the same for the same seed. */
export function syntheticGrid(seed: number): PeopleGrid {
  const random = new Random(seed, 'grid');
  const count = ROWS * COLUMNS;
  const lon = new Float32Array(count);
  const lat = new Float32Array(count);
  const commune = new Uint16Array(count);
  const cellsOf = new Int32Array(COMMUNES);
  const bands = Math.ceil(COMMUNES / ABREAST);
  for (let row = 0, cell = 0; row < ROWS; row++) {
    const rowLat = SOUTH + (row * SPACING_M * Math.sqrt(0.75)) / METRES_PER_DEGREE;
    const step = SPACING_M / METRES_PER_DEGREE / Math.cos((rowLat * Math.PI) / 180);
    for (let column = 0; column < COLUMNS; column++, cell++) {
      lat[cell] = rowLat;
      lon[cell] = WEST + (column + (row % 2) / 2) * step;
      const band = Math.floor((row * bands) / ROWS);
      const index = band * ABREAST + Math.floor((column * ABREAST) / COLUMNS);
      commune[cell] = Math.min(COMMUNES - 1, index);
      const of = commune[cell] ?? 0;
      cellsOf[of] = (cellsOf[of] ?? 0) + 1;
    }
  }
  // Densities as uneven as real ones: most communes thin, a few very dense.
  const weights = Float64Array.from({ length: COMMUNES }, () =>
    Math.exp(3 * random.next() ** 2.5 * 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const people = new Int32Array(count);
  const surroundings = new Uint8Array(count);
  const seen = new Int32Array(COMMUNES);
  for (let cell = 0; cell < count; cell++) {
    const of = commune[cell] ?? 0;
    const cells = cellsOf[of] ?? 1;
    const all = Math.round((PEOPLE * (weights[of] ?? 0)) / total);
    const index = seen[of] ?? 0;
    seen[of] = index + 1;
    people[cell] = Math.floor(((index + 1) * all) / cells) - Math.floor((index * all) / cells);
    surroundings[cell] = surroundingsOf(all / (cells * 0.118));
  }
  return {
    count,
    lon,
    lat,
    people,
    commune,
    communes: Array.from({ length: COMMUNES }, (_, index) => String(index + 1).padStart(5, '0')),
    provinceOf: Uint16Array.from({ length: COMMUNES }, (_, index) =>
      Math.floor((index * PROVINCES) / COMMUNES),
    ),
    provinces: Array.from({ length: PROVINCES }, (_, index) => String(index + 1).padStart(2, '0')),
    surroundings,
  };
}

/** Stations on air where people live, of the bands given, the same for the same seed. */
export function syntheticStations(
  grid: PeopleGrid,
  count: number,
  seed: number,
  bands: readonly Band[] = BANDS,
): Table<'stations'> {
  const random = new Random(seed, 'stations');
  const most = grid.people.reduce((most, people) => Math.max(most, people), 0);
  const stations = new Table('stations');
  for (let id = 1; id <= count; id++) {
    let cell = random.below(grid.count);
    while ((grid.people[cell] ?? 0) <= random.next() * most) cell = random.below(grid.count);
    const band = random.pick(bands);
    stations.put(id, 1, {
      name: `Trạm ${id}`,
      operator: random.pick(BAND_FACTS[band].operators),
      technology: BAND_FACTS[band].technology,
      band,
      lon: (grid.lon[cell] ?? 0) + random.between(-STREWN_DEGREES, STREWN_DEGREES),
      lat: (grid.lat[cell] ?? 0) + random.between(-STREWN_DEGREES, STREWN_DEGREES),
      heightM: 30,
      status: 'on_air',
      simulated: true,
    });
  }
  return stations;
}
