/**
 * The register of indicators: what of the programme is a figure, what it is counted in, which units
 * have a value of their own, and where the value comes from. The published figures come from
 * figures.ts; what the system itself counts, and what is due from the provinces, is said here.
 */
import type { UnitLevel } from '../model/unit.ts';
import {
  publishedFigures,
  type Direction,
  type FigureUnit,
  type PublishedFigure,
} from './figures.ts';

/** The parts of the register, in the order of the board. */
export const INDICATOR_GROUPS = ['coverage', 'network', 'services', 'identity', 'local'] as const;
export type IndicatorGroup = (typeof INDICATOR_GROUPS)[number];

export interface Indicator {
  /** `5g.population`. */
  code: string;
  name: string;
  nameEn: string;
  /** Unit of the value; a `share` is 0–1. */
  unit: FigureUnit;
  /** Whether more or less of it is better; `neither` for a plain count. */
  direction: Direction;
  group: IndicatorGroup;
  /** Levels of the units that have a value of their own. */
  scope: readonly UnitLevel[];
  /** The one unit that it is about, where it is about one alone. */
  territory?: string;
  /** `counted`: from the country itself, at every moment; `reported`: when somebody says so. */
  origin: 'counted' | 'reported';
  /** Every province reports it once in each month; absent: nobody has to. */
  due?: 'month';
  /** The first day of the reporting, where it is not from ever on. */
  starts?: string;
  /** What the nation aims for, and by when. */
  target?: number;
  targetDate?: string;
  /** As it was published, with its source; absent: no value was. */
  published?: PublishedFigure;
}

/** Days after the end of a month by which its value is to be there. */
export const DAYS_TO_REPORT = 10;

const EVERYWHERE: readonly UnitLevel[] = ['nation', 'province', 'commune'];
const PROVINCES: readonly UnitLevel[] = ['nation', 'province'];

type Particulars = Pick<Indicator, 'group' | 'scope' | 'origin'> & Pick<Partial<Indicator>, 'due'>;

const reported = (group: IndicatorGroup): Particulars => ({
  group,
  scope: ['nation'],
  origin: 'reported',
});
const monthly = (group: IndicatorGroup): Particulars => ({
  ...reported(group),
  scope: PROVINCES,
  due: 'month',
});
const counted = (group: IndicatorGroup): Particulars => ({
  group,
  scope: EVERYWHERE,
  origin: 'counted',
});

/** What the published figures do not say of themselves, by their codes. */
const PARTICULARS: Readonly<Record<string, Particulars>> = {
  '5g.stations': counted('coverage'),
  '5g.population': counted('coverage'),
  'hamlets.uncovered': counted('coverage'),
  'hamlets.uncovered.hard': counted('coverage'),
  'tslcd.communes': counted('network'),
  datacentres: counted('network'),
  'databases.deploying': reported('network'),
  'databases.complete': reported('network'),
  'ndxp.transactions': reported('network'),
  'crypto.province': reported('network'),
  'tthc.configured': monthly('services'),
  'tthc.connected': monthly('services'),
  'tthc.total': reported('services'),
  'tthc.province': reported('services'),
  'tthc.commune': reported('services'),
  'dvc.online': { ...monthly('services'), scope: EVERYWHERE },
  'dvc.online.ministries': reported('services'),
  'dvc.online.localities': reported('services'),
  'signature.adults': monthly('identity'),
  'signature.certificates': reported('identity'),
  'id.cards': reported('identity'),
  'id.profiles': reported('identity'),
  'id.accounts': reported('identity'),
  'civil.births': reported('identity'),
  'civil.marriages': reported('identity'),
  'civil.deaths': reported('identity'),
};

const PROGRAMME_SOURCE = {
  asOf: '2025-07-28',
  source: 'Cục Phổ biến, giáo dục pháp luật, “Chuyển đổi số quốc gia – đột phá chiến lược”',
};

/** What was announced without a value, and what only this system counts. */
const UNPUBLISHED: readonly Indicator[] = [
  {
    code: 'crypto.commune',
    name: 'Xã đã mã hóa văn bản mật (đang triển khai)',
    nameEn: 'Communes reached by encryption of “mật” documents (being rolled out)',
    unit: 'communes',
    direction: 'more',
    ...monthly('network'),
    target: 3_321,
  },
  {
    code: 'reports.open',
    name: 'Phản ánh không có sóng chưa xử lý xong',
    nameEn: 'Reports of no signal still to be handled',
    unit: 'reports',
    direction: 'less',
    ...counted('coverage'),
  },
  {
    code: 'reports.oldest',
    name: 'Phản ánh chưa trả lời đã chờ lâu nhất',
    nameEn: 'Longest wait of a report that nobody has answered',
    unit: 'days',
    direction: 'less',
    ...counted('coverage'),
  },
];

/** Where a target without a published value was announced. */
export const TARGET_SOURCES: Readonly<Record<string, { asOf: string; source: string }>> = {
  'crypto.commune': PROGRAMME_SOURCE,
};

/** All indicators, in the order of the groups and of the programme. */
export const INDICATORS: readonly Indicator[] = [
  ...publishedFigures.map(registered),
  ...UNPUBLISHED,
].toSorted((a, b) => INDICATOR_GROUPS.indexOf(a.group) - INDICATOR_GROUPS.indexOf(b.group));

const byCode = new Map(INDICATORS.map((indicator) => [indicator.code, indicator]));

/** What the product brings under a code; what people have defined is in `data/indicators/register.ts`. */
export function indicatorOf(code: string): Indicator | undefined {
  return byCode.get(code);
}

function registered(figure: PublishedFigure): Indicator {
  const { code, name, nameEn, unit, direction, target, targetDate, territory } = figure;
  const particulars: Particulars = PARTICULARS[code] ?? {
    ...reported('local'),
    scope: ['province'],
  };
  return {
    code,
    name,
    nameEn,
    unit,
    direction,
    ...particulars,
    ...(territory === undefined ? {} : { territory }),
    ...(target === undefined ? {} : { target }),
    ...(targetDate === undefined ? {} : { targetDate }),
    published: figure,
  };
}
