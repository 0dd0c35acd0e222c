/** What comes of a scenario, in figures that people can read. */
import {
  ESTIMATE_FIELDS,
  type EstimateField,
  type EstimateRow,
  type Method,
} from '../../data/model/estimate.ts';
import { TECHNOLOGIES } from '../../data/model/things.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { Moved, Outcome, UnitMoved, WhatIf, WhatIfAnswer } from '../../data/wire/scenarios.ts';
import type { Ground } from '../country/ground.ts';
import type { LiveCountry } from '../country/live.ts';
import type { Coverage } from '../coverage/engine.ts';
import type { CoverageByMethod } from '../coverage/methods.ts';
import { stage, type Staged } from './sites.ts';
import { MOST_BY_TERRAIN, terrainCells, type Waiting } from './terrain-cells.ts';
import { tryOut, type Moves } from './try-out.ts';

const FIELDS = ESTIMATE_FIELDS.length;

/** What a question is asked of; it may move on while an answer is worked out. */
type Living = Pick<LiveCountry, 'country' | 'ground' | 'coverage'>;

/** Answers a what-if on the country as it is now; changes nothing. */
export async function whatIf(
  question: WhatIf,
  live: Living,
  waiting: Waiting,
): Promise<WhatIfAnswer | Refusal> {
  const asked = ready(question, live);
  if ('code' in asked) return asked;
  const terrain = asked.coverage.by('terrain');
  const byTerrain = terrain && asked.staged.changes.length <= MOST_BY_TERRAIN;
  if (question.method === 'terrain' && !byTerrain) return tooManyForTerrain(asked.staged);
  const cellsOf = byTerrain
    ? await terrainCells(terrain, asked.staged.changes, waiting)
    : undefined;
  if (question.method === 'terrain') await untilCounted(live, waiting.stop);

  // The country may have moved on meanwhile. From here to the answer it does not.
  const now = ready(question, live);
  if ('code' in now) return now;
  const { coverage, ground, staged } = now;
  const field = question.field ?? fieldMeant(question);
  const methods: Partial<Record<Method, Outcome>> = {};
  for (const method of coverage.methods) {
    const engine = coverage.by(method);
    const isTerrain = method === 'terrain';
    // Cells found by an engine that has been replaced may be others; a queue is not yet counted.
    if (!engine || (isTerrain && (!cellsOf || engine !== terrain || coverage.waiting > 0)))
      continue;
    const trial = { ...staged, cellsOf: isTerrain ? cellsOf : undefined };
    methods[method] = outcomeOf(engine, tryOut(engine, ground.grid, trial), field);
  }
  const main = methods[question.method];
  if (!main) return STILL_COUNTING;
  return {
    ...{ method: question.method, field, seq: live.country.seq },
    ...main,
    switchedOff: staged.switchedOff,
    places: question.add.map(({ lon, lat }) => ({
      commune: ground.communeAt(lon, lat) ?? '',
      surroundings: coverage.field.surroundingsAt(lon, lat),
    })),
    methods,
  };
}

/** What changed a moment ago, method `terrain` has counted in a moment; after bulk work it takes longer. */
const LONGEST_MS = 5_000;

async function untilCounted(live: Living, stop: AbortSignal): Promise<void> {
  for (const until = performance.now() + LONGEST_MS; performance.now() < until;) {
    if (!live.coverage || live.coverage.waiting === 0) return;
    await new Promise(setImmediate);
    stop.throwIfAborted();
  }
}

interface Ready {
  ground: Ground;
  coverage: CoverageByMethod;
  staged: Staged;
}

/** The question checked against the country as it is. */
function ready(question: WhatIf, { country, ground, coverage }: Living): Ready | Refusal {
  if (!ground || !coverage)
    return { code: 'no_territory', message: 'No territory has been adopted yet.' };
  const { method } = question;
  if (!coverage.methods.includes(method)) {
    if (method === 'terrain' && coverage.terrainProgress !== null) return STILL_COUNTING;
    return {
      code: 'not_found',
      message: `method: ${method} is not available here; ${coverage.methods.join(', ')} are.`,
      path: 'method',
      reason: { is: 'no_method', method },
    };
  }
  const staged = stage(question, { country, ground });
  return 'code' in staged ? staged : { ground, coverage, staged };
}

const STILL_COUNTING: Refusal = {
  code: 'unavailable',
  message: 'method: terrain is still counting the country; ask again in a moment.',
  path: 'method',
  reason: { is: 'counting', method: 'terrain' },
};

function tooManyForTerrain({ changes }: Staged): Refusal {
  return {
    code: 'too_large',
    message: `method: terrain tries at most ${MOST_BY_TERRAIN} stations at once, and this scenario changes ${changes.length}; the other methods try them all.`,
    path: 'method',
    reason: { is: 'stations_by_terrain', limit: MOST_BY_TERRAIN, given: changes.length },
  };
}

/** The technology of what is added, where it is one; 5G, which all this is about, where not. */
function fieldMeant({ add }: WhatIf): EstimateField {
  const [only, ...others] = TECHNOLOGIES.filter((name) =>
    add.some(({ technology }) => technology === name),
  );
  return only && others.length === 0 ? only : '5g';
}

function outcomeOf(engine: Coverage, moves: Moves, field: EstimateField): Outcome {
  const rowOf = (unit: string): EstimateRow => engine.row(unit) ?? [];
  const units: Record<string, UnitMoved> = {};
  const at = ESTIMATE_FIELDS.indexOf(field);
  engine.units.forEach((unit, index) => {
    const { before, after, gained, lost } = movedAt(rowOf(unit), moves, index, at);
    if (gained === 0 && lost === 0) return;
    const population = rowOf(unit)[0] ?? 0;
    const share = (people: number): number => (population === 0 ? 0 : people / population);
    units[unit] = { gained, lost, share: share(after), shareBefore: share(before) };
  });
  const nation = rowOf(engine.units[0] ?? '');
  const inNation = (name: EstimateField): Moved =>
    movedAt(nation, moves, 0, ESTIMATE_FIELDS.indexOf(name));
  return {
    ...inNation(field),
    units,
    fields: { covered: inNation('covered'), '4g': inNation('4g'), '5g': inNation('5g') },
  };
}

/** One field of the unit in a row of the moves. */
function movedAt(row: EstimateRow, moves: Moves, index: number, field: number): Moved {
  const before = row[field] ?? 0;
  const gained = moves.gained[index * FIELDS + field] ?? 0;
  const lost = moves.lost[index * FIELDS + field] ?? 0;
  return { before, after: before + gained - lost, gained, lost };
}
