/** The map itself, in a real browser against the whole product: what it paints and how it answers. */
import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { PALETTES, rgba } from '../../client/theme/palette.ts';
import { decodeSnapshot, type Snapshot } from '../../data/wire/snapshot.ts';
import { withoutRulesOfDemo } from './cutting.ts';
import { faultsOf, usePages, WALL } from './pages.ts';
import { url } from './this-product.ts';
import { keepTour } from './tours.ts';

/** The part of the map that no panel covers. */
const FREE = { x: 440, y: 120, width: 660, height: 740 };
/** The same on a wall, below the figures and beside the words. */
const FREE_OF_WALL = { x: 0, y: 400, width: 2_900, height: 1_560 };
/** The middle of the whole map: what `#map=` in the address names. */
const MIDDLE = { x: 720, y: 490 };
const PATIENCE = { timeout: 90_000, interval: 500 };
/** Software draws every frame of the whole country slowly, and a busy machine slower still. */
vi.setConfig({ testTimeout: 240_000 });
const dark = PALETTES.dark;

let snapshot: Snapshot;
const pages = usePages(PATIENCE.timeout);
withoutRulesOfDemo();
beforeAll(async () => {
  const answer = await fetch(`${url}/api/snapshot`);
  snapshot = decodeSnapshot(new Uint8Array(await answer.arrayBuffer()));
});
/** `fresh` is a page that no other test has drawn on. */
const open = (path: string, { fresh = false } = {}) =>
  pages.open(path, { map: true, ...(fresh ? { fresh: {} } : {}) });

/** Whether a pixel is one of those that are meant. */
type Meant = (pixel: [red: number, green: number, blue: number]) => boolean;

function nearly(...colours: string[]): Meant {
  const wanted = colours.map((colour) => rgba(colour));
  return (pixel) =>
    wanted.some((colour) => pixel.every((part, i) => Math.abs(part - (colour[i] ?? 0)) <= 6));
}

/** How many pixels of the free part of the map are nearly of one of these colours. */
async function pixels(page: Page, ...colours: string[]): Promise<number> {
  return count(await pictureOf(page), nearly(...colours));
}

/** How many are nearly white: on a dark map without stations, that is its names. */
async function nameDots(page: Page): Promise<number> {
  return count(await pictureOf(page), (pixel) => pixel.every((part) => part > 185));
}

async function pictureOf(page: Page, clip = FREE): Promise<PNG> {
  return PNG.sync.read(await page.screenshot({ clip, timeout: PATIENCE.timeout }));
}

function count({ data }: PNG, are: Meant): number {
  let found = 0;
  for (let at = 0; at < data.length; at += 4)
    if (are([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])) found++;
  return found;
}

/** Waits until some of the land has the colour of a share. */
async function painted(page: Page): Promise<void> {
  await expect.poll(() => pixels(page, ...dark.ramp), PATIENCE).toBeGreaterThan(3_000);
}

function countingTiles(page: Page): () => number {
  let tiles = 0;
  page.on('request', (request) => {
    if (request.url().includes('/tiles/')) tiles++;
  });
  return () => tiles;
}

/** An uncovered hamlet far from any other, so that a click cannot mean its neighbour. */
function lonelyHamlet(): { id: number; name: string; lon: number; lat: number } {
  const { hamlets } = snapshot.country.tables;
  const { position, name, status } = hamlets.columns;
  for (let row = 0; row < hamlets.count; row++) {
    if (status[row] !== 0) continue;
    const [lon = 0, lat = 0] = position.subarray(row * 2, row * 2 + 2);
    let nearest = Infinity;
    for (let other = 0; other < hamlets.count; other++)
      if (other !== row)
        nearest = Math.min(
          nearest,
          Math.hypot((position[other * 2] ?? 0) - lon, (position[other * 2 + 1] ?? 0) - lat),
        );
    if (nearest > 0.05) return { id: hamlets.ids[row] ?? 0, name: name[row] ?? '', lon, lat };
  }
  throw new Error('the demo has no hamlet that stands alone');
}

