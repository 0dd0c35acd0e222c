/**
 * The register of hamlets without a signal: people, power, deadline, what is near, and the cheapest
 * known way to a signal.
 */
import { cheapestSolution } from '../../data/country/solution-costs.ts';
import { NO_DAY } from '../../data/model/columns.ts';
import { dayFor, daysOf } from '../../data/model/days.ts';
import { dayOf } from '../../data/model/scalars.ts';
import { communeCodeOf, communeNumberOf, NATION } from '../../data/model/unit.ts';
import type { RegisteredHamlet } from '../../data/wire/gaps.ts';
import { cellId } from './cell-place.ts';
import { metresTo, nodesUp, stationsOnAir } from './distances.ts';
import type { Asked, GapFinder, Moment, NoAnswer } from './finder.ts';
import type { GapGround } from './ground.ts';
import { clusterCellOf, placedHamlets, type PlacedHamlet } from './hamlets-in-gaps.ts';

export interface RegisterQuestion extends Asked {
  unit: string;
}

export interface RegisterAnswer {
  /** The country of which it is true: its last event and the instant of it. */
  seq: number;
  asOf: string;
  /** The most pressing first. */
  hamlets: RegisteredHamlet[];
}

/** `nowMs` (since 1970) tells what day it is for hamlets that are real. */
export function hamletRegister(
  finder: GapFinder,
  question: RegisterQuestion,
  nowMs: number,
  stop: AbortSignal,
): Promise<RegisterAnswer | NoAnswer> {
  return finder.read(
    question,
    (ground) => communesOf(placed(finder, question.unit, ground)),
    stop,
    (moment) => {
      const { seq, at } = finder.live.country;
      const hamlets = placed(finder, question.unit, moment.ground);
      return { seq, asOf: at, hamlets: told(hamlets, moment) };
    },
  );

  function told(hamlets: readonly PlacedHamlet[], moment: Moment): RegisteredHamlet[] {
    const { country } = finder.live;
    const stations = stationsOnAir(country, {});
    const nodes = nodesUp(country);
    const days = daysOf(country, nowMs);
    const { ids, columns } = country.tables.hamlets;
    const records = hamlets.map((hamlet) => {
      const { row } = hamlet;
      const lon = columns.position[row * 2] ?? NaN;
      const lat = columns.position[row * 2 + 1] ?? NaN;
      const deadline = columns.deadline[row] ?? NO_DAY;
      const simulated = columns.simulated[row] === 1;
      const place = {
        people: columns.people[row] ?? 0,
        gridPower: columns.gridPower[row] === 1,
        nearestStationM: metresTo(stations, lon, lat),
        nearestNodeM: metresTo(nodes, lon, lat),
      };
      const gap = clusterCellOf(hamlet, moment.ground, moment.clusters, question.wanted);
      return {
        id: ids[row] ?? 0,
        name: columns.name[row] ?? '',
        commune: columns.commune[row] ? communeCodeOf(columns.commune[row]) : null,
        lon,
        lat,
        households: columns.households[row] ?? 0,
        speciallyDisadvantaged: columns.speciallyDisadvantaged[row] === 1,
        simulated,
        deadline: deadline === NO_DAY ? null : dayOf(deadline),
        daysLeft: deadline === NO_DAY ? null : deadline - dayFor(simulated, days),
        gap: gap === undefined ? null : cellId(moment.ground.field, gap),
        ...place,
        solution: cheapestSolution(place),
      };
    });
    return records.sort(
      (a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || b.people - a.people || 0,
    );
  }
}

/** How far the register of a question is, 0–1. */
export function registerProgress(finder: GapFinder, question: RegisterQuestion): number {
  return finder.progress(question, (ground) => communesOf(placed(finder, question.unit, ground)));
}

/** The hamlets without a signal in a unit. */
function placed({ live }: GapFinder, unit: string, ground: GapGround): PlacedHamlet[] {
  const { hamlets } = live.country.tables;
  const isIn = inUnit(unit, ground);
  return placedHamlets(hamlets, ground, (row) => isIn(hamlets.columns.commune[row] ?? 0));
}

/** Indexes of the communes in which they lie. */
function communesOf(hamlets: readonly PlacedHamlet[]): number[] {
  return [...new Set(hamlets.flatMap(({ commune }) => (commune < 0 ? [] : commune)))];
}

/** Whether a thing in a commune (its number; 0 for none) is in a unit. */
function inUnit(unit: string, ground: GapGround): (commune: number) => boolean {
  if (unit === NATION) return () => true;
  const inside = new Set(
    ground.communesIn(unit).map((commune) => communeNumberOf(ground.communes[commune])),
  );
  return (commune) => inside.has(commune);
}
