/**
 * The lazy greedy for weighted maximum coverage: always the candidate that adds most, or most for its
 * cost. What a candidate adds can only shrink as others are taken, so what it added when last looked
 * at bounds it from above, and only those that might come first are looked at again (Minoux 1978;
 * CELF: Leskovec and others 2007). The choice is exactly that of looking at all of them every time,
 * ties to the lower number included.
 *
 * Pure: no clock, no randomness, no I/O.
 */
import { CandidateQueue } from './candidate-queue.ts';
import type { PlanEnd } from '../../data/wire/plans.ts';

export interface Task {
  /** Candidates are numbers from 0 to one less than this. */
  candidates: number;
  /** What covering each cell is worth: whole numbers, so that their sums are exact. */
  weights: Float64Array;
  /** Cells that a candidate covers, each once; good until asked again. */
  cellsOf(candidate: number): Int32Array;
  /** No less than the weight of a candidate's cells, quickly found. Without it all are looked at once. */
  atMost?(candidate: number): number;
  limits: Limits;
}

export interface Limits {
  /** Candidates to take. */
  count: number;
  /** Each splits the candidates into groups; of group `g` at most `most[g]` are taken. */
  groups?: readonly Group[];
  /** What all that is taken may cost; the order is then by gain for cost. */
  budget?: { all: number; costOf(candidate: number): number };
}

export interface Group {
  of(candidate: number): number;
  most: Uint32Array;
}

export interface Taken {
  candidate: number;
  /** Weight that it added. */
  gain: number;
}

export interface Choice {
  /** In the order in which they were taken. */
  taken: Taken[];
  ended: PlanEnd;
}

/** Chooses; `onTaken` is called after each with how many there are. */
export function lazyGreedy(task: Task, onTaken?: (taken: number) => void): Choice {
  const { candidates, limits, atMost } = task;
  const left = task.weights.slice();
  const room = roomIn(limits);
  const worthOf = (candidate: number, gain: number): number =>
    limits.budget ? gain / limits.budget.costOf(candidate) : gain;

  const worth = new Float64Array(candidates);
  for (let candidate = 0; candidate < candidates; candidate++)
    worth[candidate] = worthOf(candidate, atMost?.(candidate) ?? Infinity);
  const queue = new CandidateQueue(worth);
  /** How many were taken when each candidate was last looked at. */
  const lookedAt = new Int32Array(candidates).fill(-1);

  const taken: Taken[] = [];
  const lacking = new Set<PlanEnd>();
  while (taken.length < limits.count) {
    const candidate = queue.first;
    if (candidate === undefined) break;
    const lacks = room.lackedBy(candidate);
    if (lacks) {
      // There will never be more room than now.
      lacking.add(lacks);
      queue.drop();
      continue;
    }
    const cells = task.cellsOf(candidate);
    const gain = weightOf(cells, left);
    if (lookedAt[candidate] !== taken.length) {
      lookedAt[candidate] = taken.length;
      queue.lower(worthOf(candidate, gain));
      continue;
    }
    for (const cell of cells) left[cell] = 0;
    room.fill(candidate);
    queue.drop();
    taken.push({ candidate, gain });
    onTaken?.(taken.length);
  }
  return { taken, ended: endOf(taken.length, task, lacking) };
}

function weightOf(cells: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < cells.length; i++) sum += weights[cells[i] ?? 0] ?? 0;
  return sum;
}

function endOf(
  taken: number,
  { candidates, limits }: Task,
  lacking: ReadonlySet<PlanEnd>,
): PlanEnd {
  if (taken === limits.count) return 'count';
  if (lacking.has('budget')) return 'budget';
  if (lacking.has('limits')) return 'limits';
  return taken === candidates ? 'candidates' : 'covered';
}

/** What the limits still leave free. */
function roomIn({ groups = [], budget }: Limits) {
  const free = groups.map(({ most }) => most.slice());
  let money = budget?.all ?? Infinity;
  return {
    /** The limit that has no room for a candidate. */
    lackedBy(candidate: number): PlanEnd | undefined {
      if (budget && budget.costOf(candidate) > money) return 'budget';
      for (const [i, { of }] of groups.entries())
        if ((free[i]?.[of(candidate)] ?? 0) === 0) return 'limits';
      return undefined;
    },
    fill(candidate: number): void {
      money -= budget?.costOf(candidate) ?? 0;
      for (const [i, { of }] of groups.entries()) {
        const room = free[i];
        const group = of(candidate);
        if (room) room[group] = (room[group] ?? 0) - 1;
      }
    },
  };
}
