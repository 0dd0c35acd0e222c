/** "Show me where people still cannot get 5G, ranked by how many", from the first click to the file. */
import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { cookieOf, DESK, faultsOf, PHONE, usePages, visit } from './pages.ts';
import { url } from './this-product.ts';

/** The middle of the whole map: where the map goes when a gap is opened. */
const MIDDLE = { x: 720, y: 490 };
const PATIENCE = { timeout: 90_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

const { open } = usePages(PATIENCE.timeout);

const list = (page: Page) => page.getByTestId('gaps');
const line = (page: Page, rank: number) =>
  list(page)
    .locator('li')
    .nth(rank - 1);
const numberIn = (text: string): number => Number(text.replace(/\D/g, ''));
const peopleOf = async (page: Page, rank: number): Promise<number> =>
  numberIn(await line(page, rank).locator('strong').innerText());
const addressOf = (page: Page): string => page.url().slice(url.length);
const titleOf = (page: Page): Promise<string> => page.locator('#panel-title').innerText();

/** Total of the panel and of the server, which are the same as soon as both are of now. */
async function totals(page: Page, query: string): Promise<[panel: number, server: number]> {
  const shown = await page.getByTestId('gap-total').locator('strong').innerText();
  const answer = await fetch(`${url}/api/gaps?${query}&limit=1`);
  return [numberIn(shown), Number(answer.headers.get('X-People'))];
}

/** Share of the picture round a place of the screen that has the colour of a gap: a name may lie on it. */
async function orangeAt(page: Page, { x, y }: { x: number; y: number }): Promise<number> {
  const clip = { x: x - 6, y: y - 6, width: 12, height: 12 };
  const { data } = PNG.sync.read(await page.screenshot({ clip }));
  // Everything else on the dark map is bluish.
  let count = 0;
  for (let at = 0; at < data.length; at += 4)
    if ((data[at] ?? 0) > (data[at + 2] ?? 0) + 30) count++;
  return count / (data.length / 4);
}

describe('a planner', () => {
  test('sees where people still cannot get 5G, ranked by how many, in a province and for an operator', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Vùng lõm', exact: true }).click();
    await page.getByTestId('gap-total').waitFor();
    expect(await titleOf(page)).toBe('Vùng lõm 5G: Việt Nam');
    await expect
      .poll(async () => {
        const [panel, server] = await totals(page, 'unit=vn');
        return Math.abs(panel - server) / server;
      }, PATIENCE)
      .toBeLessThan(0.001);
    const people = (await list(page).locator('strong').allInnerTexts()).map(numberIn);
    expect(people).toHaveLength(100);
    expect(people).toEqual([...people].sort((a, b) => b - a));
    const figures = page.locator('#figures');
    expect(await figures.innerText()).toContain('Ước lượng theo bán kính');
    await page.getByRole('button', { name: 'Xem thêm 100' }).click();
    expect(await list(page).locator('li').count()).toBe(200);

    await visit(page, '/?unit=11&task=gaps');
    await page.getByTestId('gap-total').waitFor();
    const any = (await totals(page, 'unit=11'))[0];
    await page.getByText('MobiFone', { exact: true }).click();
    await expect.poll(() => titleOf(page)).toBe('Vùng lõm MobiFone 5G: Điện Biên');
    await expect.poll(() => addressOf(page)).toContain('with=op:mobifone');
    await page.getByTestId('gap-total').waitFor();
    const [one, server] = await totals(page, 'unit=11&operator=mobifone');
    expect(one).toBeGreaterThan(any);
    expect(Math.abs(one - server) / server).toBeLessThan(0.01);

    await page.getByLabel('Chỉ vùng có thôn lõm sóng').check();
    await expect
      .poll(async () => (await line(page, 1).innerText()).includes('thôn lõm sóng'), PATIENCE)
      .toBe(true);
    await expect.poll(() => addressOf(page)).toContain('hamlets:1');
  });

  test('opens the first and sees it on the map; what is clicked there is opened in the list', async () => {
    const page = await open('/?unit=04&task=gaps&layers=none', {
      map: true,
      fresh: {},
    });
    await list(page).waitFor();
    const people = await peopleOf(page, 1);
    const answer = await fetch(`${url}/api/gaps?unit=04&limit=2`);
    const [first, second] = (await answer.json()) as {
      id: string;
      people: number;
      lon: number;
      lat: number;
    }[];
    expect(people).toBe(first?.people);
    await line(page, 1).getByRole('button').click();
    await expect.poll(() => addressOf(page)).toContain(`gap:${first?.id}`);
    await expect.poll(() => orangeAt(page, MIDDLE), PATIENCE).toBeGreaterThan(0.25);
    expect(await line(page, 1).getByRole('button').first().getAttribute('aria-expanded')).toBe(
      'true',
    );

    // The address shows the same to whoever is sent it, and a click on the mark opens its line.
    const place = `${second?.lat.toFixed(5)}/${second?.lon.toFixed(5)}`;
    await visit(page, `/?unit=04&task=gaps&layers=none#map=11/${place}`);
    await list(page).waitFor();
    await expect.poll(() => orangeAt(page, MIDDLE), PATIENCE).toBeGreaterThan(0.25);
    await page.mouse.move(MIDDLE.x, MIDDLE.y);
    await expect
      .poll(() => list(page).locator('li.pointed strong').allInnerTexts(), PATIENCE)
      .toEqual([String(new Intl.NumberFormat('vi-VN').format(second?.people ?? NaN))]);
    await page.mouse.click(MIDDLE.x, MIDDLE.y);
    await expect.poll(() => addressOf(page), PATIENCE).toContain(`gap:${second?.id}`);
    expect(numberIn(await list(page).locator('li.open strong').innerText())).toBe(second?.people);
  });

  test('tries a station there, and gains at least the people of the gap', async () => {
    const page = await open('/?unit=04&task=gaps');
    const people = await peopleOf(page, 1);
    await line(page, 1).getByRole('button').click();
    await page.getByRole('button', { name: 'Thử một trạm ở đây' }).click();
    await expect.poll(() => addressOf(page)).toContain('task=scenarios');
    await expect.poll(() => page.getByTestId('scenario-parts').isVisible(), PATIENCE).toBe(true);
    const headline = page.getByTestId('effect').locator('.headline');
    await expect
      .poll(async () => numberIn(/[\d.]+/.exec(await headline.innerText())?.[0] ?? ''), PATIENCE)
      .toBeGreaterThanOrEqual(people);
  });

  test('sees the list follow when a station comes on air', async () => {
    const page = await open('/?unit=01273&task=gaps');
    await list(page).waitFor();
    const [before] = await totals(page, 'unit=01273');
    const [gap] = (await (await fetch(`${url}/api/gaps?unit=01273&limit=1`)).json()) as {
      lon: number;
      lat: number;
      people: number;
    }[];
    const command = async (body: object): Promise<Response> =>
      fetch(`${url}/api/commands`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', cookie: await cookieOf('bientap') },
        body: JSON.stringify(body),
      });
    const station = { name: 'Trạm thử', operator: 'viettel', technology: '5g', band: 'n28' };
    const place = { lon: gap?.lon, lat: gap?.lat, heightM: 35, status: 'on_air' };
    const key = `gaps-browser-${Date.now()}`;
    const added = await command({ type: 'station.add', key, ...station, ...place });
    const { id } = (await added.json()) as { id: number };
    await expect
      .poll(async () => (await totals(page, 'unit=01273'))[0], PATIENCE)
      .toBeLessThanOrEqual(before - (gap?.people ?? NaN));
    const [panel, server] = await totals(page, 'unit=01273');
    expect(panel).toBe(server);
    const gone = { type: 'station.remove', key: `${key}-gone`, id, base: 1 };
    expect((await command(gone)).status).toBe(200);
  });

  test('takes the list along as a file', async () => {
    const page = await open('/?unit=04&task=gaps&with=min:1000');
    await list(page).waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('vung-lom.csv');
    const text = await readFile(await download.path(), 'utf8');
    const rows = text.trim().split('\r\n');
    const told = await page.getByTestId('gap-total').innerText();
    expect(told).toContain(`trong ${rows.length - 1} vùng lõm`);
    expect(rows[1]).toContain('Cao Bằng');
    expect(rows[1]).toContain(`,${await peopleOf(page, 1)},`);
  });
});

