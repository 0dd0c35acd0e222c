import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import express from 'express';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPack, openPack } from '../../../server/territory/pack.ts';
import type { Level, Territory } from '../../../server/territory/territory.ts';
import { tileRoutes } from '../../../server/territory/tiles.ts';
import { wavyCountry } from '../../setup/wavy-country.ts';

let territory: Territory;

beforeAll(async () => {
  territory = openPack((await buildPack(wavyCountry())).bytes);
});

/** The tile at zoom z that holds a place. */
function tileAt(lon: number, lat: number, z: number): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [
    Math.floor((lon / 360 + 0.5) * 2 ** z),
    Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z),
  ];
}

function decode(tile: Uint8Array | undefined): VectorTile {
  if (!tile) throw new Error('there is a tile here');
  return new VectorTile(new PbfReader(tile));
}

function features(tile: VectorTile, layer: string): VectorTileFeature[] {
  const found = tile.layers[layer];
  return found ? Array.from({ length: found.length }, (_, i) => found.feature(i)) : [];
}

/** Twice the area of a polygon in tile units, holes taken off; exact. */
function area(feature: VectorTileFeature): number {
  const rings = feature.loadGeometry();
  return Math.abs(
    rings.reduce(
      (sum, ring) =>
        sum +
        ring.reduce((part, a, i) => {
          const b = ring[(i + 1) % ring.length] ?? a;
          return part + a.x * b.y - b.x * a.y;
        }, 0),
      0,
    ),
  );
}

const WHOLE: [number, number, number] = [7, ...tileAt(105.2, 21.1, 7)];

describe('what is in a tile', () => {
  it('provinces: areas, borders, labels, neighbours and places', () => {
    const tile = decode(territory.tile('provinces', ...WHOLE));
    expect(new Set(Object.keys(tile.layers))).toEqual(
      new Set(['provinces', 'borders', 'labels', 'neighbours', 'places']),
    );
    expect(tile.layers.provinces).toMatchObject({ version: 2, extent: 4096 });
    const [first] = features(tile, 'provinces');
    expect(first?.id).toBe(1);
    expect(first?.properties).toEqual({ code: '01', name: 'Tỉnh 01', nameEn: 'Province 01' });
    expect(features(tile, 'labels')[1]?.properties).toEqual({
      code: '11',
      name: 'Tỉnh 11',
      nameEn: 'Province 11',
      population: 281_001,
    });
    expect(features(tile, 'neighbours')[0]?.properties.nameEn).toBe('Neighbour');
    expect(features(tile, 'places')[0]?.properties).toEqual({
      kind: 'sea',
      name: 'Biển Đông',
      nameEn: 'East Sea',
    });
  });

  it('communes: areas, borders, labels that can be ranked', () => {
    const tile = decode(territory.tile('communes', ...WHOLE));
    expect(new Set(Object.keys(tile.layers))).toEqual(new Set(['communes', 'borders', 'labels']));
    expect(features(tile, 'communes').map(({ id }) => id)).toEqual([
      1, 2, 3, 4, 5, 3001, 3002, 3003, 3004,
    ]);
    expect(features(tile, 'labels')[5]).toMatchObject({
      id: 3001,
      properties: { code: '03001', parent: '11', population: 250_000 },
    });
  });

  it('at every zoom communes fill their province exactly, in whole tile units', () => {
    for (let z = 4; z <= 9; z++) {
      // Where the whole country is in one tile, nothing is cut.
      const [x, y] = tileAt(105.2, 21.1, z);
      const [x2, y2] = tileAt(105.45, 20.99, z);
      const [x3, y3] = tileAt(104.99, 21.21, z);
      if (x !== x2 || y !== y2 || x !== x3 || y !== y3) continue;
      const communes = features(decode(territory.tile('communes', z, x, y)), 'communes');
      for (const province of features(decode(territory.tile('provinces', z, x, y)), 'provinces')) {
        const parts = communes
          .filter(({ properties }) => properties.parent === province.properties.code)
          .map(area);
        expect(parts.reduce((a, b) => a + b)).toBe(area(province));
      }
    }
  });

  it('a border is there once, whoever shares it', () => {
    for (const level of ['provinces', 'communes'] as const) {
      const seen = new Set<string>();
      for (const border of features(decode(territory.tile(level, ...WHOLE)), 'borders'))
        for (const line of border.loadGeometry())
          for (const [i, a] of line.entries()) {
            const b = line[i + 1];
            if (!b || (a.x === b.x && a.y === b.y)) continue;
            const ends = [`${a.x},${a.y}`, `${b.x},${b.y}`].sort().join(' ');
            expect(seen.has(ends)).toBe(false);
            seen.add(ends);
          }
      expect(seen.size).toBeGreaterThan(10);
    }
  });

  it('borders say of what they are: one line between two provinces, the rest outer', () => {
    const kinds = features(decode(territory.tile('provinces', ...WHOLE)), 'borders').map(
      ({ properties }) => properties.kind,
    );
    expect(kinds.filter((kind) => kind === 'province')).toHaveLength(1);
    expect(new Set(kinds)).toEqual(new Set(['province', 'outer']));
    const ofCommunes = features(decode(territory.tile('communes', ...WHOLE)), 'borders');
    expect(new Set(ofCommunes.map(({ properties }) => properties.kind))).toEqual(
      new Set(['commune', 'province', 'outer']),
    );
  });

  it('a unit’s label is in one tile only, whatever the zoom', () => {
    for (const z of [6, 10, 12]) {
      const ids: number[] = [];
      const [west, north] = tileAt(104.95, 21.25, z);
      const [east, south] = tileAt(105.5, 20.95, z);
      for (let x = west; x <= east; x++)
        for (let y = north; y <= south; y++) {
          const tile = territory.tile('communes', z, x, y);
          if (tile) ids.push(...features(decode(tile), 'labels').map(({ id }) => Number(id)));
        }
      expect(ids.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 3001, 3002, 3003, 3004]);
    }
  });

  it('a closer look has more detail, a wider one less', () => {
    const vertices = (z: number): number =>
      features(decode(territory.tile('provinces', z, ...tileAt(105.2, 21.1, z))), 'borders')
        .flatMap((border) => border.loadGeometry())
        .reduce((sum, line) => sum + line.length, 0);
    expect(vertices(8)).toBeGreaterThan(2 * vertices(4));
    const cornerZ14 = territory.tile('communes', 14, ...tileAt(105.1, 21.1, 14));
    expect(features(decode(cornerZ14), 'communes').length).toBeGreaterThan(1);
  });

  it('there is none where nothing is, or where no tile can be', () => {
    expect(territory.tile('provinces', 8, ...tileAt(150, 0, 8))).toBeUndefined();
    expect(territory.tile('communes', 3, 6, 3)).toBeUndefined();
    expect(territory.tile('communes', 15, 0, 0)).toBeUndefined();
    expect(territory.tile('communes', 4, 16, 0)).toBeUndefined();
    expect(territory.tile('communes', 4, 1.5, 0)).toBeUndefined();
  });
});

