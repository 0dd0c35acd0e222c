/** Where an alert is, and how to look at it there. */
import type { Alert } from '../../data/wire/alerts.ts';
import { levelOf } from '../../data/model/unit.ts';
import type { Unit } from '../live/live.ts';
import type { Camera, OpenThing } from '../view/view.svelte.ts';

/** Of its thing where that has a place, else of its unit. */
export function placeOf(
  { thing, unit }: Pick<Alert, 'thing' | 'unit'>,
  units: ReadonlyMap<string, Unit>,
): Camera | null {
  if (thing?.place) return { lon: thing.place[0], lat: thing.place[1], zoom: 12 };
  const level = levelOf(unit);
  const found = units.get(unit);
  if (!found || level === 'nation') return null;
  return { lon: found.centre[0], lat: found.centre[1], zoom: level === 'commune' ? 10 : 8 };
}

/** Its thing, where it has one. */
export function thingOf({ thing }: Pick<Alert, 'thing'>): OpenThing | null {
  return thing && { noun: thing.noun, id: thing.id };
}
