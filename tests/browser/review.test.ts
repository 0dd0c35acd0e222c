/** A proposal from the editor who makes it to the approver who decides, and back. */
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Estimate } from '../../data/model/estimate.ts';
import type { Proposed } from '../../data/wire/commands.ts';
import type { ProposalsAnswer } from '../../data/wire/review.ts';
import { cookieOf, faultsOf, usePages, visit } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

const { open } = usePages(PATIENCE.timeout);
beforeAll(() => api('/api/review/12', 'duyet', { required: true }));
afterAll(() => api('/api/review/12', 'duyet', { required: false }));

async function api(path: string, name: string, body: object): Promise<unknown> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie: await cookieOf(name) },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return response.json();
}

let made = 0;
/** The editor of Lai Châu proposes a station where few people have 5G. */
async function proposed(station: string): Promise<number> {
  const answer = await api('/api/commands', 'bientap-12', {
    ...{ type: 'station.add', key: `browser-review-${Date.now()}-${++made}`, name: station },
    ...{ operator: 'vinaphone', technology: '5g', band: 'n78', lon: 103.1, lat: 22.35 },
    ...{ heightM: 42, status: 'on_air', since: '2025-08-01' },
  });
  return (answer as Proposed).proposal;
}

const items = (page: Page) => page.getByTestId('proposals').getByRole('listitem');
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

async function covered(): Promise<number> {
  const response = await fetch(`${url}/api/estimates/12`);
  const { methods } = (await response.json()) as { methods: { radius: Estimate } };
  return methods.radius.byOperator.vinaphone.byTechnology['5g'].covered;
}

test('an approver sees a proposal with its effect, accepts it, and it is done for everybody', async () => {
  const page = await open('/?unit=12&task=review', { as: 'duyet' });
  await page.getByText('Không có đề xuất nào đang chờ ở đây.').waitFor();
  const before = await covered();
  // It comes by itself: nobody reloads.
  await proposed('Trạm Mù Cả');
  const item = items(page).filter({ hasText: 'Thêm trạm Trạm Mù Cả' });
  await item.waitFor();
  const said = await item.innerText();
  expect(said).toContain('bientap-12 đề xuất');
  expect(said).toMatch(/\+[\d.]+ người có 5G, ước lượng theo bán kính/);
  await page.getByRole('button', { name: /Xét duyệt 1/ }).waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);

  await item.getByRole('checkbox').check();
  await press(page, 'Chấp nhận (1)');
  await page.getByText('Đã chấp nhận 1 đề xuất.').waitFor();
  await expect.poll(() => items(page).count(), PATIENCE).toBe(0);
  expect(await covered()).toBeGreaterThan(before);
  // The list of changes names both.
  await page.getByText(/bientap-12 · duyet duyệt/).waitFor();
  await page.getByText('Đã xong', { exact: true }).click();
  await items(page).filter({ hasText: 'đã chấp nhận, duyet' }).first().waitFor();
  await expect.poll(() => page.url(), PATIENCE).toContain('with=list:closed');
});

/** The editor of Lai Châu sends a file of stations; answers its import when it has been read. */
async function sent(name: string, stations: readonly string[]): Promise<number> {
  const rows = stations.map(
    (station, i) => `${station},viettel,5g,n41,${103.1 + i / 50},22.35,40,on_air`,
  );
  const form = new FormData();
  form.set('kind', 'stations');
  const head = 'name,operator,technology,band,lon,lat,heightM,status';
  form.set('file', new Blob([[head, ...rows].join('\n')]), name);
  const headers = { cookie: await cookieOf('bientap-12') };
  const response = await fetch(`${url}/api/imports`, { method: 'POST', headers, body: form });
  const { id } = (await response.json()) as { id: number };
  await expect
    .poll(async () => {
      const job = await fetch(`${url}/api/imports/${id}`, { headers });
      return ((await job.json()) as { state: string }).state;
    }, PATIENCE)
    .toBe('ready');
  return id;
}

