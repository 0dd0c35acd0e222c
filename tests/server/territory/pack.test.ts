import type { MultiPolygon } from 'geojson';
import { createHash } from 'node:crypto';
import * as turf from '@turf/turf';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPack, openPack, type PackReport } from '../../../server/territory/pack.ts';
import type { SourceCommune, Territory } from '../../../server/territory/territory.ts';
import { wavyCommunes, wavyCountry } from '../../setup/wavy-country.ts';

let bytes: Uint8Array;
let hash: string;
let report: PackReport;
let territory: Territory;

beforeAll(async () => {
  ({ bytes, hash, report } = await buildPack(wavyCountry()));
  territory = openPack(bytes);
});

/** Directed edges of a boundary in whole 1e-5 degrees, outer rings counter-clockwise. */
function edges({ coordinates }: MultiPolygon): string[] {
  return coordinates.flat().flatMap((ring) =>
    ring.slice(1).map((to, i) => {
      const steps = [...(ring[i] ?? []), ...to].map((degrees) => Math.round(degrees * 1e5));
      return `${steps[0]} ${steps[1]} > ${steps[2]} ${steps[3]}`;
    }),
  );
}

function turned(edge: string): string {
  return edge.split(' > ').reverse().join(' > ');
}

/** Twice the signed area in square steps: exact. */
function exactArea(geometry: MultiPolygon): number {
  return edges(geometry).reduce((sum, edge) => {
    const [ax = 0, ay = 0, bx = 0, by = 0] = (edge.match(/-?\d+/g) ?? []).map(Number);
    return sum + (ax - 10_500_000) * (by - 2_100_000) - (bx - 10_500_000) * (ay - 2_100_000);
  }, 0);
}

describe('communes tile their province', () => {
  it('their areas add up to its area, to the last square step', () => {
    for (const province of territory.provinces) {
      const parts = territory.communes
        .filter((commune) => commune.province === province.code)
        .map((commune) => exactArea(territory.geometryOf(commune.code)));
      expect(parts.reduce((a, b) => a + b)).toBe(exactArea(territory.geometryOf(province.code)));
    }
  });

  it('a border inside a province is the same line on both sides; the others are the province’s', () => {
    for (const province of territory.provinces) {
      const all = new Set(
        territory.communes
          .filter((commune) => commune.province === province.code)
          .flatMap((commune) => edges(territory.geometryOf(commune.code))),
      );
      const outer = [...all].filter((edge) => !all.has(turned(edge)));
      expect(new Set(edges(territory.geometryOf(province.code)))).toEqual(new Set(outer));
    }
  });

  it('provinces share their border too', () => {
    const west = new Set(edges(territory.geometryOf('01')));
    const east = edges(territory.geometryOf('11'));
    expect(east.filter((edge) => west.has(turned(edge))).length).toBeGreaterThan(20);
  });

  it('an enclave’s hole does not become a hole of the province; an island stays an island', () => {
    expect(territory.geometryOf('00002').coordinates[0]).toHaveLength(2);
    expect(territory.geometryOf('01').coordinates.map((polygon) => polygon.length)).toEqual([1]);
    expect(territory.geometryOf('11').coordinates.map((polygon) => polygon.length)).toEqual([1, 1]);
  });

  it('a vertex of one side is put on the other side’s edge that lacks it', async () => {
    const [first, , third, ...rest] = wavyCommunes();
    if (!first || !third) throw new Error('the country has communes');
    const bounded = (commune: SourceCommune, ring: [number, number][]): SourceCommune => ({
      ...commune,
      geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    });
    const north = bounded(first, [
      [105, 21],
      [105.1, 21],
      [105.1, 21.1],
      [105, 21.1],
      [105, 21],
    ]);
    const south = bounded(third, [
      [105, 20.9],
      [105.1, 20.9],
      [105.1, 21],
      [105.06, 21.00001],
      [105, 21],
      [105, 20.9],
    ]);
    const east = rest.filter(({ commune }) => commune.province === '11');
    const built = await buildPack(wavyCountry([north, south, ...east], { neighbours: [] }));
    expect(built.report.noded).toBe(1);
    const opened = openPack(built.bytes);
    const above = edges(opened.geometryOf('00001'));
    expect(edges(opened.geometryOf('00003')).some((edge) => above.includes(turned(edge)))).toBe(
      true,
    );
    expect(exactArea(opened.geometryOf('01'))).toBe(
      exactArea(opened.geometryOf('00001')) + exactArea(opened.geometryOf('00003')),
    );
  });
});

