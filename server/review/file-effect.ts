/**
 * What a file of stations would do to the people reached, all of its rows together: counted in slices,
 * for there may be as many as the country has, and on the country as it is in the end.
 */
import type { Pool } from 'pg';
import { ESTIMATE_FIELDS, type Method } from '../../data/model/estimate.ts';
import { Table, type Fields } from '../../data/model/table.ts';
import type { FileEffect, ProposalEffect } from '../../data/wire/review.ts';
import type { LiveCountry } from '../country/live.ts';
import { siteAt, siteIn } from '../coverage/site.ts';
import { Slices } from '../gaps/slices.ts';
import { rowsToApply } from '../imports/kept-rows.ts';
import { MOST_BY_TERRAIN, terrainCells } from '../scenarios/terrain-cells.ts';
import { layOver, movesOf, type Moves, type SiteChange } from '../scenarios/try-out.ts';
import type { KeptFile } from './store.ts';

type Living = Pick<LiveCountry, 'country' | 'ground' | 'coverage'>;

const PORTION = 2_000;
/** Times that the country may move on under the file while it is counted. */
const TRIES = 3;
const FIELDS = ['5g', '4g'] as const;

/** The rows of a file as changes of sites. */
interface Question {
  /** As they come to be at once. */
  now: SiteChange[];
  /** The same, with what is planned or being built on air. */
  onAir: SiteChange[];
  /** Whether anything is planned or being built. */
  waits: boolean;
  fields: ReadonlySet<string>;
  /** Version at which each thing that changes must be. */
  bases: ReadonlyMap<number, number>;
}

export async function fileEffectOf(
  pool: Pool,
  { file }: KeptFile,
  method: Method,
  live: Living,
): Promise<FileEffect['effect']> {
  if (file.kind !== 'stations') return 'none';
  if (method === 'terrain' && file.adds + file.changes > MOST_BY_TERRAIN) return 'unknown';
  for (let tries = 1; tries <= TRIES; tries++) {
    const question = await questionOf(pool, file, live);
    const now = await movedBy(question.now, question, method, live);
    const onAir = question.waits ? await movedBy(question.onAir, question, method, live) : null;
    if (now === 'unknown' || onAir === 'unknown') return 'unknown';
    if (now !== 'moved on' && onAir !== 'moved on') return effectsOf(question, method, now, onAir);
  }
  return 'unknown';
}

function effectsOf(
  { fields, now: changes }: Question,
  method: Method,
  now: Moves,
  onAir: Moves | null,
): ProposalEffect[] {
  const isNow = changes.some(({ before, after }) => before !== null || after !== null);
  return FIELDS.filter((field) => fields.has(field)).flatMap((field) => {
    const at = ESTIMATE_FIELDS.indexOf(field);
    const told = (moves: Moves, when: ProposalEffect['when']): ProposalEffect => ({
      ...{ method, field, when },
      gained: moves.gained[at] ?? 0,
      lost: moves.lost[at] ?? 0,
    });
    return [
      ...(isNow || !onAir ? [told(now, 'now')] : []),
      ...(onAir ? [told(onAir, 'on_air')] : []),
    ];
  });
}

/** Reads the rows; what was changed since it was looked at would come too late, and is left out. */
async function questionOf(
  pool: Pool,
  { import: id, skipDuplicates: skipNear }: KeptFile['file'],
  { country }: Living,
): Promise<Question> {
  const { stations } = country.tables;
  const question = { now: [], onAir: [], waits: false } as Pick<
    Question,
    'now' | 'onAir' | 'waits'
  >;
  const fields = new Set<string>();
  const bases = new Map<number, number>();
  const slices = new Slices();
  for await (const portion of rowsToApply(pool, id, { skipNear, portion: PORTION })) {
    const thought = new Table('stations');
    for (const [index, { subject, base, data }] of portion.entries()) {
      const row = subject === null ? undefined : stations.rowOf(Number(subject));
      if (subject !== null && (row === undefined || stations.versions[row] !== base)) continue;
      if (subject !== null) bases.set(Number(subject), base ?? 0);
      const record: Fields = row === undefined ? {} : stations.record(row);
      const whole: Fields = { ...record, ...data };
      const at = thought.put(index + 1, 1, whole);
      const before = siteIn(stations, row);
      const after = siteIn(thought, at);
      const waits = whole['status'] === 'planned' || whole['status'] === 'building';
      question.waits ||= waits;
      question.now.push({ before, after });
      question.onAir.push({ before, after: waits ? siteAt(thought, at) : after });
      fields.add(String(whole['technology']));
      if (slices.over) await slices.rest();
    }
  }
  return { ...question, fields, bases };
}

async function movedBy(
  changes: readonly SiteChange[],
  { bases }: Question,
  method: Method,
  live: Living,
): Promise<Moves | 'unknown' | 'moved on'> {
  const { ground } = live;
  const engine = live.coverage?.by(method);
  if (!ground || !engine) return 'unknown';
  const cellsOf =
    method === 'terrain' ? await terrainCells(engine, changes, NOBODY_WAITS) : undefined;
  const slices = new Slices();
  const laying = layOver(engine, { changes, layersOff: 0, cellsOf });
  let step = laying.next();
  while (!step.done) {
    if (slices.over) await slices.rest();
    step = laying.next();
  }
  // From here to the answer the country does not move.
  const { stations } = live.country.tables;
  for (const [id, base] of bases)
    if (stations.versions[stations.rowOf(id) ?? -1] !== base) return 'moved on';
  const isBehind = method === 'terrain' && (live.coverage?.waiting ?? 0) > 0;
  if (live.ground !== ground || live.coverage?.by(method) !== engine || isBehind) return 'unknown';
  return movesOf(engine, ground.grid, step.value, 0);
}

const NOBODY_WAITS = { tell: () => undefined, stop: new AbortController().signal };
