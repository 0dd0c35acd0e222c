/** "A commune far out has no line today": the officer works on, and nothing is lost or done twice. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { ReportDetails } from '../../data/wire/reports.ts';
import { openLine, type Line } from '../fault/line.ts';
import { png } from '../setup/photos.ts';
import { filledIn, sendReport } from '../setup/reports.ts';
import { openChromium, watch } from './chromium.ts';
import { url as productUrl } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
/** Where nothing listens. */
const NOWHERE = 1;
vi.setConfig({ testTimeout: 240_000 });

const product = new URL(productUrl);
let browser: Browser;
let cookie = '';
let line: Line;
/** The product at the end of a line that can be cut. */
let url = '';
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  browser = await openChromium({ maps: false });
  line = await openLine(Number(product.port));
  url = `http://127.0.0.1:${line.port}`;
  const session = await post('/api/session', { name: 'bientap', password: 'phu-song-demo' });
  cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await browser.close();
  await line.close();
});
afterEach(async () => {
  await context.close();
  mend();
  expect(complaints.splice(0)).toEqual([]);
});

function post(path: string, body: object): Promise<Response> {
  return fetch(new URL(path, product), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
}

let keys = 0;
async function command(wish: object): Promise<{ id: number; version: number }> {
  const answer = await post('/api/commands', { key: `offline-${Date.now()}-${++keys}`, ...wish });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: number; version: number };
}

async function told<T>(path: string): Promise<T> {
  return (await (await fetch(new URL(path, product), { headers: { cookie } })).json()) as T;
}

interface Entry {
  seq: number;
  by: string;
  version: number;
  type: string;
  fields: { heightM?: number; status?: string };
}
async function historyOf(id: number): Promise<Entry[]> {
  const answer = await fetch(new URL(`/api/history/${id}`, product));
  return ((await answer.json()) as { entries: Entry[] }).entries;
}

function cut(): void {
  line.leadTo(NOWHERE);
  line.cut();
}

function mend(): void {
  line.leadTo(Number(product.port));
}

/** A page of the editor, which the browser has kept for times without a line. */
async function open(path: string): Promise<void> {
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  page = await context.newPage();
  watch(page, complaints, PATIENCE.timeout);
  await page.goto(url + path);
  await page.locator('#panel-title').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

const lineState = () => page.getByTestId('line').getAttribute('data-state');
const state = () => page.getByTestId('edit-state');
const waiting = () => page.getByTestId('waiting');
const height = () => page.getByLabel('Độ cao ăng-ten (m)');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

/** Goes to another view of the page without loading it anew. */
async function visit(path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** Opens the form of a station and saves another height. */
async function setHeight(id: number, metres: number): Promise<void> {
  await visit(`/?unit=11&layers=none&task=edit&with=edit:station-${id}`);
  await expect.poll(() => page.locator('#panel-title').innerText()).toContain(`ngoại tuyến ${id}`);
  await height().fill(String(metres));
  await press('Lưu');
}

/** Ten planned stations whose names hold their numbers. */
async function tenStations(): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < 10; i++) {
    const { id } = await command({
      ...{ type: 'station.add', operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
      ...{ lon: 103.05 + i / 1_000, lat: 21.41, status: 'planned', name: 'Trạm' },
    });
    await command({ type: 'station.change', id, base: 1, name: `Trạm ngoại tuyến ${id}` });
    ids.push(id);
  }
  return ids;
}

test('the line is cut in the middle of ten edits, the page reloaded, and the line comes back', async () => {
  const ids = await tenStations();
  const [first = 0, , , , fifth = 0, , seventh = 0, eighth = 0] = ids;
  await open('/?unit=11&layers=none');
  await expect.poll(lineState, PATIENCE).toBe('live');

  for (const id of ids.slice(0, 4)) {
    await setHeight(id, 41);
    await expect.poll(() => state().innerText(), PATIENCE).toBe('Đã lưu, phiên bản 3.');
  }
  // The fifth is on its way when the line breaks: nobody here knows whether it arrived.
  // The next form is opened while it is still being saved.
  await setHeight(fifth, 45);
  cut();
  await expect.poll(lineState, PATIENCE).toBe('offline');
  for (const id of ids.slice(5)) {
    await setHeight(id, 46);
    await expect.poll(() => state().innerText(), PATIENCE).toContain('đã giữ trên máy này');
  }
  await expect.poll(() => waiting().innerText(), PATIENCE).toMatch(/^[56] thay đổi chờ gửi/);

  // Meanwhile somebody who has a line changes the seventh.
  await command({ type: 'station.change', id: seventh, base: 2, heightM: 60 });

  await page.reload();
  await page.getByText(/Chưa có kết nối\. Đang xem bản lưu lúc \d/).waitFor();
  await page.getByText(/Số liệu .+ trước\. Đang tự nối lại\./).waitFor();
  await expect.poll(() => waiting().innerText(), PATIENCE).toMatch(/^[56] thay đổi chờ gửi/);
  // One goes on with what waits: the form shows it, and the next change lies on top of it.
  await visit(`/?unit=11&layers=none&task=edit&with=edit:station-${eighth}`);
  await expect.poll(() => height().inputValue(), PATIENCE).toBe('46');
  await setHeight(eighth, 48);
  await expect.poll(() => state().innerText(), PATIENCE).toContain('đã giữ trên máy này');

  mend();
  await expect.poll(lineState, PATIENCE).toBe('live');
  await expect.poll(() => waiting().innerText(), PATIENCE).toContain('1 thay đổi chưa nhận được');
  await expect.poll(() => waiting().innerText(), PATIENCE).not.toMatch(/chờ gửi|Đang gửi/);

  const ours: Entry[] = [];
  for (const id of ids) {
    const entries = await historyOf(id);
    const heights = entries
      .filter(({ type, fields }) => type === 'station.change' && fields.heightM !== undefined)
      .reverse();
    const wanted = new Map([
      [fifth, [45]],
      [seventh, [60]],
      [eighth, [46, 48]],
    ]).get(id) ?? [ids.indexOf(id) < 4 ? 41 : 46];
    expect(heights.map(({ fields }) => fields.heightM)).toEqual(wanted);
    if (id !== seventh) ours.push(...heights);
  }
  // In the order in which they were made.
  const inOrder = ours.filter(({ fields }) => fields.heightM !== 48).map(({ seq }) => seq);
  expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));

  // What was not taken is shown with its reason, and one chooses.
  await press('Xem');
  const list = page.getByTestId('waiting-list');
  expect(await list.innerText()).toContain(`Trạm ngoại tuyến ${seventh}`);
  expect(await list.innerText()).toMatch(/Độ cao ăng-ten \(m\): 46[^]*Đã có người sửa sau đó/);
  await press('Mở ra sửa');
  const choice = page.getByTestId('differences');
  await choice.waitFor();
  expect(await choice.innerText()).toMatch(/46[^]*60/);
  await press('Lưu bản đã chọn');
  await expect.poll(() => state().innerText(), PATIENCE).toBe('Đã lưu, phiên bản 4.');
  expect((await historyOf(seventh))[0]?.fields.heightM).toBe(46);
  await expect.poll(() => waiting().innerText(), PATIENCE).not.toContain('chưa nhận được');
  expect((await historyOf(first))[0]?.version).toBe(3);
});