describe('the picture', () => {
  test('is the country coloured by share, with stations and uncovered hamlets over it', async () => {
    const page = await open('/');
    await painted(page);
    await expect.poll(() => pixels(page, dark.uncovered), PATIENCE).toBeGreaterThan(500);
    expect(await pixels(page, dark.stations.on_air)).toBeGreaterThan(300);
    await page.getByRole('switch', { name: /Thôn lõm sóng/ }).click();
    await expect.poll(() => pixels(page, dark.uncovered), PATIENCE).toBe(0);
  });

  test('keeps its names readable: they lie above what is drawn', async () => {
    const page = await open('/?layers=none#map=6.6/21.7/104.2');
    await painted(page);
    await expect.poll(() => nameDots(page), PATIENCE).toBeGreaterThan(300);
    const alone = await nameDots(page);
    await page.getByRole('switch', { name: /Thôn lõm sóng/ }).click();
    await expect.poll(() => pixels(page, dark.uncovered), PATIENCE).toBeGreaterThan(500);
    expect(await nameDots(page)).toBeGreaterThan(alone * 0.85);
  });

  test('takes another share’s colours, theme and language without fetching a tile', async () => {
    const page = await open('/?layers=none', { fresh: true });
    await painted(page);
    const tiles = countingTiles(page);
    const bright = dark.ramp.slice(-1);
    expect(await pixels(page, ...bright)).toBeLessThan(1_000);
    await page.getByRole('radio', { name: '4G', exact: true }).check({ force: true });
    await expect.poll(() => pixels(page, ...bright), PATIENCE).toBeGreaterThan(5_000);
    await page.getByRole('button', { name: 'Chuyển sang nền sáng' }).click();
    await page.getByRole('button', { name: /Switch to English/ }).click();
    const { sea, ramp } = PALETTES.light;
    await expect.poll(() => pixels(page, sea), PATIENCE).toBeGreaterThan(50_000);
    await expect.poll(() => pixels(page, ...ramp), PATIENCE).toBeGreaterThan(5_000);
    expect(tiles()).toBe(0);
  });

  test('fills a wall of 3840 × 2160 with the country, its stations and uncovered hamlets', async () => {
    await keepTour('ca-nuoc', [{ show: 'nation', seconds: 600 }]);
    const page = await pages.blank({ viewport: WALL, map: true });
    await page.goto(`${url}/wall?tour=ca-nuoc`);
    const seen = async (...colours: string[]): Promise<number> =>
      count(await pictureOf(page, FREE_OF_WALL), nearly(...colours));
    await expect.poll(() => seen(...dark.ramp), PATIENCE).toBeGreaterThan(60_000);
    await expect.poll(() => seen(dark.uncovered), PATIENCE).toBeGreaterThan(5_000);
    expect(await seen(dark.stations.on_air)).toBeGreaterThan(2_000);
  });

  test('comes back when the graphics card loses it', async () => {
    const page = await open('/?layers=hamlets', { fresh: true });
    await expect.poll(() => pixels(page, dark.uncovered), PATIENCE).toBeGreaterThan(500);
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.maplibregl-canvas');
      canvas?.setAttribute('data-lost', '');
      canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await page.locator('.maplibregl-canvas:not([data-lost])').waitFor();
    await painted(page);
    await expect.poll(() => pixels(page, dark.uncovered), PATIENCE).toBeGreaterThan(500);
  });
});

describe('the pointer', () => {
  test('is told the unit under it, and opens it', async () => {
    const page = await open('/?layers=none#map=6.5/12.7/108.2');
    await painted(page);
    await page.mouse.move(MIDDLE.x, MIDDLE.y);
    const tooltip = page.locator('.tooltip');
    await tooltip.waitFor();
    expect(await tooltip.innerText()).toMatch(/\d%? 5G\s[\d.]+ người/);
    const name = await tooltip.locator('strong').innerText();
    await page.mouse.click(MIDDLE.x, MIDDLE.y);
    await expect.poll(() => page.locator('#panel-title').innerText()).toBe(name);
    expect(page.url()).toMatch(/unit=\d\d(&|$)/);
  });

  test('goes from the province to the commune', async () => {
    const page = await open('/?unit=66&layers=none');
    await painted(page);
    await page.mouse.move(MIDDLE.x, MIDDLE.y);
    await page.locator('.tooltip').waitFor();
    await expect.poll(() => page.locator('.tooltip').innerText(), PATIENCE).toMatch(/Xã|Phường/);
    await page.mouse.click(MIDDLE.x, MIDDLE.y);
    await expect.poll(() => page.url()).toMatch(/unit=\d{5}/);
  });

  test('finds a hamlet and opens it', async () => {
    const { id, name, lon, lat } = lonelyHamlet();
    const page = await open(`/?layers=hamlets#map=11/${lat}/${lon}`);
    await expect.poll(() => pixels(page, dark.uncovered), PATIENCE).toBeGreaterThan(60);
    await page.mouse.move(MIDDLE.x, MIDDLE.y - 40);
    await page.mouse.move(MIDDLE.x, MIDDLE.y);
    await expect.poll(() => page.locator('.tooltip').innerText(), PATIENCE).toContain(name);
    await page.mouse.click(MIDDLE.x, MIDDLE.y);
    await expect.poll(() => page.url()).toContain(`thing=hamlet-${id}`);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('moves the map, and the address follows', async () => {
    const page = await open('/?layers=none');
    await painted(page);
    await page.mouse.move(MIDDLE.x, MIDDLE.y);
    await page.mouse.wheel(0, -400);
    await expect.poll(() => page.url(), PATIENCE).toMatch(/#map=\d/);
  });
});

test('what is opened elsewhere is brought into view', async () => {
  const page = await open('/?layers=none');
  await painted(page);
  const land = await pixels(page, ...dark.ramp);
  await page.getByTestId('children').getByRole('button', { name: 'Hà Nội' }).click();
  await expect.poll(() => pixels(page, ...dark.ramp), PATIENCE).toBeGreaterThan(land * 2);
});
