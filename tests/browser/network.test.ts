/** "What is cut off if this fails?": the data network, in a real browser on the whole product. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NetworkImpact } from '../../data/wire/network.ts';
import { openChromium, UNKEPT, watch } from './chromium.ts';
import { url } from './this-product.ts';

const PATIENCE_MS = 60_000;
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let page: Page;
const complaints: string[] = [];
/** One page for all of them, without the map, which other tests look at. */
beforeAll(async () => {
  browser = await openChromium({ maps: false });
  const context = await browser.newContext({
    ...UNKEPT,
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
  });
  page = await context.newPage();
  watch(page, complaints, PATIENCE_MS);
  await page.route('**/assets/Map-*.js', (route) => route.abort());
  await page.goto(`${url}/?task=network`);
});
afterAll(async () => {
  await browser.close();
  expect(complaints).toEqual([]);
});

const show = (name: string) => page.locator('#figures').getByText(name, { exact: true }).click();

async function axeFaults(): Promise<string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as {
      axe: {
        run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }, TAGS);
}

test('says how many communes reach a centre, and who does not', async () => {
  const figures = page.getByTestId('network-figures');
  await figures.waitFor();
  expect(await figures.innerText()).toMatch(/3\.3\d\d trong 3\.321 xã/);
  await page.getByTestId('network-cuts').waitFor();
  expect(await axeFaults()).toEqual([]);
});

test('ranks what one failure would cut off; chosen, it is what the server says, and the address holds it', async () => {
  await show('Điểm yếu');
  const first = page.getByTestId('network-weak').locator('li button').first();
  await first.click();
  await expect.poll(() => page.url()).toMatch(/with=pick:(node|link)-\d+,show:weak/);
  const [, noun, id] = /pick:(node|link)-(\d+)/.exec(page.url()) ?? [];
  const impact = page.getByTestId('network-impact');
  const written = (value: number) => value.toLocaleString('vi-VN');
  // Both go on with the country: what is down a moment later is no more to be cut off.
  await expect
    .poll(
      async () => {
        const response = await fetch(`${url}/api/network/impact?${noun}=${id}`);
        const { communes, people } = (await response.json()) as NetworkImpact;
        const said = `${written(communes.length)} xã, ${written(people)} người bị cắt`;
        const text = await impact.innerText();
        return communes.length > 1 && text.includes(said) ? 'the same' : `${said} is not: ${text}`;
      },
      { timeout: PATIENCE_MS },
    )
    .toBe('the same');
  expect(await axeFaults()).toEqual([]);
});

test('draws the graph, in which a node can be pressed', async () => {
  await page.getByTestId('network-impact').getByRole('button', { name: 'Bỏ chọn' }).click();
  await show('Sơ đồ');
  const drawing = page.getByTestId('network-graph').getByRole('img');
  await drawing.waitFor();
  expect(await drawing.getAttribute('aria-label')).toMatch(/Việt Nam: 3\.3\d\d xã thông/);
  // The first central node stands straight above the middle.
  const box = await drawing.boundingBox();
  await drawing.click({
    position: { x: (box?.width ?? 0) * 0.5, y: (box?.height ?? 0) * 0.445 },
  });
  await expect
    .poll(() => page.getByTestId('network-impact').innerText())
    .toContain('Nút trung tâm');
  expect(await axeFaults()).toEqual([]);
});

test('tells outages and availability against a target, in any order, as files too', async () => {
  await show('Nhật ký');
  const table = page.getByTestId('network-availability');
  await expect.poll(() => table.locator('tbody tr').count()).toBe(34);
  await table.getByRole('button', { name: 'Đơn vị' }).click();
  await expect.poll(() => table.locator('tbody th').first().innerText()).toBe('An Giang');
  await expect.poll(() => page.url()).toContain('by:name,order:up');
  const file = await table.getByRole('link', { name: 'Tải CSV' }).getAttribute('href');
  expect((await fetch(url + (file ?? ''))).headers.get('content-type')).toContain('text/csv');
  expect(await axeFaults()).toEqual([]);
});

test('names communes that hang on one line and one mast', async () => {
  await show('Mất cả hai');
  const risks = page.getByTestId('network-risks');
  await expect
    .poll(() => risks.innerText(), { timeout: PATIENCE_MS })
    .toMatch(/người có sóng treo trên một cột|Không có xã nào như vậy/);
  expect(await axeFaults()).toEqual([]);
});

test('on a phone nothing is wider than the sheet', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['Mất cả hai', 'Nhật ký', 'Sơ đồ', 'Đang đứt']) {
    await show(name);
    const { scroll, client } = await page
      .locator('#panel-content')
      .evaluate(({ scrollWidth, clientWidth }) => ({ scroll: scrollWidth, client: clientWidth }));
    expect(scroll, name).toBeLessThanOrEqual(client);
  }
});
