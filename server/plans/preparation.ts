/**
 * From a question to the task that the greedy is given: what there is to choose from, what covering
 * each cell is worth, and the limits. What a candidate covers is found when it is asked for, not kept.
 */
import { PeopleField } from '../coverage/field.ts';
import { NearestPlace } from '../coverage/nearest.ts';
import { linkBudgetFootprint, radiusFootprint } from '../coverage/reach.ts';
import { Candidates } from './candidates.ts';
import type { Task } from './greedy.ts';
import { limitsInForce, type LimitsInForce } from './limits.ts';
import { placesFor } from './places.ts';
import type { Question } from './question.ts';
import { UpperBound } from './upper-bound.ts';
import { cellAt, weightsFor, type Need } from './worth.ts';

export interface Prepared extends Omit<LimitsInForce, 'limits'> {
  task: Task;
  field: PeopleField;
  need: Need;
  nodes: NearestPlace;
  candidates: Candidates;
  /** Places at which there are candidates. */
  places: number;
}

export function prepare(question: Question): Prepared {
  const { request, grid } = question;
  const field = new PeopleField(grid);
  const need = needOf(question, field);
  const weights = weightsFor(request.goal, field, need, question.disadvantaged);
  const nodes = new NearestPlace(question.nodes);
  const places = placesFor(question, field, weights, nodes);
  const footprint =
    request.method === 'radius' ? radiusFootprint : linkBudgetFootprint(question.linkBudget);
  const candidates = new Candidates(places, request, footprint);
  const { limits, ...force } = limitsInForce(request, grid, candidates);
  const bound = new UpperBound(field, weights);
  const task: Task = {
    candidates: candidates.count,
    weights,
    cellsOf(candidate) {
      const { lon, lat } = candidates.placeOf(candidate);
      const count = field.within(lon, lat, candidates.radiusM(candidate));
      return field.found.subarray(0, count);
    },
    atMost(candidate) {
      const { lon, lat } = candidates.placeOf(candidate);
      return bound.within(lon, lat, candidates.radiusM(candidate));
    },
    limits,
  };
  return { ...force, task, field, need, nodes, candidates, places: places.count };
}

/** Who has the signal already, or does not count, and where the hamlets without one are. */
function needOf({ covered, inside, hamlets: open }: Question, field: PeopleField): Need {
  const done = new Uint8Array(field.count);
  for (let cell = 0; cell < field.count; cell++)
    done[cell] = covered[cell] === 1 || inside[field.commune[cell] ?? 0] !== 1 ? 1 : 0;
  const hamlets = new Uint8Array(field.count);
  for (let i = 0; i < open.length / 2; i++) {
    const cell = cellAt(field, open[i * 2] ?? NaN, open[i * 2 + 1] ?? NaN);
    if (cell !== undefined && inside[field.commune[cell] ?? 0] === 1)
      hamlets[cell] = (hamlets[cell] ?? 0) + 1;
  }
  return { done, hamlets };
}
