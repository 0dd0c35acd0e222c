/**
 * What a proposal would do to the people reached: the what-if of scenarios, asked of one command, on
 * the country as it is now and by one method.
 */
import * as v from 'valibot';
import type { Country } from '../../data/model/country.ts';
import { ESTIMATE_FIELDS, type EstimateField, type Method } from '../../data/model/estimate.ts';
import type { Fields } from '../../data/model/table.ts';
import type { ProposalEffect, ProposedChange } from '../../data/wire/review.ts';
import { Draft, StationChange, type ScenarioContent } from '../../data/wire/scenarios.ts';
import { isRestore } from '../commands/restore.ts';
import type { LiveCountry } from '../country/live.ts';
import { stage, type Staged } from '../scenarios/sites.ts';
import { terrainCells, type Waiting } from '../scenarios/terrain-cells.ts';
import { tryOut } from '../scenarios/try-out.ts';
import type { KeptChange } from './store.ts';

type Living = Pick<LiveCountry, 'country' | 'ground' | 'coverage'>;

/** What a command about a station asks of the country; `when` it would show. */
interface Question {
  content: ScenarioContent;
  field: EstimateField;
  when: ProposalEffect['when'];
}

/** The list comes whole, and is worked out to the end once it is begun. */
const NOBODY_WAITS: Waiting = { tell: () => undefined, stop: new AbortController().signal };

export async function effectOf(
  proposal: KeptChange,
  method: Method,
  live: Living,
): Promise<Exclude<ProposedChange['effect'], null>> {
  if (proposal.noun !== 'station') return 'none';
  // What it would be is told, and what that does to the people is counted when it is there.
  if (isRestore(proposal.command)) return 'unknown';
  const question = questionOf(proposal, live.country);
  const asked = question && ready(question, method, live);
  if (!question || !asked) return 'unknown';
  const isTerrain = method === 'terrain';
  const cellsOf = isTerrain
    ? await terrainCells(asked.engine, asked.staged.changes, NOBODY_WAITS)
    : undefined;

  // The country may have moved on meanwhile. From here to the answer it does not.
  const now = ready(question, method, live);
  if (!now || (isTerrain && (now.engine !== asked.engine || now.coverage.waiting > 0)))
    return 'unknown';
  const moves = tryOut(now.engine, now.grid, { ...now.staged, cellsOf });
  const at = ESTIMATE_FIELDS.indexOf(question.field);
  const { field, when } = question;
  return { method, field, when, gained: moves.gained[at] ?? 0, lost: moves.lost[at] ?? 0 };
}

function ready({ content }: Question, method: Method, { country, ground, coverage }: Living) {
  const engine = coverage?.by(method);
  if (!ground || !coverage || !engine) return undefined;
  const staged: Staged | { code: string } = stage(content, { country, ground });
  return 'code' in staged ? undefined : { engine, coverage, staged, grid: ground.grid };
}

/** Undefined where the thing is not there any more, or nothing can be asked about it. */
function questionOf(proposal: KeptChange, { tables }: Country): Question | undefined {
  const { type, command, subject } = proposal;
  const given = fieldsIn(command as unknown as Fields);
  const row = subject === null ? undefined : tables.stations.rowOf(subject);
  const record: Fields = row === undefined ? {} : tables.stations.record(row);
  const after = { ...record, ...given };
  const field: EstimateField = after['technology'] === '4g' ? '4g' : '5g';
  const nothing: ScenarioContent = { add: [], remove: [], change: [] };
  if (type === 'station.add') {
    const draft = v.safeParse(Draft, given);
    const when = given['status'] === 'on_air' ? 'now' : 'on_air';
    return draft.success
      ? { content: { ...nothing, add: [draft.output] }, field, when }
      : undefined;
  }
  if (row === undefined || subject === null) return undefined;
  if (type === 'station.remove')
    return { content: { ...nothing, remove: [subject] }, field, when: 'now' };
  const asked = Object.entries(given).filter(([name]) => name in StationChange.entries);
  const change = v.safeParse(StationChange, { ...Object.fromEntries(asked), id: subject });
  return change.success
    ? { content: { ...nothing, change: [change.output] }, field, when: 'now' }
    : undefined;
}

/** What a command sets. */
export function fieldsIn(command: Fields): Fields {
  const { type, key, effective, base, id, ...fields } = command;
  void [type, key, effective, base, id];
  return fields;
}
