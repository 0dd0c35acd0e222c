/**
 * An alert as a sentence, in Vietnamese and in English: the same on the page, on the wall and in a
 * message to a webhook. Numbers, days and times are written as the product writes them everywhere,
 * in the time of Viet Nam.
 */
import { dayInVietnam, dayNumberOf, HANOI_OFFSET_MS } from '../model/scalars.ts';
import type { Alert, AlertFacts } from '../wire/alerts.ts';
import type { Watch } from './rule.ts';

type Language = 'vi' | 'en';
/** What of an alert its sentence is made of. */
export type Sayable = Pick<Alert, 'watch' | 'thing' | 'facts' | 'unit'>;

/** Causes that are named; the others are counted. */
const MOST_CAUSES = 3;

/** @param nameOf the name of a unit, in the language of the sentence */
export function sayAlert(
  alert: Sayable,
  nameOf: (unit: string) => string,
  language: Language,
): string {
  return `${nameOf(alert.unit)}: ${sayFound(alert, language)}.`;
}

/** What was found, without where: for a screen that has the unit as its title. */
export function sayFound({ watch, thing, facts }: Sayable, language: Language): string {
  const say = new Saying(facts, language);
  return facts.found === undefined ? say.one(watch, thing?.name) : say.many(watch);
}

class Saying {
  readonly #facts: AlertFacts;
  readonly #vi: boolean;

  constructor(facts: AlertFacts, language: Language) {
    this.#facts = facts;
    this.#vi = language === 'vi';
  }

  /** What one alert is about. */
  one(watch: Watch, name = ''): string {
    switch (watch.what) {
      case 'commune_cut':
        return (
          this.#words(
            'mất kết nối mạng truyền số liệu chuyên dùng',
            'cut off from the data network',
          ) +
          this.#since() +
          this.#people('người', 'people') +
          this.#causes()
        );
      case 'station_down':
        return watch.alone
          ? this.#words('không còn trạm nào phát sóng', 'no station is on air any more') +
              this.#people('người', 'people') +
              this.#words(`; trạm “${name}” ngừng phát`, `; station “${name}” is down`) +
              this.#since()
          : this.#words(`trạm “${name}” ngừng phát sóng`, `station “${name}” is down`) +
              this.#since();
      case 'coverage_falling':
        return this.#falling(watch);
      case 'deadline':
        return this.#deadline(watch, name);
      case 'silent':
        return this.#silent(watch.hours);
    }
  }

  /** What a rule found that found more than it may have alerts of. */
  many(watch: Watch): string {
    const found = this.#number(this.#facts.found ?? 0);
    const counted = this.#words(...manyOf(watch, found));
    return counted + this.#people('người', 'people');
  }

  #falling({ field, hours }: Extract<Watch, { what: 'coverage_falling' }>): string {
    const { was = 0, is = 0 } = this.#facts;
    const [vi, en] = FIELDS[field];
    return (
      this.#words(
        `dân số có ${vi} giảm từ ${this.#percent(was)} xuống ${this.#percent(is)} trong ${this.#number(hours)} giờ`,
        `people with ${en} fell from ${this.#percent(was)} to ${this.#percent(is)} within ${this.#number(hours)} ${hours === 1 ? 'hour' : 'hours'}`,
      ) + this.#people('người mất sóng', 'people lost it')
    );
  }

  #deadline({ of, daysBefore }: Extract<Watch, { what: 'deadline' }>, name: string): string {
    const day = this.#day(this.#facts.day ?? '');
    const isPast = daysBefore === 0;
    if (of === 'duties')
      return isPast
        ? this.#words(`nhiệm vụ “${name}” quá hạn ${day}`, `task “${name}” was due on ${day}`)
        : this.#words(`nhiệm vụ “${name}” đến hạn ${day}`, `task “${name}” is due on ${day}`);
    const vi = isPast ? `chưa có sóng, quá hạn ${day}` : `chưa có sóng, hạn là ${day}`;
    const en = isPast
      ? `has no signal and was due on ${day}`
      : `has no signal and is due on ${day}`;
    return this.#words(`${name} ${vi}`, `${name} ${en}`) + this.#people('người', 'people');
  }

  #silent(hours: number): string {
    const { since } = this.#facts;
    const long = this.#number(hours);
    const last = since === undefined ? '' : this.#instant(since);
    return (
      this.#words(
        `không có dữ liệu mới trong ${long} giờ`,
        `nothing new for ${long} ${hours === 1 ? 'hour' : 'hours'}`,
      ) + (last && this.#words(`, lần cuối lúc ${last}`, `, the last at ${last}`))
    );
  }

  #since(): string {
    const { since } = this.#facts;
    if (since === undefined) return '';
    const when = this.#instant(since);
    return this.#words(` từ ${when}`, ` since ${when}`);
  }

  #people(vi: string, en: string): string {
    const { people } = this.#facts;
    return people === undefined ? '' : `, ${this.#number(people)} ${this.#words(vi, en)}`;
  }

  #causes(): string {
    const { causes = [] } = this.#facts;
    if (causes.length === 0) return '';
    const more = causes.length - MOST_CAUSES;
    const named = causes.slice(0, MOST_CAUSES).join(', ');
    const others =
      more > 0
        ? this.#words(` và ${this.#number(more)} chỗ khác`, ` and ${this.#number(more)} more`)
        : '';
    return this.#words('; hỏng: ', '; broken: ') + named + others;
  }

  #words(vi: string, en: string): string {
    return this.#vi ? vi : en;
  }

  #number(value: number, decimals = 0): string {
    const written = value.toFixed(decimals);
    const [whole = '', part] = written.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, this.#vi ? '.' : ',');
    return part === undefined ? grouped : `${grouped}${this.#vi ? ',' : '.'}${part}`;
  }

  #percent(share: number): string {
    return `${this.#number(share * 100, 1)}%`;
  }

  /** 28/7/2025, 28 Jul 2025. */
  #day(day: string): string {
    const number = dayNumberOf(day);
    if (Number.isNaN(number)) return day;
    const date = new Date(number * 86_400_000);
    const [d, m, y] = [date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear()];
    return this.#vi ? `${d}/${m + 1}/${y}` : `${d} ${MONTHS[m] ?? ''} ${y}`;
  }

  /** 14:03 28/7/2025. */
  #instant(iso: string): string {
    const at = Date.parse(iso);
    if (Number.isNaN(at)) return iso;
    const clock = new Date(at + HANOI_OFFSET_MS).toISOString().slice(11, 16);
    return `${clock} ${this.#day(dayInVietnam(at))}`;
  }
}

