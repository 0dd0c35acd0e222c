/**
 * A scenario on the map: drafts as hollow numbered rings with how far they would reach, stations
 * that would be off as crossed-out rings, and lines to where others would move.
 */
import type { Layer } from '@deck.gl/core';
import { LineLayer, PolygonLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { Draft, ScenarioContent } from '../../data/wire/scenarios.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { FIRST_LABEL_LAYER } from '../map/style.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';
import type { Part } from './content.ts';
import { outlineOf, type Reach } from './reach.ts';

/** Something of a scenario that stands on the map. */
export interface Mark extends MapPlace {
  part: Part;
  kind: 'draft' | 'moved' | 'off';
  label: string;
  /** Where it stands now, for what would move. */
  from?: MapPlace;
  /** How far it reaches; null where that is not known. */
  reach: Reach | null;
}

export const MARKS_LAYER = 'scenarios-marks';
const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };
type Colour = [number, number, number, number];

/** The marks of a scenario; told where a station stands, and how far a draft reaches. */
export function marksOf(
  content: ScenarioContent,
  placeOf: (id: number) => MapPlace | undefined,
  reachOf: (draft: Draft, index: number) => Reach | null,
): Mark[] {
  const drafts = content.add.map((draft, index): Mark => {
    const { lon, lat } = draft;
    const part: Part = { kind: 'draft', index };
    const label = String(index + 1);
    return { part, kind: 'draft', lon, lat, label, reach: reachOf(draft, index) };
  });
  const changed = content.change.flatMap(({ id, lon, lat }): Mark[] => {
    const from = placeOf(id);
    if (!from || (lon === undefined && lat === undefined)) return [];
    const part: Part = { kind: 'station', id };
    const to = { lon: lon ?? from.lon, lat: lat ?? from.lat };
    return [{ part, kind: 'moved', ...to, from, label: '', reach: null }];
  });
  const off = content.remove.flatMap((id): Mark[] => {
    const at = placeOf(id);
    const part: Part = { kind: 'station', id };
    return at ? [{ part, kind: 'off', ...at, label: '×', reach: null }] : [];
  });
  return [...drafts, ...changed, ...off];
}

export function scenarioLayers(
  marks: readonly Mark[],
  selected: Part | null,
  palette: MapPalette,
  { scale }: Sight,
): Layer[] {
  // Neither of the ends of the ramp, on which they may lie.
  const colourOf = ({ kind }: Mark, alpha = 255): Colour => [
    ...rgba(kind === 'off' ? palette.stations.down : palette.hovered, alpha),
  ];
  const isSelected = ({ part }: Mark): boolean => samePart(part, selected);
  const at = ({ lon, lat }: MapPlace): [number, number] => [lon, lat];
  const moved = marks.filter(({ from }) => from);
  const reaching = marks.flatMap((mark) =>
    mark.reach && mark.reach.radiusM > 0 ? [{ mark, ...mark.reach }] : [],
  );
  const outline = {
    ...UNDER_LABELS,
    stroked: true,
    getFillColor: ({ mark }: { mark: Mark }) => colourOf(mark, 30),
    getLineColor: ({ mark }: { mark: Mark }) => colourOf(mark, 170),
    lineWidthUnits: 'pixels' as const,
    getLineWidth: scale,
  };
  return [
    new ScatterplotLayer<{ mark: Mark; radiusM: number }>({
      id: 'scenarios-reach',
      ...outline,
      data: reaching.filter(({ sector }) => sector === null),
      getPosition: ({ mark }) => at(mark),
      getRadius: ({ radiusM }) => radiusM,
    }),
    new PolygonLayer<{ mark: Mark; polygon: [number, number][] }>({
      id: 'scenarios-sectors',
      ...outline,
      data: reaching.flatMap(({ mark, radiusM, sector }) =>
        sector ? [{ mark, polygon: outlineOf(mark, radiusM, sector) }] : [],
      ),
      getPolygon: ({ polygon }) => polygon,
    }),
    new LineLayer<Mark>({
      id: 'scenarios-moves',
      ...UNDER_LABELS,
      data: moved,
      getSourcePosition: ({ from, lon, lat }) => at(from ?? { lon, lat }),
      getTargetPosition: at,
      getColor: (mark) => colourOf(mark, 200),
      getWidth: 1.5 * scale,
    }),
    new ScatterplotLayer<Mark>({
      id: MARKS_LAYER,
      data: [...marks],
      pickable: true,
      getPosition: at,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: (mark) => (isSelected(mark) ? 12 : 9) * scale,
      stroked: true,
      // Hollow, and yet to be taken hold of in the middle.
      getFillColor: () => [...rgba(palette.labelHalo, 190)],
      getLineColor: (mark) => (isSelected(mark) ? [...rgba(palette.selected)] : colourOf(mark)),
      getLineWidth: (mark) => (isSelected(mark) ? 4 : 2) * scale,
      updateTriggers: { getRadius: [selected], getLineColor: [selected], getLineWidth: [selected] },
    }),
    new TextLayer<Mark>({
      id: 'scenarios-labels',
      data: marks.filter(({ label }) => label !== ''),
      getPosition: at,
      getText: ({ label }) => label,
      getSize: 11 * scale,
      getColor: [...rgba(palette.label)],
      fontFamily: 'Be Vietnam Pro, system-ui, sans-serif',
      fontWeight: 600,
      characterSet: '0123456789×',
    }),
  ];
}

export function samePart(a: Part, b: Part | null): boolean {
  if (a.kind === 'draft') return b?.kind === 'draft' && b.index === a.index;
  return b?.kind === 'station' && b.id === a.id;
}
