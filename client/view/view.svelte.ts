/**
 * What a person is looking at: one value, held by the address, so that a link shows the same view.
 */
import { NATION } from '../../data/model/unit.ts';
import type { Method } from '../../data/model/estimate.ts';

export const LAYERS = [
  'stations4g',
  'stations5g',
  'hamlets',
  'network',
  'facilities',
  'reports',
] as const;
export type LayerName = (typeof LAYERS)[number];

/** What is shown until somebody chooses. */
export const ORDINARY_LAYERS: Readonly<Record<LayerName, boolean>> = {
  stations4g: false,
  stations5g: true,
  hamlets: true,
  network: false,
  facilities: true,
  reports: false,
};

/** What colours the units: the share of people reached by any 5G, any 4G, or one operator's 5G. */
export const COLOURINGS = ['5g', '4g', 'viettel.5g', 'vinaphone.5g', 'mobifone.5g'] as const;
export type Colouring = (typeof COLOURINGS)[number];

export type ThingNoun =
  | 'station'
  | 'hamlet'
  | 'node'
  | 'link'
  | 'facility'
  | 'report'
  /** These stand nowhere: they are a unit's. */
  | 'programme'
  | 'duty'
  | 'definition';
export interface OpenThing {
  noun: ThingNoun;
  id: number;
}

/** What a person is doing besides looking: each has a panel and, on the map, a drawing of its own. */
export const TASKS = [
  'alerts',
  'gaps',
  'scenarios',
  'plans',
  'progress',
  'indicators',
  'programmes',
  'time',
  'methods',
  'network',
  'register',
  'edit',
  'imports',
  'review',
  'reports',
  'field',
  'tours',
  'people',
] as const;
export type TaskName = (typeof TASKS)[number];

/** A task that is open, with its own choices: short names and values of `[a-z0-9._-]`. */
export interface OpenTask {
  name: TaskName;
  choices: Readonly<Record<string, string>>;
}

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

export class View {
  /** The unit that is open: `vn`, a province's or a commune's code. */
  unit = $state<string>(NATION);
  /** A thing that is open, by noun and id; null for none. */
  thing = $state<OpenThing | null>(null);
  /** What is being done; null for looking around. */
  task = $state.raw<OpenTask | null>(null);
  /**
   * Where the map looks; null: at the open unit. The map writes it when a person moves the map, and
   * goes there when anything else writes it.
   */
  camera = $state.raw<Camera | null>(null);
  layers = $state<Record<LayerName, boolean>>({ ...ORDINARY_LAYERS });
  colouring = $state<Colouring>('5g');
  method = $state<Method>('radius');
  theme = $state<'dark' | 'light'>('dark');
  language = $state<'vi' | 'en'>('vi');

  /** Opens a unit; the map goes there. */
  openUnit(code: string): void {
    this.unit = code;
    this.thing = null;
    this.camera = null;
  }

  /** Opens a task, with nothing chosen in it unless it is said, or closes the one that is open. */
  openTask(name: TaskName | null, choices: Readonly<Record<string, string>> = {}): void {
    this.task = name && { name, choices };
    this.thing = null;
  }

  /** Makes choices in the open task; an empty value takes one back. */
  choose(choices: Readonly<Record<string, string>>): void {
    if (!this.task) return;
    const chosen = Object.entries({ ...this.task.choices, ...choices });
    this.task = {
      name: this.task.name,
      choices: Object.fromEntries(chosen.filter(([, value]) => value !== '')),
    };
  }

  /** Opens a thing; the map goes to `place` where one is given. */
  openThing(thing: OpenThing, place?: Camera): void {
    this.thing = thing;
    if (place) this.camera = place;
  }
}

export const view = new View();