test('a file goes to the approver as one proposal, who sees its rows and accepts all of them', async () => {
  const id = await sent('trạm tháng 8.csv', ['Trạm Pa Ủ', 'Trạm Tà Tổng']);
  const author = await open(`/?unit=12&task=imports&with=id:${id}`, { as: 'bientap-12' });
  await author.getByText('Lai Châu yêu cầu duyệt').waitFor();
  await author.getByLabel('Lời nhắn cho người duyệt').fill('Đợt tháng 8.');
  await press(author, 'Gửi duyệt 2 thay đổi');
  await author.getByText('bientap-12 gửi duyệt lúc').waitFor();
  expect(await faultsOf(author, '#figures')).toEqual([]);

  const approver = await open('/?unit=12&task=review', { as: 'duyet' });
  const item = items(approver).filter({ hasText: 'Tệp trạm: trạm tháng 8.csv' });
  await item.getByText(/\+[\d.]+ người có 5G, ước lượng theo bán kính/).waitFor();
  expect(await item.innerText()).toContain('“Đợt tháng 8.”');
  expect(await faultsOf(approver, '#figures')).toEqual([]);
  await item.getByRole('button', { name: 'Xem từng dòng' }).click();
  await approver.getByTestId('import-rows').getByText('Trạm Tà Tổng').waitFor();
  await press(approver, 'Trả lại');
  await approver.getByText('Ghi lý do trả lại').waitFor();
  expect(await faultsOf(approver, '#figures')).toEqual([]);
  await press(approver, 'Chấp nhận 2 thay đổi');
  await approver.getByText('Đã áp dụng 2 thay đổi.').waitFor();
  await approver.getByText('duyet đã chấp nhận.').waitFor();
});

test('what is returned comes back to its author with the word', async () => {
  const author = await open('/?unit=12&task=review', { as: 'bientap-12' });
  await author.getByRole('heading', { name: 'Đề xuất của tôi' }).waitFor();
  const approver = await open('/?unit=12&task=review&lang=en', { as: 'duyet' });
  await proposed('Trạm Leng Su Sìn');
  await items(approver).filter({ hasText: 'Leng Su Sìn' }).getByRole('checkbox').check();
  await press(approver, 'Return (1)');
  await approver.getByText('Say why it is returned').waitFor();
  await approver.getByLabel('A word to whoever proposed it').fill('Sai toạ độ, đo lại.');
  await press(approver, 'Return (1)');
  await approver.getByText('1 proposals returned.').waitFor();

  const item = items(author).filter({ hasText: 'Leng Su Sìn' });
  await expect.poll(() => item.innerText(), PATIENCE).toContain('bị trả lại, duyet');
  expect(await item.innerText()).toContain('“Sai toạ độ, đo lại.”');
  expect(await faultsOf(author, '#figures')).toEqual([]);
});

test('who is not signed in, or only looks, is told what to do, and is not offered the task', async () => {
  const page = await open('/?task=review');
  await page.getByText('Đăng nhập bằng tài khoản biên tập hoặc phê duyệt').waitFor();
  await visit(page, '/');
  await page.getByRole('button', { name: 'Nghiệm thu' }).waitFor();
  expect(await page.getByRole('button', { name: 'Xét duyệt' }).count()).toBe(0);
});

test('a proposal is on the map, and the switch of a province is its approvers’', async () => {
  await proposed('Trạm Sìn Hồ');
  const page = await open('/?unit=12&task=review#map=12.00/22.35000/103.10000', {
    as: 'duyet',
    map: true,
    fresh: {},
  });
  const item = items(page).filter({ hasText: 'Sìn Hồ' });
  await item.waitFor();
  await page.locator('.maplibregl-canvas').waitFor();
  const map = await page.locator('.maplibregl-canvas').boundingBox();
  const x = (map?.x ?? 0) + (map?.width ?? 0) / 2;
  const y = (map?.y ?? 0) + (map?.height ?? 0) / 2;
  // Until the mark is drawn, a click would be one on the commune under it.
  const clip = { x: x - 16, y: y - 16, width: 32, height: 32 };
  await expect
    .poll(async () => {
      const { data } = PNG.sync.read(await page.screenshot({ clip, timeout: PATIENCE.timeout }));
      return data.filter((part, i) => i % 4 === 0 && part > 200).length;
    }, PATIENCE)
    .toBeGreaterThan(20);
  await page.mouse.click(x, y);
  await expect.poll(() => page.url(), PATIENCE).toMatch(/with=id:\d+/);
  const box = page.getByRole('checkbox', { name: 'Lai Châu yêu cầu duyệt' });
  await expect.poll(() => box.isChecked(), PATIENCE).toBe(true);
});

