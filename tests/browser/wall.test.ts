/** The wall: what it always says, its tours in step, and that it never lies without a line. */
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import {
  alertOf,
  asked,
  communeOf,
  keepRule,
  removeRule,
  setNode,
  withoutRulesOfDemo,
} from './cutting.ts';
import { faultsOf, usePages, WALL } from './pages.ts';
import { url } from './this-product.ts';
import { keepTour } from './tours.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
vi.setConfig({ testTimeout: 240_000 });

const pages = usePages(PATIENCE.timeout);
withoutRulesOfDemo();

async function openWall(query = '', wish: Parameters<typeof pages.blank>[0] = {}): Promise<Page> {
  const page = await pages.blank(wish);
  await page.goto(`${url}/wall${query}`);
  await page.locator('[data-testid=wall-line][data-state=live]').waitFor();
  await page.getByTestId('wall-view').waitFor();
  return page;
}

/** The smallest text that is seen, as a part of the height of the screen. */
function smallestText(page: Page): Promise<{ size: number; text: string }> {
  return page.evaluate(() => {
    let smallest = { size: Infinity, text: '' };
    for (const element of document.querySelectorAll('main *')) {
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      const size = Number.parseFloat(getComputedStyle(element).fontSize) / innerHeight;
      if (own && element.getClientRects().length > 0 && size < smallest.size)
        smallest = { size, text: element.textContent };
    }
    return smallest;
  });
}

test('shows the great figures, the hour, the clock and the line, to be read from five metres', async () => {
  const page = await openWall('', { viewport: WALL });
  const stations = page.getByTestId('wall-5g.stations');
  await expect.poll(() => stations.innerText(), PATIENCE).toMatch(/^1\d\.\d{3}/);
  expect(await page.getByTestId('wall-5g.population').innerText()).toContain('dân số có 5G');
  await page.getByTestId('wall-ticker').getByRole('listitem').first().waitFor();
  await page
    .getByText(/^mô phỏng$/i)
    .first()
    .waitFor();
  const clock = page.locator('main time');
  const before = await clock.innerText();
  expect(before).toMatch(/^\d\d:\d\d:\d\d$/);
  await expect.poll(() => clock.innerText(), PATIENCE).not.toBe(before);
  const { size, text } = await smallestText(page);
  expect(size, text).toBeGreaterThanOrEqual(0.012);
  // Nothing lies outside the screen, or over something else's edge.
  expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
});

test('two walls with one tour are in step, and show what it says, also when it is changed', async () => {
  await keepTour('hai-tinh', [
    { show: 'unit', unit: '11', seconds: 5 },
    { show: 'unit', unit: '01', seconds: 5 },
  ]);
  const [one, other] = [
    await openWall('?tour=hai-tinh'),
    await openWall('?tour=hai-tinh&theme=light'),
  ];
  // The ticker tells of the whole country: nothing lists the changes of the unit that is shown.
  const asked: string[] = [];
  one.on('request', (request) => {
    if (/api\/changes.*unit=/.test(request.url())) asked.push(request.url());
  });
  const title = (page: Page) => page.locator('#wall-view').innerText();
  const seen = new Set<string>();
  await expect
    .poll(async () => {
      const [first, second] = await Promise.all([title(one), title(other)]);
      if (first === second) seen.add(first);
      return [...seen].sort();
    }, PATIENCE)
    .toEqual(['Hà Nội', 'Điện Biên']);
  expect(asked).toEqual([]);
  // A tick of each page's own clock is all that they may be apart.
  const apart = await Promise.all(
    [0, 1, 2, 3].map(async () => [await title(one), await title(other)]),
  );
  expect(apart.filter(([a, b]) => a === b).length).toBeGreaterThan(0);
  await one.context().close();
  await other.context().close();
});

test('without a line it says so, large, with the time; and comes back by itself', async () => {
  const page = await openWall('?lang=en');
  await page.context().setOffline(true);
  await page.locator('[data-testid=wall-line][data-state=offline]').waitFor();
  const cut = page.getByTestId('wall-cut');
  await cut.waitFor();
  expect(await cut.innerText()).toMatch(
    /^No connection\s+since \d\d:\d\d:\d\d\. What is shown is of then\.$/,
  );
  const heading = cut.getByRole('heading');
  const size = await heading.evaluate((element) =>
    Number.parseFloat(getComputedStyle(element).fontSize),
  );
  expect(size / 900).toBeGreaterThan(0.035);
  expect(await page.getByTestId('wall-5g.stations').innerText()).toMatch(/^\d/);
  await page.context().setOffline(false);
  await page.locator('[data-testid=wall-line][data-state=live]').waitFor();
  await expect.poll(() => cut.count(), PATIENCE).toBe(0);
});

