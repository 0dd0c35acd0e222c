/**
 * Sixth stage: a site for each commune of a former province. A commune starts where its old wards
 * are likely to lie and then makes room: sites move to the middle of their cells (Lloyd) while a
 * spring holds them near home, and cells grow or shrink towards the land they are likely to have.
 */
import type { Evidence } from './evidence.ts';
import { guessWards, type Guess, type LaidDistrict } from './guesses.ts';
import { planeAt, ringHolds, type Plane, type Point } from './plane.ts';

/** A commune's site in a power diagram (a Voronoi diagram whose cells have sizes of their own). */
export interface Site {
  commune: string;
  /** Kilometres in the former province's plane. */
  x: number;
  y: number;
  /** Square kilometres added to the cell's reach. */
  power: number;
}

export interface Layout {
  plane: Plane;
  sites: Site[];
}

/** Pull towards home of a commune whose place is guessed, of one whose place is known, 0–1. */
const PULL = { guessed: 0.5, known: 0.9 };
/** Rounds of making room; more change little. */
const ROUNDS = 24;
/** Points of the former province's land on which cells are measured. */
const SAMPLES = 12_000;

interface Mover extends Site {
  homeX: number;
  homeY: number;
  pull: number;
  /** Land it is likely to have, km². */
  land: number;
}

/** Sites of the communes of one former province on its shared-out land (rings in degrees). */
export function layOut(districts: LaidDistrict[], evidence: Evidence, rings: Point[][]): Layout {
  const samples = sampleLand(rings);
  const guesses = guessWards(districts, evidence, samples.plane, samples.areaKm2);
  const movers = startMovers(guesses, samples);
  for (let round = 0; round < ROUNDS; round++) makeRoom(movers, samples);
  return {
    plane: samples.plane,
    sites: movers.map(({ commune, x, y, power }) => ({ commune, x, y, power })),
  };
}

interface Samples {
  plane: Plane;
  x: Float64Array;
  y: Float64Array;
  /** Land that one sample stands for, km². */
  eachKm2: number;
  areaKm2: number;
}

function sampleLand(rings: Point[][]): Samples {
  const all = rings.flat();
  const west = Math.min(...all.map(([lon]) => lon));
  const east = Math.max(...all.map(([lon]) => lon));
  const south = Math.min(...all.map(([, lat]) => lat));
  const north = Math.max(...all.map(([, lat]) => lat));
  const plane = planeAt((south + north) / 2);
  const [x0, y0] = plane.toKm([west, south]);
  const [x1, y1] = plane.toKm([east, north]);
  const step = Math.sqrt(((x1 - x0) * (y1 - y0)) / SAMPLES);
  const local = rings.map((ring) => ring.map((point) => plane.toKm(point)));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = y0 + step / 2; y < y1; y += step)
    for (let x = x0 + step / 2; x < x1; x += step)
      if (local.some((ring) => ringHolds(ring, [x, y]))) {
        xs.push(x);
        ys.push(y);
      }
  return {
    plane,
    x: Float64Array.from(xs),
    y: Float64Array.from(ys),
    eachKm2: step * step,
    areaKm2: xs.length * step * step,
  };
}

function startMovers(guesses: Guess[], samples: Samples): Mover[] {
  const communes = new Map<string, Guess[]>();
  for (const guess of guesses)
    communes.set(guess.ward.commune, [...(communes.get(guess.ward.commune) ?? []), guess]);
  return [...communes].map(([commune, all]) => {
    const known = all.filter((guess) => guess.known);
    const used = known.length > 0 ? known : all;
    const weight = used.reduce((sum, guess) => sum + guess.landKm2, 0);
    const meanX = used.reduce((sum, guess) => sum + guess.x * guess.landKm2, 0) / weight;
    const meanY = used.reduce((sum, guess) => sum + guess.y * guess.landKm2, 0) / weight;
    const [x, y] = ashore(meanX, meanY, samples);
    const land = all.reduce((sum, guess) => sum + guess.landKm2, 0);
    // Half a kilometre away, each in a direction of its own (the golden angle), so that no two
    // communes of a district have their home on the same point.
    const direction = Number(commune) * Math.PI * (3 - Math.sqrt(5));
    const homeX = x + Math.cos(direction) * 0.5;
    const homeY = y + Math.sin(direction) * 0.5;
    return {
      commune,
      x: homeX,
      y: homeY,
      power: 0,
      homeX,
      homeY,
      // One known ward among many says less than one that is the whole commune.
      pull: PULL.guessed + (PULL.known - PULL.guessed) * (known.length / all.length),
      land,
    };
  });
}

