/**
 * Building a territory pack. The stages, in order: rings on the lattice (rings.ts), equal places and
 * T-junctions (vertices.ts, noding.ts), shared arcs (arcs.ts), bands of detail (simplify.ts), loops
 * (untangle.ts), provinces (dissolve.ts), label points, the people grid (grid-making.ts), one file
 * (pack-content.ts, pack-file.ts).
 */
import { cutIntoArcs, type Shape, type Topology } from './arcs.ts';
import { CommuneFinder } from './commune-finder.ts';
import { dissolve, type Dissolved } from './dissolve.ts';
import { makeGrid } from './grid-making.ts';
import { collect, type Collected } from './intake.ts';
import { labelPoint } from './label-point.ts';
import { nodeRings } from './noding.ts';
import { arcBoxes, ringKm2, ringSteps } from './outline.ts';
import { packSections } from './pack-content.ts';
import { writePackFile } from './pack-file.ts';
import type { Repairs, Rings } from './rings.ts';
import { type BandedArcs, simplifyArcs } from './simplify.ts';
import type { Commune, Province, TerritorySource } from './territory.ts';
import { untangle } from './untangle.ts';
import { findPlaces } from './vertices.ts';

export { openPack } from './open-territory.ts';
export type { Territory } from './territory.ts';

/** What building found out, for the person who builds. */
export interface PackReport {
  provinces: number;
  communes: number;
  cells: number;
  /** Positions given, vertices kept, arcs between them. */
  positions: number;
  vertices: number;
  arcs: number;
  repairs: { unit: string; name: string; repairs: Repairs }[];
  /** Vertices put on a neighbour's edge; loops cut off; slips that stay, where they are. */
  noded: number;
  loopsCut: number;
  crossingsLeft: { lon: number; lat: number }[];
  /** Provinces in which communes leave gaps (filled) or overlap. */
  seams: { unit: string; name: string; gapsKm2: number; overlapsKm2: number }[];
  /** Units whose stated area is more than a fifth off the measured one. */
  areas: { unit: string; name: string; statedKm2: number; measuredKm2: number }[];
  /** Communes whose population is not known (counted as 0). */
  withoutPopulation: { unit: string; name: string }[];
  /** Communes that got one cell of the grid at their label point. */
  cellAtLabelPoint: { unit: string; name: string }[];
  /** Compressed bytes of each section. */
  sizes: Record<string, number>;
}

/** Overlaps below this are slips of drawing and not reported, km². */
const REPORTED_SEAM_KM2 = 0.01;

/**
 * Builds a pack; the same source gives the same bytes, in whatever order its communes come. Throws
 * TerritoryRefused naming file and unit. `onProgress` counts within each named step.
 */
