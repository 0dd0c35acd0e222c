/** A country small enough to generate in a moment: a city, a plain and mountains. */
import { polygonToCells, cellToLatLng } from 'h3-js';
import { applyEvent } from '../../../data/log/apply.ts';
import { emptyCountry, type Country } from '../../../data/model/country.ts';
import { surroundingsOf } from '../../../data/radio/surroundings.ts';
import type { StagedEvent } from '../../../server/log/append.ts';
import { numbered } from '../../../server/demo/chronicle.ts';
import { PUBLISHED_FIGURES, type DemoFigures } from '../../../server/demo/figures.ts';
import type { DemoTerritory } from '../../../server/demo/land.ts';
import type { Commune } from '../../../server/territory/territory.ts';

/** People per km² of the communes of each province, three rows of four. */
const PROVINCES = [
  { code: '01', name: 'Thành phố Hà Nội', west: 105.6, densities: [9_000, 4_000, 1_800, 900] },
  { code: '33', name: 'Tỉnh Hưng Yên', west: 106.1, densities: [1_200, 700, 500, 350] },
  { code: '11', name: 'Tỉnh Điện Biên', west: 103, densities: [250, 60, 35, 20] },
];
const SIDE_DEGREES = 0.12;
const KM2 = (SIDE_DEGREES * 111.2) ** 2 * Math.cos((21 * Math.PI) / 180);

export const SMALL_FIGURES: DemoFigures = {
  ...PUBLISHED_FIGURES,
  stations5gOnAir: 560,
  stations5g: 4_500,
  stations4g: 1_000,
  share4g: 0.995,
  hamlets: 12,
  hamletsDisadvantaged: 10,
  hamletsWithPower: 7,
  hamletsResolved: 9,
  links200: 28,
  dataCentres: 9,
};

export function smallTerritory(): DemoTerritory {
  const communes: Commune[] = [];
  const centres: Record<string, [number, number]> = {};
  const cells: { lon: number; lat: number; people: number; commune: number; place: number }[] = [];
  for (const { code: province, west, densities } of PROVINCES)
    for (let i = 0; i < 12; i++) {
      const density = densities[i % 4] ?? 0;
      const lon = west + (i % 4) * SIDE_DEGREES;
      const lat = 20.9 + Math.floor(i / 4) * SIDE_DEGREES;
      const code = `${province}${String(i).padStart(3, '0')}`;
      const ring = [
        [lon, lat],
        [lon + SIDE_DEGREES, lat],
        [lon + SIDE_DEGREES, lat + SIDE_DEGREES],
        [lon, lat + SIDE_DEGREES],
        [lon, lat],
      ];
      const own = polygonToCells([ring], 9, true);
      const population = Math.round(density * KM2);
      own.forEach((cell, at) => {
        const [y, x] = cellToLatLng(cell);
        const upTo = (n: number): number => Math.floor((n * population) / own.length);
        const people = upTo(at + 1) - upTo(at);
        cells.push({ lon: x, lat: y, people, commune: communes.length, place: density });
      });
      centres[code] = [lon + SIDE_DEGREES / 2, lat + SIDE_DEGREES / 2];
      centres[province] ??= centres[code];
      const type = density > 1_000 ? 'ward' : 'commune';
      const name = `${type === 'ward' ? 'Phường' : 'Xã'} Thử ${i + 1}`;
      communes.push({ code, province, name, nameEn: '', type, population, areaKm2: KM2 });
    }
  return {
    grid: {
      count: cells.length,
      lon: Float32Array.from(cells, ({ lon }) => lon),
      lat: Float32Array.from(cells, ({ lat }) => lat),
      people: Int32Array.from(cells, ({ people }) => people),
      commune: Uint16Array.from(cells, ({ commune }) => commune),
      communes: communes.map(({ code }) => code),
      provinceOf: Uint16Array.from(communes, (_, i) => Math.floor(i / 12)),
      provinces: PROVINCES.map(({ code }) => code),
      surroundings: Uint8Array.from(cells, ({ place }) => surroundingsOf(place)),
    },
    provinces: PROVINCES.map(({ code, name }) => ({
      code,
      name,
      nameEn: '',
      type: 'province' as const,
      population: communes
        .filter(({ province }) => province === code)
        .reduce((sum, { population }) => sum + population, 0),
      areaKm2: 12 * KM2,
    })),
    communes,
    centres,
  };
}

/** The country that a list of events tells of, up to and with a day. */
export function countryOf(events: readonly StagedEvent[], until = '9999-12-31'): Country {
  const country = emptyCountry();
  for (const event of numbered(events, 1, '2025-07-28T00:00:00.000Z')) {
    if (event.effective > until) break;
    applyEvent(country, event);
  }
  return country;
}
