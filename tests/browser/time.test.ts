/** Looking back as a person does it: without a map, which has tests of its own. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium, UNKEPT, watch } from './chromium.ts';
import { url } from './this-product.ts';

const PATIENCE_MS = 60_000;

let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openChromium({ maps: false });
  page = await browser.newPage({ ...UNKEPT, viewport: { width: 1440, height: 900 } });
  watch(page, complaints, PATIENCE_MS);
  await page.route('**/assets/Map-*.js', (route) => route.abort());
  await page.goto(`${url}/?task=time&with=at:2025-03-01T083000Z`);
});
afterAll(async () => {
  await browser.close();
  expect(complaints).toEqual([]);
});

const figure = async (code: string): Promise<number> => {
  const text = await page.getByTestId(`figure-${code}`).locator('.value').innerText();
  return Number(text.replaceAll('.', ''));
};
const stationsAt = async (at: string): Promise<number> => {
  const answer = await fetch(`${url}/api/state?at=${at}&clock=told`);
  const { counts } = (await answer.json()) as {
    counts: { stations: { '5g': { on_air: number } } };
  };
  return counts.stations['5g'].on_air;
};

test('an address shows the country as it was, everywhere and unmistakably', async () => {
  await page.getByText('Xem lại lúc 1/3/2025').waitFor();
  await page.getByText(/không sửa được gì ở đây/).waitFor();
  await expect.poll(() => figure('5g.stations')).toBe(await stationsAt('2025-03-01T08:30:00Z'));
});

test('axe finds nothing to complain about, in either theme', async () => {
  const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(axeFile, 'utf8'));
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    const found = await page.evaluate(`axe.run('[data-testid="player"], #figures')`);
    const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});

test('the arrow keys move through time, and the address goes along', async () => {
  const slider = page.getByRole('slider', { name: 'Thời điểm' });
  const before = await figure('5g.stations');
  await slider.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => figure('5g.stations')).toBeGreaterThan(before);
  await expect.poll(() => page.url()).not.toContain('at:2025-03-01T083000Z');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.getByText('Xem lại lúc 1/3/2025').waitFor();
  await expect.poll(() => figure('5g.stations')).toBe(before);
});

test('the film goes on from there until it is stopped, by the space bar', async () => {
  const then = page.getByTestId('player').locator('.when');
  const said = await then.innerText();
  // The slider has the focus still, and later nothing has.
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Dừng' }).waitFor();
  await expect.poll(() => then.innerText()).not.toBe(said);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Chiếu' }).waitFor();
});

test('one click leads back to the present', async () => {
  await page.getByRole('button', { name: 'Về hiện tại' }).click();
  await page.getByText('Hiện tại', { exact: true }).waitFor();
  const now = await (await fetch(`${url}/api/estimates/vn`)).json();
  expect(now).toMatchObject({ unit: 'vn' });
  await expect.poll(() => figure('5g.stations')).toBeGreaterThan(12_000);
  await expect.poll(() => page.url()).not.toContain('at:');
});

test('any figure is drawn over any span', async () => {
  const series = page.getByTestId('series');
  await series.getByRole('img', { name: /Người có sóng 5G, Việt Nam/ }).waitFor();
  await series.getByLabel('Số liệu').selectOption({ label: 'Thôn lõm sóng' });
  await series.getByRole('img', { name: /Thôn lõm sóng, Việt Nam/ }).waitFor();
  await series.getByLabel('Từ ngày').fill('2025-03-02');
  await expect.poll(() => page.url()).toContain('from:2025-03-02');
  await series.getByText(/: \d/).waitFor();
});
