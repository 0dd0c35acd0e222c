/**
 * The people grid of a pack: every H3 cell of resolution 9 whose centre lies in a commune belongs to
 * it. Made once, when a pack is built; the pack keeps runs of cells, not cells.
 */
import { cellToCenterChild, gridDisk, latLngToCell, splitLongToH3Index } from 'h3-js';
import { ByteReader, ByteWriter } from '../../data/wire/bytes.ts';
import {
  cellAt,
  cellCentre,
  cellIndex,
  cellNumber,
  CELLS_IN_DISTRICT,
  CELLS_IN_NEIGHBOURHOOD,
  RESOLUTION,
} from './cells.ts';
import type { CommuneFinder } from './commune-finder.ts';
import { STEPS_PER_DEGREE, toDegrees } from './lattice.ts';

/** Cells `first` … `first + length - 1` (numbers of cells.ts) belong to one commune. */
export interface Run {
  first: number;
  length: number;
  commune: number;
}

export interface MadeGrid {
  /** By cell number. */
  runs: Run[];
  cells: number;
  /** Communes too small or narrow to hold a cell's centre: they got the cell at their label point. */
  byLabelPoint: number[];
}

const DISTRICT_RESOLUTION = 5;

/**
 * `labelPoints` are the communes' label points `[lon, lat]`; `onProgress` counts communes' districts
 * (hexagons of resolution 5) looked through.
 */
export function makeGrid(
  finder: CommuneFinder,
  labelPoints: readonly (readonly [number, number])[],
  onProgress?: (done: number, of: number) => void,
): MadeGrid {
  const owner = new Map<number, number>(); // only for cells given by label point
  const districts = coveringDistricts(finder);
  const cellsOf = new Uint32Array(labelPoints.length);
  const runs: Run[] = [];
  for (const [done, district] of districts.entries()) {
    if (done % 64 === 0) onProgress?.(done, districts.length);
    for (let cell = district; cell < district + CELLS_IN_DISTRICT; cell++) {
      if (cell % CELLS_IN_NEIGHBOURHOOD === 0 && isFarFromLand(finder, cell)) {
        cell += CELLS_IN_NEIGHBOURHOOD - 1;
        continue;
      }
      const [lat, lon] = cellCentre(cell);
      const commune = finder.find(lon * STEPS_PER_DEGREE, lat * STEPS_PER_DEGREE);
      if (commune < 0) continue;
      cellsOf[commune] = (cellsOf[commune] ?? 0) + 1;
      addCell(runs, cell, commune);
    }
  }
  onProgress?.(districts.length, districts.length);

  const byLabelPoint: number[] = [];
  for (const [commune, point] of labelPoints.entries()) {
    if ((cellsOf[commune] ?? 0) > 0) continue;
    byLabelPoint.push(commune);
    const cell = freeCellNear(point, (candidate) => {
      if (owner.has(candidate)) return false;
      const holder = ownerIn(runs, candidate);
      return holder < 0 || (cellsOf[holder] ?? 0) > 1;
    });
    const holder = ownerIn(runs, cell);
    if (holder >= 0) cellsOf[holder] = (cellsOf[holder] ?? 0) - 1;
    owner.set(cell, commune);
    cellsOf[commune] = 1;
  }
  const final = owner.size > 0 ? withCells(runs, owner) : runs;
  return { runs: final, cells: final.reduce((sum, run) => sum + run.length, 0), byLabelPoint };
}

/** Whether no commune is near any cell of the resolution-7 hexagon that begins with this one. */
function isFarFromLand(finder: CommuneFinder, firstCell: number): boolean {
  const [lat, lon] = cellCentre(firstCell); // its middle one
  const reach = 0.025 * STEPS_PER_DEGREE; // degrees; its corners are 1.5 km away
  return !finder.isNear(lon * STEPS_PER_DEGREE, lat * STEPS_PER_DEGREE, reach);
}