/** The point itself, or the nearest land when a coarse coast leaves it at sea or abroad. */
function ashore(atX: number, atY: number, { x, y, eachKm2 }: Samples): Point {
  let nearest: Point = [atX, atY];
  let least = Infinity;
  for (let i = 0; i < x.length; i++) {
    const sample: Point = [x[i] ?? 0, y[i] ?? 0];
    const distance = Math.hypot(sample[0] - atX, sample[1] - atY);
    if (distance < least) {
      least = distance;
      nearest = sample;
    }
  }
  return least <= Math.sqrt(eachKm2) ? [atX, atY] : nearest;
}

/** One round: every site towards the middle of its cell, every cell towards its likely land. */
function makeRoom(movers: Mover[], { x, y, eachKm2 }: Samples): void {
  const sumX = new Float64Array(movers.length);
  const sumY = new Float64Array(movers.length);
  const count = new Uint32Array(movers.length);
  for (let i = 0; i < x.length; i++) {
    const sampleX = x[i] ?? 0;
    const sampleY = y[i] ?? 0;
    let nearest = 0;
    let least = Infinity;
    for (const [j, mover] of movers.entries()) {
      const distance = (sampleX - mover.x) ** 2 + (sampleY - mover.y) ** 2 - mover.power;
      if (distance < least) {
        least = distance;
        nearest = j;
      }
    }
    sumX[nearest] = (sumX[nearest] ?? 0) + sampleX;
    sumY[nearest] = (sumY[nearest] ?? 0) + sampleY;
    count[nearest] = (count[nearest] ?? 0) + 1;
  }
  for (const [j, mover] of movers.entries()) {
    const samples = count[j] ?? 0;
    const middleX = samples > 0 ? (sumX[j] ?? 0) / samples : mover.homeX;
    const middleY = samples > 0 ? (sumY[j] ?? 0) / samples : mover.homeY;
    // Squeezed between known places, a commune gives way.
    if (samples * eachKm2 < mover.land / 4) mover.pull *= 0.8;
    mover.x = middleX + (mover.homeX - middleX) * mover.pull;
    mover.y = middleY + (mover.homeY - middleY) * mover.pull;
    // A quarter of the way at a time, and within bounds, lest it swing.
    const most = (0.8 * mover.land) / Math.PI;
    const wanted = mover.power + (0.25 * (mover.land - samples * eachKm2)) / Math.PI;
    mover.power = Math.max(-most, Math.min(most, wanted));
  }
  for (let pass = 0; pass < 8; pass++) keepInOwnCells(movers);
}

/**
 * Evens out powers that differ by more than the square of the distance between their sites: beyond
 * it the weaker site is outside its own cell, and a little further it has none.
 */
function keepInOwnCells(movers: Mover[]): void {
  for (const [i, one] of movers.entries())
    for (const other of movers.slice(i + 1)) {
      const most = 0.7 * ((one.x - other.x) ** 2 + (one.y - other.y) ** 2);
      const difference = one.power - other.power;
      const excess = Math.abs(difference) - most;
      if (excess <= 0) continue;
      one.power -= (Math.sign(difference) * excess) / 2;
      other.power += (Math.sign(difference) * excess) / 2;
    }
}
