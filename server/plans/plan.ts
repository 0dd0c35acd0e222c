/**
 * Makes a plan: from a question to sites in the order in which they should be built, each with the
 * people that it newly covers.
 *
 * Pure: no clock, no randomness, no I/O.
 */
import type { Band } from '../../data/model/things.ts';
import type { CurvePoint, Guarantee, PlanEnd, PlanSite } from '../../data/wire/plans.ts';
import type { PeopleField } from '../coverage/field.ts';
import type { Candidates } from './candidates.ts';
import { choose } from './choose.ts';
import type { Choice } from './greedy.ts';
import { guaranteeOf } from './guarantee.ts';
import { costAt, operatorsOf } from './limits.ts';
import { prepare } from './preparation.ts';
import type { Question } from './question.ts';
import type { Need } from './worth.ts';

export interface Answer {
  sites: PlanSite[];
  curve: CurvePoint[];
  guarantee: Guarantee;
  /** Places looked at. */
  candidates: number;
  ended: PlanEnd;
}

/** Makes the plan; `onProgress` is told the share (0–1) that is done, after every site. */
export function makePlan(
  question: Question,
  onProgress: (share: number) => void = () => undefined,
): Answer {
  const { task, binding, fullBy, field, need, nodes, candidates, places } = prepare(question);
  const { limits } = task;
  onProgress(0);
  const { taken, ended } = choose(task, (taken) => onProgress(taken / limits.count));
  const gains = taken.map(({ gain }) => gain);
  const tally = new Tally(question, field, need);
  const sites = name(taken, question, candidates).map(({ candidate, ...site }) => ({
    ...tally.take(task.cellsOf(candidate)),
    ...site,
    nodeM: rounded(nodes.distanceM(site.lon, site.lat)),
  }));
  return {
    sites,
    curve: tally.curve,
    guarantee: guaranteeOf(binding, gains, taken.length < limits.count || limits.count === 0),
    candidates: places,
    ended: ended === 'count' ? fullBy : ended,
  };
}

/** Gives the sites their operators: where several have the band, each in turn. */
function name(taken: Choice['taken'], { request, grid }: Question, candidates: Candidates) {
  const given = new Map<Band, number>();
  return taken.map(({ candidate }) => {
    const place = candidates.placeOf(candidate);
    const { lon, lat, kind, heightM } = place;
    const band = candidates.bandOf(candidate);
    const operators = operatorsOf(request, band);
    const number = given.get(band) ?? 0;
    given.set(band, number + 1);
    const cost = costAt(request, place);
    return {
      ...{ candidate, lon, lat, kind, band, heightM, technology: request.technology },
      reachM: Math.round(candidates.radiusM(candidate)),
      operator: operators[number % operators.length] ?? 'other',
      commune: grid.communes[place.commune] ?? '',
      ...(cost === undefined ? {} : { cost }),
    };
  });
}

/** Counts the people and hamlets that sites reach, one after another, whatever they were weighed. */
class Tally {
  readonly curve: CurvePoint[] = [];
  readonly #field: PeopleField;
  readonly #need: Need;
  #population = 0;
  #covered = 0;
  #people = 0;

  constructor({ inside }: Question, field: PeopleField, need: Need) {
    this.#field = field;
    this.#need = need;
    for (let cell = 0; cell < field.count; cell++) {
      if (inside[field.commune[cell] ?? 0] !== 1) continue;
      this.#population += field.people[cell] ?? 0;
      if (need.done[cell] === 1) this.#covered += field.people[cell] ?? 0;
    }
    this.#point();
  }

  take(cells: Int32Array): { gain: number; hamlets: number } {
    const { done, hamlets: open } = this.#need;
    let gain = 0;
    let hamlets = 0;
    for (const cell of cells) {
      if (done[cell] !== 1) gain += this.#field.people[cell] ?? 0;
      hamlets += open[cell] ?? 0;
      done[cell] = 1;
      open[cell] = 0;
    }
    this.#people += gain;
    this.#point();
    return { gain, hamlets };
  }

  #point(): void {
    const share = (this.#covered + this.#people) / Math.max(1, this.#population);
    this.curve.push({ sites: this.curve.length, people: this.#people, share });
  }
}

function rounded(metres: number | null): number | null {
  return metres === null ? null : Math.round(metres);
}
