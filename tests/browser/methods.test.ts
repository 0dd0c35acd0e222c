/** The methods of estimating, side by side and switched, as a planner works with them. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { usePages } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE_MS = 60_000;

const { open } = usePages(PATIENCE_MS);
let page: Page;

const shareOnStrip = (): Promise<string> =>
  page.getByTestId('figure-5g.population').locator('.value').innerText();

async function shareByServer(method: 'radius' | 'linkBudget', unit = 'vn'): Promise<number> {
  const answer = await fetch(`${url}/api/estimates/${unit}`);
  const { methods } = (await answer.json()) as {
    methods: Record<string, { byTechnology: { '5g': { share: number } } }>;
  };
  return methods[method]?.byTechnology['5g'].share ?? NaN;
}

const written = (share: number): string => `${(share * 100).toFixed(1).replace('.', ',')}%`;

describe('the method of estimating', () => {
  test('is switched once and changes every figure, and each names it', async () => {
    page = await open('/');
    await expect.poll(shareOnStrip).toBe(written(await shareByServer('radius')));
    await page.getByText('Quỹ đường truyền', { exact: true }).click();
    await expect.poll(shareOnStrip).toBe(written(await shareByServer('linkBudget')));
    expect(await page.getByTestId('operators').innerText()).toContain(
      'ước lượng theo quỹ đường truyền',
    );
    await expect.poll(() => page.url()).toContain('method=linkBudget');
    await page.getByTestId('figure-5g.population').getByRole('button').focus();
    await expect
      .poll(() => page.getByTestId('figure-5g.population').getByRole('tooltip').innerText())
      .toContain('Ước lượng theo quỹ đường truyền: người dân');
  });

  test('that is not available says why, and cannot be chosen', async () => {
    page = await open('/?task=methods');
    await page.getByText(/Chưa có mô hình độ cao: npm run terrain/).waitFor();
    expect(await page.getByRole('radio', { name: 'Địa hình' }).first().isDisabled()).toBe(true);
  });
});

describe('two methods', () => {
  test('are compared commune by commune, the farthest apart first', async () => {
    page = await open('/?unit=01&task=methods');
    const rows = page.getByTestId('differences').locator('li');
    await rows.first().waitFor();
    const points = (await rows.locator('strong').allInnerTexts()).map((text) =>
      Math.abs(Number(text.replace('−', '-').replace(',', '.'))),
    );
    expect(points.length).toBeGreaterThan(5);
    expect(points).toEqual([...points].sort((a, b) => b - a));
    const [name] = (await rows.first().innerText()).split('\n');
    await rows.first().getByRole('button').click();
    await page.getByText('Xã không có đơn vị nào bên trong để so sánh.').waitFor();
    expect(await page.getByRole('navigation', { name: 'Vị trí' }).innerText()).toContain(
      name ?? '?',
    );
  });
});

describe('the parameters of the link budget', () => {
  test('are read by everybody, changed by who is signed in, and counted at once', async () => {
    page = await open('/?task=methods');
    const parameters = () => page.getByTestId('parameters');
    const probability = () => parameters().getByLabel('Xác suất có sóng ở rìa ô');
    await parameters().getByText('Đăng nhập để đổi tham số.').waitFor();
    expect(await probability().isDisabled()).toBe(true);

    page = await open('/?task=methods', { as: 'quyhoach' });
    const before = await shareByServer('linkBudget');
    await probability().fill('0.99');
    await parameters().getByRole('button', { name: 'Áp dụng cho cả nước' }).click();
    await parameters().getByText('Đã áp dụng và ghi vào lịch sử.').waitFor();
    await expect.poll(() => shareByServer('linkBudget')).toBeLessThan(before);

    await probability().fill('7');
    await parameters().getByRole('button', { name: 'Áp dụng cho cả nước' }).click();
    expect(await parameters().getByRole('alert').innerText()).toContain(
      'Xác suất có sóng ở rìa ô: không được quá 0,99.',
    );

    await parameters().getByRole('button', { name: 'Về tham số ban đầu' }).click();
    await parameters().getByRole('button', { name: 'Áp dụng cho cả nước' }).click();
    await expect.poll(() => shareByServer('linkBudget')).toBeGreaterThan(before - 0.005);
  });
});
