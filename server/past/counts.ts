/** What a unit holds, counted from the tables of a country. */
import { HAMLET_STATUSES, LINE_STATUSES, NODE_LEVELS, OPERATORS } from '../../data/model/things.ts';
import { REPORT_STATUSES, STATION_STATUSES, TECHNOLOGIES } from '../../data/model/things.ts';
import type { Country } from '../../data/model/country.ts';
import type { UnitCounts } from '../../data/wire/past.ts';

/** @param isInside whether a commune, by its number (0: none), is part of the unit */
export function countsOf({ tables }: Country, isInside: (commune: number) => boolean): UnitCounts {
  const { stations, hamlets, nodes, links, facilities, reports } = tables;
  const none = <K extends string>(names: readonly K[]): Record<K, number> =>
    Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
  const counts: UnitCounts = {
    stations: { '4g': none(STATION_STATUSES), '5g': none(STATION_STATUSES) },
    onAirByOperator: none(OPERATORS),
    hamlets: { uncovered: 0, resolved: 0, people: 0, speciallyDisadvantaged: 0 },
    nodes: { communal: none(LINE_STATUSES), all: 0, down: 0 },
    links: none(LINE_STATUSES),
    facilities: 0,
    reports: none(REPORT_STATUSES),
  };
  for (let row = 0; row < stations.count; row++) {
    const { commune, technology, status, operator } = stations.columns;
    if (!isInside(commune[row] ?? 0)) continue;
    const [of, state] = [TECHNOLOGIES[technology[row] ?? 0], STATION_STATUSES[status[row] ?? 0]];
    const by = OPERATORS[operator[row] ?? -1];
    if (of && state) counts.stations[of][state]++;
    if (of === '5g' && state === 'on_air' && by) counts.onAirByOperator[by]++;
  }
  for (let row = 0; row < hamlets.count; row++) {
    const { commune, status, people, speciallyDisadvantaged } = hamlets.columns;
    if (!isInside(commune[row] ?? 0)) continue;
    const state = HAMLET_STATUSES[status[row] ?? 0];
    if (state) counts.hamlets[state]++;
    if (state !== 'uncovered') continue;
    counts.hamlets.people += people[row] ?? 0;
    counts.hamlets.speciallyDisadvantaged += speciallyDisadvantaged[row] ?? 0;
  }
  for (let row = 0; row < nodes.count; row++) {
    const { commune, level, status } = nodes.columns;
    if (!isInside(commune[row] ?? 0)) continue;
    const state = LINE_STATUSES[status[row] ?? 0];
    counts.nodes.all++;
    if (state === 'down') counts.nodes.down++;
    if (state && NODE_LEVELS[level[row] ?? 0] === 'communal') counts.nodes.communal[state]++;
  }
  const communeOfNode = (id: number | undefined): number =>
    nodes.columns.commune[nodes.rowOf(id ?? 0) ?? -1] ?? 0;
  for (let row = 0; row < links.count; row++) {
    const { from, to, status } = links.columns;
    if (![from[row], to[row]].some((node) => isInside(communeOfNode(node)))) continue;
    const state = LINE_STATUSES[status[row] ?? 0];
    if (state) counts.links[state]++;
  }
  for (let row = 0; row < facilities.count; row++)
    if (isInside(facilities.columns.commune[row] ?? 0)) counts.facilities++;
  for (let row = 0; row < reports.count; row++) {
    const state = REPORT_STATUSES[reports.columns.status[row] ?? 0];
    if (state && isInside(reports.columns.commune[row] ?? 0)) counts.reports[state]++;
  }
  return counts;
}