const MONTHS = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sept',
  'Oct',
  'Nov',
  'Dec',
];
const FIELDS: Record<
  Extract<Watch, { what: 'coverage_falling' }>['field'],
  readonly [vi: string, en: string]
> = { covered: ['sóng', 'a signal'], '4g': ['4G', '4G'], '5g': ['5G', '5G'] };

function manyOf(watch: Watch, found: string): [vi: string, en: string] {
  switch (watch.what) {
    case 'commune_cut':
      return [
        `${found} xã cùng mất kết nối mạng truyền số liệu chuyên dùng`,
        `${found} communes cut off from the data network at once`,
      ];
    case 'station_down':
      return watch.alone
        ? [`${found} xã không còn trạm nào phát sóng`, `${found} communes without a station on air`]
        : [`${found} trạm cùng ngừng phát sóng`, `${found} stations down at once`];
    case 'coverage_falling':
      return [`độ phủ giảm ở ${found} tỉnh`, `coverage falls in ${found} provinces`];
    case 'deadline': {
      const [vi, en] =
        watch.of === 'duties'
          ? ['nhiệm vụ', 'tasks']
          : ['thôn chưa có sóng', 'hamlets without a signal'];
      return watch.daysBefore === 0
        ? [`${found} ${vi} đã quá hạn`, `${found} ${en} past their day`]
        : [`${found} ${vi} sắp đến hạn`, `${found} ${en} near their day`];
    }
    case 'silent':
      return [`${found} tỉnh không có dữ liệu mới`, `nothing new from ${found} provinces`];
  }
}
