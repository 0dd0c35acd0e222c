/**
 * What rules look at, made ready on every server: the cuts of the network, since when each station is
 * down, when each province was heard last, and what coverage was. What the country itself does not
 * hold comes from the log and from the keeper's tables, and is followed from then on.
 */
import type { Pool } from 'pg';
import type { CoverageField, Reached, Sight } from '../../data/alerts/found.ts';
import type { Watch } from '../../data/alerts/rule.ts';
import { peopleIn } from '../../data/model/estimate.ts';
import { STATION_STATUSES } from '../../data/model/things.ts';
import { levelOf } from '../../data/model/unit.ts';
import { liveCuts, type Cut } from '../../data/network/cuts.ts';
import type { Outages } from '../../data/network/outages.ts';
import type { Applied, LiveCountry } from '../country/live.ts';
import { readDownSince } from '../log/read.ts';
import type { Ledger } from '../network/ledger.ts';
import { isOfNetwork, type LiveNetwork } from '../network/network.ts';
import { readHeard, readSamplesAt, writeHeard, writeSamples, type Sample } from './memory.ts';

export interface Sights {
  /**
   * What those watches look at now; undefined before a territory was adopted.
   * @param listeningSince ms since 1970
   */
  look(watches: readonly Watch[], listeningSince: number): Promise<Sight | undefined>;
  /** Keeps for the next keeper, and for the hours to come, what only this process knows. */
  remember(): Promise<void>;
}

const DOWN = STATION_STATUSES.indexOf('down');
/** Stations about which the log is asked in one go. */
const ASKED_AT_ONCE = 2_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How often the coverage of the provinces is noted. */
const SAMPLE_MS = 30 * MINUTE_MS;
/** Earlier coverage is looked up this often. */
const EARLIER_MS = MINUTE_MS;

export function openSights(options: {
  pool: Pool;
  live: LiveCountry;
  network: LiveNetwork;
  ledger: Ledger;
  /** ms since 1970. */
  now: () => number;
}): Sights {
  const { pool, live, network, ledger, now } = options;
  const heard = new Map<string, number>();
  /** Provinces heard from since that was last written down. */
  const news = new Set<string>();
  const downSince = new Map<number, number>();
  /** Samples by how many hours ago they are of, and when they were looked up. */
  const earlier = new Map<number, { at: number; samples: ReadonlyMap<string, Sample> }>();
  /** The cuts, good until something happens to the network. */
  let cuts: readonly Cut[] | undefined;
  let isRead = false;
  let sampledAt = -Infinity;

  live.onApplied((applied, reset) => {
    if (reset || applied.some(({ event }) => isOfNetwork(event.type))) cuts = undefined;
    hear(applied);
  });
  hear(live.recent);

  function hear(applied: readonly Applied[]): void {
    for (const { event, units } of applied) {
      const at = Date.parse(event.at);
      for (const unit of units) {
        if (levelOf(unit) !== 'province' || (heard.get(unit) ?? 0) >= at) continue;
        heard.set(unit, at);
        news.add(unit);
      }
      if (!event.type.startsWith('station.')) continue;
      const { status } = event;
      if (status === 'down') {
        // Already down and told so once more: it is down since the first time.
        if (!downSince.has(event.id)) downSince.set(event.id, at);
      } else if (status !== undefined || event.type === 'station.remove')
        downSince.delete(event.id);
    }
  }

  function cutsNow(outages: Outages): readonly Cut[] {
    const { tables } = live.country;
    return liveCuts(tables, network.analysis(), network.peopleOf, outages.open());
  }

  /** Reads once what earlier keepers have written down. */
  async function readOnce(): Promise<void> {
    if (isRead) return;
    for (const [province, at] of await readHeard(pool))
      if ((heard.get(province) ?? 0) < at) heard.set(province, at);
    isRead = true;
  }

  /** Asks the log since when those stations are down of which that is not known. */
  async function learnDownSince(): Promise<void> {
    const { stations } = live.country.tables;
    const unknown: number[] = [];
    for (let row = 0; row < stations.count; row++) {
      const id = stations.ids[row] ?? 0;
      if (stations.columns.status[row] === DOWN && !downSince.has(id)) unknown.push(id);
    }
    for (let first = 0; first < unknown.length; first += ASKED_AT_ONCE) {
      const asked = unknown.slice(first, first + ASKED_AT_ONCE);
      for (const [id, at] of await readDownSince(pool, asked)) {
        const row = stations.rowOf(id);
        const isDown = row !== undefined && stations.columns.status[row] === DOWN;
        if (isDown && !downSince.has(id)) downSince.set(id, at);
      }
    }
  }

  async function lookUpEarlier(hours: number): Promise<void> {
    const known = earlier.get(hours);
    const at = now();
    if (known && Math.abs(at - known.at) < EARLIER_MS) return;
    const samples = await readSamplesAt(pool, at - hours * HOUR_MS);
    earlier.set(hours, { at, samples });
  }

  /** What the people were counted on: figures of another territory or other people do not compare. */
  function groundName(): string {
    const { territory, population } = live.country;
    return `${territory?.hash ?? ''} ${population?.hash ?? ''}`;
  }

  function rowOf(province: string) {
    return live.coverage?.by('radius')?.row(province);
  }

  function reached(province: string, field: CoverageField): Reached | undefined {
    const row = rowOf(province);
    return row && { people: peopleIn(row, field), population: peopleIn(row, 'population') };
  }

  function reachedBefore(
    province: string,
    field: CoverageField,
    hours: number,
  ): Reached | undefined {
    const sample = earlier.get(hours)?.samples.get(province);
    if (!sample || sample.ground !== groundName()) return undefined;
    return { people: sample[field], population: sample.population };
  }

  async function sample(): Promise<void> {
    const { ground } = live;
    const at = now();
    if (!ground || Math.abs(at - sampledAt) < SAMPLE_MS) return;
    const samples = ground.territory.provinces.flatMap(({ code }): [string, Sample][] => {
      const row = rowOf(code);
      if (!row) return [];
      const people = (field: Parameters<typeof peopleIn>[1]): number => peopleIn(row, field);
      const { population, covered } = {
        population: people('population'),
        covered: people('covered'),
      };
      const sampled = { population, covered, '4g': people('4g'), '5g': people('5g') };
      return [[code, { ground: groundName(), ...sampled }]];
    });
    await writeSamples(pool, samples, at, SAMPLE_MS);
    sampledAt = at;
  }

  return {
    async look(watches, listeningSince) {
      await readOnce();
      let outages: Outages | undefined;
      for (const watch of watches) {
        if (watch.what === 'commune_cut') outages ??= await ledger.outages();
        else if (watch.what === 'coverage_falling') await lookUpEarlier(watch.hours);
      }
      if (watches.some(({ what }) => what === 'station_down')) await learnDownSince();
      const { ground, country } = live;
      if (!ground) return undefined;
      return {
        ...{ now: now(), country, reached, reachedBefore, listeningSince },
        provinces: ground.territory.provinces.map(({ code }) => code),
        provinceOf: ground.provinceOf,
        peopleOf: network.peopleOf,
        cuts: () => (cuts ??= outages ? cutsNow(outages) : []),
        downSince: (station) => downSince.get(station),
        heard: (province) => heard.get(province),
      };
    },
    async remember() {
      const said = [...news].map((province): [string, number] => [
        province,
        heard.get(province) ?? 0,
      ]);
      news.clear();
      await writeHeard(pool, said).catch((error: unknown) => {
        for (const [province] of said) news.add(province);
        throw error;
      });
      await sample();
    },
  };
}
