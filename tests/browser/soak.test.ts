/**
 * The short form of a night on the wall: it follows a busy feed event by event, and takes no more of the
 * machine at the end. What is measured here no other program on the machine can make worse; how long
 * scripts run in a frame, with the map and over two million events, is told by `npm run bench soak`.
 */
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { decodeSnapshot } from '../../data/wire/snapshot.ts';
import { openDatabase } from '../../server/database/open.ts';
import { withoutRulesOfDemo } from './cutting.ts';
import { FullFeed } from './full-feed.ts';
import { Gauges } from './gauges.ts';
import { usePages } from './pages.ts';
import { folder, url } from './this-product.ts';
import { keepTour } from './tours.ts';

const EVENTS = 16_000;
/** Until then caches fill and code is compiled. */
const WARM_UP = 4_000;
/** Two kinds of view, each as short as can be. */
const SCENES = [
  { show: 'nation', seconds: 5 },
  { show: 'unit', unit: '01', seconds: 5 },
];
const ROUND_MS = 10_000;
const GROWTH = 1.1;
vi.setConfig({ testTimeout: 240_000 });

const pages = usePages(60_000);
withoutRulesOfDemo();

test('a busy feed is followed event by event, and leaves memory, elements and listeners where they were', async () => {
  await keepTour('dem-truc', SCENES);
  const page = await pages.blank();
  await page.goto(`${url}/wall?tour=dem-truc`);
  await page.locator('[data-testid=wall-line][data-state=live]').waitFor();
  await page.getByTestId('wall-view').waitFor();
  const gauges = await Gauges.on(page);
  const startedOver: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/snapshot')) startedOver.push(request.url());
  });

  const database = await openDatabase({ dataDir: folder, lock: 'tool' });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  const snapshot = await (await fetch(`${url}/api/snapshot`)).arrayBuffer();
  const feed = new FullFeed(pool, decodeSnapshot(new Uint8Array(snapshot)).country, 'browser');
  const reached = (seq: number): Promise<void> => gauges.reached(seq);
  try {
    await feed.flood(WARM_UP, reached);
    const before = await gauges.takenAtRound(ROUND_MS);
    const first = await gauges.seq();
    await feed.flood(EVENTS, reached);
    expect((await gauges.seq()) - first).toBeGreaterThanOrEqual(EVENTS);
    // What is on its way at one moment, such as a country that is being kept, is gone at the next; what
    // has been left behind is there at each.
    const growth = async (): Promise<number> => {
      const after = await gauges.takenAtRound(ROUND_MS);
      return Math.max(
        after.bytes / before.bytes,
        after.nodes / before.nodes,
        after.listeners / before.listeners,
      );
    };
    await expect.poll(growth, { timeout: 5 * ROUND_MS }).toBeLessThanOrEqual(GROWTH);
    expect(startedOver).toEqual([]);
  } finally {
    await reached(await feed.mend());
    await pool.end();
    await database.close();
  }
});
