/** The programme's figures: the board, one of them in every unit, who is late, and a report. */
import { describe, expect, test, vi } from 'vitest';
import { faultsOf, PHONE, usePages, visit } from './pages.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });
const { open } = usePages(PATIENCE.timeout);

const ONLINE = 'Hồ sơ trực tuyến toàn trình';

describe('the board', () => {
  test('shows every group with values, targets, days and sources, and is read on paper too', async () => {
    const page = await open('/?task=indicators');
    const coverage = page.getByTestId('indicators-coverage');
    const stations = coverage.getByRole('row', { name: /^Trạm 5G đang phát sóng/ });
    await expect.poll(() => stations.innerText(), PATIENCE).toMatch(/1\d\.\d{3}\s+69\.000/);
    expect(await stations.innerText()).toContain('đếm trực tiếp, lúc này');
    const cards = page
      .getByTestId('indicators-identity')
      .getByRole('row', { name: /^Thẻ căn cước/ });
    expect(await cards.innerText()).toMatch(
      /≈ 87 triệu[^]*ngày 10\/7\/2025, Trang tin Đảng bộ TP\.HCM/,
    );
    const hanoi = page.getByTestId('indicators-local').getByRole('row', { name: /Hà Nội/ });
    expect(await hanoi.innerText()).toMatch(/126\s+126/);
    expect(await faultsOf(page, '#figures')).toEqual([]);

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByTestId('line').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'In bảng này' }).isVisible()).toBe(false);
    expect(await page.getByText(/^In lúc/).isVisible()).toBe(true);
    const { height, needed } = await page.evaluate(() => ({
      height: document.getElementById('panel-content')?.clientHeight ?? 0,
      needed: document.getElementById('panel-content')?.scrollHeight ?? 0,
    }));
    expect(needed).toBe(height);
    await page.emulateMedia({ media: 'screen' });
  });

  test('has of a province what a province has', async () => {
    const page = await open('/?unit=11&task=indicators');
    const services = page.getByTestId('indicators-services');
    await expect.poll(() => services.innerText(), PATIENCE).toContain(ONLINE);
    expect(await services.innerText()).toContain('mô phỏng');
    expect(await page.getByTestId('indicators-local').count()).toBe(0);
    expect(await services.innerText()).not.toContain('Thủ tục hành chính đã công bố');
  });
});

describe('one indicator', () => {
  test('is told in every province, with who is late, and Back leads to the board', async () => {
    const page = await open('/?task=indicators');
    await page.getByRole('button', { name: ONLINE, exact: true }).click();
    await expect.poll(() => page.getByTestId('indicator-value').innerText()).toBe('39,5%');
    const rows = page.getByTestId('indicator-units').locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(34);
    const shares = (await rows.locator('.value').allInnerTexts()).map((text) =>
      Number.parseFloat(text.replace(',', '.')),
    );
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(await page.getByTestId('late').innerText()).toMatch(/Chậm báo cáo tháng \d+\/2025/);
    expect(await faultsOf(page, '#figures')).toEqual([]);
    await page.goBack();
    await page.getByTestId('indicators-coverage').waitFor();
  });

  test('is said to be elsewhere where the open unit has none, in English as well', async () => {
    const page = await open('/?unit=11&task=indicators&with=of:hanoi.5g.communes&lang=en');
    await page.getByText('There is no such indicator in Dien Bien.').waitFor();
    await page.getByRole('button', { name: /^See Ha ?noi$/i }).click();
    await expect.poll(() => page.getByTestId('indicator-value').innerText()).toBe('126');
  });

  test('is reported by an officer from its page, and is there at once', async () => {
    const page = await open('/?unit=11&task=indicators&with=of:signature.adults', {
      as: 'bientap',
    });
    await page.getByRole('button', { name: 'Báo cáo số liệu' }).click();
    expect(await page.getByRole('combobox', { name: 'Của đơn vị' }).inputValue()).toBe('Điện Biên');
    await page.getByRole('textbox', { name: 'Giá trị (%)' }).fill('41,5');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByText('Đã ghi báo cáo.').waitFor();
    await visit(page, '/?unit=11&task=indicators&with=of:signature.adults');
    await expect
      .poll(() => page.getByTestId('indicator-value').innerText(), PATIENCE)
      .toBe('41,5%');
  });

  test('is read on a phone', async () => {
    const page = await open('/?task=indicators&with=of:dvc.online', { viewport: PHONE });
    await expect.poll(() => page.getByTestId('indicator-value').innerText()).toBe('39,5%');
    expect(await faultsOf(page, '#figures')).toEqual([]);
  });
});

describe('a programme', () => {
  test('shows who does what by when, takes a step with one press, and gives tasks to many', async () => {
    const page = await open('/?task=programmes', { as: 'bientap' });
    const list = page.getByTestId('programmes');
    const upgrade = 'Tổ công nghệ phản ứng nhanh ở các xã vùng xa';
    await expect.poll(() => list.locator('tbody tr').count(), PATIENCE).toBe(3);
    expect(await list.innerText()).toMatch(/chiến dịch 45 ngày[^]*\/ 126 xong[^]*7\/9\/2025/);
    await list.getByRole('button', { name: upgrade }).click();
    const duties = page.getByTestId('duties').locator('tbody tr');
    await expect.poll(() => duties.count(), PATIENCE).toBe(32);
    expect(await page.getByTestId('programme-progress').innerText()).toMatch(/\/ 32 xong/);
    expect(await faultsOf(page, '#figures')).toEqual([]);

    await page.getByRole('button', { name: 'Đơn vị', exact: true }).click();
    const names = await duties.locator('.unit button').allInnerTexts();
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'vi')));

    await page.getByRole('button', { name: 'Giao cho nhiều xã' }).click();
    const communes = page.getByTestId('many-communes');
    await page.getByRole('button', { name: 'Bỏ chọn tất cả' }).click();
    for (const place of [0, 1]) await communes.getByRole('checkbox').nth(place).check();
    await page.getByRole('button', { name: 'Giao 2 nhiệm vụ' }).click();
    expect(await page.getByText('Cần điền.').isVisible()).toBe(true);
    await page.getByLabel('Tên nhiệm vụ').fill('Tập huấn');
    await page.getByLabel('Hạn', { exact: true }).fill('30/6/2026');
    expect(await faultsOf(page, '#figures')).toEqual([]);
    await page.getByRole('button', { name: 'Giao 2 nhiệm vụ' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Giao 2 nhiệm vụ' }).click();
    const run = page.getByTestId('many-run');
    await expect.poll(() => run.innerText(), PATIENCE).toContain('Đã giao 2 nhiệm vụ.');
    await expect.poll(() => communes.innerText(), PATIENCE).toContain('2 xã đã có nhiệm vụ');

    // The feed leaves these two alone: they are real.
    await page.getByRole('button', { name: '← Chương trình' }).click();
    await expect.poll(() => duties.count(), PATIENCE).toBe(34);
    await page.getByText(/^chờ làm \(/).click();
    const begin = page.getByRole('button', { name: /^Bắt đầu: Tập huấn/ });
    await expect.poll(() => begin.count(), PATIENCE).toBe(2);
    await begin.first().click();
    await expect.poll(() => begin.count(), PATIENCE).toBe(1);
    const undo = page.getByRole('button', { name: 'Hoàn tác' });
    await undo.click();
    await expect.poll(() => begin.count(), PATIENCE).toBe(2);
    await undo.click();
    await expect.poll(() => begin.count(), PATIENCE).toBe(0);
  });
});
