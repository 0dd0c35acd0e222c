/**
 * The data-transmission network as lines: both ends, a colour and a width for each link whose nodes
 * are known. A few thousand links, so they are written anew when one changes.
 */
import type { Country } from '../../data/model/country.ts';
import { LINE_STATUSES, NODE_LEVELS } from '../../data/model/things.ts';
import { rgba, type MapPalette, type Rgba } from '../theme/palette.ts';
import type { Distance } from './stations.ts';

export interface Lines {
  count: number;
  /** Ids, to tell what was picked. */
  ids: Uint32Array;
  /** Longitude and latitude of each end. */
  from: Float64Array;
  to: Float64Array;
  colours: Uint8Array;
  /** CSS pixels. */
  widths: Float32Array;
}

/** CSS pixels, by the lower of the two levels: backbone, a province's, a commune's. */
const WIDTHS = [3, 1.8, 0.9] as const;
/** How visible each is, 0–255; from afar thousands of the last kind would hide the land. */
const ALPHAS = { far: [220, 115, 34], near: [235, 190, 120] } as const;
/** A broken link stands out at every level, in its own line and in the glow around it. */
const BROKEN_WIDTH = 1.8;
const GLOW = { wider: [10, 8, 4], alpha: 80 } as const;
const DOWN = LINE_STATUSES.indexOf('down');
const CENTRAL = NODE_LEVELS.indexOf('central');
const COMMUNAL = NODE_LEVELS.indexOf('communal');

export function linesOf(country: Country, palette: MapPalette, distance: Distance): Lines {
  const { links } = country.tables;
  return collect(country, allRows(links.count), (row, rank) => {
    const status = LINE_STATUSES[links.columns.status[row] ?? 0] ?? 'planned';
    const width = WIDTHS[rank];
    return status === 'down'
      ? { colour: rgba(palette.lines.down), width: Math.max(BROKEN_WIDTH, width) }
      : { colour: rgba(palette.lines[status], ALPHAS[distance][rank]), width };
  });
}

/** The glow under links that are down. */
export function brokenLinesOf(country: Country, palette: MapPalette): Lines {
  const { links } = country.tables;
  const rows = allRows(links.count).filter((row) => links.columns.status[row] === DOWN);
  const colour = rgba(palette.lines.down, GLOW.alpha);
  return collect(country, rows, (_, rank) => ({ colour, width: WIDTHS[rank] + GLOW.wider[rank] }));
}

function allRows(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row);
}

function collect(
  country: Country,
  rows: readonly number[],
  look: (row: number, rank: 0 | 1 | 2) => { colour: Rgba; width: number },
): Lines {
  const { links, nodes } = country.tables;
  const lines: Lines = {
    count: 0,
    ids: new Uint32Array(rows.length),
    from: new Float64Array(rows.length * 2),
    to: new Float64Array(rows.length * 2),
    colours: new Uint8Array(rows.length * 4),
    widths: new Float32Array(rows.length),
  };
  for (const row of rows) {
    const from = nodes.rowOf(links.columns.from[row] ?? 0);
    const to = nodes.rowOf(links.columns.to[row] ?? 0);
    if (from === undefined || to === undefined) continue;
    const at = lines.count++;
    const { position, level } = nodes.columns;
    lines.ids[at] = links.ids[row] ?? 0;
    lines.from.set(position.subarray(from * 2, from * 2 + 2), at * 2);
    lines.to.set(position.subarray(to * 2, to * 2 + 2), at * 2);
    const lower = Math.max(level[from] ?? COMMUNAL, level[to] ?? COMMUNAL);
    const { colour, width } = look(row, lower === CENTRAL ? 0 : lower < COMMUNAL ? 1 : 2);
    lines.colours.set(colour, at * 4);
    lines.widths[at] = width;
  }
  return lines;
}