export async function buildPack(
  source: TerritorySource,
  onProgress?: (step: string, done: number, of: number) => void,
): Promise<{ bytes: Uint8Array; hash: string; report: PackReport }> {
  const collected = await collect(source, (done, of) => onProgress?.('boundaries', done, of));
  onProgress?.('topology', 0, 1);
  const { topology, noded } = joinBorders(collected.rings);
  const { arcs, cut, left } = untangle(
    simplifyArcs(topology.arcs),
    topology.shapes,
    (unit) => collected.names[unit] ?? '',
  );
  const communeShapes = topology.shapes.slice(0, collected.communes.length);
  const neighbourShapes = topology.shapes.slice(collected.communes.length);
  const boxes = arcBoxes(arcs);
  onProgress?.('topology', 1, 1);

  const dissolved = dissolveProvinces(arcs, boxes, collected, communeShapes, (done, of) =>
    onProgress?.('provinces', done, of),
  );
  const provinceShapes = dissolved.map(({ shape }) => shape);

  const measuredCommunes = communeShapes.map((shape) => shapeKm2(arcs, shape));
  const measuredProvinces = provinceShapes.map((shape) => shapeKm2(arcs, shape));
  const communes = collected.communes.map((commune, i) =>
    completed(commune, 0, measuredCommunes[i] ?? 0),
  );
  const provinces = collected.provinces.map((province, i) =>
    completed(province, peopleIn(communes, province.code), measuredProvinces[i] ?? 0),
  );
  const communeCentres = communeShapes.map((shape) => labelPoint(arcs, shape));
  const provinceCentres = provinceShapes.map((shape) => labelPoint(arcs, shape));

  const grid = makeGrid(new CommuneFinder(arcs, boxes, communeShapes), communeCentres, (done, of) =>
    onProgress?.('people grid', done, of),
  );

  onProgress?.('compression', 0, 1);
  const file = await writePackFile(
    packSections(
      {
        kind: source.kind,
        provenance: source.provenance,
        provinces,
        communes,
        neighbours: source.neighbours.map(({ name, nameEn }) => ({ name, nameEn })),
        places: source.places,
        provinceCentres,
        communeCentres,
      },
      { arcs, provinces: provinceShapes, communes: communeShapes, neighbours: neighbourShapes },
      grid.runs,
    ),
  );
  onProgress?.('compression', 1, 1);

  const nameOf = (unit: { code: string; name: string }): { unit: string; name: string } => ({
    unit: unit.code,
    name: unit.name,
  });
  return {
    bytes: file.bytes,
    hash: file.hash,
    report: {
      provinces: provinces.length,
      communes: communes.length,
      cells: grid.cells,
      positions: collected.positions,
      vertices: arcs.x.length,
      arcs: arcs.start.length - 1,
      repairs: collected.repairs,
      noded,
      loopsCut: cut,
      crossingsLeft: left,
      seams: provinces.flatMap((province, i) => {
        const parts = communes.reduce(
          (sum, { province: code }, j) =>
            code === province.code ? sum + (measuredCommunes[j] ?? 0) : sum,
          0,
        );
        const gapsKm2 = dissolved[i]?.gapsKm2 ?? 0;
        const overlapsKm2 = Math.max(0, parts + gapsKm2 - (measuredProvinces[i] ?? 0));
        return Math.max(gapsKm2, overlapsKm2) < REPORTED_SEAM_KM2
          ? []
          : [{ ...nameOf(province), gapsKm2, overlapsKm2 }];
      }),
      areas: [
        ...farOff(collected.provinces, measuredProvinces),
        ...farOff(collected.communes, measuredCommunes),
      ],
      withoutPopulation: collected.communes
        .filter(({ population }) => Number.isNaN(population))
        .map(nameOf),
      cellAtLabelPoint: grid.byLabelPoint.flatMap((i) => {
        const commune = communes[i];
        return commune ? [nameOf(commune)] : [];
      }),
      sizes: file.sizes,
    },
  };
}

function joinBorders(given: Rings): { topology: Topology; noded: number } {
  const places = findPlaces(given);
  const { rings, inserted } = nodeRings(given, places);
  const topology = cutIntoArcs(rings, inserted > 0 ? findPlaces(rings) : places);
  return { topology, noded: inserted };
}

function dissolveProvinces(
  arcs: BandedArcs,
  boxes: Int32Array,
  { provinces, communes }: Collected,
  shapes: readonly Shape[],
  onProgress: (done: number, of: number) => void,
): Dissolved[] {
  const provincesOf = new Map<number, Set<string>>();
  for (const [i, shape] of shapes.entries())
    for (const ref of shape.flat(2)) {
      const arc = ref < 0 ? ~ref : ref;
      const there = provincesOf.get(arc) ?? new Set();
      there.add(communes[i]?.province ?? '');
      provincesOf.set(arc, there);
    }
  return provinces.map((province, done) => {
    onProgress(done + 1, provinces.length);
    const members = shapes.filter((_, i) => communes[i]?.province === province.code);
    return dissolve(arcs, boxes, members, (arc) => (provincesOf.get(arc)?.size ?? 0) > 1);
  });
}

/** Signed areas add up: holes are clockwise. */
function shapeKm2(arcs: BandedArcs, shape: Shape): number {
  return shape.flat().reduce((sum, ring) => sum + ringKm2(ringSteps(arcs, ring)), 0);
}

function peopleIn(communes: readonly Commune[], province: string): number {
  return communes.reduce(
    (sum, commune) => (commune.province === province ? sum + commune.population : sum),
    0,
  );
}

/** A unit with what its source did not know: NaN population and area are replaced. */
function completed<U extends Province | Commune>(unit: U, population: number, km2: number): U {
  return {
    ...unit,
    population: Number.isNaN(unit.population) ? population : unit.population,
    areaKm2: Number.isNaN(unit.areaKm2) ? Math.round(km2 * 100) / 100 : unit.areaKm2,
  };
}

function farOff(
  units: readonly (Province | Commune)[],
  measured: readonly number[],
): PackReport['areas'] {
  return units.flatMap(({ code, name, areaKm2 }, i) => {
    const km2 = measured[i] ?? 0;
    if (Number.isNaN(areaKm2) || Math.abs(km2 - areaKm2) <= areaKm2 / 5) return [];
    return [{ unit: code, name, statedKm2: areaKm2, measuredKm2: Math.round(km2 * 100) / 100 }];
  });
}
