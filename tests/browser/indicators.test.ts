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
