/** The past of the 4G layer: most of it was there, some of it came, and once a storm went over it. */
import { OPERATORS } from '../../data/model/things.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Chronicle, Happened } from './chronicle.ts';
import { writtenDay } from './curve.ts';
import type { DemoFigures } from './figures.ts';
import type { OnAir } from './five-g-past.ts';
import type { Site } from './five-g.ts';
import type { Land } from './land.ts';
import { Random } from './random.ts';
import { stationFields } from './station-fields.ts';

/** Part of the stations that came after the past began. */
const LATE_PART = 0.07;
const BUILDING_DAYS = 55;

/** Lists the stations: what was there operator by operator and commune by commune. */
export class FourGRegister {
  readonly #chronicle: Chronicle;
  readonly #land: Land;
  readonly #random: Random;
  readonly #numbers = new Map<string, number>();
  readonly #opening: number;
  readonly #sinceIn: number[];

  constructor(chronicle: Chronicle, land: Land, figures: DemoFigures, seed: number) {
    this.#chronicle = chronicle;
    this.#land = land;
    const random = new Random(seed, '4g past');
    this.#random = random;
    this.#opening = dayNumberOf(figures.from);
    // 4G came to a commune in one of the years from its opening in 2016 on.
    this.#sinceIn = land.communes.map(() => dayNumberOf('2016-11-01') + 30 * random.below(72));
  }

  /** Tells of all the stations between the opening of the register and `to`. */
  tell(sites: readonly Site[], to: number): OnAir[] {
    const listed = [...sites].sort(
      (a, b) =>
        OPERATORS.indexOf(a.operator) - OPERATORS.indexOf(b.operator) ||
        a.commune - b.commune ||
        a.cell - b.cell,
    );
    const span = to - this.#opening;
    return listed.map((site) => {
      if (!this.#random.chance(LATE_PART)) {
        const fields = this.#fields(site);
        fields['status'] = 'on_air';
        fields['since'] = writtenDay(this.#sinceIn[site.commune] ?? 0);
        const happened = this.#chronicle.add('station.add', this.#opening, fields);
        return { site, day: this.#opening, happened };
      }
      const day = this.#opening + 1 + this.#random.below(span);
      return { site, day, happened: this.bring(site, day) };
    });
  }

  /** A station is built and goes on air on a day. */
  bring(site: Site, day: number): Happened {
    const began = Math.max(this.#opening, day - BUILDING_DAYS);
    const fields = this.#fields(site);
    fields['status'] = 'building';
    const happened = this.#chronicle.add('station.add', began, fields);
    this.#chronicle.change(happened, 'station.change', day, {
      status: 'on_air',
      since: writtenDay(day),
    });
    return happened;
  }

  #fields(site: Site): Fields {
    const { commune, operator } = site;
    const key = `${operator} ${commune}`;
    const number = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, number);
    return stationFields(this.#land, site, '4g', number, this.#random);
  }
}

/** A storm like that of September 2024: the north, two days, up to two weeks to mend. */
const STORM = {
  day: '2024-09-07',
  provinces: new Set('01 04 08 14 15 19 20 22 24 31 33 37'.split(' ')),
  part: 0.12,
  mendedWithinDays: 16,
};

/** Takes a part of the stations then on air down for some days. */
export function tellStorm(
  chronicle: Chronicle,
  land: Land,
  stations: readonly OnAir[],
  seed: number,
): void {
  const random = new Random(seed, 'storm');
  const struck = dayNumberOf(STORM.day);
  for (const { site, day, happened } of stations) {
    if (day >= struck || !STORM.provinces.has(land.provinceOf(site.commune))) continue;
    if (!random.chance(STORM.part)) continue;
    const down = struck + random.below(2);
    const up = down + 1 + Math.floor(STORM.mendedWithinDays * random.next() ** 2);
    chronicle.change(happened, 'station.change', down, { status: 'down' });
    chronicle.change(happened, 'station.change', up, { status: 'on_air' });
  }
}
