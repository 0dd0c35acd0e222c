/** "If I put a site here, how many do I gain?", from the first click to the plan. */
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { DESK, faultsOf, PHONE, usePages, visit } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

const { open } = usePages(PATIENCE.timeout);

const effect = (page: Page) => page.getByTestId('effect');
const headline = (page: Page) => effect(page).locator('.headline');
const parts = (page: Page) => page.getByTestId('scenario-parts');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const peopleIn = (text: string): number => Number(/[\d.]+/.exec(text)?.[0].replaceAll('.', ''));
const titleOf = (page: Page) => page.locator('#panel-title').innerText();

/** Coordinates of a draft, as the panel writes them. */
const placeOf = async (page: Page): Promise<string> =>
  /[\d.]+, [\d.]+/.exec(await parts(page).innerText())?.[0] ?? '';

async function signIn(page: Page): Promise<void> {
  await press(page, 'Đăng nhập để lưu');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tên đăng nhập').fill('bientap');
  await dialog.getByLabel('Mật khẩu').fill('phu-song-demo');
  await dialog.getByRole('button', { name: 'Đăng nhập' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function save(page: Page, name: string): Promise<void> {
  await page.getByLabel('Tên phương án').fill(name);
  await press(page, 'Lưu');
  await page.getByText('Đã lưu.').waitFor();
}

describe('a planner', () => {
  test('puts a site in Điện Biên, sees who gains, drags it, saves it and shares the address', async () => {
    const page = await open('/?unit=11&layers=none&task=scenarios#map=10.5/21.38/103.05', {
      map: true,
      fresh: {},
    });
    await press(page, 'Phương án mới');
    await press(page, 'Đặt trạm trên bản đồ');
    await page.mouse.click(760, 420);
    await expect.poll(() => headline(page).innerText(), PATIENCE).toMatch(/người có thêm 5G$/);
    const gained = peopleIn(await headline(page).innerText());
    expect(gained).toBeGreaterThan(100);
    expect(await effect(page).innerText()).toContain('ước lượng theo bán kính');
    expect(await effect(page).innerText()).toMatch(/Quỹ đường truyền\s+[\d.]+\s+0\s+[\d,]+%/);

    await page.keyboard.press('Escape');
    const before = await placeOf(page);
    // Until the marks are drawn there is nothing to take hold of, and the map itself would move.
    await expect
      .poll(async () => {
        await page.mouse.move(760, 420);
        await page.mouse.down();
        await page.mouse.move(790, 470, { steps: 4 });
        await page.mouse.move(820, 520, { steps: 4 });
        await page.mouse.up();
        return placeOf(page);
      }, PATIENCE)
      .not.toBe(before);
    const dragged = await placeOf(page);
    await page.keyboard.press('Control+z');
    await expect.poll(() => placeOf(page)).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => placeOf(page)).toBe(dragged);

    await signIn(page);
    await save(page, 'Phủ lõm Điện Biên');
    await expect.poll(() => page.url()).toMatch(/with=id:\d+/);
    expect(await titleOf(page)).toBe('Phủ lõm Điện Biên');

    const second = await open(page.url().slice(url.length), { fresh: {} });
    await expect.poll(() => titleOf(second), PATIENCE).toBe('Phủ lõm Điện Biên');
    expect(await placeOf(second)).toBe(dragged);
    await expect
      .poll(async () => (await headline(second).innerText()) === (await headline(page).innerText()))
      .toBe(true);
  });

  test('who is not signed in tries, reloads and goes on, but is asked to sign in to save', async () => {
    const page = await open('/?unit=11&layers=none&task=scenarios&with=at:103.0694_21.4117');
    await expect.poll(() => headline(page).innerText(), PATIENCE).toMatch(/người có thêm 5G$/);
    await expect.poll(() => page.url()).toContain('with=id:new');
    expect(await parts(page).innerText()).toContain('21.41170, 103.06940');
    await page.reload();
    await expect.poll(() => parts(page).innerText(), PATIENCE).toContain('21.41170, 103.06940');
    expect(await page.getByTestId('keep').innerText()).toContain('Lưu và duyệt cần có tài khoản.');
    expect(await page.getByRole('button', { name: 'Lưu', exact: true }).count()).toBe(0);
  });

  test('types coordinates, is told what cannot be read, and changes what the site is', async () => {
    const page = await open('/?layers=none&task=scenarios&with=id:new', { fresh: {} });
    await press(page, 'Nhập tọa độ');
    const field = page.getByLabel(/Mỗi dòng một nơi/);
    await field.fill('21,4117; 103,0694\nBản Phủ');
    await press(page, 'Đặt trạm');
    await expect.poll(() => parts(page).innerText()).toContain('21.41170, 103.06940');
    expect(await field.inputValue()).toBe('Bản Phủ');
    await page.getByText('Không đọc được “Bản Phủ”').waitFor();
    await expect.poll(() => headline(page).innerText(), PATIENCE).toMatch(/người có thêm 5G$/);
    const gained = peopleIn(await headline(page).innerText());
    await parts(page).getByLabel('Băng tần').selectOption('n28');
    await expect
      .poll(async () => peopleIn(await headline(page).innerText()), PATIENCE)
      .toBeGreaterThan(gained * 2);
    await parts(page).getByLabel('Độ cao ăng-ten (m)').fill('-5');
    await page.keyboard.press('Tab');
    await page.getByText('Độ cao ăng-ten: phải từ 1 trở lên.').waitFor();
  });

  test('is told in the own language what the server does not take, and where it is', async () => {
    const path = '/?layers=none&task=scenarios&with=at:118.5_9.2';
    // The desk of drafts lives as long as its page.
    const page = await open(path, { fresh: {} });
    await effect(page)
      .getByText('Không tính được: Trạm dự kiến 1 · Tọa độ: nằm ngoài lãnh thổ đang dùng.')
      .waitFor();
    await visit(page, '/?layers=none&task=scenarios&with=id:new&lang=en');
    await effect(page)
      .getByText('It cannot be worked out: Draft site 1 · Coordinates: lies outside')
      .waitFor();
  });

  test('sees how far a draft reaches by the method in use', async () => {
    const page = await open('/?unit=11&layers=none&task=scenarios&with=at:103.0694_21.4117');
    const reach = page.getByTestId('reach');
    await expect.poll(() => reach.innerText(), PATIENCE).toContain('bán kính theo băng tần');
    const same = page.url().slice(url.length).replace('task=', 'method=linkBudget&task=');
    await visit(page, same);
    await expect.poll(() => reach.innerText(), PATIENCE).toContain('tầm của quỹ đường truyền');
  });

  test('switches a whole operator off, compares it with another scenario, and approves one', async () => {
    const page = await open('/?layers=none&task=scenarios&with=id:new', { fresh: {} });
    await parts(page).getByLabel('Nhà mạng').selectOption('viettel');
    await expect.poll(() => headline(page).innerText(), PATIENCE).toMatch(/người mất 5G$/);
    expect(peopleIn(await headline(page).innerText())).toBeGreaterThan(1_000_000);
    await signIn(page);
    await save(page, 'Viettel ngừng');

    await press(page, 'Mọi phương án');
    await press(page, 'Phương án mới');
    await press(page, 'Nhập tọa độ');
    await page.getByLabel(/Mỗi dòng một nơi/).fill('21.4117, 103.0694\n21.386, 103.016');
    await press(page, 'Đặt trạm');
    await save(page, 'Hai trạm Thanh Yên');
    const compare = page.getByTestId('compare');
    await compare.getByRole('combobox').selectOption({ label: 'Viettel ngừng' });
    await expect
      .poll(() => compare.innerText(), PATIENCE)
      .toMatch(/Bán kính\s+\+[\d.]+\s+−[\d.]{9,}/);
    await expect.poll(() => page.url(), PATIENCE).toMatch(/and:\d+/);

    await press(page, 'Duyệt vào kế hoạch');
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain('Đưa 2 trạm dự kiến vào kế hoạch?');
    await dialog.getByRole('button', { name: 'Duyệt vào kế hoạch' }).click();
    await page.getByText('Đã thêm 2 trạm vào kế hoạch.').waitFor();
    await expect
      .poll(async () => {
        const answer = await fetch(`${url}/api/changes?unit=11`);
        return ((await answer.json()) as { name?: string }[]).map(({ name }) => name);
      })
      .toEqual(expect.arrayContaining(['Hai trạm Thanh Yên 1', 'Hai trạm Thanh Yên 2']));
  });
});

test.each([
  ['dark', DESK],
  ['light', PHONE],
] as const)('axe finds nothing to complain about: %s, %o', async (theme, viewport) => {
  const path = `/?unit=11&theme=${theme}&layers=none&task=scenarios&with=at:103.0694_21.4117`;
  const page = await open(path, { viewport });
  await expect.poll(() => headline(page).innerText(), PATIENCE).toMatch(/người có thêm 5G$/);
  expect(await faultsOf(page)).toEqual([]);
});
