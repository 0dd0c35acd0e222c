/**
 * Things that are few: hamlets, nodes and facilities as marks with a position, a colour and a size,
 * written anew when one of their kind changes.
 */
import type { Country } from '../../data/model/country.ts';
import { isOpenReport, statusIn } from '../../data/model/reports.ts';
import { HAMLET_STATUSES, LINE_STATUSES, NODE_LEVELS } from '../../data/model/things.ts';
import { rgba, type MapPalette, type Rgba } from '../theme/palette.ts';

export interface Marks {
  count: number;
  ids: Uint32Array;
  /** Longitude and latitude of each. */
  positions: Float64Array;
  colours: Uint8Array;
  /** Radius, CSS pixels, before the zoom's factor. */
  sizes: Float32Array;
}

interface Placed {
  count: number;
  ids: Uint32Array;
  columns: { position: Float64Array };
}

function marksOf(
  table: Placed,
  look: (row: number) => { colour: Rgba; size: number } | null,
): Marks {
  const marks: Marks = {
    count: 0,
    ids: new Uint32Array(table.count),
    positions: new Float64Array(table.count * 2),
    colours: new Uint8Array(table.count * 4),
    sizes: new Float32Array(table.count),
  };
  for (let row = 0; row < table.count; row++) {
    const seen = look(row);
    if (!seen) continue;
    const at = marks.count++;
    marks.ids[at] = table.ids[row] ?? 0;
    marks.positions.set(table.columns.position.subarray(row * 2, row * 2 + 2), at * 2);
    marks.colours.set(seen.colour, at * 4);
    marks.sizes[at] = seen.size;
  }
  return marks;
}

const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');

/** Hamlets without a signal, a little larger the more people wait in them; solved ones are gone. */
export function hamletMarks(country: Country, palette: MapPalette): Marks {
  const { hamlets } = country.tables;
  const { status, people } = hamlets.columns;
  const colour = rgba(palette.uncovered);
  return marksOf(hamlets, (row) =>
    status[row] === UNCOVERED
      ? { colour, size: 2 + Math.min(1, Math.sqrt(people[row] ?? 0) / 24) }
      : null,
  );
}

const NODE_SIZES = { central: 8, provincial: 5, communal: 2 } as const;

export function nodeMarks(country: Country, palette: MapPalette): Marks {
  const { nodes } = country.tables;
  const { level, status } = nodes.columns;
  return marksOf(nodes, (row) => {
    const rank = NODE_LEVELS[level[row] ?? 0] ?? 'communal';
    const state = LINE_STATUSES[status[row] ?? 0] ?? 'planned';
    const size = NODE_SIZES[rank] + (state === 'down' ? 1.5 : 0);
    return { colour: rgba(palette.lines[state]), size };
  });
}

/** Reports that are still to be handled, those that nobody has answered larger. */
export function reportMarks(country: Country, palette: MapPalette): Marks {
  const { reports } = country.tables;
  const { status } = reports.columns;
  return marksOf(reports, (row) => {
    const state = statusIn(status[row]);
    if (!isOpenReport(state)) return null;
    return state === 'received'
      ? { colour: rgba(palette.reports.unanswered), size: 6 }
      : { colour: rgba(palette.reports.open), size: 5 };
  });
}

export function facilityMarks(country: Country, palette: MapPalette): Marks {
  const { facilities } = country.tables;
  const { status } = facilities.columns;
  return marksOf(facilities, (row) => {
    const state = LINE_STATUSES[status[row] ?? 0] ?? 'planned';
    const colour = state === 'up' ? palette.facility : palette.lines[state];
    return { colour: rgba(colour), size: 5.5 };
  });
}
