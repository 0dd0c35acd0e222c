/** Editing a scenario: each function answers the scenario as it is then and leaves the old one be. */
import {
  OPERATORS,
  TECHNOLOGIES,
  type Operator,
  type Technology,
} from '../../data/model/things.ts';
import { bandsOf, usualBand } from '../../data/radio/bands.ts';
import { NEW_SITE_HEIGHT_M, newSiteBand } from '../../data/radio/new-site.ts';
import {
  ORDINARY_HEIGHT_M,
  type Draft,
  type ScenarioContent,
  type StationChange,
} from '../../data/wire/scenarios.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';

export const NOTHING: ScenarioContent = { add: [], remove: [], change: [] };

/** A part of a scenario: a draft by its index, or an existing station by its id. */
export type Part = { kind: 'draft'; index: number } | { kind: 'station'; id: number };

/** What a draft's radio is. */
export type Radio = Pick<
  Draft,
  'operator' | 'technology' | 'band' | 'heightM' | 'azimuth' | 'beamwidth'
>;

/** The radio that an operator would put up first. */
export function usualRadio(operator: Operator, technology: Technology): Radio {
  return {
    ...{ operator, technology, band: usualBand(operator, technology) },
    heightM: ORDINARY_HEIGHT_M,
  };
}

/** The radio of a new site for which another task cut its gaps, by its choices `tech` and `op`. */
export function radioSent(choices: Readonly<Record<string, string>>): Radio {
  const technology = TECHNOLOGIES.find((one) => one === choices['tech']) ?? '5g';
  const named = OPERATORS.find((one) => one === choices['op']);
  const band = newSiteBand(technology, named);
  const operator = named ?? 'viettel';
  return band
    ? { operator, technology, band, heightM: NEW_SITE_HEIGHT_M }
    : usualRadio(operator, technology);
}

export function isNothing({ add, remove, change, switchOff }: ScenarioContent): boolean {
  return add.length + remove.length + change.length === 0 && switchOff === undefined;
}

export function withDrafts(
  content: ScenarioContent,
  places: readonly MapPlace[],
  radio: Radio,
): ScenarioContent {
  const drafts = places.map((place): Draft => ({
    ...{ name: '', status: 'on_air', simulated: false, source: '' },
    ...radio,
    ...rounded(place),
  }));
  return { ...content, add: [...content.add, ...drafts] };
}

/** Another radio for a draft; a band that no longer fits gives way to the operator's usual one. */
export function refitted(
  content: ScenarioContent,
  index: number,
  radio: Partial<Radio>,
): ScenarioContent {
  return changed(content, index, (draft) => {
    const next = { ...draft, ...radio };
    if (bandsOf(next.operator, next.technology).includes(next.band)) return next;
    return { ...next, band: usualRadio(next.operator, next.technology).band };
  });
}

export function renamed(content: ScenarioContent, index: number, name: string): ScenarioContent {
  return changed(content, index, (draft) => ({ ...draft, name }));
}

/** Puts a draft, or an existing station, somewhere else. */
export function moved(content: ScenarioContent, part: Part, place: MapPlace): ScenarioContent {
  if (part.kind === 'draft')
    return changed(content, part.index, (draft) => ({ ...draft, ...rounded(place) }));
  const others = content.change.filter(({ id }) => id !== part.id);
  const before = content.change.find(({ id }) => id === part.id);
  const change: StationChange = { ...before, id: part.id, ...rounded(place) };
  return { ...withoutPart(content, part), change: [...others, change] };
}

/** Marks an existing station as off. */
export function switchedOff(content: ScenarioContent, id: number): ScenarioContent {
  const rest = withoutPart(content, { kind: 'station', id });
  return { ...rest, remove: [...rest.remove, id] };
}

/** The scenario without a draft, or with an existing station as it is. */
export function withoutPart(content: ScenarioContent, part: Part): ScenarioContent {
  if (part.kind === 'draft')
    return { ...content, add: content.add.filter((_, index) => index !== part.index) };
  return {
    ...content,
    remove: content.remove.filter((id) => id !== part.id),
    change: content.change.filter(({ id }) => id !== part.id),
  };
}

function changed(
  content: ScenarioContent,
  index: number,
  change: (draft: Draft) => Draft,
): ScenarioContent {
  return {
    ...content,
    add: content.add.map((draft, at) => (at === index ? change(draft) : draft)),
  };
}

/** As the log would keep it: a micro-degree is 11 cm. */
function rounded({ lon, lat }: MapPlace): MapPlace {
  return { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
}
