/** "When do we reach 90 % at this pace?": plan against built, in a real browser on the whole product. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { UnitProgress } from '../../data/forecast/answer.ts';
import { DESK, faultsOf, PHONE, usePages, visit, WALL } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE_MS = 60_000;
const { open } = usePages(PATIENCE_MS);

async function progressOf(unit: string, metric = '5g.population'): Promise<UnitProgress> {
  const response = await fetch(`${url}/api/progress/${unit}?metric=${metric}`);
  return (await response.json()) as UnitProgress;
}

/** 2028-12-20 → 20/12/2028. */
const inVietnamese = (day: string): string => day.split('-').map(Number).reverse().join('/');

const answer = (page: Page) => page.getByTestId('progress-answer');
const board = (page: Page) => page.getByTestId('progress-board');

/** The page says what the server forecasts; both go on with the country, so it may take a moment. */
async function saysForecastOf(page: Page, unit: string): Promise<void> {
  const said = async (): Promise<string> => {
    const { forecast } = await progressOf(unit);
    const text = await answer(page).innerText();
    if (forecast.state !== 'arrives') return `the forecast is ${forecast.state}`;
    const { day, earliest, latest } = forecast;
    const expected = [day, earliest, latest ?? earliest].map(inVietnamese);
    const missing = expected.filter((one) => !text.includes(one));
    return missing.length === 0 ? 'all' : `${missing.join()} is not in: ${text}`;
  };
  await expect.poll(said, { timeout: PATIENCE_MS }).toBe('all');
}

describe('"when do we reach 90 % at this pace?"', () => {
  test('on a wall: the chart grows with the text, and nothing of it is cut off', async () => {
    const page = await open('/?task=progress', { viewport: WALL });
    const plot = page.locator('.plot');
    await plot.locator('text').first().waitFor();
    const outside = await plot.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return [...element.querySelectorAll('text')]
        .map((text) => ({ said: text.textContent, at: text.getBoundingClientRect() }))
        .filter(({ at }) => at.left < box.left || at.right > box.right || at.top < box.top)
        .map(({ said }) => said);
    });
    expect(outside).toEqual([]);
    const height = await plot
      .locator('text')
      .first()
      .evaluate((text) => {
        return text.getBoundingClientRect().height;
      });
    expect(height).toBeGreaterThan(2160 * 0.012);
  });

  test('for the nation: a day, its interval, and how late that is', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Tiến độ' }).click();
    await answer(page).waitFor();
    const said = await answer(page).innerText();
    expect(said).toContain('Với nhịp độ này, khi nào đạt 90% dân số có 5G?');
    expect(said).toMatch(/khoảng tin cậy 90%: \d+\/\d+\/\d{4} – \d+\/\d+\/\d{4}/);
    expect(said).toMatch(/chậm [\d.]+ ngày/);
    expect(said).toContain('hạn 31/12/2025');
    await saysForecastOf(page, 'vn');
    // Where it comes from: the method, the simulated day it counts from, the source of the target.
    const panel = await page.locator('#panel-content').innerText();
    for (const part of ['Mô phỏng', 'ngày mô phỏng', 'Ước lượng theo bán kính', 'Theil–Sen', 'Cục'])
      expect(panel).toContain(part);
  });

  test('for a province, from the board of all 34', async () => {
    const page = await open('/?task=progress');
    await board(page).waitFor();
    await expect.poll(() => board(page).locator('tbody tr').count()).toBe(34);
    await board(page).getByRole('button', { name: 'Hà Nội' }).click();
    await expect.poll(() => page.locator('#panel-title').innerText()).toBe('Tiến độ: Hà Nội');
    await saysForecastOf(page, '01');
    await expect.poll(() => page.url()).toMatch(/unit=01.*task=progress/);
    // Its communes stand side by side now, and one of them can be opened in turn.
    await expect.poll(() => board(page).locator('tbody tr').count()).toBe(126);
    const commune = board(page).locator('tbody button').first();
    const name = await commune.innerText();
    await commune.click();
    await expect.poll(() => page.locator('#panel-title').innerText()).toBe(`Tiến độ: ${name}`);
  });
});

