/**
 * Figures over time: the published ones, which are facts and keep their sources, and month by month
 * before them what the simulated past itself comes to, which says that it is simulated.
 */
import { publishedFigures } from '../../data/country/figures.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Chronicle, Happened } from './chronicle.ts';
import { monthEnds, writtenDay } from './curve.ts';
import type { DemoFigures } from './figures.ts';
import type { OnAir } from './five-g-past.ts';
import type { Land } from './land.ts';
import { SIMULATED } from './names.ts';
import { Reach } from './reach.ts';

export function tellPublished(chronicle: Chronicle, land: Land, figures: DemoFigures): void {
  const units = new Set([NATION, ...land.provinces.map(({ code }) => code)]);
  // A list in the order of days: what was published before the past began is told at its beginning.
  const opening = dayNumberOf(figures.from);
  for (const { code, value, target, asOf, source, territory = NATION } of publishedFigures) {
    if (!units.has(territory)) continue;
    const fields: Fields = { indicator: code, unit: territory, day: asOf, value };
    if (target !== undefined) fields['target'] = target;
    const told = Math.min(Math.max(dayNumberOf(asOf), opening), dayNumberOf(figures.to));
    chronicle.add('indicator.report', told, { ...fields, simulated: false, source });
  }
}

/** At each month's end: 5G stations and people reached, hamlets without, communes connected. */
export function tellMonths(
  chronicle: Chronicle,
  land: Land,
  figures: DemoFigures,
  fiveG: readonly OnAir[],
): void {
  const ends = monthEnds(dayNumberOf(figures.from), dayNumberOf(figures.to));
  const stations = [...fiveG].sort((a, b) => a.day - b.day);
  const counts = countsByDay(chronicle);
  const reach = new Reach(land);
  let onAir = 0;
  let at = 0;
  const sums = { hamlets: 0, communes: 0 };
  for (const end of ends) {
    for (let next = stations[onAir]; next && next.day <= end; next = stations[++onAir])
      reach.add(next.site);
    for (let next = counts[at]; next && next.day <= end; next = counts[++at])
      sums[next.what] += next.by;
    const values: Record<string, number> = {
      '5g.stations': onAir,
      '5g.population': Math.round(reach.share * 1e4) / 1e4,
      'hamlets.uncovered': sums.hamlets,
      'tslcd.communes': sums.communes,
    };
    for (const [indicator, value] of Object.entries(values))
      chronicle.add('indicator.report', end, {
        ...SIMULATED,
        indicator,
        unit: NATION,
        day: writtenDay(end),
        value,
      });
  }
}

interface Count {
  day: number;
  what: 'hamlets' | 'communes';
  by: 1 | -1;
}

/** What the chronicle has told so far of hamlets and communal nodes, in the order of days. */
function countsByDay(chronicle: Chronicle): Count[] {
  return [...chronicle.happened()]
    .flatMap((told) => countOf(told) ?? [])
    .sort((a, b) => a.day - b.day);
}

function countOf({ type, day, fields, of }: Happened): Count | undefined {
  if (type === 'hamlet.add') return { day, what: 'hamlets', by: 1 };
  if (type === 'hamlet.resolve') return { day, what: 'hamlets', by: -1 };
  const level = (of ?? { fields }).fields['level'];
  const connected = type.startsWith('node.') && level === 'communal' && fields['status'] === 'up';
  return connected ? { day, what: 'communes', by: 1 } : undefined;
}
