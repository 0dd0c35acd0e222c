/** What the marks of each layer mean, in the colours in which the map draws them, and how many. */
import { LINE_STATUSES, type StationStatus } from '../../data/model/things.ts';
import type { Counts } from '../live/live.ts';
import type { MapPalette } from '../theme/palette.ts';
import type { LayerName } from '../view/view.svelte.ts';
import type { Words } from '../words/vi.ts';

export interface LegendMark {
  text: string;
  colour: string;
  shape: 'disc' | 'square' | 'line' | 'diamond';
  edge?: string;
  count: number;
}

/** Statuses that the map draws. */
const DRAWN: readonly StationStatus[] = ['on_air', 'down', 'building', 'planned'];

/** How many things a layer holds. */
export function layerCount(layer: LayerName, counts: Counts): number {
  switch (layer) {
    case 'stations4g':
    case 'stations5g':
      return DRAWN.reduce((sum, status) => sum + counts.stations[technologyOf(layer)][status], 0);
    case 'hamlets':
      return counts.hamlets.uncovered;
    case 'network':
      return LINE_STATUSES.reduce((sum, status) => sum + counts.links[status], 0);
    case 'facilities':
      return counts.facilities;
    case 'reports':
      return openIn(counts);
  }
}

/** Marks of which there are none are left out. */
export function legendOf(
  layer: LayerName,
  counts: Counts,
  palette: MapPalette,
  words: Words,
): LegendMark[] {
  return marksOf(layer, counts, palette, words).filter(({ count }) => count > 0);
}

function marksOf(
  layer: LayerName,
  counts: Counts,
  palette: MapPalette,
  words: Words,
): LegendMark[] {
  switch (layer) {
    case 'stations4g':
    case 'stations5g':
      return DRAWN.map((status) => ({
        text: words.stations.statuses[status],
        colour:
          palette.stations[layer === 'stations4g' && status === 'on_air' ? 'on_air_4g' : status],
        shape: 'disc',
        count: counts.stations[technologyOf(layer)][status],
      }));
    case 'hamlets':
      return [
        {
          text: words.hamlets.statuses.uncovered,
          colour: palette.uncovered,
          shape: 'disc',
          count: counts.hamlets.uncovered,
        },
      ];
    case 'network':
      return [
        ['up', words.layers.lineUp] as const,
        ['down', words.layers.lineDown] as const,
        ['planned', words.layers.linePlanned] as const,
      ].map(([status, text]) => ({
        text,
        colour: palette.lines[status],
        shape: 'line',
        count: counts.links[status],
      }));
    case 'facilities':
      return [
        {
          text: words.facilities.title,
          colour: palette.facility,
          edge: palette.facilityEdge,
          shape: 'square',
          count: counts.facilities,
        },
      ];
    case 'reports':
      return [
        {
          text: words.reports.statuses.received,
          colour: palette.reports.unanswered,
          edge: palette.reports.edge,
          shape: 'diamond',
          count: counts.reports.received,
        },
        {
          text: words.reports.handled,
          colour: palette.reports.open,
          edge: palette.reports.edge,
          shape: 'diamond',
          count: openIn(counts) - counts.reports.received,
        },
      ];
  }
}

/** Reports that are still to be handled. */
function openIn({ reports }: Counts): number {
  return reports.received + reports.checking + reports.confirmed;
}

function technologyOf(layer: 'stations4g' | 'stations5g'): '4g' | '5g' {
  return layer === 'stations4g' ? '4g' : '5g';
}