describe('the board', () => {
  const firstOf = (page: Page) => board(page).locator('tbody tr').first().innerText();

  test('is put in order by any column, and the address holds it', async () => {
    const page = await open('/?task=progress');
    await board(page).waitFor();
    await board(page).getByRole('button', { name: 'Đơn vị' }).click();
    await expect.poll(() => firstOf(page)).toContain('An Giang');
    await board(page).getByRole('button', { name: 'Đơn vị' }).click();
    await expect.poll(() => firstOf(page)).toContain('Vĩnh Long');
    await expect.poll(() => page.url()).toMatch(/with=by:name,order:down/);
    const same = await open(page.url().slice(url.length), { fresh: {} });
    await expect.poll(() => firstOf(same)).toContain('Vĩnh Long');
  });

  test('says in words who is late and who has arrived', async () => {
    const page = await open('/?task=progress&with=metric:hamlets.uncovered');
    await board(page).waitFor();
    const text = await board(page).innerText();
    expect(text).toMatch(/Đã đạt/i);
    expect(text).toMatch(/chậm [\d.]+ ngày|kịp hạn|Không đạt/i);
  });

  test('is there as a file', async () => {
    const page = await open('/?task=progress&with=metric:5g.stations');
    await board(page).waitFor();
    const download = page.waitForEvent('download');
    await board(page).getByRole('button', { name: 'Tải CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^phu-song-5g\.stations-\d{4}-\d\d-\d\d\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(35);
    expect(lines[1]).toContain('simulated');
  });
});

test('another measure is one press away, and the link shows the same', async () => {
  const page = await open('/?task=progress');
  await answer(page).waitFor();
  await page.locator('#figures').getByText('Trạm 5G', { exact: true }).click();
  await expect.poll(() => answer(page).innerText()).toContain('69.000 trạm 5G phát sóng');
  await expect.poll(() => page.url()).toContain('with=metric:5g.stations');
  await visit(page, `${page.url().slice(url.length)}&lang=en`);
  await expect.poll(() => answer(page).innerText()).toContain('69,000 5G stations on air');
});

test('the chart is read week by week with the keyboard, and as a table', async () => {
  const page = await open('/?task=progress');
  const reader = page.getByRole('slider', { name: 'Xem từng tuần trên biểu đồ' });
  await reader.focus();
  const reading = page.getByTestId('chart-reading');
  const before = await reading.innerText();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => reading.innerText()).not.toBe(before);
  expect(await reading.innerText()).toMatch(/^\d+\/\d+\/\d{4}: đã có \d+,\d%, kế hoạch \d+,\d%$/);
  expect(await reader.getAttribute('aria-valuetext')).toBe(await reading.innerText());
  await page.getByText('Số liệu từng tuần').click();
  expect(
    await page.getByRole('region', { name: 'Số liệu từng tuần' }).locator('tr').count(),
  ).toBeGreaterThan(50);
});

test('what does not exist is said', async () => {
  const page = await open('/?task=progress');
  await visit(page, '/?task=progress&unit=99');
  await page.locator('#figures').getByText('Không có đơn vị này').waitFor();
});

test.each([
  ['dark', DESK],
  ['light', DESK],
  ['dark', PHONE],
] as const)('axe finds nothing to complain about: %s, %o', async (theme, viewport) => {
  const page = await open(`/?task=progress&theme=${theme}`, { viewport });
  await board(page).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const { scroll, client } = await page
    .locator('#panel-content')
    .evaluate(({ scrollWidth, clientWidth }) => ({ scroll: scrollWidth, client: clientWidth }));
  expect(scroll).toBeLessThanOrEqual(client);
});
