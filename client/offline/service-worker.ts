/**
 * Keeps the page and the map's tiles on this machine, so that both open without a line. The page
 * itself is asked of the server first: whoever has a line gets the newest one. The live data and the
 * interface under /api are none of its business.
 */
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';

/** The files of this build; vite.config.ts puts them in. */
declare const __FILES__: PrecacheEntry[];

const PAGE = '/index.html';
/** What is no page of this application, or must never be an old one. */
const ELSEWHERE = [/^\/(api|bao|tiles|socket\.io|healthz|metrics)(\/|$)/];
/** A country at every zoom that somebody works at. */
const MOST_TILES = 4_000;

clientsClaim();
precacheAndRoute(__FILES__, { directoryIndex: '', cleanURLs: false });

const newest = new NetworkOnly({ networkTimeoutSeconds: 4 });
registerRoute(
  new NavigationRoute(
    async (options) => {
      const answer = await newest.handle(options).catch(() => undefined);
      // What stands before a server that is down answers in its place.
      if (answer && answer.status < 500) return answer;
      return (await matchPrecache(PAGE)) ?? answer ?? Response.error();
    },
    { denylist: ELSEWHERE },
  ),
);

// A tile's address names the territory that it is of: it never changes.
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && url.pathname.startsWith('/tiles/') && url.searchParams.has('pack'),
  new CacheFirst({
    cacheName: 'tiles',
    plugins: [
      // An empty tile is an answer too.
      { cacheWillUpdate: ({ response }) => Promise.resolve(response.ok ? response : null) },
      new ExpirationPlugin({ maxEntries: MOST_TILES, purgeOnQuotaError: true }),
    ],
  }),
);
