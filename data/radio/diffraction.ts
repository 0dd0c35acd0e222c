/**
 * Diffraction over terrain: one knife edge by Recommendation ITU-R P.526-15 clause 4.1, and the
 * Bullington construction of its clause 4.5.1 as ITU-R P.1812-6 clause 4.3.1 uses it, which puts one
 * edge in the place of the whole profile. Good for 30 MHz to 6 GHz and paths from 250 m.
 */

/** Terrain from a transmitter to a receiver. One object may be filled again and again. */
export interface TerrainPath {
  /** Metres from the transmitter, growing, from 0 to the path's whole length. */
  distancesM: Float32Array | Float64Array;
  /** Height of the terrain at each, metres above sea level; a hole (NaN) makes the loss NaN. */
  heightsM: Float32Array | Float64Array;
  /** How many points of the two arrays are the path, both ends included. */
  count: number;
  /** Heights of the two antennas, metres above sea level. */
  transmitterM: number;
  receiverM: number;
  frequencyMHz: number;
  /** 8,500 km when absent: the median refraction of air, 4/3 of the Earth's radius. */
  effectiveEarthRadiusKm?: number;
}

const EFFECTIVE_EARTH_RADIUS_KM = 8500;
const LIGHT_M_PER_US = 299.792458;

/** From here down an edge is so far below the ray that it takes nothing. */
const CLEAR = -0.78;

/** P.526-15 equation (31): loss in dB at a knife edge, by its diffraction parameter ν. */
export function knifeEdgeLossDb(nu: number): number {
  if (nu <= CLEAR) return 0;
  return 6.9 + 20 * Math.log10(Math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1);
}

/**
 * P.1812-6 equation (21): diffraction loss in dB of a path; 0 where its terrain is no more than two
 * ends. The bulge of the Earth counts, and so does ground that only grazes the ray.
 */
export function bullingtonLossDb(path: TerrainPath): number {
  return bullingtonDb(path, path.heightsM);
}

/**
 * What the terrain adds, in dB, to the loss over level ground, which the path loss of ./path-loss.ts
 * holds already: the Bullington loss, less that of ground running straight from one end's height to
 * the other's, as P.1812-6 clause 4.3.4 takes off that of a smooth path.
 */
export function terrainLossDb(path: TerrainPath): number {
  const lossDb = bullingtonDb(path, path.heightsM);
  return lossDb === 0 ? 0 : Math.max(0, lossDb - bullingtonDb(path, null));
}

/** With `heightsM` null, over level ground between both ends. */
function bullingtonDb(path: TerrainPath, heightsM: TerrainPath['heightsM'] | null): number {
  const edgeDb = knifeEdgeLossDb(worstEdge(path, heightsM));
  return edgeDb + (1 - Math.exp(-edgeDb / 6)) * (10 + (0.02 * lengthM(path)) / 1000);
}

/** Equations (13) to (19): diffraction parameter ν of the edge that stands for the whole profile. */
function worstEdge(path: TerrainPath, heightsM: TerrainPath['heightsM'] | null): number {
  const { distancesM, count, transmitterM, receiverM, frequencyMHz } = path;
  const length = lengthM(path);
  const wavelengthM = LIGHT_M_PER_US / frequencyMHz;
  const radiusM = (path.effectiveEarthRadiusKm ?? EFFECTIVE_EARTH_RADIUS_KM) * 1000;
  const firstM = path.heightsM[0] ?? 0;
  const levelSlope = ((path.heightsM[count - 1] ?? 0) - firstM) / length;
  const directSlope = (receiverM - transmitterM) / length;

  let slopeFromTransmitter = -Infinity;
  let slopeFromReceiver = -Infinity;
  let nu = -Infinity;
  for (let i = 1; i < count - 1; i++) {
    const before = distancesM[i] ?? 0;
    const after = length - before;
    const terrain = heightsM ? (heightsM[i] ?? 0) : firstM + levelSlope * before;
    const ground = terrain + (before * after) / (2 * radiusM);
    slopeFromTransmitter = Math.max(slopeFromTransmitter, (ground - transmitterM) / before);
    slopeFromReceiver = Math.max(slopeFromReceiver, (ground - receiverM) / after);
    const above = ground - (transmitterM + directSlope * before);
    nu = Math.max(nu, above * Math.sqrt((2 * length) / (wavelengthM * before * after)));
  }
  const riseFromTransmitter = slopeFromTransmitter - directSlope;
  const riseFromReceiver = slopeFromReceiver + directSlope;
  if (!(riseFromTransmitter > 0 && riseFromReceiver > 0)) return nu;

  // The rays that graze the terrain from both ends meet above it: there the one edge stands.
  const before = (riseFromReceiver * length) / (riseFromTransmitter + riseFromReceiver);
  const above = riseFromTransmitter * before;
  return above * Math.sqrt((2 * length) / (wavelengthM * before * (length - before)));
}

function lengthM({ distancesM, count }: TerrainPath): number {
  return distancesM[count - 1] ?? 0;
}
