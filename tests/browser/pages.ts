/**
 * The pages of a test file. Loading one takes over a second, so a test goes on with the page that the
 * test before it has left, to an address of its own: every screen is one. What a load itself does, or
 * what a page needs from the start, is asked for by `fresh`.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page, ViewportSize } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { openChromium, UNKEPT, watch } from './chromium.ts';
import { url } from './this-product.ts';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const WALL = { width: 3840, height: 2160 };

/** A page that began narrower than this has begun with less open on it. */
const NARROW = 1100;

export interface Wish {
  /** Account of the demo that is signed in; nobody is when it is left out. */
  as?: string;
  viewport?: ViewportSize;
  /** With the map, which is drawn slowly by software: other pages are quicker without it. */
  map?: boolean;
  /** Loads a page that no other test gets, with these options of its context. */
  fresh?: BrowserContextOptions;
}

interface Pages {
  /** A page at this address of the product. */
  open(path: string, wish?: Wish): Promise<Page>;
  /** One on which nothing is loaded yet. */
  blank(wish?: Omit<Wish, 'as'>): Promise<Page>;
}

/** To be called once in a test file, outside its tests. No test may leave a complaint of the browser. */
export function usePages(patienceMs: number): Pages {
  const browsers = new Map<boolean, Promise<Browser>>();
  /** By what they were made for, and only between tests. */
  const kept = new Map<string, Page>();
  const opened = new Map<Page, string | null>();
  const complaints: string[] = [];

  afterEach(async ({ task }) => {
    const passed = task.result?.state !== 'fail';
    for (const [page, key] of [...opened]) {
      if (passed && key !== null && !kept.has(key) && !page.isClosed()) kept.set(key, page);
      else await page.context().close();
    }
    opened.clear();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    for (const browser of browsers.values()) await (await browser).close();
  });

  async function make(key: string | null, { viewport, map = false, fresh }: Wish): Promise<Page> {
    const browser = browsers.get(map) ?? openChromium({ maps: map });
    browsers.set(map, browser);
    const context = await (
      await browser
    ).newContext({ ...UNKEPT, reducedMotion: 'reduce', viewport: viewport ?? DESK, ...fresh });
    const page = await context.newPage();
    watch(page, complaints, patienceMs);
    if (!map) await page.route('**/assets/Map-*.js', (route) => route.abort());
    opened.set(page, key);
    return page;
  }

  async function again(key: string, path: string, wish: Wish): Promise<Page | undefined> {
    const page = kept.get(key);
    if (!page) return undefined;
    kept.delete(key);
    await page.unrouteAll({ behavior: 'wait' });
    if (!wish.map) await page.route('**/assets/Map-*.js', (route) => route.abort());
    await page.setViewportSize(wish.viewport ?? DESK);
    if (await startOver(page, path)) {
      opened.set(page, key);
      return page;
    }
    await page.context().close();
    return undefined;
  }

  return {
    blank: (wish = {}) => make(null, { ...wish, fresh: wish.fresh ?? {} }),
    async open(path, wish = {}) {
      const { as, map = false, viewport = DESK, fresh } = wish;
      const key = fresh ? null : [as ?? '', map, viewport.width < NARROW].join();
      let page = key === null ? undefined : await again(key, path, wish);
      if (!page) {
        page = await make(key, wish);
        if (as !== undefined) {
          const [name = '', value = ''] = (await cookieOf(as)).split('=');
          await page.context().addCookies([{ name, value, url }]);
        }
        await page.goto(url + path);
        if (!map) await page.locator('[data-testid=line][data-state=live]').waitFor();
      }
      await page.locator('#panel-title').waitFor();
      if (map) await page.locator('.maplibregl-canvas').waitFor();
      return page;
    },
  };
}

/** Goes to another view of a page without loading it anew. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(async (to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
    // Until it is drawn: nothing of the view before is taken for this one's.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, path);
}

/**
 * Leaves everything that was open and begun on a page, and goes to an address; answers false where
 * something stands in the way that only a new page is rid of.
 */
async function startOver(page: Page, path: string): Promise<boolean> {
  await visit(page, '/?theme=dark&lang=vi');
  if ((await page.getByRole('dialog').count()) > 0) return false;
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    sessionStorage.clear();
    for (const element of document.querySelectorAll('*')) element.scrollTop = 0;
  });
  await visit(page, path);
  return true;
}

const cookies = new Map<string, Promise<string>>();

/** A session of an account of the demo, as a cookie; each is begun once. */
export function cookieOf(name: string): Promise<string> {
  const known = cookies.get(name) ?? signIn(name);
  cookies.set(name, known);
  return known;
}

async function signIn(name: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, password: 'phu-song-demo' }),
  });
  expect(response.status).toBe(200);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong, each with its elements: within `part`, or on the whole page. */
export async function faultsOf(page: Page, part?: string): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"')))
    await page.evaluate(await readFile(axeFile, 'utf8'));
  // Colours that are on their way to those of another theme are no colours yet.
  await page.waitForFunction(
    () => !document.getAnimations().some((one) => one instanceof CSSTransition),
  );
  return page.evaluate(
    async ({ rules, within }) => {
      interface Fault {
        id: string;
        nodes: { html: string }[];
      }
      const { axe } = window as unknown as {
        axe: { run(where: unknown, options: object): Promise<{ violations: Fault[] }> };
      };
      const { violations } = await axe.run(within ?? document, {
        runOnly: rules,
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    },
    { rules: RULES, within: part },
  );
}