describe('GET /tiles/{level}/{z}/{x}/{y}.mvt', () => {
  let server: Server;
  let origin: string;
  let current: Territory | undefined;

  beforeAll(async () => {
    const app = express();
    app.use(tileRoutes(() => current));
    server = app.listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    current = territory;
  });
  afterAll(() => server.close());

  const address = (level: Level, z: number, x: number, y: number): string =>
    `/tiles/${level}/${z}/${x}/${y}.mvt`;

  it('answers a tile, compressed, with the pack in its tag', async () => {
    const response = await fetch(origin + address('provinces', ...WHOLE));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(response.headers.get('etag')).toContain(territory.hash.slice(0, 16));
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.from(bytes).equals(territory.tile('provinces', ...WHOLE) ?? bytes)).toBe(true);
    expect(() => gunzipSync(bytes)).toThrow(); // fetch has unpacked it already
  });

  it('answers one who cannot unpack with the plain tile, under another tag', async () => {
    const zipped = await fetch(origin + address('communes', ...WHOLE));
    const plain = await fetch(origin + address('communes', ...WHOLE), {
      headers: { 'Accept-Encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toBe('Accept-Encoding');
    expect(plain.headers.get('etag')).not.toBe(zipped.headers.get('etag'));
    const [one, other] = [await plain.arrayBuffer(), await zipped.arrayBuffer()];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it('says 304 to one who has it, and for ever to one who names the pack', async () => {
    const first = await fetch(origin + address('provinces', ...WHOLE));
    const tag = first.headers.get('etag') ?? '';
    const again = await fetch(origin + address('provinces', ...WHOLE), {
      headers: { 'If-None-Match': tag },
    });
    expect(again.status).toBe(304);
    const named = await fetch(`${origin}${address('provinces', ...WHOLE)}?pack=${territory.hash}`);
    expect(named.headers.get('cache-control')).toContain('immutable');
    const otherPack = await fetch(`${origin}${address('provinces', ...WHOLE)}?pack=abc`);
    expect(otherPack.headers.get('cache-control')).toContain('must-revalidate');
  });

  it('takes up another pack without a restart', async () => {
    const before = await fetch(origin + address('provinces', ...WHOLE));
    current = openPack((await buildPack(wavyCountry(undefined, { places: [] }))).bytes);
    const after = await fetch(origin + address('provinces', ...WHOLE), {
      headers: { 'If-None-Match': before.headers.get('etag') ?? '' },
    });
    expect(after.status).toBe(200);
    const [one, other] = [await before.arrayBuffer(), await after.arrayBuffer()];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
    current = territory;
  });

  it('says 204 for a tile with nothing in it', async () => {
    const response = await fetch(origin + address('communes', 8, ...tileAt(150, 0, 8)));
    expect(response.status).toBe(204);
  });

  it.each([
    ['/tiles/rivers/7/101/56.mvt', 404, 'unknown_level'],
    ['/tiles/communes/3/6/3.mvt', 404, 'no_such_tile'],
    ['/tiles/communes/15/6/3.mvt', 404, 'no_such_tile'],
    ['/tiles/communes/7/128/56.mvt', 404, 'no_such_tile'],
    ['/tiles/communes/7/1.5/56.mvt', 400, 'bad_tile'],
    ['/tiles/communes/7/-1/56.mvt', 400, 'bad_tile'],
    ['/tiles/communes/seven/1/56.mvt', 400, 'bad_tile'],
    ['/tiles/communes/7/1/5e1.mvt', 400, 'bad_tile'],
    ['/tiles/communes/7/99999999999999999999/56.mvt', 400, 'bad_tile'],
  ])('%s is %i', async (place, status, code) => {
    const response = await fetch(origin + place);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { code, message: expect.any(String) } });
  });

  it('says 503 while no territory is in use', async () => {
    current = undefined;
    expect((await fetch(origin + address('provinces', ...WHOLE))).status).toBe(503);
    current = territory;
  });
});
