/** "Where should the next ones go": from the question to the places, as a planner asks it. */
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import type { Plan } from '../../data/wire/plans.ts';
import { faultsOf, usePages, visit } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE_MS = 60_000;
vi.setConfig({ testTimeout: 240_000 });

const { open } = usePages(PATIENCE_MS);
let page: Page;

const numberIn = (text: string): number => Number(text.replace(/[^\d]/g, ''));
const rows = () => page.getByTestId('plan-sites').getByRole('listitem');
const slider = () => page.getByTestId('plan-curve').getByRole('slider');
const reading = () => page.getByTestId('plan-curve').locator('output').innerText();

async function planInAddress(): Promise<Plan> {
  const [, id] = /with=id:([\w-]+)/.exec(page.url()) ?? [];
  return (await (await fetch(`${url}/api/plans/${id}`)).json()) as Plan;
}

test('where should the next 20 go in Điện Biên: from the overview to the list and the curve', async () => {
  page = await open('/?unit=11');
  await page.getByRole('button', { name: 'Chọn trạm' }).click();
  await page.getByText('nhiều người nhất ở Điện Biên, ước lượng theo bán kính').waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);
  expect(await page.getByLabel('Số trạm cần chọn').inputValue()).toBe('20');
  await page.getByRole('button', { name: 'Tìm vị trí' }).click();
  await page.getByText('20 trạm tiếp theo cho Điện Biên').waitFor();

  const plan = await planInAddress();
  const gained = numberIn(await page.getByTestId('plan-gained').innerText());
  expect(gained).toBe(plan.curve.at(-1)?.people);
  await expect.poll(() => rows().count()).toBe(20);
  const gains = await rows().locator('.value').allInnerTexts();
  expect(gains.map(numberIn)).toEqual(plan.sites.map(({ gain }) => gain));
  expect(await rows().first().innerText()).toMatch(/^1\. (Xã|Phường) /);
  expect(await rows().last().innerText()).toContain(`tổng ${gained.toLocaleString('vi-VN')}`);
  expect(await page.getByTestId('plan-guarantee').innerText()).toContain('63% (1 − 1/e)');

  const share = `${((plan.curve.at(-1)?.share ?? NaN) * 100).toFixed(1).replace('.', ',')}%`;
  expect(await reading()).toContain(share);
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await page.getByRole('button', { name: 'Chuyển sang nền sáng' }).click();
  expect(await faultsOf(page, '#figures')).toEqual([]);
});

test('the curve is read by keyboard, site by site', async () => {
  page = await open('/?unit=11&task=plans');
  await page.getByLabel('Số trạm cần chọn').fill('5');
  await page.keyboard.press('Enter');
  await slider().focus();
  const { curve } = await planInAddress();
  for (const sites of [4, 3]) {
    await page.keyboard.press('ArrowLeft');
    expect(numberIn((await reading()).split(' ')[0] ?? '')).toBe(curve[sites]?.people);
    await page.getByText(`Sau ${sites} trạm`).waitFor();
  }
});

test('the address holds the plan: who follows the link sees it, in English too', async () => {
  const body = JSON.stringify({ count: 3, unit: '11', operator: 'viettel', goal: 'hamlets' });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/api/plans`, { method: 'POST', headers, body });
  const { id } = (await answer.json()) as { id: string };
  page = await open(`/?unit=11&task=plans&with=id:${id}&lang=en`);
  await page.getByText('The next 3 stations for Dien Bien').waitFor();
  expect(await rows().first().innerText()).toContain('uncovered hamlets');
  await visit(page, '/?unit=11&task=plans&with=id:gone&lang=vi');
  await page.getByText('Kế hoạch này không còn').waitFor();
  await page.getByRole('button', { name: 'Lập kế hoạch khác' }).click();
  await page.getByRole('button', { name: 'Tìm vị trí' }).waitFor();
  expect(await page.getByText('Kế hoạch này không còn').count()).toBe(0);
});

test('a large plan shows how far it is and can be stopped', async () => {
  page = await open('/?task=plans');
  // However fast the machine is: the page sees a plan on its way until it is stopped.
  await page.route('**/api/plans/*', async (route) => {
    const response = await route.fetch();
    const plan = (await response.json()) as Plan;
    const way = { state: 'running', progress: 0.4, sites: [], curve: [] };
    const cancelled = { state: 'cancelled', sites: [], curve: [] };
    const json = { ...plan, ...(route.request().method() === 'DELETE' ? cancelled : way) };
    await route.fulfill({ response, json });
  });
  await page.getByLabel('Số trạm cần chọn').fill('10000');
  await page.getByRole('button', { name: 'Tìm vị trí' }).click();
  await page.getByText('Đang chọn vị trí… 40%').waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await page.getByRole('button', { name: 'Dừng lại' }).click();
  await page.getByText('Kế hoạch này đã được dừng.').waitFor();
});

test('limits are asked for in words, and what does not fit together is told before it is sent', async () => {
  page = await open('/?unit=11&task=plans');
  await page.getByText('Giới hạn', { exact: true }).click();
  await page.getByLabel('Ngân sách').fill('10000');
  await page.getByText('Ngân sách cần có giá một trạm.').waitFor();
  expect(await page.getByRole('button', { name: 'Tìm vị trí' }).isDisabled()).toBe(true);
  await page.getByLabel('Giá một trạm mới').fill('2000');
  await page.getByLabel('Giá một trạm trên cột có sẵn').fill('900');
  await page.getByRole('button', { name: 'Tìm vị trí' }).click();
  await page.getByTestId('plan-guarantee').waitFor();
  const { sites } = await planInAddress();
  expect(sites.reduce((sum, { cost = NaN }) => sum + cost, 0)).toBeLessThanOrEqual(10_000);
  expect(await page.getByTestId('plan-guarantee').innerText()).toContain('(1 − 1/e)/2');
});

test('a plan goes into a scenario as it is, and brings there what it promised', async () => {
  page = await open('/?unit=11&task=plans');
  await page.getByLabel('Số trạm cần chọn').fill('4');
  await page.getByRole('button', { name: 'Tìm vị trí' }).click();
  const promised = numberIn(await page.getByTestId('plan-gained').innerText());
  await page.getByRole('button', { name: 'Đưa vào phương án' }).click();
  await expect.poll(() => page.url()).toContain('task=scenarios');
  const tried = page.getByText(/^[\d.]+ người có thêm/).first();
  // Stations of the simulation go on air and off meanwhile.
  await expect
    .poll(async () =>
      Math.abs(numberIn((await tried.innerText()).split(' ')[0] ?? '') / promised - 1),
    )
    .toBeLessThan(0.02);
});

test('the sites are on the map with their numbers, and a click on one brings it near', async () => {
  page = await open('/?unit=11&task=plans', {
    map: true,
    viewport: { width: 1100, height: 700 },
    fresh: {},
  });
  await page.getByLabel('Số trạm cần chọn').fill('2');
  await page.getByRole('button', { name: 'Tìm vị trí' }).click();
  await rows().first().getByRole('button').click();
  const { sites } = await planInAddress();
  const [first] = sites;
  const address = `/${first?.lat.toFixed(5)}/${first?.lon.toFixed(5)}`;
  await expect.poll(() => page.url()).toContain(address);
});