it('communes that overlap make a province of what they cover, and the overlap is reported', async () => {
  const [first, second, ...rest] = wavyCommunes();
  if (!first || !second) throw new Error('the country has communes');
  const between = (commune: SourceCommune, west: number, east: number): SourceCommune => ({
    ...commune,
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [west, 21.1],
            [east, 21.1],
            [east, 21.2],
            [west, 21.2],
            [west, 21.1],
          ],
        ],
      ],
    },
  });
  const communes = [
    between(first, 105, 105.1),
    between(second, 105.05, 105.15),
    ...rest.filter(({ commune }) => commune.province === '11'),
  ];
  const built = await buildPack(wavyCountry(communes, { neighbours: [] }));
  const province = openPack(built.bytes).geometryOf('01');
  expect(province.coordinates.map((polygon) => polygon.length)).toEqual([1]);
  expect(turf.bbox(province)).toEqual([105, 21.1, 105.15, 21.2]);
  expect(exactArea(province)).toBe(2 * 15_000 * 10_000);
  expect(built.report.seams).toEqual([
    { unit: '01', name: 'Tỉnh 01', gapsKm2: 0, overlapsKm2: expect.closeTo(57.5, 0) },
  ]);
});

describe('what is where', () => {
  it('every point is in exactly the commune that holds it, as Turf sees it', () => {
    const boundaries = territory.communes.map(({ code }) => ({
      code,
      geometry: territory.geometryOf(code),
    }));
    let inside = 0;
    for (let i = 0; i < 2_000; i++) {
      const point: [number, number] = [
        104.98 + ((i * 0.618034) % 1) * 0.5,
        20.98 + ((i * 0.414214) % 1) * 0.25,
      ];
      const holding = boundaries.filter(({ geometry }) =>
        turf.booleanPointInPolygon(point, geometry),
      );
      expect(territory.communeAt(...point)).toBe(holding[0]?.code);
      inside += holding.length;
    }
    expect(inside).toBeGreaterThan(1_000);
  });

  it('a point on a border belongs to one commune; one that is nowhere to none', () => {
    const east = new Set(edges(territory.geometryOf('00004')));
    const border = edges(territory.geometryOf('00003')).filter((edge) => east.has(turned(edge)));
    expect(border.length).toBeGreaterThan(5);
    for (const edge of border) {
      const [x = 0, y = 0] = edge.split(' ').map(Number);
      if (y < 2_100_100) continue; // its end, where the country ends too
      expect(['00001', '00002', '00003', '00004']).toContain(territory.communeAt(x / 1e5, y / 1e5));
    }
    expect(territory.communeAt(150, 10)).toBeUndefined();
    expect(territory.communeAt(NaN, 21)).toBeUndefined();
    expect(territory.communeAt(105.1512, 21.1507)).toBe('00005');
    expect(territory.communeAt(105.436, 21.036)).toBe('03004');
  });

  it('a unit’s name stands inside it, and its box is around it', () => {
    for (const { code } of [...territory.provinces, ...territory.communes]) {
      const geometry = territory.geometryOf(code);
      expect(turf.booleanPointInPolygon(territory.centreOf(code), geometry)).toBe(true);
      expect(territory.boundsOf(code)).toEqual(turf.bbox(geometry));
    }
    expect(territory.bounds[2]).toBeGreaterThan(105.44);
    expect(() => territory.centreOf('99')).toThrow('"99"');
  });

  it('keeps names, places, neighbours and provenance', () => {
    expect(territory.kind).toBe('approximate');
    expect(territory.communes.map(({ code }) => code)).toEqual(
      wavyCommunes().map(({ commune }) => commune.code),
    );
    expect(territory.places).toEqual([
      { kind: 'sea', name: 'Biển Đông', nameEn: 'East Sea', lon: 105.5, lat: 21.1 },
    ]);
    expect(territory.provenance[0]?.source).toBe('made up');
    const [neighbour] = territory.neighbours();
    expect(neighbour?.name).toBe('Láng giềng');
    expect(turf.area(neighbour?.geometry ?? turf.point([0, 0])) / 1e6).toBeCloseTo(461, -1);
  });
});

