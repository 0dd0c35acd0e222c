/**
 * A country of stations for benchmarks of the client: named after real communes and strewn around a
 * place for each, the same for the same number.
 */
import type { Unit } from '../../client/live/live.ts';
import { communes } from '../../data/country/communes.ts';
import { applyEvent } from '../../data/log/apply.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import { OPERATORS } from '../../data/model/things.ts';
import { Random } from '../../server/demo/random.ts';

const BANDS = { viettel: 'n41', vinaphone: 'n78', mobifone: 'n77', other: 'n28' } as const;
/** Of the planned stations about this share is on air. */
const ON_AIR = 0.18;
const SPREAD_DEGREES = 0.04;

export function countryOfStations(count: number): {
  country: Country;
  units: ReadonlyMap<string, Unit>;
} {
  const random = new Random(count, 'stations of a country');
  const country = emptyCountry();
  const places = communes.map(() => [random.between(103, 109), random.between(9, 23)] as const);
  for (let seq = 1; seq <= count; seq++) {
    const index = random.below(communes.length);
    const [lon, lat] = places[index] ?? [105, 21];
    const commune = communes[index];
    const operator = OPERATORS[random.below(3)] ?? 'viettel';
    const planned = random.next() > ON_AIR;
    const at = '2026-01-01T00:00:00.000Z';
    const day = `2025-0${1 + random.below(9)}-1${random.below(10)}`;
    const short = commune?.name.replace(/^(Phường|Xã|Đặc khu) /, '') ?? '';
    applyEvent(country, {
      ...{ seq, at, by: 'feed', type: 'station.add', id: seq, version: 1, effective: day },
      name: `${short} ${operator[0]?.toUpperCase()}5-${1 + random.below(40)}`,
      ...{ operator, technology: '5g', band: BANDS[operator] },
      lon: microdegrees(lon + random.between(-SPREAD_DEGREES, SPREAD_DEGREES)),
      lat: microdegrees(lat + random.between(-SPREAD_DEGREES, SPREAD_DEGREES)),
      commune: commune?.code ?? null,
      heightM: 20 + random.below(40),
      status: planned ? 'planned' : 'on_air',
      ...(planned ? { plannedFor: day } : { since: day }),
      simulated: true,
      source: 'mô phỏng',
    });
  }
  return { country, units: unitsOfCommunes() };
}

function microdegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function unitsOfCommunes(): ReadonlyMap<string, Unit> {
  const unit = (code: string, level: Unit['level'], parent: string | null): [string, Unit] => [
    code,
    {
      ...{ code, name: code, nameEn: code, level, parent, type: '', population: 0, areaKm2: 0 },
      centre: [105, 21],
      bounds: [105, 21, 105, 21],
    },
  ];
  return new Map([
    unit('vn', 'nation', null),
    ...[...new Set(communes.map(({ province }) => province))].map((code) =>
      unit(code, 'province', 'vn'),
    ),
    ...communes.map(({ code, province }) => unit(code, 'commune', province)),
  ]);
}
