/** What a page takes of the machine, as its browser counts it, and how far its country has come. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';

export interface Taken {
  /** Bytes of objects, and of the arrays and buffers that they hold, with all garbage gone. */
  bytes: number;
  nodes: number;
  listeners: number;
}

export class Gauges {
  readonly #page: Page;
  readonly #devtools: CDPSession;

  private constructor(page: Page, devtools: CDPSession) {
    this.#page = page;
    this.#devtools = devtools;
  }

  /** Of a page on which a country is shown. */
  static async on(page: Page): Promise<Gauges> {
    const devtools = await page.context().newCDPSession(page);
    // By the time that the page's thread had the processor, so that others on the machine count for nothing.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await devtools.send('HeapProfiler.enable');
    await page.evaluate(HOLD_COUNTRY);
    return new Gauges(page, devtools);
  }

  async taken(): Promise<Taken> {
    // What is let go of in the first round may be all that holds something else.
    for (let round = 0; round < 3; round++)
      await this.#devtools.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize, backingStorageSize } =
      await this.#devtools.send('Runtime.getHeapUsage');
    const metrics = await this.#metrics();
    return {
      bytes: usedSize + embedderHeapUsedSize + backingStorageSize,
      nodes: metrics.get('Nodes') ?? NaN,
      listeners: metrics.get('JSEventListeners') ?? NaN,
    };
  }

  /**
   * What is taken well into the first view of a wall's tour, whose coming is done then: every time while
   * the same is shown, and no alert in its place. @param roundMs how long the tour takes
   */
  async takenAtRound(roundMs: number): Promise<Taken> {
    do await wait(roundMs - ((Date.now() - 2_000) % roundMs));
    while ((await this.#page.getByTestId('wall-interruption').count()) > 0);
    return this.taken();
  }

  /** Ms that scripts of the page have run. */
  async scriptMs(): Promise<number> {
    return 1_000 * ((await this.#metrics()).get('ScriptDuration') ?? NaN);
  }

  /** Frames that the page has drawn. */
  frames(): Promise<number> {
    return this.#page.evaluate(() => (window as unknown as Held).soak.frames);
  }

  /** The last event that is applied to the country on the page. */
  seq(): Promise<number> {
    return this.#page.evaluate(() => (window as unknown as Held).soak.seq());
  }

  /** Resolves once an event is applied to the country on the page. */
  reached(seq: number): Promise<void> {
    return this.#page.evaluate(
      (wanted) =>
        new Promise((resolve) => {
          const { soak } = window as unknown as Held;
          if (soak.seq() >= wanted) return resolve();
          const stop = soak.today.onTouched(() => {
            if (soak.seq() < wanted) return;
            stop();
            resolve();
          });
        }),
      seq,
    );
  }

  async #metrics(): Promise<Map<string, number>> {
    const { metrics } = await this.#devtools.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}

interface Held {
  soak: {
    frames: number;
    seq(): number;
    today: { onTouched(listener: () => void): () => void };
  };
}

/**
 * Runs on the page, as it stands here: finds its living country among its own modules, which all are
 * loaded once.
 */
const HOLD_COUNTRY = `(async () => {
  const scripts = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(location.origin) && name.endsWith('.js'));
  for (const script of scripts) {
    const found = Object.values(await import(script)).find(
      (one) => typeof one === 'object' && one !== null && 'onTouched' in one && 'today' in one,
    );
    if (!found) continue;
    // As it is now, also while a film shows the past.
    const { today } = found;
    const soak = { today, frames: 0, seq: () => today.country()?.seq ?? -1 };
    const count = () => {
      soak.frames++;
      requestAnimationFrame(count);
    };
    window.soak = soak;
    count();
    return;
  }
  throw new Error('no script of the page has a living country');
})()`;
