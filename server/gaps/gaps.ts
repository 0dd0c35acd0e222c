/** Gaps as they are told: those asked for, and what is near each. */
import type { Gap } from '../../data/wire/gaps.ts';
import { cellId, placeOf } from './cell-place.ts';
import { chosen, type Candidate, type Choice } from './choosing.ts'; // filters, ranks
import { metresTo, nodesUp, stationsOnAir } from './distances.ts'; // what is near
import type { Asked, GapFinder, NoAnswer } from './finder.ts';
import type { GapGround } from './ground.ts';
import type { NearestPlace } from '../coverage/nearest.ts';
import { Slices } from './slices.ts';

export interface GapQuestion extends Asked, Choice {
  unit: string;
}

export interface GapAnswer {
  /** The country of which it is true: its last event and the instant of it. */
  seq: number;
  asOf: string;
  /** All gaps that fit the question, and the people in them. */
  total: number;
  people: number;
  /** Those with most people, in order. */
  gaps: Gap[];
}

/** How far the gaps of a question are, 0–1. */
export function gapProgress(finder: GapFinder, question: GapQuestion): number {
  return finder.progress(question, (ground) => ground.communesIn(question.unit));
}

export function findGaps(
  finder: GapFinder,
  question: GapQuestion,
  stop: AbortSignal,
): Promise<GapAnswer | NoAnswer> {
  return finder.read(
    question,
    (ground) => ground.communesIn(question.unit),
    stop,
    async ({ ground, clusters }) => {
      const { country } = finder.live;
      const { seq, at } = country;
      const communes = ground.communesIn(question.unit);
      const { best, total, people } = chosen(question, communes, ground, clusters, country);
      const stations = stationsOnAir(country, question.wanted);
      const nodes = nodesUp(country);
      const gaps: Gap[] = [];
      const slices = new Slices();
      for (const one of best) {
        gaps.push(gapOf(one, ground, stations, nodes));
        if (slices.over) await slices.rest();
      }
      return { seq, asOf: at, total, people, gaps };
    },
  );
}

function gapOf(
  { cluster, commune, hamlets, gridPower, speciallyDisadvantaged }: Candidate,
  { field, communes }: GapGround,
  stations: NearestPlace,
  nodes: NearestPlace,
): Gap {
  const { lon, lat } = placeOf(field, cluster.cell);
  return {
    id: cellId(field, cluster.cell),
    people: cluster.people,
    communes: [communes[commune] ?? ''],
    lon,
    lat,
    cells: cluster.cells,
    nearestStationM: metresTo(stations, lon, lat),
    nearestNodeM: metresTo(nodes, lon, lat),
    hamlets,
    gridPower,
    speciallyDisadvantaged,
  };
}
