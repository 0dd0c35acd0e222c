/**
 * A scenario on the map: drafts as hollow numbered rings with how far they would reach, stations
 * that would be off as crossed-out rings, and lines to where others would move.
 */
import type { Layer } from '@deck.gl/core';
import { LineLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { BANDS } from '../../data/model/things.ts';
import { footprintRadiusM } from '../../data/radio/footprint.ts';
import type { ScenarioContent } from '../../data/wire/scenarios.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { FIRST_LABEL_LAYER } from '../map/style.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';
import type { Part } from './content.ts';

/** Something of a scenario that stands on the map. */
export interface Mark extends MapPlace {
  part: Part;
  kind: 'draft' | 'moved' | 'off';
  label: string;
  /** Where it stands now, for what would move. */
  from?: MapPlace;
  /** How far it reaches by the table of radii, metres; 0 where that is not known. */
  reachM: number;
}

export const MARKS_LAYER = 'scenarios-marks';
const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };
type Colour = [number, number, number, number];

/** The marks of a scenario; `placeOf` tells where a station stands, `surroundings` of each draft. */
export function marksOf(
  content: ScenarioContent,
  placeOf: (id: number) => MapPlace | undefined,
  surroundings: readonly number[],
): Mark[] {
  const drafts = content.add.map(({ lon, lat, band }, index): Mark => {
    const around = surroundings[index];
    const reachM = around === undefined ? 0 : footprintRadiusM(BANDS.indexOf(band), around);
    const part: Part = { kind: 'draft', index };
    return { part, kind: 'draft', lon, lat, label: String(index + 1), reachM };
  });
  const changed = content.change.flatMap(({ id, lon, lat }): Mark[] => {
    const from = placeOf(id);
    if (!from || (lon === undefined && lat === undefined)) return [];
    const part: Part = { kind: 'station', id };
    const to = { lon: lon ?? from.lon, lat: lat ?? from.lat };
    return [{ part, kind: 'moved', ...to, from, label: '', reachM: 0 }];
  });
  const off = content.remove.flatMap((id): Mark[] => {
    const at = placeOf(id);
    return at ? [{ part: { kind: 'station', id }, kind: 'off', ...at, label: '×', reachM: 0 }] : [];
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
  return [
    new ScatterplotLayer<Mark>({
      id: 'scenarios-reach',
      ...UNDER_LABELS,
      data: marks.filter(({ reachM }) => reachM > 0),
      getPosition: at,
      getRadius: ({ reachM }) => reachM,
      stroked: true,
      getFillColor: (mark) => colourOf(mark, 30),
      getLineColor: (mark) => colourOf(mark, 170),
      lineWidthUnits: 'pixels',
      getLineWidth: scale,
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
