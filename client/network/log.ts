/** Outages and availability as the screen asks for them and puts them in order. */
import type { UnitAvailability } from '../../data/wire/network.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';
import { number, type Language } from '../words/format.ts';
import type { NetworkWish, SpanName } from './choices.ts';

export const AVAILABILITY_COLUMNS = [
  'name',
  'availability',
  'met',
  'outages',
  'down',
  'longest',
] as const;
export type AvailabilityColumn = (typeof AVAILABILITY_COLUMNS)[number];

const DAYS: Record<Exclude<SpanName, 'days'>, number> = { '1d': 1, '7d': 7, '30d': 30 };
const MS_PER_DAY = 86_400_000;
/** A span that ends now begins at a whole five minutes, so that its address stays the same for as long. */
const STEP_MS = 5 * 60_000;

/** `from` and `to` of a wish, as the server takes them. */
function spanQuery(
  { span, from, to }: Pick<NetworkWish, 'span' | 'from' | 'to'>,
  nowMs: number,
): Record<string, string> {
  if (span === 'days') return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const begins = Math.floor(nowMs / STEP_MS) * STEP_MS - DAYS[span] * MS_PER_DAY;
  return { from: new Date(begins).toISOString() };
}

/** What of the availability a unit's page shows: the units below it, or itself. */
export function availabilityQuery(
  unit: string,
  province: string | null,
  wish: Pick<NetworkWish, 'span' | 'from' | 'to' | 'target'>,
  nowMs: number,
): string {
  const level: Record<string, string> =
    levelOf(unit) === 'nation' || province === null
      ? { level: 'province' }
      : { level: 'commune', province };
  const target = String(Number((Number(wish.target) / 100).toFixed(6)));
  return new URLSearchParams({ ...level, ...spanQuery(wish, nowMs), target }).toString();
}

export function outageQuery(
  unit: string,
  wish: Pick<NetworkWish, 'span' | 'from' | 'to'>,
  nowMs: number,
): string {
  return new URLSearchParams({
    ...(unit === NATION ? {} : { unit }),
    ...spanQuery(wish, nowMs),
  }).toString();
}

export type NamedAvailability = UnitAvailability & { name: string };

/** In the order of a column; what is not known comes last, whichever way. */
export function inOrder(
  rows: readonly NamedAvailability[],
  column: AvailabilityColumn,
  descending: boolean,
): NamedAvailability[] {
  const sign = descending ? -1 : 1;
  const byName = (a: NamedAvailability, b: NamedAvailability): number =>
    a.name.localeCompare(b.name, 'vi');
  if (column === 'name') return [...rows].sort((a, b) => sign * byName(a, b));
  const valueOf = (row: NamedAvailability): number | null => {
    if (row.communes === 0) return null;
    switch (column) {
      case 'availability':
        return row.availability;
      case 'met':
        return row.met / row.communes;
      case 'outages':
        return row.outages;
      case 'down':
        return row.downSeconds;
      case 'longest':
        return row.longestSeconds;
    }
  };
  return [...rows].sort((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null)
      return Number(one === null) - Number(other === null) || byName(a, b);
    return sign * (one - other) || byName(a, b);
  });
}

/** A share with enough decimals to tell 99.9 % from 99.99 %, rounded down: no more is said than holds. */
export function availabilitySaid(share: number | null, language: Language): string {
  return share === null ? '–' : `${number(Math.floor(share * 1e5 + 1e-6) / 1e3, language, 3)}%`;
}

const LENGTHS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length in its two largest measures: 1 giờ 20 phút. */
export function lengthSaid(
  seconds: number,
  units: Record<(typeof LENGTHS)[number][0], string>,
): string {
  let left = Math.max(0, Math.round(seconds));
  const first = LENGTHS.findIndex(([, length]) => left >= length);
  const shown = LENGTHS.slice(first < 0 ? LENGTHS.length - 1 : first).slice(0, 2);
  const parts = shown.map(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return { unit, count };
  });
  return parts
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ unit, count }) => `${count} ${units[unit]}`)
    .join(' ');
}
