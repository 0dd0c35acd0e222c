/** Outages and availability of units, from the ledger of outages. */
import {
  availabilityOf,
  meanAvailability,
  type Outages,
  type Standing,
} from '../../data/network/outages.ts';
import {
  communeCodeOf,
  communeNumberOf,
  levelOf,
  NATION,
  type UnitLevel,
} from '../../data/model/unit.ts';
import type { ToldOutage, UnitAvailability } from '../../data/wire/network.ts';
import type { Ground } from '../country/ground.ts';
import { unitsOf } from '../http/units.ts';
import type { Span } from './span.ts';

const MS = 1_000;

/** Outages in a unit that a span has a part of, newest first. */
export function outagesIn(
  outages: Outages,
  ground: Ground,
  unit: string,
  { from, to }: Span,
): ToldOutage[] {
  return communesOf(unit, ground)
    .flatMap((code) => outages.within(communeNumberOf(code), from, to))
    .sort((a, b) => b.start - a.start || a.commune - b.commune)
    .map(({ commune, start, end }) => ({
      commune: communeCodeOf(commune),
      start: new Date(start).toISOString(),
      end: end === null ? null : new Date(end).toISOString(),
      seconds: Math.round(Math.max(0, (end ?? to) - start) / MS),
    }));
}

/** How each unit of a level stood in a span; of communes, those of a province only. */
export function availabilityIn(
  outages: Outages,
  ground: Ground,
  level: UnitLevel,
  province: string | undefined,
  span: Span,
  target: number,
): UnitAvailability[] {
  return unitsOf(ground.territory, level, province).map(({ code }) => {
    const standings = communesOf(code, ground)
      .map((commune) => outages.standing(communeNumberOf(commune), span.from, span.to))
      .filter(({ counted }) => counted > 0);
    return rowOf(code, standings, target);
  });
}

function rowOf(unit: string, standings: readonly Standing[], target: number): UnitAvailability {
  const sum = (of: (standing: Standing) => number): number =>
    standings.reduce((total, standing) => total + of(standing), 0);
  return {
    unit,
    communes: standings.length,
    availability: meanAvailability(standings),
    met: standings.filter((standing) => (availabilityOf(standing) ?? 0) >= target).length,
    outages: sum(({ outages }) => outages),
    downSeconds: Math.round(sum(({ down }) => down) / MS),
    longestSeconds: Math.round(Math.max(0, ...standings.map(({ longest }) => longest)) / MS),
  };
}

/** Codes of a unit's communes; of a commune, itself. */
function communesOf(unit: string, { territory }: Ground): string[] {
  if (levelOf(unit) === 'commune') return [unit];
  return territory.communes
    .filter(({ province }) => unit === NATION || province === unit)
    .map(({ code }) => code);
}
