/**
 * GET /tiles/{provinces, communes}/{z}/{x}/{y}.mvt: the territory in use as vector tiles. A tile's
 * entity tag has the pack's hash in it, and an address with `?pack=<hash>` never changes.
 */
import { promisify } from 'node:util';
import { constants, gunzipSync, gzip } from 'node:zlib';
import express, { type Request, type Response, type Router } from 'express';
import { LEVELS, type Level, type Territory } from './territory.ts';
import { FIRST_ZOOM, isTile, LAST_ZOOM } from './tile-making.ts';

/** Compressed tiles kept, bytes; a country at a few zooms is some megabytes. */
const CACHE_BYTES = 32 * 1024 * 1024;
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'public, max-age=0, must-revalidate';

/** Routes for the territory that `current` gives; undefined is answered with 503. */
export function tileRoutes(current: () => Territory | undefined): Router {
  const cache = new TileCache();
  const router = express.Router();
  router.get('/tiles/:level/:z/:x/:y.mvt', async (request, response) => {
    const level = LEVELS.find((each) => each === request.params.level);
    if (!level)
      return refuse(response, 404, 'unknown_level', `There are tiles of ${LEVELS.join(' and ')}.`);
    const [z, x, y] = [request.params.z, request.params.x, request.params.y].map(wholeNumber);
    if (z === undefined || x === undefined || y === undefined)
      return refuse(response, 400, 'bad_tile', 'A tile is addressed by three whole numbers.');
    if (!isTile(z, x, y))
      return refuse(
        response,
        404,
        'no_such_tile',
        `There are tiles at zoom ${FIRST_ZOOM} to ${LAST_ZOOM}, with x and y below 2 to the power of the zoom.`,
      );
    const territory = current();
    if (!territory)
      return refuse(response, 503, 'no_territory', 'No territory has been taken into use yet.');
    await answer(request, response, territory, cache, { level, z, x, y });
  });
  return router;
}

interface Address {
  level: Level;
  z: number;
  x: number;
  y: number;
}

async function answer(
  request: Request,
  response: Response,
  territory: Territory,
  cache: TileCache,
  address: Address,
): Promise<void> {
  const { level, z, x, y } = address;
  const zipped = request.acceptsEncodings('gzip') === 'gzip';
  const tag = `"${territory.hash.slice(0, 16)}-${level[0]}-${z}-${x}-${y}-${zipped ? 'z' : 'i'}"`;
  response.set('Cache-Control', request.query.pack === territory.hash ? FOREVER : ASK_AGAIN);
  response.set('Vary', 'Accept-Encoding');
  response.set('ETag', tag);
  if (hasTag(request, tag)) {
    response.status(304).end();
    return;
  }
  const tile = await cache.tile(territory, address);
  if (tile.length === 0) {
    response.status(204).end();
    return;
  }
  response.set('Content-Type', 'application/vnd.mapbox-vector-tile');
  if (zipped) response.set('Content-Encoding', 'gzip');
  response.end(zipped ? tile : gunzipSync(tile));
}

/** Whether the asker has this very tile; `Cache-Control: no-cache` only means that it asks first. */
function hasTag(request: Request, tag: string): boolean {
  const known = request.get('If-None-Match')?.split(',') ?? [];
  return known.some((each) => each.trim().replace(/^W\//, '') === tag);
}

/** Gzipped tiles of one territory, the least recently asked for given up first. */
class TileCache {
  #hash = '';
  #bytes = 0;
  readonly #tiles = new Map<string, Uint8Array>();

  /** Empty when there is nothing in the tile. */
  async tile(territory: Territory, { level, z, x, y }: Address): Promise<Uint8Array> {
    if (territory.hash !== this.#hash) {
      this.#tiles.clear();
      this.#bytes = 0;
      this.#hash = territory.hash;
    }
    const key = `${level} ${z} ${x} ${y}`;
    const known = this.#tiles.get(key);
    if (known) {
      this.#tiles.delete(key);
      this.#tiles.set(key, known);
      return known;
    }
    const plain = territory.tile(level, z, x, y);
    const tile = plain ? await promisify(gzip)(plain, { level: constants.Z_BEST_SPEED + 5 }) : NONE;
    if (territory.hash === this.#hash && !this.#tiles.has(key)) this.#keep(key, tile);
    return tile;
  }

  #keep(key: string, tile: Uint8Array): void {
    this.#tiles.set(key, tile);
    this.#bytes += tile.length + key.length;
    for (const [oldest, bytes] of this.#tiles) {
      if (this.#bytes <= CACHE_BYTES) return;
      this.#tiles.delete(oldest);
      this.#bytes -= bytes.length + oldest.length;
    }
  }
}

const NONE = new Uint8Array(0);

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
