/**
 * The network on the map while its task is open: every line and node, to be picked at any zoom; the
 * communes that are cut off; what is chosen, and the communes that would fall with it.
 */
import type { Layer } from '@deck.gl/core';
import { LineLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Country } from '../../data/model/country.ts';
import type { NetworkElement } from '../../data/network/graph.ts';
import type { Picked } from '../map/drawing.svelte.ts';
import { drawnLines, drawnMarks, type Drawn, type Sight } from '../map/layers.ts';
import { nodeMarks } from '../map/marks.ts';
import { brokenLinesOf, linesOf } from '../map/network.ts';
import { FIRST_LABEL_LAYER } from '../map/style.ts';
import { rgba, type MapPalette } from '../theme/palette.ts';

const LINKS_LAYER = 'network-links';
const NODES_LAYER = 'network-nodes';
const UNDER_LABELS = { beforeId: FIRST_LABEL_LAYER };
/** Pixels of radius for the square root of the people, where the whole country is in view. */
const PIXELS_PER_ROOT = 0.016;
const [LEAST, MOST] = [3, 26];

type Colour = [number, number, number, number];

export interface MarkedCommune {
  lon: number;
  lat: number;
  people: number;
}

export interface ShownNetwork {
  /** Cut off now. */
  cut: readonly MarkedCommune[];
  /** Cut off, or lost, in the case that is looked at. */
  lit: readonly MarkedCommune[];
  /** Both ends of the chosen line, or twice the chosen node. */
  chosen: readonly [readonly [number, number], readonly [number, number]] | null;
  area: { lon: number; lat: number; radiusM: number } | null;
}

interface Written {
  lines: Drawn;
  broken: Drawn;
  nodes: Drawn;
}

/** Lines and nodes as the card takes them, written once for each palette. */
export class NetworkOnMap {
  readonly #country: Country;
  readonly #written = new Map<string, Written>();

  /** Good until the network of the country changes. */
  constructor(country: Country) {
    this.#country = country;
  }

  layers(shown: ShownNetwork, palette: MapPalette, sight: Sight): Layer[] {
    const { zoom, scale } = sight;
    const { lines, broken, nodes } = this.#write(palette, zoom >= 7 ? 'near' : 'far');
    const colour = (hex: string, alpha = 255): Colour => [...rgba(hex, alpha)];
    const size = (people: number): number => {
      const near = 1 + Math.max(0, zoom - 5) * 0.5;
      return Math.min(MOST, Math.max(LEAST, Math.sqrt(people) * PIXELS_PER_ROOT * near)) * scale;
    };
    const discs = (
      id: string,
      data: readonly MarkedCommune[],
      hex: string,
      filled: boolean,
    ): Layer =>
      new ScatterplotLayer<MarkedCommune>({
        id,
        ...UNDER_LABELS,
        data,
        getPosition: ({ lon, lat }) => [lon, lat],
        radiusUnits: 'pixels',
        lineWidthUnits: 'pixels',
        getRadius: ({ people }) => size(people) + (filled ? 0 : 4 * scale),
        filled,
        stroked: true,
        getFillColor: colour(hex, 150),
        // An edge tells them from hamlets without a signal, which are of the same colour.
        getLineColor: filled ? colour(palette.selected) : colour(hex),
        getLineWidth: (filled ? 1.5 : 2.5) * scale,
        updateTriggers: { getRadius: [zoom, scale] },
      });
    return [
      new LineLayer({
        id: 'network-broken',
        ...UNDER_LABELS,
        data: broken.data,
        widthScale: scale,
      }),
      new LineLayer({
        id: LINKS_LAYER,
        ...UNDER_LABELS,
        data: lines.data,
        pickable: true,
        widthScale: scale,
      }),
      ...this.#chosen(shown, palette, scale),
      new ScatterplotLayer({
        id: NODES_LAYER,
        ...UNDER_LABELS,
        data: nodes.data,
        pickable: true,
        radiusUnits: 'pixels',
        lineWidthUnits: 'pixels',
        radiusScale: scale * Math.min(1.6, 0.5 + Math.max(0, zoom - 5) * 0.16),
      }),
      discs('network-lit', shown.lit, palette.uncovered, true),
      discs('network-cut', shown.cut, palette.lines.down, false),
    ];
  }

  /** The node or line that was picked; null for something else. */
  elementOf(picked: Picked | null): NetworkElement | null {
    const [written] = this.#written.values();
    if (!picked || !written) return null;
    const { lines, nodes } = written;
    const noun = picked.layer === NODES_LAYER ? 'node' : 'link';
    if (noun === 'link' && picked.layer !== LINKS_LAYER) return null;
    const id = (noun === 'node' ? nodes : lines).ids[picked.index];
    return id === undefined ? null : { noun, id };
  }

  #write(palette: MapPalette, distance: 'near' | 'far'): Written {
    const key = `${palette.sea} ${distance}`;
    const known = this.#written.get(key);
    if (known) return known;
    const country = this.#country;
    const written = {
      lines: drawnLines(linesOf(country, palette, distance)),
      broken: drawnLines(brokenLinesOf(country, palette)),
      nodes: drawnMarks(nodeMarks(country, palette)),
    };
    this.#written.set(key, written);
    return written;
  }

  #chosen({ chosen, area }: ShownNetwork, palette: MapPalette, scale: number): Layer[] {
    const selected: Colour = [...rgba(palette.selected)];
    return [
      new ScatterplotLayer({
        id: 'network-area',
        ...UNDER_LABELS,
        data: area ? [area] : [],
        getPosition: ({ lon, lat }: { lon: number; lat: number }) => [lon, lat],
        getRadius: ({ radiusM }: { radiusM: number }) => radiusM,
        stroked: true,
        lineWidthUnits: 'pixels',
        getFillColor: [...rgba(palette.uncovered, 36)] as Colour,
        getLineColor: selected,
        getLineWidth: 2 * scale,
      }),
      new LineLayer({
        id: 'network-chosen-line',
        ...UNDER_LABELS,
        data: chosen ? [chosen] : [],
        getSourcePosition: ([from]: ShownLine) => [...from],
        getTargetPosition: ([, to]: ShownLine) => [...to],
        getColor: selected,
        getWidth: 4 * scale,
      }),
      new ScatterplotLayer({
        id: 'network-chosen-node',
        ...UNDER_LABELS,
        data: chosen ? [...chosen] : [],
        getPosition: (at: readonly [number, number]) => [...at],
        radiusUnits: 'pixels',
        lineWidthUnits: 'pixels',
        getRadius: 10 * scale,
        filled: false,
        stroked: true,
        getLineColor: selected,
        getLineWidth: 2.5 * scale,
      }),
    ];
  }
}

type ShownLine = NonNullable<ShownNetwork['chosen']>;
