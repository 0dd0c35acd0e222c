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
import {
  FIRST_DIFFERENCE,
  FIRST_DUTY,
  outlineLayer,
  type Outline,
  type UnitSource,
} from './style.ts';

type Teller = Pick<MapLibreMap, 'setFeatureState' | 'setLayoutProperty'>;

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
  readonly #outlined: Record<Outline, string | null> = { hovered: null, selected: null };
  /** The layers of outlines that something was outlined in. */
  readonly #shown = new Set<string>();

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
    this.#outline('hovered', unit);
  }

  select(unit: string | null): void {
    this.#outline('selected', unit);
  }

  #outline(name: Outline, unit: string | null): void {
    const before = this.#outlined[name];
    if (unit === before) return;
    this.#outlined[name] = unit;
    if (before) this.#tell(before, { [name]: false });
    if (!unit) return;
    this.#tell(unit, { [name]: true });
    const source = sourceOf(unit);
    const layer = source && outlineLayer(source, name);
    if (!layer || this.#shown.has(layer)) return;
    this.#shown.add(layer);
    this.#map.setLayoutProperty(layer, 'visibility', 'visible');
  }

  #tell(unit: string, state: Record<string, unknown>): void {
    const source = sourceOf(unit);
    if (!source) return;
    this.#map.setFeatureState({ source, sourceLayer: source, id: Number(unit) }, state);
  }
}

function sourceOf(unit: string): UnitSource | null {
  const level = levelOf(unit);
  if (level === 'nation') return null;
  return level === 'province' ? 'provinces' : 'communes';
}