test('another version of the server reloads it when the next view comes, if there is but one', async () => {
  await keepTour('mot-canh', [{ show: 'unit', unit: '11', seconds: 5 }]);
  const page = await pages.blank();
  let isNew = false;
  await page.routeWebSocket(/socket\.io/, (wall) => {
    const server = wall.connectToServer();
    server.onMessage((message) =>
      wall.send(isNew ? String(message).replace(/"build":"[^"]+"/, '"build":"another"') : message),
    );
  });
  await page.goto(`${url}/wall?tour=mot-canh`);
  await page.getByTestId('wall-view').getByText('Điện Biên').waitFor();
  await page.locator('[data-testid=wall-line][data-state=live]').waitFor();
  const began = await page.evaluate(() => performance.timeOrigin);
  isNew = true;
  await page.waitForEvent('load');
  expect(await page.evaluate(() => performance.timeOrigin)).toBeGreaterThan(began);
  await page.getByTestId('wall-view').getByText('Điện Biên').waitFor();
});

test('a tour that nobody made is named, and the ordinary one is shown', async () => {
  const page = await openWall('?tour=khong-co');
  await page.getByText('Không có lượt trình chiếu “khong-co”').waitFor();
  const strange = await openWall('?tour=Sai%20r%E1%BB%93i&lang=en');
  await strange.getByText('There is no tour “Sai rồi”').waitFor();
});

test('somebody makes a tour on the screen, and the wall at its address shows it', async () => {
  const page = await pages.open('/?task=tours', { as: 'bientap' });
  await page.getByRole('button', { name: 'Tạo lượt trình chiếu' }).click();
  await page.getByLabel('Tên', { exact: true }).fill('Phòng họp Điện Biên');
  await page.getByText('/wall?tour=phong-hop-dien-bien').waitFor();
  await page.getByLabel('Chiếu').selectOption('film');
  await page.getByLabel('Số ngày', { exact: true }).fill('400');
  await page.getByRole('combobox', { name: 'Đơn vị' }).fill('dien bien');
  await page
    .getByRole('option', { name: /^Điện Biên/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Thêm cảnh' }).click();
  await page.getByRole('button', { name: 'Đưa Cảnh 2 lên' }).click();
  expect(await page.getByLabel('Chiếu').first().inputValue()).toBe('provinces');
  await page.getByRole('button', { name: 'Bỏ Cảnh 1' }).click();
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã lưu. Màn hình đang mở').waitFor();
  const wall = await openWall('?tour=phong-hop-dien-bien');
  await expect.poll(() => wall.locator('#wall-view').innerText(), PATIENCE).toBe('Điện Biên');
  // The past is labelled as such, in great letters, and so is each figure.
  const label = wall.getByTestId('wall-film');
  await label.locator('time').waitFor();
  expect(await label.getByRole('heading').innerText()).toMatch(
    /^Nhìn lại · \d{1,2}\/\d{1,2}\/\d{4}$/,
  );
  const stations = wall.getByTestId('wall-5g.stations');
  await expect.poll(() => stations.innerText(), PATIENCE).toMatch(/ngày \d{1,2}\/\d{1,2}\/\d{4}$/);
  expect(await faultsOf(wall)).toEqual([]);
});

test('an alert interrupts the tour, large, and lets it go on where the clock says it is', async () => {
  const [first, second] = [await communeOf('14'), await communeOf('15')];
  await keepTour('bao-dong', [
    { show: 'alerts', count: 6, seconds: 5 },
    { show: 'unit', unit: '01', seconds: 5 },
  ]);
  const page = await openWall('?tour=bao-dong', { viewport: WALL });
  const interruption = page.getByTestId('wall-interruption');
  const rule = await keepRule('14', { wall: true });
  const quiet = await keepRule('15', { wall: false });
  try {
    // One that is not for walls is counted in the band, and interrupts nothing.
    await setNode(second, 'down');
    await alertOf(second, quiet);
    await page.getByTestId('wall-alerts').getByText('cảnh báo đang mở').waitFor();
    await page.getByTestId('wall-view').getByText(second.name).waitFor();
    expect(await interruption.count()).toBe(0);
    const listed = await smallestText(page);
    expect(listed.size, listed.text).toBeGreaterThanOrEqual(0.012);

    await setNode(first, 'down');
    const { id } = await alertOf(first, rule);
    await interruption.getByText(first.name).waitFor();
    const said = await page.getByTestId('wall-view').innerText();
    expect(said).toContain('Mất kết nối mạng truyền số liệu');
    expect(said).toContain('người bị ảnh hưởng');
    const title = await interruption.evaluate(
      (element) => Number.parseFloat(getComputedStyle(element).fontSize) / innerHeight,
    );
    expect(title).toBeGreaterThan(0.045);
    const { size, text } = await smallestText(page);
    expect(size, text).toBeGreaterThanOrEqual(0.012);
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
    expect(await faultsOf(page)).toEqual([]);

    // Somebody takes it on: the tour goes on at once.
    await asked('duyet', `/api/alerts/${id}/acknowledge`, { word: '' });
    await page.locator('#wall-view').getByText('Hà Nội').waitFor();
    expect(await interruption.count()).toBe(0);
  } finally {
    await setNode(first, 'up');
    await setNode(second, 'up');
    await removeRule(rule);
    await removeRule(quiet);
  }
});