describe('one artifact', () => {
  it('the same country gives the same bytes, in whatever order its communes come', async () => {
    const again = await buildPack(wavyCountry(wavyCommunes().reverse()));
    expect(again.hash).toBe(hash);
    expect(Buffer.from(again.bytes).equals(bytes)).toBe(true);
  });

  it('its hash is the SHA-256 of its content, and another country has another', async () => {
    expect(hash).toBe(createHash('sha256').update(bytes.subarray(40)).digest('hex'));
    expect(territory.hash).toBe(hash);
    const [first, ...rest] = wavyCommunes();
    if (!first) throw new Error('the country has communes');
    const other = { ...first, commune: { ...first.commune, population: 40_002 } };
    expect((await buildPack(wavyCountry([other, ...rest]))).hash).not.toBe(hash);
  });

  it('what is no pack, of another format, cut off or changed does not open', () => {
    expect(() => openPack(new Uint8Array(100))).toThrow('not a territory pack');
    const newer = Uint8Array.from(bytes);
    newer[7] = 9;
    expect(() => openPack(newer)).toThrow('format 9');
    expect(() => openPack(bytes.subarray(0, bytes.length - 1))).toThrow('damaged');
    const changed = Uint8Array.from(bytes);
    changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1;
    expect(() => openPack(changed)).toThrow('damaged');
  });
});

describe('people and areas', () => {
  it('a province has the people of its communes and the area measured, when none is given', () => {
    expect(territory.provinces.map(({ population }) => population)).toEqual([60_462, 281_001]);
    for (const { code, areaKm2 } of [...territory.provinces, ...territory.communes]) {
      const byTurf = turf.area(territory.geometryOf(code)) / 1e6; // on a sphere
      expect(Math.abs(areaKm2 - byTurf)).toBeLessThan(0.006 + byTurf / 150);
    }
  });

  it('an unknown population counts 0 and is reported; a stated area far off is too', async () => {
    const [first, ...rest] = wavyCommunes();
    if (!first) throw new Error('the country has communes');
    const unknown = { ...first, commune: { ...first.commune, population: NaN, areaKm2: 150 } };
    const built = await buildPack(wavyCountry([unknown, ...rest]));
    expect(built.report.withoutPopulation).toEqual([{ unit: '00001', name: 'Xã 00001' }]);
    expect(openPack(built.bytes).communes[0]).toMatchObject({ population: 0, areaKm2: 150 });
    expect(built.report.areas).toEqual([
      { unit: '00001', name: 'Xã 00001', statedKm2: 150, measuredKm2: expect.closeTo(115, -1) },
    ]);
    expect(report.withoutPopulation).toEqual([]);
  });
});

