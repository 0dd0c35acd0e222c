/** The past of the hamlets: who was known to have no signal, who was found, who was given one. */
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { Chronicle } from './chronicle.ts';
import { curveThrough, dayOfPart, writtenDay } from './curve.ts';
import type { DemoFigures } from './figures.ts';
import type { DemoHamlet } from './hamlets.ts';
import { SIMULATED } from './names.ts';
import { Random } from './random.ts';

/** Deadlines set by the government in 2025: with grid power, and without. */
const DEADLINES_SET = '2025-06-26';
const DEADLINE_WITH_POWER = '2025-09-15';
const DEADLINE_WITHOUT = '2025-11-30';

const SURVEYS = ['2024-05-31', '2024-10-31', '2025-04-15'];
/** Part that was known from the beginning. */
const KNOWN_PART = 0.84;

/** Least days between finding a hamlet and solving it. */
const WORK_DAYS = 60;

const SOLVED = curveThrough(
  ['2024-02-15', 0],
  ['2024-06-30', 0.13],
  ['2024-12-31', 0.42],
  ['2025-03-31', 0.62],
  ['2025-07-26', 1],
);
/** Days (since 1970) on which those that are solved got their signal. */
export function daysOfSolving(hamlets: readonly DemoHamlet[]): Map<DemoHamlet, number> {
  const solved = hamlets.filter(({ solution }) => solution !== null);
  return new Map(solved.map((hamlet, i) => [hamlet, dayOfPart(SOLVED, (i + 0.5) / solved.length)]));
}

/** Tells of all the hamlets, commune by commune. */
export function tellHamlets(
  chronicle: Chronicle,
  hamlets: readonly DemoHamlet[],
  daysOfSolving: ReadonlyMap<DemoHamlet, number>,
  figures: DemoFigures,
  seed: number,
): void {
  const random = new Random(seed, 'hamlets past');
  const opening = dayNumberOf(figures.from);
  const surveys = SURVEYS.map(dayNumberOf);
  const listed = [...hamlets].sort((a, b) => a.commune - b.commune || a.lon - b.lon);
  for (const hamlet of listed) {
    const { commune, solution, ...fields } = hamlet;
    void commune;
    const solvedOn = daysOfSolving.get(hamlet);
    const found = random.chance(KNOWN_PART) ? opening : random.pick(surveys);
    const known = solvedOn !== undefined && found > solvedOn - WORK_DAYS ? opening : found;
    const happened = chronicle.add('hamlet.add', known, {
      ...SIMULATED,
      ...fields,
      status: 'uncovered',
    });
    if (solution === null || solvedOn === undefined) {
      const deadline = hamlet.gridPower ? DEADLINE_WITH_POWER : DEADLINE_WITHOUT;
      chronicle.change(happened, 'hamlet.change', dayNumberOf(DEADLINES_SET), { deadline });
    } else
      chronicle.change(happened, 'hamlet.resolve', solvedOn, {
        solution,
        resolvedOn: writtenDay(solvedOn),
      });
  }
}
