/** What is chosen in the task: short words that the address holds. */
import type { NetworkElement } from '../../data/network/graph.ts';

export const SHOWS = ['now', 'weak', 'graph', 'both', 'log'] as const;
export type Show = (typeof SHOWS)[number];

/** Shows that are to be read, with the map beside them for company. */
export const WIDE_SHOWS: readonly Show[] = ['graph', 'log'];

export const WEAK_KINDS = ['all', 'shared', 'node', 'link'] as const;
export type WeakKind = (typeof WEAK_KINDS)[number];

export const SPANS = ['1d', '7d', '30d', 'days'] as const;
export type SpanName = (typeof SPANS)[number];

/** Kilometres. */
export const RADII = ['2', '5', '10', '20'] as const;
type RadiusKm = (typeof RADII)[number];

export interface NetworkWish {
  show: Show;
  /** The node or link whose failure is looked at. */
  pick: NetworkElement | null;
  kind: WeakKind;
  span: SpanName;
  /** `YYYY-MM-DD`; empty where none is chosen. */
  from: string;
  to: string;
  /** Percent, as it is written. */
  target: string;
  radius: RadiusKm;
  /** The middle of the area that fails. */
  at: { lon: number; lat: number } | null;
}

type Choices = Readonly<Record<string, string>>;

export const ORDINARY_TARGET_PERCENT = '99.9';

export function wishIn(choices: Choices): NetworkWish {
  return {
    show: SHOWS.find((name) => name === choices['show']) ?? 'now',
    pick: elementIn(choices['pick']),
    kind: WEAK_KINDS.find((name) => name === choices['kind']) ?? 'all',
    span: SPANS.find((name) => name === choices['span']) ?? '1d',
    from: dayIn(choices['from']),
    to: dayIn(choices['to']),
    target: targetIn(choices['target']),
    radius: RADII.find((km) => km === choices['km']) ?? '5',
    at: placeIn(choices['at']),
  };
}

/** `node-123`; null for anything else. */
export function elementIn(text: string | undefined): NetworkElement | null {
  const [, noun, digits] = /^(node|link)-([1-9]\d{0,9})$/.exec(text ?? '') ?? [];
  return noun === 'node' || noun === 'link' ? { noun, id: Number(digits) } : null;
}

export function elementAs({ noun, id }: NetworkElement): string {
  return `${noun}-${id}`;
}

/** About ten metres, as long as an address may be. */
export function placeAs({ lon, lat }: { lon: number; lat: number }): string {
  return `${lon.toFixed(4)}_${lat.toFixed(4)}`;
}

function placeIn(text: string | undefined): NetworkWish['at'] {
  const [, lon, lat] = /^(\d{2,3}\.\d{1,6})_(\d{1,2}\.\d{1,6})$/.exec(text ?? '') ?? [];
  return lon === undefined ? null : { lon: Number(lon), lat: Number(lat) };
}

function dayIn(text: string | undefined): string {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? (text ?? '') : '';
}

function targetIn(text: string | undefined): string {
  const percent = Number(text);
  const isOne = /^\d{1,3}(\.\d{1,4})?$/.test(text ?? '') && percent >= 0 && percent <= 100;
  return isOne ? (text ?? '') : ORDINARY_TARGET_PERCENT;
}
