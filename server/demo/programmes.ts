/**
 * The local programmes that were published, with a made-up course: Hà Nội's 45 days of additional 5G,
 * commune by commune, and Đà Nẵng's proposed upgrades and response teams. That there are such
 * programmes, in which communes and from which source is published; who does what of them by which
 * day, and how far it is, is simulated, and says so.
 */
import { publishedFigures } from '../../data/country/figures.ts';
import { NO_DAY } from '../../data/model/columns.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import { DUTY_STATUSES } from '../../data/model/things.ts';
import type { Chronicle } from './chronicle.ts';
import { writtenDay } from './curve.ts';
import type { FeedView, Proposal } from './feed-view.ts';
import type { DemoFigures } from './figures.ts';
import type { Land } from './land.ts';
import { SIMULATED } from './names.ts';
import { Random } from './random.ts';

interface Told {
  name: string;
  nameEn: string;
  unit: string;
  responsible: string;
  /** The published figure that tells of it. */
  figure: string;
  /** Whether it serves the indicator of that figure. */
  isOfFigure: boolean;
  starts: string;
  /** Where a last day was published. */
  due?: string;
  /** What each commune does of it. */
  duty: string;
  /** Days after the start by which communes are to be ready: simulated, in waves. */
  waves: readonly number[];
  /** Of the communes only the most remote ones, this part (0–1) of all; absent: all of them. */
  remote?: number;
}

const PROGRAMMES: readonly Told[] = [
  {
    name: 'Bổ sung 5G cho các xã, phường: chiến dịch 45 ngày',
    nameEn: 'Additional 5G for the communes: the 45-day campaign',
    unit: '01',
    responsible: 'UBND thành phố Hà Nội',
    figure: 'hanoi.5g.communes',
    isOfFigure: true,
    // 45 days from 25 July: the last one is 7 September.
    starts: '2025-07-25',
    due: '2025-09-07',
    duty: 'Bổ sung 5G',
    waves: [3, 15, 30, 44],
  },
  {
    name: 'Nâng cấp công nghệ thông tin cấp xã: đề xuất 500 triệu đồng mỗi xã',
    nameEn: 'IT upgrade of the communes: 500 million đồng proposed for each',
    unit: '48',
    responsible: 'UBND thành phố Đà Nẵng',
    figure: 'danang.upgrade',
    isOfFigure: true,
    starts: '2025-07-27',
    duty: 'Nâng cấp công nghệ thông tin',
    waves: [60, 95, 157],
  },
  {
    name: 'Tổ công nghệ phản ứng nhanh ở các xã vùng xa',
    nameEn: 'Technology response teams in remote communes',
    unit: '48',
    responsible: 'UBND thành phố Đà Nẵng',
    figure: 'danang.upgrade',
    isOfFigure: false,
    starts: '2025-07-27',
    duty: 'Lập tổ công nghệ phản ứng nhanh',
    waves: [20, 40, 65],
    remote: 1 / 3,
  },
];

/** How often a commune is not ready by its day, and how long it then takes at most, days. */
const LATE = 0.12;
const LATE_BY = 14;

/** Programmes begin a few days before the end of the past. */
export function tellProgrammes(chronicle: Chronicle, land: Land, figures: DemoFigures): void {
  const [first, last] = [dayNumberOf(figures.from), dayNumberOf(figures.to)];
  for (const told of PROGRAMMES) {
    const communes = communesOf(told, land);
    const published = publishedFigures.find(({ code }) => code === told.figure);
    if (communes.length === 0 || !published) continue;
    const starts = dayNumberOf(told.starts);
    const day = Math.min(Math.max(starts, first), last);
    const programme = chronicle.add('programme.add', day, {
      ...{ ...SIMULATED, name: told.name, nameEn: told.nameEn, unit: told.unit },
      ...{ responsible: told.responsible, decision: published.source, starts: told.starts },
      ...(told.due === undefined ? {} : { due: told.due }),
      ...(told.isOfFigure ? { indicator: told.figure } : {}),
    });
    communes.forEach(({ code, name }, index) => {
      const due = starts + (told.waves[index % told.waves.length] ?? 0);
      const duty = chronicle.add(
        'duty.add',
        day,
        {
          ...{ ...SIMULATED, unit: code, name: told.duty, responsible: `UBND ${inside(name)}` },
          ...{ due: writtenDay(due), status: 'planned' },
        },
        { programme },
      );
      const { begun, done } = courseOf(code, told.duty, starts, due);
      if (begun <= last) chronicle.change(duty, 'duty.change', begun, { status: 'doing' });
      if (done <= last)
        chronicle.change(duty, 'duty.change', done, { status: 'done', doneOn: writtenDay(done) });
    });
  }
}

/** `Phường Ba Đình` within the name of its committee. */
function inside(unit: string): string {
  return unit.replace(/^(Phường|Xã|Đặc khu) /u, (kind) => kind.toLocaleLowerCase('vi'));
}

/** What of the simulated duties is begun or done by the simulated day; each has a course of its own. */
export function advanceDuties(view: FeedView): Proposal[] {
  const { programmes, duties } = view.country.tables;
  const { columns } = duties;
  const today = dayNumberOf(view.day);
  const proposals: Proposal[] = [];
  for (let row = 0; row < duties.count; row++) {
    const status = DUTY_STATUSES[columns.status[row] ?? 0];
    if ((status !== 'planned' && status !== 'doing') || !view.free('duties', row)) continue;
    const due = columns.due[row] ?? NO_DAY;
    const programme = programmes.rowOf(columns.programme[row] ?? 0);
    const starts =
      programme === undefined ? NO_DAY : (programmes.columns.starts[programme] ?? NO_DAY);
    const from = starts === NO_DAY ? due : starts;
    const course = courseOf(columns.unit[row] ?? '', columns.name[row] ?? '', from, due);
    if (status === 'doing' && course.done <= today)
      proposals.push(view.change('duty.change', row, { status: 'done', doneOn: view.day }));
    else if (status === 'planned' && course.begun <= today)
      proposals.push(view.change('duty.change', row, { status: 'doing' }));
  }
  return proposals;
}

/** The days on which a duty is begun and done: always the same for the same one, and few are late. */
function courseOf(
  unit: string,
  name: string,
  starts: number,
  due: number,
): { begun: number; done: number } {
  const random = new Random(starts, `${name} in ${unit}`);
  const span = Math.max(1, due - starts);
  const done = random.chance(LATE)
    ? due + 1 + random.below(LATE_BY)
    : starts + 1 + random.below(span);
  return { begun: starts + Math.floor((done - starts) * random.between(0, 0.8)), done };
}

/** Communes of its unit in the order of their codes; of the remote ones, those with the least density. */
function communesOf({ unit, remote }: Told, land: Land): { code: string; name: string }[] {
  const own = land.communes
    .map((commune, index) => ({ ...commune, density: land.density[index] ?? 0 }))
    .filter(({ province }) => province === unit);
  const wanted =
    remote === undefined
      ? own
      : own
          .filter(({ population }) => population > 0)
          .sort((a, b) => a.density - b.density)
          .slice(0, Math.ceil(own.length * remote));
  return wanted.sort((a, b) => (a.code < b.code ? -1 : 1));
}
