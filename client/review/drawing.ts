/**
 * Proposals on the map: a dashed, hollow ring where a thing would be, with a plus for one that would
 * be added and a cross for one that would go, and an arrow from where it is to where it would move.
 * A file is a ring with three bars in the middle of a dashed frame round its rows. The form says what
 * it is; the colour says nothing.
 */
import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { FileOfProposal, ProposedChange, ProposedFile } from '../../data/wire/review.ts';
import type { MapPlace, Picked } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

export interface ProposalMark extends MapPlace {
  id: number;
  kind: 'add' | 'change' | 'remove' | 'file';
  /** Where it stands now, for what would move. */
  from?: MapPlace;
  /** Around the rows of a file. */
  box?: Box;
}
type Box = NonNullable<FileOfProposal['box']>;

const MARKS_LAYER = 'review-marks';
const SIGNS = { add: '+', change: '', remove: '×', file: '≡' } as const;
const RADIUS_PX = 11;
const DASHES = 8;
/** Part of its share of the ring that a dash fills. */
const FILLED = 0.6;
const POINTS = 4;
/** Dashes on each side of a frame. */
const FRAME_DASHES = 16;
/** Width of the whole world at zoom 0, CSS pixels. */
const WORLD_PX = 512;

/** The marks of those that have a place; `placeOf` tells where a line between two things lies. */
export function marksOf(
  proposals: readonly ProposedChange[],
  placeOf: (proposal: ProposedChange) => MapPlace | undefined,
): ProposalMark[] {
  return proposals.flatMap((proposal): ProposalMark[] => {
    const { id, type, before, fields } = proposal;
    const kind = type.endsWith('.add') ? 'add' : type.endsWith('.remove') ? 'remove' : 'change';
    const then = placeIn(before ?? {});
    const now = placeIn({ ...before, ...fields }) ?? placeOf(proposal);
    if (!now) return [];
    const isMoved = then !== undefined && (then.lon !== now.lon || then.lat !== now.lat);
    return [{ id, kind, ...now, ...(isMoved ? { from: then } : {}) }];
  });
}

/** The marks of files whose rows have places. */
export function fileMarksOf(files: readonly ProposedFile[]): ProposalMark[] {
  return files.flatMap(({ id, file: { box } }): ProposalMark[] => {
    if (!box) return [];
    const [west, south, east, north] = box;
    return [{ id, kind: 'file', lon: (west + east) / 2, lat: (south + north) / 2, box }];
  });
}

/** The dashes of a frame, as many on each side, as lines of degrees. */
export function frameOf([west, south, east, north]: Box): Point[][] {
  const corners: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  return corners.flatMap((from, side): Point[][] => {
    const to = corners[(side + 1) % corners.length] ?? from;
    const along = (share: number): Point => [
      from[0] + (to[0] - from[0]) * share,
      from[1] + (to[1] - from[1]) * share,
    ];
    return Array.from({ length: FRAME_DASHES }, (_, dash) => [
      along(dash / FRAME_DASHES),
      along((dash + FILLED) / FRAME_DASHES),
    ]);
  });
}

function placeIn({ lon, lat }: ProposedChange['fields']): MapPlace | undefined {
  return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : undefined;
}

/** The proposal that was picked; null for something else. */
export function pickedProposal(marks: readonly ProposalMark[], picked: Picked | null) {
  return picked?.layer === MARKS_LAYER ? (marks[picked.index]?.id ?? null) : null;
}

type Point = [lon: number, lat: number];
type Colour = [number, number, number, number];

/** The dashes of a ring of some pixels of radius, as lines of degrees. */
export function dashesOf({ lon, lat }: MapPlace, radiusPx: number, zoom: number): Point[][] {
  const at = offsetFrom(lon, lat, zoom);
  return Array.from({ length: DASHES }, (_, dash) =>
    Array.from({ length: POINTS }, (_, point) => {
      const turn = (dash + (point / (POINTS - 1)) * FILLED) / DASHES;
      const angle = 2 * Math.PI * turn;
      return at(Math.cos(angle) * radiusPx, Math.sin(angle) * radiusPx);
    }),
  );
}

/** An arrow as one line: along it, then the two barbs; it stops at the ring round its end. */
export function arrowOf(mark: ProposalMark, radiusPx: number, zoom: number): Point[] {
  const { from, lon, lat } = mark;
  if (!from) return [];
  const at = offsetFrom(lon, lat, zoom);
  const shrink = Math.cos((lat * Math.PI) / 180);
  const angle = Math.atan2((lat - from.lat) / shrink, lon - from.lon);
  const tip = at(-Math.cos(angle) * radiusPx, -Math.sin(angle) * radiusPx);
  const barb = (turn: number): Point =>
    at(
      -Math.cos(angle) * radiusPx - Math.cos(angle + turn) * radiusPx * 0.8,
      -Math.sin(angle) * radiusPx - Math.sin(angle + turn) * radiusPx * 0.8,
    );
  return [[from.lon, from.lat], tip, barb(0.5), tip, barb(-0.5)];
}

/** From pixels right and up of a place to degrees. */
function offsetFrom(lon: number, lat: number, zoom: number): (x: number, y: number) => Point {
  const degrees = 360 / (WORLD_PX * 2 ** zoom);
  const shrink = Math.cos((lat * Math.PI) / 180);
  return (x, y) => [lon + x * degrees, lat + y * degrees * shrink];
}

export function proposalLayers(
  marks: readonly ProposalMark[],
  selected: number | null,
  palette: MapPalette,
  { zoom, scale }: Sight,
): Layer[] {
  const isSelected = (id: number): boolean => id === selected;
  const radius = RADIUS_PX * scale;
  const colourOf = (id: number): Colour => [
    ...rgba(isSelected(id) ? palette.selected : palette.hovered),
  ];
  const widthOf = (id: number): number => (isSelected(id) ? 3.5 : 2) * scale;
  const lines = marks.flatMap((mark) =>
    [
      ...dashesOf(mark, radius, zoom),
      ...(mark.from ? [arrowOf(mark, radius, zoom)] : []),
      ...(mark.box ? frameOf(mark.box) : []),
    ].map((path) => ({ id: mark.id, path })),
  );
  return [
    new ScatterplotLayer<ProposalMark>({
      id: MARKS_LAYER,
      data: [...marks],
      pickable: true,
      getPosition: ({ lon, lat }) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: radius,
      // Hollow, and yet to be taken hold of in the middle.
      getFillColor: [...rgba(palette.labelHalo, 120)],
    }),
    new PathLayer<{ id: number; path: Point[] }>({
      id: 'review-lines',
      data: lines,
      getPath: ({ path }) => path,
      getColor: ({ id }) => colourOf(id),
      getWidth: ({ id }) => widthOf(id),
      widthUnits: 'pixels',
      capRounded: true,
      updateTriggers: { getColor: [selected, palette], getWidth: [selected, scale] },
    }),
    new TextLayer<ProposalMark>({
      id: 'review-signs',
      data: marks.filter(({ kind }) => kind !== 'change'),
      getPosition: ({ lon, lat }) => [lon, lat],
      getText: ({ kind }) => SIGNS[kind],
      getSize: 15 * scale,
      getColor: ({ id }) => colourOf(id),
      fontFamily: 'Be Vietnam Pro, system-ui, sans-serif',
      fontWeight: 600,
      characterSet: Object.values(SIGNS).join(''),
      updateTriggers: { getColor: [selected, palette] },
    }),
  ];
}
