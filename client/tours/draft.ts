/** A tour being written: its scenes as a form has them, moved, added and taken out. Pure. */
import { isShownByProvince } from '../../data/indicators/register.ts';
import type { Indicator } from '../../data/country/indicators.ts';
import { NATION } from '../../data/model/unit.ts';
import { stopsOf, type Scene } from '../../data/wall/tour.ts';
import { register } from '../indicators/register.ts';
import { fold } from '../search/fold.ts';

export type Show = Scene['show'];
export const SHOWS = [
  'nation',
  'unit',
  'provinces',
  'worst',
  'indicator',
  'film',
  'alerts',
] as const satisfies readonly Show[];

/** Indicators that the map of the provinces can show. */
export function shownIndicators(): Indicator[] {
  return register().filter(isShownByProvince);
}

/** How far a film goes back that nobody chose otherwise. */
const DAYS = 365;

/** A scene of a kind before anybody chose anything in it. */
export function freshScene(show: Show, seconds = 20): Scene {
  switch (show) {
    case 'nation':
    case 'provinces':
      return { show, seconds };
    case 'unit':
      return { show, unit: NATION, seconds };
    case 'worst':
      return { show, count: 10, seconds };
    case 'indicator':
      return { show, code: shownIndicators()[0]?.code ?? '', seconds };
    case 'film':
      // As many moments as make a film of it.
      return { show, unit: NATION, span: { days: DAYS }, seconds: Math.max(seconds, 40) };
    case 'alerts':
      return { show, count: 8, seconds };
  }
}

/** The scenes with one of them moved up (-1) or down (1); the same where it cannot go farther. */
export function moved(scenes: readonly Scene[], index: number, by: -1 | 1): Scene[] {
  const to = index + by;
  const [one] = scenes.slice(index, index + 1);
  if (!one || to < 0 || to >= scenes.length) return [...scenes];
  return scenes.toSpliced(index, 1).toSpliced(to, 0, one);
}

/** The name of a tour as a part of an address: `Phòng họp, tầng 2` → `phong-hop-tang-2`. */
export function codeOf(name: string): string {
  return fold(name).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '');
}

/** How long a round takes, seconds. */
export function roundOf(scenes: readonly Scene[], provinces: number): number {
  const stops = stopsOf(
    scenes,
    Array.from({ length: provinces }, () => ''),
  );
  return stops.reduce((sum, { seconds }) => sum + seconds, 0);
}
