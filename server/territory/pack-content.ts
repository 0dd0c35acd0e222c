/**
 * What is in a pack, as sections: the records (JSON), the arcs and shapes (integers, differences),
 * the runs of the people grid. Written by the builder, read when a territory opens.
 */
import { ByteReader, ByteWriter, packIntegers, unpackIntegers } from '../../data/wire/bytes.ts';
import type { Shape } from './arcs.ts';
import { packRuns, type Run, unpackRuns } from './grid-making.ts';
import { readPackFile, type PackFile } from './pack-file.ts';
import type { BandedArcs } from './simplify.ts';
import type { Commune, Place, Provenance, Province, TerritoryKind } from './territory.ts';

/** Everything but geometry. */
export interface PackRecords {
  kind: TerritoryKind;
  provenance: Provenance[];
  provinces: Province[];
  communes: Commune[];
  neighbours: { name: string; nameEn: string }[];
  places: Place[];
  /** Label points `[lon, lat]`, in the order of provinces and of communes. */
  provinceCentres: [number, number][];
  communeCentres: [number, number][];
  /** How many arcs, vertices and runs the other sections hold. */
  arcs: number;
  vertices: number;
  runs: number;
  cells: number;
}

export interface PackGeometry {
  arcs: BandedArcs;
  provinces: Shape[];
  communes: Shape[];
  neighbours: Shape[];
}

export function packSections(
  records: Omit<PackRecords, 'arcs' | 'vertices' | 'runs' | 'cells'>,
  { arcs, provinces, communes, neighbours }: PackGeometry,
  runs: readonly Run[],
): Record<string, Uint8Array> {
  const counts = {
    arcs: arcs.start.length - 1,
    vertices: arcs.x.length,
    runs: runs.length,
    cells: runs.reduce((sum, run) => sum + run.length, 0),
  };
  const [gaps, lengths, owners] = packRuns(runs);
  const { structure, refs } = packShapes([...provinces, ...communes, ...neighbours]);
  return {
    records: Buffer.from(JSON.stringify({ ...records, ...counts } satisfies PackRecords)),
    arcEnds: packIntegers(counts.arcs, (i) => arcs.start[i + 1] ?? 0),
    x: packIntegers(counts.vertices, (i) => arcs.x[i] ?? 0),
    y: packIntegers(counts.vertices, (i) => arcs.y[i] ?? 0),
    band: arcs.band,
    structure,
    refs,
    gaps,
    lengths,
    owners,
  };
}

export function readRecords(file: PackFile): PackRecords {
  return JSON.parse(Buffer.from(file.section('records')).toString('utf8')) as PackRecords;
}

export function readGeometry(file: PackFile, records: PackRecords): PackGeometry {
  const { arcs: arcCount, vertices } = records;
  const start = new Int32Array(arcCount + 1);
  start.set(unpackIntegers(file.section('arcEnds'), arcCount), 1);
  const x = new Int32Array(unpackIntegers(file.section('x'), vertices));
  const y = new Int32Array(unpackIntegers(file.section('y'), vertices));
  const band = Uint8Array.from(file.section('band'));
  const shapes = unpackShapes(
    file,
    records.provinces.length + records.communes.length + records.neighbours.length,
  );
  const communesAt = records.provinces.length;
  const neighboursAt = communesAt + records.communes.length;
  return {
    arcs: { x, y, start, band },
    provinces: shapes.slice(0, communesAt),
    communes: shapes.slice(communesAt, neighboursAt),
    neighbours: shapes.slice(neighboursAt),
  };
}

/** The records of a pack and the runs of its grid, without its geometry. */
export function readGridRuns(
  bytes: Uint8Array,
  take: (records: PackRecords) => (first: number, length: number, commune: number) => void,
): void {
  const file = readPackFile(bytes);
  const records = readRecords(file);
  unpackRuns(
    [file.section('gaps'), file.section('lengths'), file.section('owners')],
    records.runs,
    take(records),
  );
}

/** Counts of polygons, rings and arcs in one section; arcs (twice the number, plus 1 backward) in the other. */
function packShapes(shapes: readonly Shape[]): { structure: Uint8Array; refs: Uint8Array } {
  const structure = new ByteWriter();
  const refs: number[] = [];
  for (const shape of shapes) {
    structure.unsigned(shape.length);
    for (const polygon of shape) {
      structure.unsigned(polygon.length);
      for (const ring of polygon) {
        structure.unsigned(ring.length);
        for (const ref of ring) refs.push(ref < 0 ? 2 * ~ref + 1 : 2 * ref);
      }
    }
  }
  structure.unsigned(refs.length);
  return { structure: structure.finish(), refs: packIntegers(refs.length, (i) => refs[i] ?? 0) };
}

function unpackShapes(file: PackFile, count: number): Shape[] {
  const structure = new ByteReader(file.section('structure'));
  const slots: number[][] = [];
  const shapes = Array.from({ length: count }, () =>
    Array.from({ length: structure.unsigned() }, () =>
      Array.from({ length: structure.unsigned() }, () => {
        const ring = new Array<number>(structure.unsigned()).fill(0);
        slots.push(ring);
        return ring;
      }),
    ),
  );
  let ring = 0;
  let at = 0;
  for (const value of unpackIntegers(file.section('refs'), structure.unsigned())) {
    while (at === slots[ring]?.length) {
      ring++;
      at = 0;
    }
    const slot = slots[ring];
    if (slot) slot[at++] = value % 2 === 1 ? ~((value - 1) / 2) : value / 2;
  }
  return shapes;
}