test('what was built on a change that is refused does not pass for a change of what is there', async () => {
  const [id = 0] = await tenStations();
  await open('/?unit=11&layers=none');
  await expect.poll(lineState, PATIENCE).toBe('live');
  // Saved once while there is a line, so that the form has been loaded.
  await setHeight(id, 40);
  await expect.poll(() => state().innerText(), PATIENCE).toBe('Đã lưu, phiên bản 3.');
  cut();
  await expect.poll(lineState, PATIENCE).toBe('offline');
  for (const metres of [41, 42]) {
    await setHeight(id, metres);
    await expect.poll(() => state().innerText(), PATIENCE).toContain('đã giữ trên máy này');
  }
  await command({ type: 'station.change', id, base: 3, heightM: 60 });
  mend();
  await expect.poll(() => waiting().innerText(), PATIENCE).toContain('2 thay đổi chưa nhận được');
  expect((await historyOf(id))[0]?.fields.heightM).toBe(60);
  // The form that is open says so by itself, and one chooses there.
  const choice = page.getByTestId('differences');
  await choice.waitFor();
  expect(await choice.innerText()).toMatch(/42[^]*60/);
  await press('Lưu bản đã chọn');
  await expect.poll(() => state().innerText(), PATIENCE).toBe('Đã lưu, phiên bản 5.');
  await expect.poll(() => waiting().innerText(), PATIENCE).toContain('1 thay đổi chưa nhận được');
  await press('Xem');
  await press('Bỏ');
  await press('Bỏ thay đổi này');
  await expect.poll(() => waiting().count(), PATIENCE).toBe(0);
  expect((await historyOf(id)).map(({ fields }) => fields.heightM).slice(0, 2)).toEqual([42, 60]);
});