/** First cells of the hexagons of resolution 5 that may hold a cell of the country, in order. */
function coveringDistricts(finder: CommuneFinder): number[] {
  const step = 0.05; // degrees; a third of such a hexagon's width, so that none is stepped over
  const found = new Set<string>();
  for (const [west, south, east, north] of finder.polygonBoxes())
    for (let lat = toDegrees(south); lat < toDegrees(north) + step; lat += step)
      for (let lon = toDegrees(west); lon < toDegrees(east) + step; lon += step)
        found.add(latLngToCell(lat, lon, DISTRICT_RESOLUTION));
  const widened = new Set<string>();
  for (const district of found) for (const each of gridDisk(district, 1)) widened.add(each);
  return [...widened]
    .map((district) => cellNumber(cellToCenterChild(district, RESOLUTION)))
    .sort((a, b) => a - b);
}

function addCell(runs: Run[], cell: number, commune: number): void {
  const last = runs.at(-1);
  if (last && last.commune === commune && last.first + last.length === cell) last.length++;
  else runs.push({ first: cell, length: 1, commune });
}

/** Commune of a cell, or -1. */
function ownerIn(runs: Run[], cell: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.first ?? 0) <= cell) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  return run && cell < run.first + run.length ? run.commune : -1;
}

function freeCellNear(
  [lon, lat]: readonly [number, number],
  isFree: (cell: number) => boolean,
): number {
  const home = cellAt(lon, lat);
  for (let rings = 0; rings <= 8; rings++)
    for (const each of gridDisk(splitLongToH3Index(...cellIndex(home)), rings)) {
      const cell = cellNumber(each);
      if (isFree(cell)) return cell;
    }
  return home;
}

/** The runs with single cells given to other communes. */
function withCells(runs: Run[], owner: Map<number, number>): Run[] {
  const given = [...owner].sort(([a], [b]) => a - b);
  const out: Run[] = [];
  let next = 0;
  const giveUpTo = (limit: number): void => {
    for (let cell = given[next]; cell && cell[0] < limit; cell = given[++next])
      addCell(out, cell[0], cell[1]);
  };
  for (const run of runs) {
    giveUpTo(run.first);
    let first = run.first;
    const end = run.first + run.length;
    for (let cell = given[next]; cell && cell[0] < end; cell = given[++next]) {
      if (cell[0] > first) out.push({ ...run, first, length: cell[0] - first });
      addCell(out, cell[0], cell[1]);
      first = cell[0] + 1;
    }
    if (first < end) out.push({ ...run, first, length: end - first });
  }
  giveUpTo(Infinity);
  return out;
}

/** Runs as bytes: for each the gap since the one before, its length, and its commune. */
export function packRuns(runs: readonly Run[]): [Uint8Array, Uint8Array, Uint8Array] {
  const gaps = new ByteWriter();
  const lengths = new ByteWriter();
  const communes = new ByteWriter();
  const recent: number[] = [];
  let end = 0;
  for (const run of runs) {
    gaps.unsigned(run.first - end);
    end = run.first + run.length;
    lengths.unsigned(run.length);
    // A border zigzags: the commune of a run is mostly one of the last few.
    const at = recent.indexOf(run.commune);
    if (at >= 0) recent.splice(at, 1);
    communes.unsigned(at >= 0 ? at : RECENT + run.commune);
    recent.unshift(run.commune);
    recent.length = Math.min(recent.length, RECENT);
  }
  return [gaps.finish(), lengths.finish(), communes.finish()];
}

/** How many communes `packRuns` remembers. */
const RECENT = 16;

/** Hands every run that `packRuns` packed to `take`, in order. */
export function unpackRuns(
  [gapBytes, lengthBytes, communeBytes]: readonly [Uint8Array, Uint8Array, Uint8Array],
  count: number,
  take: (first: number, length: number, commune: number) => void,
): void {
  const gaps = new ByteReader(gapBytes);
  const lengths = new ByteReader(lengthBytes);
  const communes = new ByteReader(communeBytes);
  const recent: number[] = [];
  let end = 0;
  for (let i = 0; i < count; i++) {
    const first = end + gaps.unsigned();
    const length = lengths.unsigned();
    const word = communes.unsigned();
    let commune = word - RECENT;
    if (word < RECENT) {
      commune = recent[word] ?? 0;
      recent.splice(word, 1);
    }
    recent.unshift(commune);
    recent.length = Math.min(recent.length, RECENT);
    take(first, length, commune);
    end = first + length;
  }
}
