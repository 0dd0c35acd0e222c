/**
 * A night on the wall: the product with its demo country, a wall with its map in Chromium, and a feed
 * that it must follow event by event. BENCH_EXTENT=night feeds two million of them.
 *
 * Software draws the map here, so the screen is a small one: what our own scripts do in a frame, and
 * what they keep, does not hang on how many pixels there are. The time of scripts is that for which the
 * page had the processor, at the same pace of events and over whole rounds of one tour, so that the
 * beginning and the end of the night show the same.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Scene } from '../../data/wall/tour.ts';
import { readConfiguration } from '../../server/configuration.ts';
import { startProduct } from '../../server/start.ts';
import { keepTour } from '../../server/wall/store.ts';
import { openChromium, UNKEPT } from '../browser/chromium.ts';
import { FullFeed } from '../browser/full-feed.ts';
import { Gauges, type Taken } from '../browser/gauges.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { bench, number, spreadOf, type Finding, type Spread } from './bench.ts';

const EVENTS = process.env['BENCH_EXTENT'] === 'night' ? 2_000_000 : 60_000;
/** Until then caches fill and code is compiled. */
const WARM_UP = 20_000;
/** The heap is looked at so often on the way. */
const LOOKS = 10;
const SCREEN = { width: 640, height: 360 };
/** Each kind of view, so that every round of it does all that a wall does. */
const TOUR: Scene[] = [
  { show: 'nation', seconds: 5 },
  { show: 'unit', unit: '01', seconds: 5 },
  { show: 'worst', count: 1, seconds: 5 },
  { show: 'indicator', code: '5g.population', seconds: 5 },
  { show: 'film', unit: 'vn', span: { days: 365 }, seconds: 10 },
];
const ROUND_MS = 30_000;
const ROUNDS = 3;
/** The even pace at which frames are measured: 200 events a second. */
const TICK_MS = 250;
const PER_TICK = 50;
/** Asked for; and what the page keeps of so many events must not grow with their number. */
const MEMORY = 1.1;
/** The rounds of one night differ by up to a fifth: a cost that grows with the events does not stop at this. */
const SCRIPT = 1.25;

interface Pace {
  /** Ms of script in a frame, and in a second of the feed. */
  frame: Spread;
  second: Spread;
}

export default bench({
  name: 'a night on the wall',
  goal: `${EVENTS} events leave memory within 10 % and script time a frame where it was`,
  async run() {
    const folder = await temporaryFolder('soak');
    const configuration = readConfiguration(
      { PORT: '0', PHUSONG_DATA_DIR: folder, PHUSONG_DEMO_SPEED: '0' },
      false,
    );
    const product = await startProduct(configuration, () => undefined);
    const browser = await openChromium();
    try {
      await keepTour(product.pool, 'soak', { name: 'soak', scenes: TOUR }, 'soak');
      const context = await browser.newContext({ ...UNKEPT, viewport: SCREEN });
      const page = await context.newPage();
      const broken: string[] = [];
      page.on('pageerror', ({ message }) => broken.push(message));
      page.on('crash', () => broken.push('the page crashed'));
      await page.goto(`${product.url}/wall?tour=soak`);
      await page.locator('[data-testid=wall-line][data-state=live]').waitFor();
      await page.locator('.maplibregl-canvas').waitFor();
      page.on('request', (request) => {
        if (request.url().endsWith('/api/snapshot')) broken.push('the page started over');
      });
      const feed = new FullFeed(product.pool, product.live.country, 'night');
      return await soak(feed, page, broken);
    } finally {
      await browser.close();
      await product.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

async function soak(feed: FullFeed, page: Page, broken: readonly string[]): Promise<Finding[]> {
  const gauges = await Gauges.on(page);
  const reached = (seq: number): Promise<void> => gauges.reached(seq);
  await feed.flood(WARM_UP, reached);
  const paceBefore = await paceOf(feed, gauges);
  const first = await gauges.seq();
  const before = await gauges.takenAtRound(ROUND_MS);
  const looks: Taken[] = [];
  const began = performance.now();
  for (let look = 0; look < LOOKS; look++) {
    await feed.flood(EVENTS / LOOKS, reached);
    looks.push(await gauges.takenAtRound(ROUND_MS));
  }
  const seconds = (performance.now() - began) / 1_000;
  const after = looks.at(-1) ?? before;
  const arrived = (await gauges.seq()) - first;
  const paceAfter = await paceOf(feed, gauges);
  const heard = await page.getByTestId('wall-line').getAttribute('data-state');
  const isWhole = arrived === EVENTS && heard === 'live' && broken.length === 0;
  const script = paceAfter.frame.median / paceBefore.frame.median;
  return [
    {
      what: 'applied on the wall, event by event',
      figures:
        `${arrived} of ${EVENTS} at ${number(arrived / seconds)} a second; the line is ${heard}` +
        broken.map((what) => `; ${what}`).join(''),
      verdict: isWhole ? 'met' : 'not met',
    },
    grown('memory, with all garbage gone', after.bytes, before.bytes, 2 ** 20, 'MB'),
    grown('elements on the page', after.nodes, before.nodes, 1, ''),
    grown('listeners', after.listeners, before.listeners, 1, ''),
    {
      what: 'memory on the way',
      figures: `${looks.map(({ bytes }) => (bytes / 2 ** 20).toFixed(1)).join(', ')} MB`,
      verdict: 'shown',
    },
    {
      what: 'elements on the way',
      figures: looks.map(({ nodes }) => nodes).join(', '),
      verdict: 'shown',
    },
    {
      what: 'script in a frame',
      figures:
        `${saidOf(paceAfter.frame)} at the end against ${saidOf(paceBefore.frame)} at the beginning: ` +
        `ratio ${number(script)}, wanted at most ${SCRIPT}`,
      verdict: script <= SCRIPT ? 'met' : 'not met',
    },
    {
      what: `script in a second of ${(PER_TICK * 1_000) / TICK_MS} events`,
      figures: `${saidOf(paceAfter.second)} against ${saidOf(paceBefore.second)}`,
      verdict: 'shown',
    },
  ];
}

function grown(what: string, after: number, before: number, per: number, unit: string): Finding {
  const ratio = after / before;
  return {
    what,
    figures:
      `${number(after / per)} ${unit} against ${number(before / per)} ${unit}: `.replaceAll(
        '  ',
        ' ',
      ) + `ratio ${number(ratio)}, wanted at most ${MEMORY}`,
    verdict: ratio <= MEMORY ? 'met' : 'not met',
  };
}

function saidOf({ median, least, most }: Spread): string {
  return `${number(median)} ms (${number(least)}–${number(most)})`;
}

/** What scripts take while events come at an even pace, round by round. */
async function paceOf(feed: FullFeed, gauges: Gauges): Promise<Pace> {
  const frames: number[] = [];
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [began, ms, drawn] = [performance.now(), await gauges.scriptMs(), await gauges.frames()];
    let last = 0;
    while (performance.now() - began < ROUND_MS) {
      const due = wait(TICK_MS);
      last = await feed.append(PER_TICK);
      await due;
    }
    await gauges.reached(last);
    const took = (await gauges.scriptMs()) - ms;
    frames.push(took / ((await gauges.frames()) - drawn));
    seconds.push(took / ((performance.now() - began) / 1_000));
  }
  return { frame: spreadOf(frames), second: spreadOf(seconds) };
}
