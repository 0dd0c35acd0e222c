/**
 * The past of the 5G roll-out: trials, the plans of 2024 that followed the auctions of spectrum, each
 * operator's opening, and the plan of 2025 for all the rest.
 */
import type { Operator } from '../../data/model/things.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { RollOut } from './calibrate.ts';
import type { Chronicle, Happened } from './chronicle.ts';
import { curveThrough, dayOfPart, monthEnd, type Curve, writtenDay } from './curve.ts';
import type { DemoFigures } from './figures.ts';
import type { Site } from './five-g.ts';
import type { Land } from './land.ts';
import { Random } from './random.ts';
import { acceptance } from './acceptance.ts';
import { stationFields } from './station-fields.ts';

/** A station that went on air in the past, for those who count or trouble it. */
export interface OnAir {
  site: Site;
  /** Days since 1970. */
  day: number;
  happened: Happened;
}

interface Schedule {
  /** Day of the plan that followed the operator's licence. */
  planned: string;
  /** Day of the plan for the rest of the country. */
  plannedRest: string;
  /** Part of the operator's stations of July 2025 on air; the first part were trials before. */
  onAir: Curve;
}

/** Openings: Viettel 15 October 2024, VinaPhone 20 December 2024, MobiFone 26 March 2025. */
const SCHEDULES: Record<Operator, Schedule> = {
  viettel: {
    planned: '2024-03-11',
    plannedRest: '2025-03-03',
    onAir: curveThrough(
      ['2024-01-02', 0.02],
      ['2024-05-01', 0.04],
      ['2024-09-01', 0.22],
      ['2024-10-15', 0.5],
      ['2024-12-31', 0.64],
      ['2025-03-31', 0.75],
      ['2025-07-28', 1],
    ),
  },
  vinaphone: {
    planned: '2024-04-15',
    plannedRest: '2025-03-10',
    onAir: curveThrough(
      ['2024-01-02', 0.01],
      ['2024-06-15', 0.02],
      ['2024-10-01', 0.1],
      ['2024-12-20', 0.38],
      ['2025-03-31', 0.6],
      ['2025-07-28', 1],
    ),
  },
  mobifone: {
    planned: '2024-08-05',
    plannedRest: '2025-03-17',
    onAir: curveThrough(
      ['2024-10-01', 0.01],
      ['2025-01-01', 0.1],
      ['2025-03-26', 0.42],
      ['2025-07-28', 1],
    ),
  },
  other: {
    planned: '2024-08-05',
    plannedRest: '2025-03-17',
    onAir: curveThrough(['2025-07-28', 1]),
  },
};

/** Of all the stations planned in July 2025, how many are being built. */
const BUILDING_PART = 0.1;
/** The first plan holds this many times what came of it by July 2025. */
const FIRST_PLAN = 1.25;
const BUILDING_DAYS = { least: 18, most: 70 };
const MONTHS_OF_PLAN = ['2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31'];
/** Part of the stations that bear the name of another one, as happens where lists are kept by hand. */
const CALLED_ALIKE = 0.01;

export function tellFiveG(
  chronicle: Chronicle,
  land: Land,
  rollOut: readonly RollOut[],
  figures: DemoFigures,
  seed: number,
): OnAir[] {
  return rollOut.flatMap((part) => tellOperator(chronicle, land, part, figures, seed));
}

function tellOperator(
  chronicle: Chronicle,
  land: Land,
  { operator, sites, onAir }: RollOut,
  figures: DemoFigures,
  seed: number,
): OnAir[] {
  const random = new Random(seed, `5g past ${operator}`);
  const papers = new Random(seed, `5g papers ${operator}`);
  const { planned, plannedRest, onAir: curve } = SCHEDULES[operator];
  const opening = dayNumberOf(figures.from);
  const now = dayNumberOf(figures.to);
  const trials = opening >= (curve[0]?.[0] ?? Infinity) ? (curve[0]?.[1] ?? 0) : 0;
  const building = onAir + Math.round((sites.length - onAir) * BUILDING_PART);
  const inFirstPlan = Math.max(building, Math.round(onAir * FIRST_PLAN));

  // The rank says when a station comes; a plan lists its stations commune by commune.
  const rankOf = new Map(sites.map((site, rank) => [site, rank]));
  const listed = [...sites].sort((a, b) => a.commune - b.commune || a.cell - b.cell);
  const numberIn = new Map<number, number>();
  const told: OnAir[] = [];
  for (const site of listed) {
    const rank = rankOf.get(site) ?? 0;
    const number = (numberIn.get(site.commune) ?? 0) + 1;
    numberIn.set(site.commune, number);
    const called = number > 1 && papers.chance(CALLED_ALIKE) ? number - 1 : number;
    const fields = stationFields(land, site, '5g', called, random);
    const done = (rank + 0.5) / onAir;
    if (rank < onAir && done < trials) {
      fields['status'] = 'on_air';
      fields['since'] = writtenDay(opening - random.below(3 * 365) - 1);
      const happened = chronicle.add('station.add', opening, fields);
      told.push({ site, day: opening, happened });
      continue;
    }
    const plannedOn = dayNumberOf(rank < inFirstPlan ? planned : plannedRest);
    const day = rank < onAir ? dayOfPart(curve, done) : now;
    fields['status'] = 'planned';
    fields['plannedFor'] = plannedFor(rank, onAir, sites.length, day, random);
    const happened = chronicle.add('station.add', plannedOn, fields);
    if (rank >= building) continue;
    const took = BUILDING_DAYS.least + random.below(BUILDING_DAYS.most - BUILDING_DAYS.least);
    const began = rank < onAir ? day - took : now - random.below(took);
    chronicle.change(happened, 'station.change', Math.max(began, plannedOn + 1), {
      status: 'building',
    });
    if (rank >= onAir) continue;
    const since = writtenDay(Math.max(day, plannedOn + 2));
    chronicle.change(happened, 'station.change', dayNumberOf(since), {
      status: 'on_air',
      since,
      ...acceptance(operator, land.provinceOf(site.commune), since, papers),
    });
    told.push({ site, day: dayNumberOf(since), happened });
  }
  return told;
}

/** The end of the month that the plan says; what is on air came in it or a little after. */
function plannedFor(rank: number, onAir: number, all: number, day: number, random: Random): string {
  if (rank < onAir) return writtenDay(monthEnd(day - random.below(20)));
  const part = (rank - onAir) / Math.max(1, all - onAir);
  const month = Math.floor(part ** 0.8 * MONTHS_OF_PLAN.length);
  return MONTHS_OF_PLAN[Math.min(month, MONTHS_OF_PLAN.length - 1)] ?? '2025-12-31';
}