describe('the register of hamlets', () => {
  test('is sorted as one likes, and leads to each', async () => {
    const page = await open('/?unit=11&task=gaps');
    await page.getByText('Thôn lõm sóng', { exact: true }).first().click();
    const register = page.getByTestId('register');
    await register.waitFor();
    expect(await page.locator('#figures').innerText()).toContain('bảng chi phí giả định');
    await register.getByRole('button', { name: 'Người' }).click();
    const people = await register.locator('tbody tr:not(.about) td:nth-child(2)').allInnerTexts();
    expect(people.map(numberIn)).toEqual(people.map(numberIn).sort((a, b) => b - a));
    await expect.poll(() => addressOf(page)).toContain('by:people-');
    const name = await register.locator('tbody th button').first().innerText();
    await register.locator('tbody th button').first().click();
    await expect.poll(() => titleOf(page)).toBe(name);
  });
});

describe('the page is for everybody', () => {
  test.each([
    ['dark', DESK, 'gap'],
    ['light', PHONE, 'gap'],
    ['light', DESK, 'show:register'],
  ] as const)('axe finds nothing to complain about: %s, %o, %s', async (theme, viewport, shown) => {
    const what = shown === 'gap' ? '' : `&with=${shown}`;
    const page = await open(`/?unit=11&task=gaps&theme=${theme}${what}`, { viewport });
    await page.getByTestId(shown === 'gap' ? 'gap-total' : 'register').waitFor();
    expect(await faultsOf(page, '#figures')).toEqual([]);
  });
});
