/** A plan on the map: how far each site reaches, and a ring with its number for the first of them. */
import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { PlanSite } from '../../data/wire/plans.ts';
import type { Picked } from '../map/drawing.svelte.ts';
import type { Sight } from '../map/layers.ts';
import { FIRST_LABEL_LAYER } from '../map/style.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

const FIRST_LAYER = 'plans-first';
const OTHERS_LAYER = 'plans-others';
/** So many have their number on the map. */
const NUMBERED = 20;
const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };

/** The index of the site that was picked; null for something else. */
export function pickedSite(picked: Picked | null): number | null {
  if (picked?.layer === FIRST_LAYER) return picked.index;
  return picked?.layer === OTHERS_LAYER ? picked.index + NUMBERED : null;
}

type Colour = [number, number, number, number];

/** `selected` is an index into the sites. */
export function planLayers(
  sites: readonly PlanSite[],
  selected: number | null,
  palette: MapPalette,
  { scale, zoom }: Sight,
): Layer[] {
  const colour = (alpha = 255): Colour => [...rgba(palette.hovered, alpha)];
  const numbered = sites.slice(0, NUMBERED);
  const at = ({ lon, lat }: PlanSite): [number, number] => [lon, lat];
  /** Rings of a radius in pixels; `from` is the index of the first of them. */
  const marks = (id: string, data: readonly PlanSite[], radius: number, from: number): Layer => {
    const isSelected = (index: number): boolean => index + from === selected;
    return new ScatterplotLayer<PlanSite>({
      id,
      data,
      pickable: true,
      getPosition: at,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: (_, { index }) => (isSelected(index) ? Math.max(8, radius + 3) : radius) * scale,
      stroked: true,
      getFillColor: [...rgba(palette.labelHalo, 215)],
      getLineColor: (_, { index }) => (isSelected(index) ? [...rgba(palette.selected)] : colour()),
      getLineWidth: (_, { index }) => (isSelected(index) ? 4 : Math.min(2, radius / 2)) * scale,
      updateTriggers: {
        getRadius: [selected, radius],
        getLineColor: selected,
        getLineWidth: [selected, radius],
      },
    });
  };
  return [
    new ScatterplotLayer<PlanSite>({
      id: 'plans-reach',
      ...UNDER_LABELS,
      data: sites,
      getPosition: at,
      getRadius: ({ reachM }) => reachM,
      stroked: true,
      getFillColor: colour(28),
      getLineColor: colour(150),
      lineWidthUnits: 'pixels',
      getLineWidth: scale,
    }),
    marks(OTHERS_LAYER, sites.slice(NUMBERED), Math.min(6, Math.max(1.5, zoom - 5)), NUMBERED),
    marks(FIRST_LAYER, numbered, 9, 0),
    new TextLayer<PlanSite>({
      id: 'plans-numbers',
      data: numbered,
      getPosition: at,
      getText: (_, { index }) => String(index + 1),
      getSize: 11 * scale,
      getColor: [...rgba(palette.label)],
      fontFamily: 'Be Vietnam Pro, system-ui, sans-serif',
      fontWeight: 600,
      characterSet: '0123456789',
    }),
  ];
}
