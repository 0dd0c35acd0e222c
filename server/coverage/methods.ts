/**
 * The coverage of a country by every method that is available, on one field of people, moved on
 * together with every change of a station.
 */
import { METHODS, type Method, type UnitEstimates } from '../../data/model/estimate.ts';
import type { Table } from '../../data/model/table.ts';
import type { LinkBudgetParameters } from '../../data/radio/link-budget.ts';
import type { EstimateTables } from '../../data/wire/snapshot.ts';
import type { Elevation } from '../terrain/elevation.ts';
import type { PeopleGrid } from '../territory/territory.ts';
import { BackgroundCount } from './background-count.ts';
import { createCoverage, type Coverage } from './engine.ts';
import { PeopleField } from './field.ts';
import { allRound, inSector, linkBudgetFootprint, radiusFootprint } from './reach.ts';
import { sitesIn, type Site } from './site.ts';
import { terrainReach } from './terrain-reach.ts';

export class CoverageByMethod {
  readonly field: PeopleField;
  readonly #grid: PeopleGrid;
  readonly #elevation: Elevation | null;
  /** Methods that keep up with every change. */
  readonly #engines = new Map<Method, Coverage>();
  /** Method `terrain`, which follows behind; undefined without an elevation model. */
  #terrain: BackgroundCount | undefined;
  #parameters: LinkBudgetParameters;

  /** With nothing on air. */
  constructor(
    grid: PeopleGrid,
    parameters: LinkBudgetParameters,
    elevation: Elevation | null = null,
  ) {
    this.field = new PeopleField(grid);
    this.#grid = grid;
    this.#elevation = elevation;
    this.#parameters = parameters;
    this.#engines.set('radius', createCoverage(grid, allRound(radiusFootprint), this.field));
    this.#engines.set('linkBudget', this.#linkBudget());
  }

  /** The methods whose estimates hold now, in the order of `METHODS`. */
  get methods(): Method[] {
    return METHODS.filter((method) => this.by(method) !== undefined);
  }

  /** The engine of a method; undefined where it is not available, or not yet. */
  by(method: Method): Coverage | undefined {
    if (method !== 'terrain') return this.#engines.get(method);
    return this.#terrain?.progress === 1 ? this.#terrain.coverage : undefined;
  }

  /** How far method `terrain` has come with counting from the beginning, 0–1; null without heights. */
  get terrainProgress(): number | null {
    return this.#terrain?.progress ?? null;
  }

  /** Changes that method `terrain` has not counted yet. */
  get waiting(): number {
    return this.#terrain?.waiting ?? 0;
  }

  /** Forgets every site and counts those on air in a table; `terrain` goes on behind. */
  load(stations: Table<'stations'>): void {
    for (const engine of this.#engines.values()) engine.load(stations);
    this.#countTerrain(stations);
  }

  /** Takes other parameters and counts those on air anew, by the methods that they change. */
  configure(parameters: LinkBudgetParameters, stations: Table<'stations'>): void {
    this.#parameters = parameters;
    const engine = this.#linkBudget();
    engine.load(stations);
    this.#engines.set('linkBudget', engine);
    this.#countTerrain(stations);
  }

  /** One change of a station, as `Coverage.replace`. */
  replace(before: Site | null, after: Site | null): void {
    for (const engine of this.#engines.values()) engine.replace(before, after);
    this.#terrain?.replace(before, after);
  }

  /** Ends what goes on behind; to be called when another takes its place. */
  stop(): void {
    this.#terrain?.stop();
  }

  /** People of a unit by method, live views; undefined for a code that is not in the territory. */
  rowsOf(unit: string): UnitEstimates | undefined {
    const rows: UnitEstimates = {};
    for (const method of this.methods) {
      const row = this.by(method)?.row(unit);
      if (!row) return undefined;
      rows[method] = row;
    }
    return rows;
  }

  /** The same, copied, for several units, as the stream carries them. */
  estimatesOf(units: readonly string[]): Record<string, UnitEstimates> {
    return Object.fromEntries(
      units.map((unit) => [
        unit,
        Object.fromEntries(
          this.methods.map((method) => [method, Array.from(this.by(method)?.row(unit) ?? [])]),
        ),
      ]),
    );
  }

  /** Units whose people are not what they were when this was last asked, by any method. */
  takeChanged(): string[] {
    const changed = new Set<string>();
    for (const method of this.methods)
      for (const unit of this.by(method)?.takeChanged() ?? []) changed.add(unit);
    return [...changed];
  }

  /** All rows by method, copied, as a snapshot carries them. */
  tables(): EstimateTables {
    return Object.fromEntries(this.methods.map((method) => [method, this.by(method)?.table()]));
  }

  #linkBudget(): Coverage {
    return createCoverage(this.#grid, inSector(linkBudgetFootprint(this.#parameters)), this.field);
  }

  #countTerrain(stations: Table<'stations'>): void {
    this.#terrain?.stop();
    if (!this.#elevation) return;
    const reach = terrainReach(this.#parameters, this.#elevation);
    this.#terrain = new BackgroundCount(
      createCoverage(this.#grid, reach, this.field),
      sitesIn(stations),
      setImmediate,
    );
  }
}
