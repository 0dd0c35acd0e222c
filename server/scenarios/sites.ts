/**
 * From what a scenario says to the sites it changes: each station checked as if it were really
 * added or changed, and each taken through a table, so that it is tried with the very figures that
 * the log would keep.
 */
import type { Country } from '../../data/model/country.ts';
import { Table, type Fields } from '../../data/model/table.ts';
import { OPERATORS, TECHNOLOGIES } from '../../data/model/things.ts';
import { communeNumberOf, levelOf, NATION } from '../../data/model/unit.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import {
  MOST_STATIONS,
  stationsNamed,
  type Draft,
  type ScenarioContent,
  type SwitchOff,
} from '../../data/wire/scenarios.ts';
import { wrongIn } from '../commands/meaning.ts';
import type { Ground } from '../country/ground.ts';
import { siteAt, siteIn } from '../coverage/site.ts';
import { layerOf } from '../coverage/tally.ts';
import type { SiteChange, Trial } from './try-out.ts';

/** Where a scenario would happen. */
export interface Scene {
  country: Country;
  ground: Ground;
}

/** A scenario as the sites it changes; `switchedOff` counts the stations that `switchOff` takes. */
export interface Staged extends Trial {
  switchedOff: number;
}

/** Why a scenario is too large, before anything in it is looked at. */
function tooLarge(content: ScenarioContent): Refusal | undefined {
  const named = stationsNamed(content);
  if (named <= MOST_STATIONS) return undefined;
  return {
    code: 'too_large',
    message: `A scenario names at most ${MOST_STATIONS} stations, and this one names ${named}. A whole operator, technology or unit goes off by switchOff, whatever its size.`,
    reason: { is: 'stations', limit: MOST_STATIONS, given: named },
  };
}

/** The first thing that is wrong with a draft as a station; undefined when nothing is. */
export function wrongDraft(
  draft: Draft,
  index: number,
  { country, ground }: Scene,
): Refusal | undefined {
  const wrong = wrongIn({
    ...{ verb: 'add', noun: 'station', id: undefined, country, ground },
    fields: draft,
  });
  return wrong && within(wrong, `add.${index}`);
}

/** Checks a scenario and answers its changes, or the first reason why it makes no sense. */
export function stage(content: ScenarioContent, scene: Scene): Staged | Refusal {
  const large = tooLarge(content);
  if (large) return large;
  const { stations } = scene.country.tables;
  const changes: SiteChange[] = [];
  const named = new Set<number>();
  const thought = new Table('stations');

  for (const [index, draft] of content.add.entries()) {
    const wrong = wrongDraft(draft, index, scene);
    if (wrong) return wrong;
    if (draft.status === 'down' || draft.status === 'retired') continue;
    const after = siteAt(thought, thought.put(index + 1, 1, draft));
    changes.push({ before: null, after });
  }
  for (const [index, id] of content.remove.entries()) {
    const row = stations.rowOf(id);
    const wrong = wronglyNamed(id, row, named);
    if (row === undefined || wrong) return within(wrong ?? missing(id), `remove.${index}`);
    changes.push({ before: siteIn(stations, row), after: null });
  }
  for (const [index, { id, ...given }] of content.change.entries()) {
    const row = stations.rowOf(id);
    const wrong = wronglyNamed(id, row, named);
    if (row === undefined || wrong) return within(wrong ?? missing(id), `change.${index}`);
    const fields: Fields = { ...stations.record(row), ...given };
    const { country, ground } = scene;
    const senseless = wrongIn({ verb: 'change', noun: 'station', id, fields, country, ground });
    if (senseless) return within(senseless, `change.${index}`);
    const after = siteIn(thought, thought.put(MOST_STATIONS + 1 + index, 1, fields));
    changes.push({ before: siteIn(stations, row), after });
  }
  const off = content.switchOff ? takenOff(content.switchOff, scene, named) : NOTHING_OFF;
  if ('code' in off) return off;
  return {
    changes: [...changes, ...off.changes],
    layersOff: off.layersOff,
    switchedOff: off.switchedOff,
  };
}

const NOTHING_OFF: Staged = { changes: [], layersOff: 0, switchedOff: 0 };

/** In the whole country layers go off as they are; in a unit, one station after another. */
function takenOff(off: SwitchOff, scene: Scene, named: ReadonlySet<number>): Staged | Refusal {
  const { unit = NATION } = off;
  if (!scene.ground.hasUnit(unit))
    return {
      code: 'not_found',
      message: `switchOff.unit: there is no unit ${unit}.`,
      path: 'switchOff.unit',
      reason: { is: 'no_such', what: 'unit', id: unit },
    };
  const { stations } = scene.country.tables;
  const inUnit = communesOf(unit, scene.ground);
  const operator = off.operator && OPERATORS.indexOf(off.operator);
  const technology = off.technology && TECHNOLOGIES.indexOf(off.technology);
  const changes: SiteChange[] = [];
  let layersOff = 0;
  let switchedOff = 0;
  for (let row = 0; row < stations.count; row++) {
    const { columns, ids } = stations;
    if (operator !== undefined && columns.operator[row] !== operator) continue;
    if (technology !== undefined && columns.technology[row] !== technology) continue;
    if (inUnit && !inUnit.has(columns.commune[row] ?? 0)) continue;
    const before = siteIn(stations, row);
    if (!before || named.has(ids[row] ?? 0)) continue;
    switchedOff++;
    if (inUnit) changes.push({ before, after: null });
    else layersOff |= 1 << layerOf(before);
  }
  return { changes, layersOff, switchedOff };
}

/** Numbers of a unit's communes; undefined for the nation, which has them all. */
function communesOf(unit: string, { territory }: Ground): ReadonlySet<number> | undefined {
  switch (levelOf(unit)) {
    case 'nation':
      return undefined;
    case 'commune':
      return new Set([communeNumberOf(unit)]);
    case 'province':
      return new Set(
        territory.communes
          .filter(({ province }) => province === unit)
          .map(({ code }) => communeNumberOf(code)),
      );
  }
}

function wronglyNamed(
  id: number,
  row: number | undefined,
  named: Set<number>,
): Refusal | undefined {
  if (row === undefined) return missing(id);
  if (named.has(id)) {
    const message = `station ${id} is named twice`;
    return { code: 'invalid', message, reason: { is: 'named_twice', id } };
  }
  named.add(id);
  return undefined;
}

function missing(id: number): Refusal {
  return {
    code: 'not_found',
    message: `there is no station ${id}`,
    reason: { is: 'no_such', what: 'station', id },
  };
}

/** A refusal of one station, told as one of the scenario. */
function within({ message, path, ...refusal }: Refusal, where: string): Refusal {
  return {
    ...refusal,
    message: `${where}: ${message}`,
    path: path === undefined ? where : `${where}.${path}`,
  };
}
