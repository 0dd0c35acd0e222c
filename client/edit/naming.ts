/** Names of things, units and values as editing says them. Reactive where the view is. */
import type { Fields, FieldValue } from '../../data/model/table.ts';
import { NATION } from '../../data/model/unit.ts';
import { nameOfThing } from '../changes/names.ts';
import { indicatorSaid } from '../indicators/register.ts';
import { live } from '../live/live.svelte.ts';
import { valueSaid } from '../panel/thing.ts';
import { unitName } from '../view/names.ts';
import { view } from '../view/view.svelte.ts';
import { coordinates } from '../words/format.ts';
import { words } from '../words/words.svelte.ts';
import type { FormNoun } from './fields.ts';

export function unitNamed(code: string): string {
  const unit = live.units.get(code);
  return unit ? unitName(unit, view.language) : code;
}

/** A commune and its province. */
export function communeNamed(code: string): string {
  const parent = live.units.get(code)?.parent;
  return parent && parent !== NATION ? `${unitNamed(code)}, ${unitNamed(parent)}` : unitNamed(code);
}

export function nodeNamed(id: number): string {
  const w = words();
  return (live.country && nameOfThing(live.country.tables, 'node', id, w)) || w.network.unknownNode;
}

export function programmeNamed(id: number): string {
  const w = words();
  const name = live.country && nameOfThing(live.country.tables, 'programme', id, w);
  return name || w.thing.noProgramme;
}

/** A link by its two ends. */
export function lineNamed(from: number, to: number): string {
  return words().network.line(nodeNamed(from), nodeNamed(to));
}

/** The name of a thing that is there; undefined when it is not. */
export function thingNamed(noun: FormNoun, id: number): string | undefined {
  return live.country ? nameOfThing(live.country.tables, noun, id, words()) : undefined;
}

export function indicatorNamed(code: string): string {
  return indicatorSaid(code, view.language);
}

/** A value of a field, or of `place`, as people read it; empty for none. */
export function said(noun: FormNoun, name: string, fields: Fields): string {
  if (name === 'place') {
    const { lon, lat } = fields;
    return typeof lon === 'number' && typeof lat === 'number' ? coordinates(lon, lat) : '';
  }
  return optionSaid(noun, name, fields[name]);
}

export function optionSaid(noun: FormNoun, name: string, value: FieldValue): string {
  if (value === null || value === undefined) return '';
  if (name === 'indicator') return indicatorNamed(String(value));
  const naming = { words: words(), language: view.language, unitNamed, nodeNamed, programmeNamed };
  return valueSaid(noun, name, value, naming);
}
