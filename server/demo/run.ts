/**
 * The demo in a running server: a simulated country for the territory in use, made anew when another
 * one is adopted, and then the feed that keeps it alive.
 */
import type { Pool } from 'pg';
import { shareIn } from '../../data/model/estimate.ts';
import { NATION } from '../../data/model/unit.ts';
import type { LiveCountry } from '../country/live.ts';
import { append, appendStaged, type NewEvent } from '../log/append.ts';
import type { Follower } from '../log/follow.ts';
import { answerTo } from '../log/read.ts';
import { startFeed, type FeedLoop } from './feed-loop.ts';
import { Feed } from './feed.ts';
import { demoTerritory, generateInWorker } from './generate-in-worker.ts';
import type { Step } from './generate.ts';

export interface Demo {
  readonly state: 'preparing' | 'running' | 'paused';
  stop(): Promise<void>;
}

const STEP_NAMES: Record<Step, string> = {
  hamlets: 'the hamlets',
  '5g': 'the 5G roll-out',
  '4g': 'the 4G layer',
  past: 'the past',
  events: 'the events',
};
const APPLIED_WITHIN_MS = 120_000;

/** Brings the demo country of the territory in use into the log, then starts the feed. */
export async function runDemo(options: {
  pool: Pool;
  follower: Follower;
  live: LiveCountry;
  seed: number;
  /** Simulated events a second; 0: none. */
  speed: number;
  /** Asked whether the feed has to wait. */
  held: () => boolean;
  say: (message: string) => void;
  failed: (error: unknown) => void;
}): Promise<Demo> {
  const { pool, follower, live, seed, speed, held, say, failed } = options;
  let preparing = true;
  let feed: FeedLoop | undefined;
  let stopped = false;
  let seeding: Promise<void> = Promise.resolve();

  async function seedFor(version: number): Promise<void> {
    preparing = true;
    await feed?.stop();
    feed = undefined;
    if (!(await hasDemo(pool, version))) await seedCountry(version);
    preparing = false;
    if (stopped || speed === 0 || live.country.territory?.version !== version) return;
    feed = startFeed({
      feed: new Feed({
        seed,
        country: () => live.country,
        inside: (lon, lat) => live.ground?.territory.communeAt(lon, lat) !== undefined,
        share5g,
      }),
      seed,
      speed,
      held,
      append: appendApplied,
      onTrouble: (error) => console.error('The simulated feed was held up; it goes on.', error),
    });
  }

  async function appendApplied(events: readonly NewEvent[]): Promise<void> {
    const done = await append(pool, events);
    follower.ring();
    await follower.reached(done.at(-1)?.seq ?? 0, APPLIED_WITHIN_MS);
  }

  function share5g(): number | undefined {
    const nation = live.coverage?.by('radius')?.row(NATION);
    return nation && shareIn(nation, '5g');
  }

  async function seedCountry(version: number): Promise<void> {
    const { ground } = live;
    if (!ground) throw new Error('there is no territory to simulate a country on');
    const territory = demoTerritory(ground.territory, ground.grid);
    const country = await generateInWorker({ ...territory, seed, batch: String(version) }, (step) =>
      say(`simulating a country: ${STEP_NAMES[step]}`),
    );
    const { events } = country;
    const { to } = await appendStaged(pool, events, (done, of) => {
      if (done === of) say(`simulating a country: writing ${of} events`);
    });
    follower.ring();
    await follower.reached(to, APPLIED_WITHIN_MS);
  }

  let version = live.country.territory?.version ?? 0;
  await seedFor(version);
  live.onApplied(() => {
    const now = live.country.territory?.version ?? 0;
    if (now === version || stopped) return;
    version = now;
    seeding = seeding.then(() => seedFor(now)).catch(failed);
  });

  return {
    get state() {
      if (preparing) return 'preparing';
      return feed && !held() ? 'running' : 'paused';
    },
    async stop() {
      stopped = true;
      await seeding;
      await feed?.stop();
    },
  };
}

/** Whether the country for that adoption is in the log: its events are there together or not at all. */
async function hasDemo(pool: Pool, version: number): Promise<boolean> {
  return (await answerTo(pool, `demo-${version}-0`)) !== undefined;
}
