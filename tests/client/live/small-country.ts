/** A country of two provinces and three communes, and a log that makes things happen in it. */
import type { Unit } from '../../../client/live/live.ts';
import { applyEvent, type Touched } from '../../../data/log/apply.ts';
import type { Event, EventType } from '../../../data/log/event.ts';
import { emptyCountry, type Country } from '../../../data/model/country.ts';
import type { Fields } from '../../../data/model/table.ts';

function unit(code: string, level: Unit['level'], parent: string | null): Unit {
  return {
    code,
    level,
    parent,
    name: code,
    nameEn: code,
    type: '',
    population: 1000,
    areaKm2: 1,
    centre: [105, 21],
    bounds: [104, 20, 106, 22],
  };
}

export const UNITS: ReadonlyMap<string, Unit> = new Map(
  [
    unit('vn', 'nation', null),
    unit('01', 'province', 'vn'),
    unit('11', 'province', 'vn'),
    unit('00004', 'commune', '01'),
    unit('00008', 'commune', '01'),
    unit('03127', 'commune', '11'),
  ].map((one) => [one.code, one]),
);

export class Story {
  readonly country: Country = emptyCountry();
  readonly #follow: (touched: Touched, event: Event) => void;

  constructor(follow: (touched: Touched, event: Event) => void = () => undefined) {
    this.#follow = follow;
  }

  /** Makes something happen; `id` 0 is the thing that this event adds. Answers the id. */
  happens(type: EventType, id: number, fields: Fields = {}): number {
    const event = makeEvent(this.country.seq + 1, type, id || this.country.seq + 1, fields);
    this.#follow(applyEvent(this.country, event), event);
    return event.id;
  }

  station(fields: Fields = {}): number {
    const common = { lon: 105.8, lat: 21, commune: '00004', name: 'Trạm', operator: 'viettel' };
    const radio = { technology: '5g', band: 'n41', heightM: 30, status: 'on_air' };
    return this.happens('station.add', 0, { ...common, ...radio, ...fields });
  }

  hamlet(fields: Fields = {}): number {
    const place = {
      lon: 103,
      lat: 21.5,
      commune: '03127',
      name: 'Bản',
      households: 20,
      people: 90,
    };
    const state = { gridPower: false, speciallyDisadvantaged: true, status: 'uncovered' };
    return this.happens('hamlet.add', 0, { ...place, ...state, ...fields });
  }

  node(fields: Fields = {}): number {
    const place = { lon: 105.8, lat: 21, commune: '00004', name: 'Nút', unit: '00004' };
    return this.happens('node.add', 0, { ...place, level: 'communal', status: 'up', ...fields });
  }

  link(from: number, to: number, fields: Fields = {}): number {
    const line = { provider: 'VNPT', bandwidthMbps: 200, status: 'up' };
    return this.happens('link.add', 0, { from, to, ...line, ...fields });
  }

  report(fields: Fields = {}): number {
    const place = { lon: 105.8, lat: 21, commune: '00004', approximatePlace: false };
    const state = { status: 'received', receivedOn: '2026-01-01' };
    return this.happens('report.add', 0, { ...place, ...state, ...fields });
  }
}

export function makeEvent(seq: number, type: EventType, id = seq, fields: Fields = {}): Event {
  const at = '2026-01-01T00:00:00.000Z';
  return { seq, at, by: 'feed', type, id, version: 1, effective: '2026-01-01', ...fields };
}