test('what is taken back, steps of reports and a photo wait like every change', async () => {
  const planned = {
    ...{ type: 'station.add', operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
    ...{ lon: 103.051, lat: 21.411, status: 'planned' },
  };
  const { id } = await command({ ...planned, name: 'Trạm ngoại tuyến' });
  await command({ type: 'station.change', id, base: 1, name: `Trạm ngoại tuyến ${id}` });
  // First in the list of those that are not on air.
  const { id: shown } = await command({ ...planned, name: '! Trạm có ảnh' });
  for (const words of ['Một', 'Hai'])
    await sendReport({ url: product.origin }, '03127', filledIn({ words }));

  await open('/?unit=11&layers=none');
  await expect.poll(lineState, PATIENCE).toBe('live');
  await setHeight(id, 41);
  await expect.poll(() => state().innerText(), PATIENCE).toBe('Đã lưu, phiên bản 3.');
  cut();
  await expect.poll(lineState, PATIENCE).toBe('offline');

  // Back to what it was, seen at once, and on from there.
  await press('Hoàn tác');
  await expect.poll(() => height().inputValue(), PATIENCE).toBe('30');
  await setHeight(id, 44);
  await expect.poll(() => state().innerText(), PATIENCE).toContain('đã giữ trên máy này');

  const answer = () => page.getByLabel('Trả lời người gửi');
  const reports: number[] = [];
  for (const place of [0, 1]) {
    await visit('/?unit=03127&layers=none&task=reports');
    await page
      .getByTestId('reports')
      .getByRole('button', { name: /Viettel/ })
      .nth(place)
      .click();
    const title = await page.locator('#panel-title', { hasText: /số \d+/ }).innerText();
    reports.push(Number(/số (\d+)/.exec(title)?.[1]));
    await answer().fill('Mai xã xuống đo.');
    await press('Bắt đầu kiểm tra');
    await page.getByRole('button', { name: 'Xác nhận không có sóng' }).waitFor();
  }
  const [late = 0, early = 0] = reports;
  await press('Xác nhận không có sóng');

  await visit('/?unit=11&layers=none&task=field');
  await page.getByTestId('field-stations').getByRole('button').first().click();
  await page
    .getByLabel('Chụp ảnh trạm')
    .setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer: png(320, 240) });
  await press('Báo đã lên sóng hôm nay');
  await expect
    .poll(() => page.getByTestId('field-done').innerText(), PATIENCE)
    .toContain('đã giữ trên máy này, cả ảnh');

  // Meanwhile somebody who has a line takes up one of the reports.
  await command({ type: 'report.change', id: late, base: 1, status: 'checking' });
  await page.reload();
  await expect.poll(() => waiting().innerText(), PATIENCE).toMatch(/^6 thay đổi chờ gửi/);
  await press('Xem');
  const list = page.getByTestId('waiting-list');
  const titles = (await list.locator('strong').allInnerTexts()).join('\n');
  expect(titles).toMatch(
    /trở lại phiên bản 2\n.*\n.*kiểm tra\n.*kiểm tra\n.*Xác nhận.*\n.*! Trạm có ảnh/,
  );
  const photo = list.getByAltText(/! Trạm có ảnh/);
  await expect
    .poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth), PATIENCE)
    .toBe(320);
  await press('Đóng');

  mend();
  await expect.poll(() => waiting().innerText(), PATIENCE).toContain('1 thay đổi chưa nhận được');
  await expect.poll(() => waiting().innerText(), PATIENCE).not.toMatch(/chờ gửi|Đang gửi/);
  const heights = (await historyOf(id)).map(({ version, fields }) => [version, fields.heightM]);
  expect(heights.slice(0, 3)).toEqual([
    [5, 44],
    [4, 30],
    [3, 41],
  ]);
  expect((await historyOf(shown)).map(({ fields }) => fields.status)).toEqual([
    'on_air',
    'planned',
  ]);
  expect(await told<string[]>(`/api/photos?of=${shown}`)).toHaveLength(1);
  const stepsOf = async (report: number) =>
    (await told<ReportDetails>(`/api/reports/${report}`)).steps.map((step) => [
      step.status,
      step.answer,
    ]);
  expect(await stepsOf(early)).toEqual([
    ['received', ''],
    ['checking', 'Mai xã xuống đo.'],
    ['confirmed', ''],
  ]);

  // The one who came too late sees it, and loses no word.
  await press('Xem');
  await press('Mở ra sửa');
  const lost = page.getByRole('group', { name: 'Bước chưa nhận được' });
  expect(await lost.innerText()).toMatch(/Mai xã xuống đo\.[^]*Người khác vừa cập nhật/);
  await press('Lấy lại lời trả lời');
  expect(await answer().inputValue()).toBe('Mai xã xuống đo.');
  await press('Xác nhận không có sóng');
  await expect.poll(() => waiting().innerText(), PATIENCE).not.toContain('chưa nhận được');
  expect(await stepsOf(late)).toEqual([
    ['received', ''],
    ['checking', ''],
    ['confirmed', 'Mai xã xuống đo.'],
  ]);
});
