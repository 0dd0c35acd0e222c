/** "No signal here", from a phone without scripts to the officer's screen and back; and a station on air. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { png } from '../setup/photos.ts';
import { faultsOf, PHONE, usePages } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

/** Xã Mường Nhé. */
const COMMUNE = '03160';
const { open, blank } = usePages(PATIENCE.timeout);

/** The small page on which people report, on a phone. */
async function openForm(options: BrowserContextOptions): Promise<Page> {
  const page = await blank({ viewport: PHONE, fresh: options });
  await page.goto(`${url}/bao/${COMMUNE}`);
  return page;
}

const follows = (page: Page) => page.getByTestId('report-status');

describe('a person without a signal', () => {
  test('reports from a phone without scripts, an officer sees it live and answers, and they read it', async () => {
    const officer = await open(`/?unit=${COMMUNE}&task=reports&layers=reports`, {
      as: 'bientap-11',
      fresh: {},
    });
    await officer.getByText('Không có phản ánh nào như vậy.').waitFor();

    const phone = await openForm({ javaScriptEnabled: false });
    await phone.getByText('Viettel', { exact: true }).click();
    await phone.getByLabel('Kể thêm').fill('Bản Nậm Vì mất sóng từ hôm qua');
    await phone
      .getByLabel('Ảnh (không bắt buộc)')
      .setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: png(320, 240) });
    await phone.getByRole('button', { name: 'Gửi phản ánh' }).click();
    await phone.getByRole('heading', { name: 'Đã gửi. Cảm ơn bạn.' }).waitFor();
    expect(await follows(phone).innerText()).toBe('Đã nhận');
    expect(await phone.locator('.link').innerText()).toContain('/bao/theo-doi/');

    // Nobody reloads the officer's page.
    await officer
      .getByTestId('reports')
      .getByRole('button', { name: /Viettel/ })
      .click();
    await expect
      .poll(() => officer.getByTestId('report-words').innerText(), PATIENCE)
      .toBe('Bản Nậm Vì mất sóng từ hôm qua');
    const photo = officer.getByAltText('Ảnh người dân gửi');
    await expect
      .poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth), PATIENCE)
      .toBe(320);
    await officer.getByLabel('Trả lời người gửi').fill('Mai xã xuống đo sóng.');
    await officer.getByRole('button', { name: 'Bắt đầu kiểm tra' }).click();
    await officer.getByRole('button', { name: 'Xác nhận không có sóng' }).waitFor();

    await phone.reload();
    expect(await follows(phone).innerText()).toBe('Đang kiểm tra');
    expect(await phone.locator('.answer').innerText()).toBe('Mai xã xuống đo sóng.');
  });

  test('finds their place, loses the line, and is reported once when it is back', async () => {
    const phone = await openForm({
      permissions: ['geolocation'],
      geolocation: { longitude: 105.8, latitude: 21 },
    });
    expect(await faultsOf(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Lấy vị trí của tôi' }).click();
    await expect.poll(() => phone.getByLabel('Ở đâu?').inputValue()).toBe('21.000000, 105.800000');
    await phone.getByText('Mọi mạng').click();
    await phone.getByRole('button', { name: 'Gửi phản ánh' }).click();
    await phone.getByRole('alert').waitFor();
    expect(await phone.getByRole('alert').innerText()).toContain('không ở Xã Mường Nhé');
    expect(await faultsOf(phone)).toEqual([]);

    await phone.getByLabel('Ở đâu?').fill('');
    await phone.getByLabel('Kể thêm').fill('Mất mạng giữa chừng');
    await phone.context().setOffline(true);
    await phone.getByRole('button', { name: 'Gửi phản ánh' }).click();
    await phone.getByText('Chưa có mạng.').waitFor();
    await phone.context().setOffline(false);
    await phone.getByRole('heading', { name: 'Đã gửi. Cảm ơn bạn.' }).waitFor();
    expect(await faultsOf(phone)).toEqual([]);
  });
});

describe('a person in the field', () => {
  test('finds the nearest station on a phone, and puts it on air with a photo', async () => {
    const page = await open('/?unit=11&task=field&layers=none', {
      as: 'bientap-11',
      viewport: PHONE,
      fresh: {
        permissions: ['geolocation'],
        geolocation: { longitude: 103.016, latitude: 21.386 },
      },
    });
    await page.getByRole('button', { name: 'Kéo bảng lên' }).dispatchEvent('click');
    await page.getByRole('button', { name: 'Tìm trạm gần tôi' }).click();
    const nearest = page.getByTestId('field-stations').getByRole('button').first();
    await expect.poll(() => nearest.innerText(), PATIENCE).toMatch(/cách \d/);
    await nearest.click();
    await page
      .getByLabel('Chụp ảnh trạm')
      .setInputFiles({ name: 'tram.png', mimeType: 'image/png', buffer: png(320, 240) });
    await page.getByAltText('Ảnh vừa chụp').waitFor();
    await page.getByRole('button', { name: 'Báo đã lên sóng hôm nay' }).click();
    await expect
      .poll(() => page.getByTestId('field-done').innerText(), PATIENCE)
      .toContain('đã lên sóng');
  });
});
