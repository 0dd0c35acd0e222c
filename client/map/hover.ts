/** What the map says of the place under the pointer: a name and a few key figures. */
import { TABLE_OF } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { peopleIn, shareIn, type Method } from '../../data/model/estimate.ts';
import {
  BANDS,
  FACILITY_KINDS,
  FACILITY_OWNERS,
  LINE_STATUSES,
  NODE_LEVELS,
  OPERATORS,
  REPORT_STATUSES,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import { communeCodeOf, NATION } from '../../data/model/unit.ts';
import { nameOfThing } from '../changes/names.ts';
import type { Live } from '../live/live.ts';
import { unitName } from '../view/names.ts';
import type { Colouring, OpenThing } from '../view/view.svelte.ts';
import { number, percent, upTo, type Language } from '../words/format.ts';
import type { Words } from '../words/vi.ts';

export interface Said {
  name: string;
  /** The figure that colours the unit; null for a thing. */
  figure: string | null;
  lines: string[];
}

export interface Reading {
  colouring: Colouring;
  method: Method;
  language: Language;
  words: Words;
}

export function saidOfUnit(code: string, live: Live, reading: Reading): Said | null {
  const unit = live.units.get(code);
  if (!unit) return null;
  const { words, language, colouring, method } = reading;
  const row = live.estimatesOf(code)?.[method];
  const what = words.layers.colourings[colouring];
  const parent = unit.parent === NATION ? undefined : live.units.get(unit.parent ?? '');
  const people = words.panel.people(number(unit.population, language));
  const without = row ? peopleIn(row, 'population') - peopleIn(row, '5g') : 0;
  return {
    name: unitName(unit, language),
    figure: row ? `${percent(shareIn(row, colouring), language)} ${what}` : null,
    lines: [
      ...(parent ? [unitName(parent, language)] : []),
      people,
      ...(without > 0 ? [`${number(without, language)} ${words.coverage.without5g}`] : []),
    ],
  };
}

export function saidOfThing(thing: OpenThing, live: Live, reading: Reading): Said | null {
  const { country } = live;
  if (!country) return null;
  const name = nameOfThing(country.tables, thing.noun, thing.id, reading.words);
  if (name === undefined) return null;
  return { name, figure: null, lines: linesOf(thing, country, live, reading) };
}

function linesOf(
  { noun, id }: OpenThing,
  { tables }: Country,
  live: Live,
  { words, language }: Reading,
): string[] {
  const place = (commune: number | undefined): string[] => {
    const unit = commune ? live.units.get(communeCodeOf(commune)) : undefined;
    return unit ? [unitName(unit, language)] : [];
  };
  const row = tables[TABLE_OF[noun]].rowOf(id) ?? -1;
  switch (noun) {
    case 'station': {
      const { operator, technology, band, status, commune } = tables.stations.columns;
      const radio = [
        words.operators[OPERATORS[operator[row] ?? 0] ?? 'other'],
        words.technologies[TECHNOLOGIES[technology[row] ?? 0] ?? '5g'],
        BANDS[band[row] ?? 0],
      ];
      const state = words.stations.statuses[STATION_STATUSES[status[row] ?? 0] ?? 'planned'];
      return [radio.join(' · '), state, ...place(commune[row])];
    }
    case 'hamlet': {
      const { people, households, gridPower, commune } = tables.hamlets.columns;
      const { hamlets } = words;
      return [
        hamlets.people(number(people[row] ?? 0, language), number(households[row] ?? 0, language)),
        gridPower[row] === 1 ? hamlets.grid : hamlets.noGrid,
        ...place(commune[row]),
      ];
    }
    case 'node': {
      const { level, status, commune } = tables.nodes.columns;
      const { levels, statuses } = words.network;
      return [
        levels[NODE_LEVELS[level[row] ?? 0] ?? 'communal'],
        statuses[LINE_STATUSES[status[row] ?? 0] ?? 'planned'],
        ...place(commune[row]),
      ];
    }
    case 'link': {
      const { provider, bandwidthMbps, status } = tables.links.columns;
      return [
        `${provider[row] ?? ''} · ${upTo(bandwidthMbps[row] ?? 0, language, 1)} Mbit/s`,
        words.network.statuses[LINE_STATUSES[status[row] ?? 0] ?? 'planned'],
      ];
    }
    case 'report': {
      const { operator, status, commune } = tables.reports.columns;
      const network = OPERATORS[operator[row] ?? 255];
      return [
        network ? words.operators[network] : words.reports.everyOperator,
        words.reports.statuses[REPORT_STATUSES[status[row] ?? 0] ?? 'received'],
        ...place(commune[row]),
      ];
    }
    case 'facility': {
      const { kind, owner, status, commune } = tables.facilities.columns;
      const { kinds, owners, statuses } = words.facilities;
      const what = kinds[FACILITY_KINDS[kind[row] ?? 0] ?? 'data_centre'];
      return [
        `${what} · ${owners[FACILITY_OWNERS[owner[row] ?? 0] ?? 'enterprise']}`,
        statuses[LINE_STATUSES[status[row] ?? 0] ?? 'planned'],
        ...place(commune[row]),
      ];
    }
    // Nothing on the map: these stand nowhere.
    case 'programme':
    case 'duty':
    case 'definition':
      return [];
  }
}