describe('boundaries with faults', () => {
  const ring = [
    [105, 20.8],
    [105.1, 20.8],
    [105.1, 20.9],
    [105, 20.9],
    [105, 20.8],
  ];
  /** The country with one more commune, of the given rings. */
  async function withRings(...rings: unknown[][]) {
    const [first] = wavyCommunes();
    if (!first) throw new Error('the country has communes');
    const extra: SourceCommune = {
      commune: { ...first.commune, code: '00777', name: 'Phường Thử' },
      geometry: { type: 'MultiPolygon', coordinates: [rings] } as MultiPolygon,
      from: '01_x/wards/00777_thu.geojson',
    };
    return buildPack(wavyCountry([...wavyCommunes(), extra]));
  }

  it('are repaired where they are small, and the repair is reported by unit', async () => {
    const open = ring.slice(0, -1);
    const doubled = [...open.slice(0, 2), open[1], ...open.slice(2)];
    const spiked = [...doubled.slice(0, 3), [105.2, 20.8], ...doubled.slice(2)];
    const built = await withRings(spiked, [ring[0], ring[1], ring[0]]);
    const opened = openPack(built.bytes);
    expect(opened.geometryOf('00777').coordinates.flat()).toHaveLength(1);
    expect(turf.area(opened.geometryOf('00777'))).toBeCloseTo(turf.area(turf.polygon([ring])), -5);
    expect(built.report.repairs).toEqual([
      {
        unit: '00777',
        name: 'Phường Thử',
        repairs: {
          'duplicate point removed': 1,
          'spike removed': expect.any(Number),
          'unclosed ring closed': 1,
          'ring without area dropped': 1,
        },
      },
    ]);
  });

  it('a tiny loop in a line is a slip, and the unit stays', async () => {
    const loop = [
      [105.05, 20.9001],
      [105.0505, 20.9001],
      [105.0502, 20.8995],
      [105.0503, 20.9006],
    ];
    const built = await withRings([...ring.slice(0, 3), ...loop, ...ring.slice(3)]);
    expect(built.report.loopsCut + built.report.crossingsLeft.length).toBeGreaterThan(0);
    expect(openPack(built.bytes).communeAt(105.05, 20.85)).toBe('00777');
  });

  it.each([
    [
      'too few points',
      [
        [105, 20.8],
        [105.1, 20.8],
        [105, 20.8],
      ],
      'three different points',
    ],
    ['no points', [], 'three different points'],
    [
      'a bow tie',
      [ring[0], ring[1], [105.02, 20.9], ring[2], ring[0]],
      'crosses itself near 105.0',
    ],
    ['a position that is text', [...ring.slice(0, 2), ['105', 20.9], ring[0]], '["105",20.9]'],
    ['a position out of range', [...ring.slice(0, 2), [105, 91], ring[0]], '[105,91]'],
    ['a position of one number', [...ring.slice(0, 2), [105], ring[0]], '[105]'],
  ])('%s is refused, naming file and unit', async (_, faulty, words) => {
    const refusal = withRings(faulty);
    await expect(refusal).rejects.toThrow(
      '01_x/wards/00777_thu.geojson: unit 00777 (Phường Thử): ',
    );
    await expect(refusal).rejects.toThrow(words);
  });
});

describe('records that cannot be', () => {
  const [first] = wavyCommunes();
  if (!first) throw new Error('the country has communes');
  it.each([
    ['a unit twice', [first, first], {}, 'unit 00001 (Xã 00001): this unit is there twice'],
    [
      'an unknown province',
      [{ ...first, commune: { ...first.commune, province: '02' } }],
      {},
      '"02"',
    ],
    ['a short code', [{ ...first, commune: { ...first.commune, code: '123' } }], {}, 'unit 123'],
    ['half a person', [{ ...first, commune: { ...first.commune, population: 1.5 } }], {}, '1.5'],
    ['a negative area', [{ ...first, commune: { ...first.commune, areaKm2: -1 } }], {}, '-1 km²'],
    ['a province without communes', [first], {}, 'Province 11 (Tỉnh 11) has no commune'],
  ] as [string, SourceCommune[], object, string][])('%s', async (_, communes, about, words) => {
    await expect(buildPack(wavyCountry(communes, about))).rejects.toThrow(words);
  });
});
