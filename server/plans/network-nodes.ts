/** Nodes of the data-transmission network, to ask how far the nearest one is. */
import Flatbush from 'flatbush';

const EARTH_RADIUS_M = 6_371_008.8;
const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;
/** Looked round this far at first, and then ever farther. */
const FIRST_M = 5_000;
const FARTHEST_M = 5_000_000;

export class NetworkNodes {
  readonly #position: Float64Array;
  readonly #index: Flatbush | undefined;

  /** `lon` and `lat` interleaved, degrees. */
  constructor(position: Float64Array) {
    this.#position = position;
    const count = position.length / 2;
    if (count === 0) return;
    this.#index = new Flatbush(count);
    for (let i = 0; i < count; i++) this.#index.add(position[i * 2] ?? 0, position[i * 2 + 1] ?? 0);
    this.#index.finish();
  }

  /** Metres to the nearest node within `radiusM`; undefined where there is none. */
  nearestM(lon: number, lat: number, radiusM: number): number | undefined {
    const half = radiusM / METRES_PER_DEGREE;
    const metresPerLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
    const wide = radiusM / metresPerLon;
    let least = Infinity;
    for (const node of this.#index?.search(lon - wide, lat - half, lon + wide, lat + half) ?? []) {
      const x = ((this.#position[node * 2] ?? NaN) - lon) * metresPerLon;
      const y = ((this.#position[node * 2 + 1] ?? NaN) - lat) * METRES_PER_DEGREE;
      least = Math.min(least, Math.hypot(x, y));
    }
    return least <= radiusM ? least : undefined;
  }

  /** Metres to the nearest node, however far; undefined where there is none at all. */
  distanceM(lon: number, lat: number): number | undefined {
    for (let radiusM = FIRST_M; this.#index && radiusM < FARTHEST_M; radiusM *= 4) {
      const found = this.nearestM(lon, lat, radiusM);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
