/**
 * The heart of a server: the country of a database, kept as its log says, and the commands on it.
 * What listens, and what it shows, is put around it.
 */
import type { Pool } from 'pg';
import type { Country } from '../data/model/country.ts';
import { createCommands, type Commands } from './commands/handle.ts';
import { makeGround } from './country/ground.ts';
import { createLiveCountry, type LiveCountry } from './country/live.ts';
import { followLog, type Follower } from './log/follow.ts';
import { readPopulation } from './population/adopt.ts';
import { withPopulation } from './population/with-population.ts';
import { openReview, type Review } from './review/review.ts';
import { openPresence, type Presence } from './stream/presence.ts';
import { loadTerrain } from './terrain/adopt.ts';
import { readPack } from './territory/adopt.ts';
import { openPack } from './territory/pack.ts';
import type { PeopleGrid, Territory } from './territory/territory.ts';

export interface Core {
  live: LiveCountry;
  follower: Follower;
  commands: Commands;
  review: Review;
  presence: Presence;
  close(): Promise<void>;
}

/** Follows the log from where `country` stands; `url` is for the connections that hear of it. */
export async function openCore(options: {
  pool: Pool;
  url: string;
  country: Country;
  loadGrid: (territory: Territory) => PeopleGrid | Promise<PeopleGrid>;
  /** Called when the log can be followed no further. */
  failed: (error: unknown) => void;
}): Promise<Core> {
  const { pool, url, country, loadGrid, failed } = options;
  const live = createLiveCountry({
    country,
    async prepare({ territory: hash, population, terrain }) {
      const territory = openPack(await readPack(pool, hash));
      const shared = await loadGrid(territory);
      const grid = population
        ? withPopulation(shared, await readPopulation(pool, population))
        : shared;
      return makeGround(territory, grid, terrain ? await loadTerrain(pool, terrain) : null);
    },
  });
  await live.begin();
  const follower = followLog({
    pool,
    url,
    seq: live.country.seq,
    take: (events, more) => live.take(events, more),
    failed,
  });
  const review = openReview(pool, url);
  const commands = createCommands({
    pool,
    follower,
    country: () => live.country,
    ground: () => live.ground,
    review,
    now: Date.now,
  });
  const presence = openPresence(pool, url);
  return {
    live,
    follower,
    commands,
    review,
    presence,
    async close() {
      await Promise.all([review.close(), presence.close(), follower.close()]);
    },
  };
}
