/** How far the national figures have moved since a state of the past. */
import { peopleIn, type EstimateRow, type Method } from '../../data/model/estimate.ts';
import type { PastState } from '../../data/wire/past.ts';
import type { Counts } from '../live/live.ts';
import type { NationalFigure } from '../strip/national.ts';

/** By the code of the figure: things, or people for shares; null where it is not known. */
export function movedSince(
  code: NationalFigure['code'],
  then: PastState,
  counts: Counts,
  method: Method,
  row: EstimateRow | undefined,
): number | null {
  switch (code) {
    case '5g.stations':
      return counts.stations['5g'].on_air - then.counts.stations['5g'].on_air;
    case '5g.population': {
      const before = then.methods[method]?.byTechnology['5g'].covered;
      return row && before !== undefined ? peopleIn(row, '5g') - before : null;
    }
    case 'hamlets.uncovered':
      return counts.hamlets.uncovered - then.counts.hamlets.uncovered;
    case 'tslcd.communes':
      return counts.nodes.communal.up - then.counts.nodes.communal.up;
  }
}
