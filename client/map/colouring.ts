/**
 * What the base map is told of each unit, as feature state: its class of share, whether its province
 * is open, and which one is hovered or selected. Only what changed is told.
 */
import type { Map as MapLibreMap } from 'maplibre-gl';
import { shareIn, type Method, type UnitEstimates } from '../../data/model/estimate.ts';
import { levelOf } from '../../data/model/unit.ts';
import { rampClass } from '../theme/palette.ts';
import type { Colouring } from '../view/view.svelte.ts';
import type { UnitColouring } from './drawing.svelte.ts';
import { FIRST_DIFFERENCE, FIRST_DUTY, type UnitSource } from './style.ts';

type Teller = Pick<MapLibreMap, 'setFeatureState'>;

/** The class of a unit's share, -1 where no estimate by that method is known. */
export function classOf(
  estimates: UnitEstimates | undefined,
  method: Method,
  colouring: Colouring,
): number {
  const row = estimates?.[method];
  return row ? rampClass(shareIn(row, colouring)) : -1;
}

/** The class of a unit by the colouring of an open task, -1 where it knows nothing of it. */
export function classByTask({ classOf: classIn, scale }: UnitColouring, unit: string): number {
  const found = classIn(unit);
  if (found < 0 || scale === 'ramp') return found;
  return (scale === 'duties' ? FIRST_DUTY : FIRST_DIFFERENCE) + found;
}

export class UnitStates {
  readonly #map: Teller;
  readonly #classes = new Map<string, number>();
  #open: readonly string[] = [];
  #hovered: string | null = null;
  #selected: string | null = null;

  constructor(map: Teller) {
    this.#map = map;
  }

  /** Colours units; answers how many really changed their class. */
  colour(units: Iterable<string>, classOfUnit: (unit: string) => number): number {
    let changed = 0;
    for (const unit of units) {
      const found = classOfUnit(unit);
      if (this.#classes.get(unit) === found) continue;
      this.#classes.set(unit, found);
      this.#tell(unit, { class: found });
      changed++;
    }
    return changed;
  }

  /** Communes that show at every zoom, because their province is open. */
  open(communes: readonly string[]): void {
    for (const code of this.#open) this.#tell(code, { open: false });
    for (const code of communes) this.#tell(code, { open: true });
    this.#open = communes;
  }

  hover(unit: string | null): void {
    if (unit === this.#hovered) return;
    if (this.#hovered) this.#tell(this.#hovered, { hovered: false });
    if (unit) this.#tell(unit, { hovered: true });
    this.#hovered = unit;
  }

  select(unit: string | null): void {
    if (unit === this.#selected) return;
    if (this.#selected) this.#tell(this.#selected, { selected: false });
    if (unit) this.#tell(unit, { selected: true });
    this.#selected = unit;
  }

  #tell(unit: string, state: Record<string, unknown>): void {
    const level = levelOf(unit);
    if (level === 'nation') return;
    const source: UnitSource = level === 'province' ? 'provinces' : 'communes';
    this.#map.setFeatureState({ source, sourceLayer: source, id: Number(unit) }, state);
  }
}
