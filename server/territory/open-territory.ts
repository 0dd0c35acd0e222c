/**
 * A pack, opened: its records, and questions about where things are answered from its arcs.
 */
import type { MultiPolygon } from 'geojson';
import type { Shape } from './arcs.ts';
import { CommuneFinder } from './commune-finder.ts';
import { STEPS_PER_DEGREE, toDegrees } from './lattice.ts';
import { arcBoxes, boxAround, type Box, ringDegrees } from './outline.ts';
import { readGeometry, readRecords } from './pack-content.ts';
import { readPackFile } from './pack-file.ts';
import { FULL_BAND } from './simplify.ts';
import type { Territory } from './territory.ts';
import { TileMaker } from './tile-making.ts';

/** Throws TerritoryRefused for what is no pack, has another format, or is damaged. */
export function openPack(bytes: Uint8Array): Territory {
  const file = readPackFile(bytes);
  const records = readRecords(file);
  const geometry = readGeometry(file, records);
  const { arcs } = geometry;
  const boxes = arcBoxes(arcs);
  const finder = new CommuneFinder(arcs, boxes, geometry.communes);
  const tiles = new TileMaker(records, geometry, boxes);

  const units = new Map<string, { shape: Shape; centre: [number, number] }>();
  for (const [i, { code }] of records.provinces.entries())
    units.set(code, {
      shape: geometry.provinces[i] ?? [],
      centre: records.provinceCentres[i] ?? [0, 0],
    });
  for (const [i, { code }] of records.communes.entries())
    units.set(code, {
      shape: geometry.communes[i] ?? [],
      centre: records.communeCentres[i] ?? [0, 0],
    });
  const unit = (code: string): { shape: Shape; centre: [number, number] } => {
    const found = units.get(code);
    if (!found) throw new RangeError(`no unit has the code "${code}"`);
    return found;
  };

  const geometryIn = (shape: Shape): MultiPolygon => ({
    type: 'MultiPolygon',
    coordinates: shape.map((polygon) => polygon.map((ring) => ringDegrees(arcs, ring, FULL_BAND))),
  });

  return {
    hash: file.hash,
    kind: records.kind,
    provenance: records.provenance,
    provinces: records.provinces,
    communes: records.communes,
    places: records.places,
    bounds: inDegrees(boxAround(boxes, geometry.communes.flat(3))),
    bytes,
    communeAt: (lon, lat) =>
      records.communes[finder.find(lon * STEPS_PER_DEGREE, lat * STEPS_PER_DEGREE)]?.code,
    centreOf: (code) => unit(code).centre,
    boundsOf: (code) => inDegrees(boxAround(boxes, unit(code).shape.flat(2))),
    tile: (level, z, x, y) => tiles.tile(level, z, x, y),
    neighbours: () =>
      records.neighbours.map((neighbour, i) => ({
        ...neighbour,
        geometry: geometryIn(geometry.neighbours[i] ?? []),
      })),
    geometryOf: (code) => geometryIn(unit(code).shape),
  };
}

function inDegrees([west, south, east, north]: Box): Box {
  return [toDegrees(west), toDegrees(south), toDegrees(east), toDegrees(north)];
}
