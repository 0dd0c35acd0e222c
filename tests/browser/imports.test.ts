/** An officer's file: from the desk to the map, and back. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openChromium, UNKEPT, watch } from './chromium.ts';
import { url } from './this-product.ts';

const PATIENCE_MS = 60_000;
const DEMO_LOGIN = { name: 'bientap', password: 'phu-song-demo' };

let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openChromium({ maps: false });
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage({ ...UNKEPT, viewport: { width: 1440, height: 900 } });
  watch(page, complaints, PATIENCE_MS);
});
afterEach(async () => {
  await page.close();
  expect(complaints.splice(0)).toEqual([]);
});

/** The map has tests of its own, and drawing it takes most of the time. */
const withoutMap = () => page.route('**/assets/Map-*.js', (route) => route.abort());
const signIn = () => page.request.post(`${url}/api/session`, { data: DEMO_LOGIN });
const HEAD = 'Tên trạm;Nhà mạng;Công nghệ;Băng tần;Kinh độ;Vĩ độ;Độ cao;Trạng thái';
/** In Điện Biên Phủ. */
const row = (name: string, more = '103,02') => `${name};Viettel;5G;n41;${more};21,39;30;Kế hoạch`;
const rowsShown = () => page.getByTestId('import-rows').locator('tbody tr');

async function choose(name: string, text: string): Promise<void> {
  const buffer = Buffer.from(`\ufeff${text}`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

async function complaintsOfAxe(): Promise<string[]> {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(source, 'utf8'));
  const found = await page.evaluate('axe.run("#figures")');
  const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] };
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test('a file from the desk to the country and back: seen first, applied, undone as a whole', async () => {
  await withoutMap();
  await signIn();
  await page.goto(`${url}/?unit=11&task=imports`);
  await page.getByText('Tệp của Điện Biên').waitFor();
  expect(await complaintsOfAxe()).toEqual([]);

  const name = `Nhập thử ${Date.now()}`;
  await choose(
    'danh sách.csv',
    [HEAD, row(`${name} A`), row(`${name} B`, '103,03'), row(`${name} C`, 'đâu đó')].join('\r\n'),
  );
  await page.getByRole('heading', { name: 'danh sách.csv' }).waitFor();
  await page.getByRole('button', { name: 'Chỉ áp dụng 2 dòng tốt' }).waitFor();
  expect(await page.getByTestId('import-counts').innerText()).toMatch(/mới\s*2[^]*không nhận\s*1/);
  await expect.poll(() => rowsShown().count()).toBe(3);
  expect(await complaintsOfAxe()).toEqual([]);

  await page.getByRole('button', { name: 'không nhận 1' }).click();
  await page.getByText('Kinh độ “đâu đó”: không đọc được là số').waitFor();
  await expect.poll(() => rowsShown().count()).toBe(1);
  // The address holds the import: who made it finds it again.
  await page.reload();
  await page.getByText('Kinh độ “đâu đó”: không đọc được là số').waitFor();

  await page.getByRole('button', { name: 'Chỉ áp dụng 2 dòng tốt' }).click();
  await page.getByText('Đã áp dụng 2 thay đổi.').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải các dòng không nhận' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('không đọc được là số');

  await page.getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
  await page.getByText('Đã hoàn tác 2 thay đổi.').waitFor();
  await page.getByRole('button', { name: 'Các lần nhập' }).click();
  await expect
    .poll(() => page.getByTestId('imports').innerText())
    .toMatch(/danh sách\.csv\s*đã hoàn tác/);
});

test('a column that nobody could guess is told by hand', async () => {
  await withoutMap();
  await signIn();
  await page.goto(`${url}/?unit=11&task=imports`);
  const name = `Tay ${Date.now()}`;
  await choose('lạ.csv', [HEAD.replace('Nhà mạng', 'Hãng lạ'), row(name)].join('\n'));
  await page.getByText('Chưa có cột cho: Nhà mạng').waitFor();
  await page.getByLabel('Cột “Hãng lạ” là').selectOption('Nhà mạng');
  await page.getByRole('button', { name: 'Đọc lại theo cách này' }).click();
  await page.getByRole('button', { name: 'Áp dụng tất cả' }).waitFor();
  expect(await complaintsOfAxe()).toEqual([]);
  await page.getByRole('button', { name: 'Bỏ lần nhập này' }).click();
  await page.getByText('Tệp của Điện Biên').waitFor();
});

test('a file that is none is refused in words, on a phone and in English', async () => {
  await withoutMap();
  await signIn();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${url}/?unit=11&task=imports&lang=en`);
  await page.getByText('A file of Dien Bien').waitFor();
  await choose('page.csv', '<html><body>…</body></html>');
  await page.getByText('The file is really a web page or XML').waitFor();
  expect(await complaintsOfAxe()).toEqual([]);
});

test('without an account there is nothing to import, but everything that is seen can be taken along', async () => {
  await withoutMap();
  await page.goto(`${url}/?unit=11&task=imports`);
  await page.getByText('Đăng nhập để nhập tệp').waitFor();
  await page.goto(`${url}/?unit=11`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Xuất Trạm thành CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(/^tram-11-.*\.csv$/);
  expect(text.split('\r\n').length).toBeGreaterThan(100);
  expect(text).toContain(',5G,');
  expect(text).not.toContain(',4G,');
});
