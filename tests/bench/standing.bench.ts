/**
 * What a map costs that nobody touches, on a machine without a graphics card: the processor does every
 * picture itself. The country stands while its feed goes on, as it does on a desk all day; beside it the
 * same map while somebody drags it, which draws as often as the machine can.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { readConfiguration } from '../../server/configuration.ts';
import { startProduct } from '../../server/start.ts';
import { openChromium, UNKEPT } from '../browser/chromium.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { bench, number, spreadOf, type Finding } from './bench.ts';

const SCREEN = { width: 1440, height: 900 };
/** Until the map is drawn with everything on it. */
const SETTLE_MS = 15_000;
const ROUNDS = 3;
const ROUND_MS = 10_000;
/** Of what the dragged one takes. */
const SHARE = 0.5;

export default bench({
  name: 'a map that stands',
  goal: `drawn by software it takes less than ${SHARE} of the processor that a dragged one takes`,
  async run() {
    const folder = await temporaryFolder('standing');
    const configuration = readConfiguration({ PORT: '0', PHUSONG_DATA_DIR: folder }, false);
    const product = await startProduct(configuration, () => undefined);
    const browser = await openChromium();
    try {
      const context = await browser.newContext({ ...UNKEPT, viewport: SCREEN });
      const page = await context.newPage();
      await page.goto(product.url);
      await page.locator('.maplibregl-canvas').waitFor();
      await wait(SETTLE_MS);
      return await measure(browser, page);
    } finally {
      await browser.close();
      await product.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

async function measure(browser: Browser, page: Page): Promise<Finding[]> {
  const [standing, dragged]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    standing.push(await processorOf(browser, () => wait(ROUND_MS)));
    dragged.push(await processorOf(browser, () => drag(page)));
  }
  const ratio = spreadOf(standing.map((share, round) => share / (dragged[round] ?? NaN)));
  return [
    {
      what: 'a map that stands, of a dragged one',
      figures:
        `${number(ratio.median)} (${number(ratio.least)} to ${number(ratio.most)}): ` +
        `${number(spreadOf(standing).median)} and ${number(spreadOf(dragged).median)} of a core`,
      verdict: ratio.median <= SHARE ? 'met' : 'not met',
    },
  ];
}

/** To and fro over the map, which is back where it was at the end. */
async function drag(page: Page): Promise<void> {
  const [x, y] = [SCREEN.width / 2, SCREEN.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const until = performance.now() + ROUND_MS;
  for (let step = 0; performance.now() < until; step++) {
    await page.mouse.move(x + 60 * Math.sin(step / 10), y);
    await wait(16);
  }
  await page.mouse.move(x, y);
  await page.mouse.up();
}

/** Cores that the browser, with all its processes, takes while something is done. */
async function processorOf(browser: Browser, work: () => Promise<unknown>): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const seconds = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const [before, began] = [await seconds(), performance.now()];
  await work();
  const share = (1_000 * ((await seconds()) - before)) / (performance.now() - began);
  await session.detach();
  return share;
}
