/** What the feed reports of the simulated country, week by week, and the day it begins with. */
import { NO_DAY } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import {
  HAMLET_STATUSES,
  LINE_STATUSES,
  NODE_LEVELS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
import type { FeedView, Proposal } from './feed-view.ts';
import { PUBLISHED_FIGURES } from './figures.ts';
import { SIMULATED } from './names.ts';

/** The week's figures of the nation; the share of people (0–1) where it is known. */
export function reportFigures(view: FeedView, share5g: number | undefined): Proposal[] {
  const { stations, hamlets, nodes } = view.country.tables;
  const is = (column: Uint8Array, list: readonly string[], word: string) => {
    const wanted = list.indexOf(word);
    return (row: number): boolean => column[row] === wanted;
  };
  const onAir = is(stations.columns.status, STATION_STATUSES, 'on_air');
  const is5g = is(stations.columns.technology, TECHNOLOGIES, '5g');
  const uncovered = is(hamlets.columns.status, HAMLET_STATUSES, 'uncovered');
  const communal = is(nodes.columns.level, NODE_LEVELS, 'communal');
  const planned = is(nodes.columns.status, LINE_STATUSES, 'planned');
  const values: Record<string, number | undefined> = {
    '5g.stations': countOf(stations.count, (row) => onAir(row) && is5g(row)),
    '5g.population': share5g === undefined ? undefined : Math.round(share5g * 1e4) / 1e4,
    'hamlets.uncovered': countOf(hamlets.count, uncovered),
    // One that is down is still on the network.
    'tslcd.communes': countOf(nodes.count, (row) => communal(row) && !planned(row)),
  };
  return Object.entries(values).flatMap(([indicator, value]) =>
    value === undefined
      ? []
      : view.add('indicator.report', {
          ...SIMULATED,
          indicator,
          unit: NATION,
          day: view.day,
          value,
        }),
  );
}

function countOf(count: number, fits: (row: number) => boolean): number {
  let found = 0;
  for (let row = 0; row < count; row++) if (fits(row)) found++;
  return found;
}

/** The newest day (days since 1970) that anything simulated tells of, after the generated past. */
export function newestDay({ tables: { stations, hamlets } }: Country): number {
  let newest = dayNumberOf(PUBLISHED_FIGURES.to) + 1;
  for (const [table, column] of [
    [stations, stations.columns.since],
    [hamlets, hamlets.columns.resolvedOn],
  ] as const)
    for (let row = 0; row < table.count; row++) {
      const day = column[row] ?? NO_DAY;
      if (day > newest && table.columns.simulated[row] === 1) newest = day;
    }
  return newest;
}