test('the register counts, shows duplicates side by side, and is a file', async () => {
  const page = await open('/?task=register');
  const totals = page.getByTestId('register-totals');
  await totals
    .getByText(/của 20\.000, còn thiếu/)
    .first()
    .waitFor();
  expect(await totals.innerText()).toMatch(/Viettel\s+[\d.]+/);
  expect(await faultsOf(page, '#figures')).toEqual([]);
  const parts = page.getByRole('group', { name: 'Đang xem' });
  const rows = page.getByTestId('register-stations');
  await parts.getByText('Nghi trùng').click();
  await expect.poll(() => page.url(), PATIENCE).toContain('with=part:duplicate');
  await expect.poll(() => rows.innerText(), PATIENCE).toContain('cùng tên, cùng xã');
  const [one, two] = await rows.locator('tbody th').allInnerTexts();
  expect(one).toBe(two);
  await parts.getByText('Thiếu hồ sơ').click();
  await expect.poll(() => rows.locator('.counted').count(), PATIENCE).toBe(0);
  expect(await rows.innerText()).toContain('thiếu văn bản');
  const href = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
  const file = await (await fetch(url + href)).text();
  expect(file.split('\r\n').length).toBeGreaterThan(10);
});

test('a station told from the field is not said to be on air while it waits for approval', async () => {
  const here = { longitude: 103.1, latitude: 22.35 };
  const page = await open('/?unit=12&task=field', { as: 'bientap-12' });
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation(here);
  await press(page, 'Tìm trạm gần tôi');
  const nearest = page.getByTestId('field-stations').getByRole('button').first();
  await expect.poll(() => nearest.innerText(), PATIENCE).toMatch(/cách \d/);
  await nearest.click();
  await page.getByLabel('Lấy vị trí của tôi làm vị trí trạm').check();
  await press(page, 'Báo đã lên sóng hôm nay');
  const ending = page.getByTestId('field-done');
  await ending.waitFor();
  const said = await ending.innerText();
  expect(said).toContain('đang chờ người phê duyệt');
  expect(said).not.toContain('đã lên sóng');
  expect(await faultsOf(page, '#figures')).toEqual([]);

  const response = await fetch(`${url}/api/proposals?list=own&unit=vn&method=radius`, {
    headers: { cookie: await cookieOf('bientap-12') },
  });
  const { proposals } = (await response.json()) as ProposalsAnswer;
  expect(proposals[0]).toMatchObject({
    ...{ type: 'station.change', state: 'open', noun: 'station' },
    fields: { status: 'on_air', lon: here.longitude, lat: here.latitude },
  });
});

test('stations are exported by operator and status, and reports are files like the others', async () => {
  const page = await open('/?unit=11');
  const files = page.getByTestId('export');
  await files.getByText('Chỉ một số trạm').click();
  await files.getByLabel('Nhà mạng của trạm').selectOption({ label: 'Viettel' });
  await files.getByLabel('Trạng thái trạm').selectOption({ label: 'Đang phát sóng' });
  const addressOf = (name: string) =>
    files.getByRole('link', { name, exact: true }).getAttribute('href');
  const stations = (await addressOf('Xuất Trạm thành CSV')) ?? '';
  expect(stations).toContain('operator=viettel');
  expect(stations).toContain('status=on_air');
  expect((await fetch(url + stations)).status).toBe(200);
  expect(await addressOf('Xuất Phản ánh thành CSV')).toBe('/api/export/reports.csv?unit=11');
  const table = page.getByTestId('unit-reports').getByRole('link', { name: 'Bảng theo xã (CSV)' });
  expect(await table.getAttribute('href')).toBe('/api/reports/summary.csv?unit=11');
  expect(await faultsOf(page, '#figures')).toEqual([]);
});
