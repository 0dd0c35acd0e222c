/**
 * The address holds the view: `/?unit=11&layers=stations5g,hamlets#map=7.1/21.40000/103.00000`.
 * Only what differs from the ordinary view is written, always in the same order, so that equal
 * views have equal addresses. What cannot be read is left out, never an error.
 */
import { METHODS, type Method } from '../../data/model/estimate.ts';
import { NATION } from '../../data/model/unit.ts';
import {
  COLOURINGS,
  LAYERS,
  ORDINARY_LAYERS,
  TASKS,
  type Camera,
  type Colouring,
  type LayerName,
  type OpenTask,
  type OpenThing,
  type ThingNoun,
} from './view.svelte.ts';

/** What the address says of a view. */
export interface Sight {
  unit: string;
  thing: OpenThing | null;
  task: OpenTask | null;
  camera: Camera | null;
  layers: Record<LayerName, boolean>;
  colouring: Colouring;
  method: Method;
  theme: 'dark' | 'light';
  language: 'vi' | 'en';
}

export const ORDINARY: Sight = {
  unit: NATION,
  thing: null,
  task: null,
  camera: null,
  layers: ORDINARY_LAYERS,
  colouring: '5g',
  method: 'radius',
  theme: 'dark',
  language: 'vi',
};

const NOUNS: readonly ThingNoun[] = [
  ...(['station', 'hamlet', 'node', 'link', 'facility', 'report'] as const),
  ...(['programme', 'duty', 'definition'] as const),
];
const NO_LAYERS = 'none';
/** What a choice of a task may be. */
const VALUE = /^[\w.-]{1,80}$/;

/** Reads an address (`location.search` and `location.hash`); `ordinary` is what it may leave out. */
export function parseAddress(search: string, hash: string, ordinary: Sight = ORDINARY): Sight {
  const query = new URLSearchParams(search);
  const unit = query.get('unit') ?? '';
  return {
    unit: /^(vn|\d{2}|\d{5})$/.test(unit) ? unit : ordinary.unit,
    thing: parseThing(query.get('thing')),
    task: parseTask(query.get('task'), query.get('with')),
    camera: parseCamera(hash),
    layers: parseLayers(query.get('layers')) ?? { ...ordinary.layers },
    colouring: oneOf(COLOURINGS, query.get('colour')) ?? ordinary.colouring,
    method: oneOf(METHODS, query.get('method')) ?? ordinary.method,
    theme: oneOf(['dark', 'light'] as const, query.get('theme')) ?? ordinary.theme,
    language: oneOf(['vi', 'en'] as const, query.get('lang')) ?? ordinary.language,
  };
}

/** Writes a view as a path with query and hash. */
export function formatAddress(sight: Sight): string {
  const query: [string, string][] = [];
  if (sight.unit !== ORDINARY.unit) query.push(['unit', sight.unit]);
  if (sight.thing) query.push(['thing', `${sight.thing.noun}-${sight.thing.id}`]);
  if (sight.task) {
    query.push(['task', sight.task.name]);
    const choices = Object.entries(sight.task.choices).filter(([, value]) => VALUE.test(value));
    if (choices.length > 0)
      query.push([
        'with',
        choices
          .map(([name, value]) => `${name}:${value}`)
          .sort()
          .join(),
      ]);
  }
  if (LAYERS.some((name) => sight.layers[name] !== ORDINARY.layers[name]))
    query.push(['layers', LAYERS.filter((name) => sight.layers[name]).join() || NO_LAYERS]);
  if (sight.colouring !== ORDINARY.colouring) query.push(['colour', sight.colouring]);
  if (sight.method !== ORDINARY.method) query.push(['method', sight.method]);
  if (sight.theme !== ORDINARY.theme) query.push(['theme', sight.theme]);
  if (sight.language !== ORDINARY.language) query.push(['lang', sight.language]);
  // Written by hand: every value is made of letters, digits, dots, commas, colons and dashes.
  const search = query.map(([name, value]) => `${name}=${value}`).join('&');
  return `/${search && `?${search}`}${formatCamera(sight.camera)}`;
}

function oneOf<T extends string>(choices: readonly T[], text: string | null): T | undefined {
  return choices.find((choice) => choice === text);
}

function parseThing(text: string | null): OpenThing | null {
  const [, word, digits] = /^([a-z]+)-([1-9]\d{0,9})$/.exec(text ?? '') ?? [];
  const noun = oneOf(NOUNS, word ?? null);
  return noun ? { noun, id: Number(digits) } : null;
}

function parseTask(text: string | null, choices: string | null): OpenTask | null {
  const name = oneOf(TASKS, text);
  if (!name) return null;
  const pairs = (choices ?? '').split(',').map((pair) => pair.split(':'));
  const readable = pairs.filter(
    ([key = '', value = '', ...more]) =>
      more.length === 0 && /^[a-zA-Z0-9]{1,20}$/.test(key) && VALUE.test(value),
  );
  return { name, choices: Object.fromEntries(readable) as Record<string, string> };
}

function parseLayers(text: string | null): Record<LayerName, boolean> | undefined {
  if (text === null) return undefined;
  const named = text.split(',');
  const known = LAYERS.filter((name) => named.includes(name));
  if (known.length === 0 && text !== NO_LAYERS) return undefined;
  return Object.fromEntries(LAYERS.map((name) => [name, known.includes(name)])) as Sight['layers'];
}

function parseCamera(hash: string): Camera | null {
  const parts = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  if (!parts) return null;
  const [zoom = NaN, lat = NaN, lon = NaN] = parts.slice(1).map(Number);
  const seen = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return seen ? { zoom, lat, lon } : null;
}

function formatCamera(camera: Camera | null): string {
  if (!camera) return '';
  const { zoom, lat, lon } = camera;
  return `#map=${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
