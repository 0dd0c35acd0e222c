/** "I put our stations on the map myself, and every change has a name on it", from click to history. */
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { cookieOf, DESK, faultsOf, PHONE, usePages, visit, type Wish } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

const pages = usePages(PATIENCE.timeout);
/** A page of somebody who is signed in. */
const open = (path: string, wish: Wish = {}) => pages.open(path, { as: 'bientap', ...wish });

async function post(path: string, body: object): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie: await cookieOf('bientap') },
    body: JSON.stringify(body),
  });
}

let keys = 0;
async function command(wish: object): Promise<{ id: number; version: number }> {
  const answer = await post('/api/commands', { key: `editing-${Date.now()}-${++keys}`, ...wish });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: number; version: number };
}
const STATION = {
  ...{ type: 'station.add', operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
  ...{ lon: 103.0694, lat: 21.4117, status: 'planned' },
};
const addStation = (name: string, more: object = {}) => command({ ...STATION, name, ...more });

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).click();
const titleOf = (page: Page) => page.locator('#panel-title').innerText();
const state = (page: Page) => page.getByTestId('edit-state');
const effect = (page: Page) => page.getByTestId('edit-effect');
const addressOf = (page: Page): string => page.url().slice(url.length);
const placeIn = (page: Page) => page.getByLabel('Vĩ độ, kinh độ').inputValue();
const historyOf = async (id: number) =>
  (await (await fetch(`${url}/api/history/${id}`)).json()) as {
    entries: { type: string; by: string; version: number }[];
  };
const idIn = (page: Page): number => Number(/edit:station-(\d+)/.exec(page.url())?.[1]);

describe('an officer', () => {
  test('adds a station by clicking the map, sees who gains, drags it, saves, and takes it back', async () => {
    const page = await open('/?unit=11&layers=none#map=10.5/21.38/103.05', {
      map: true,
      fresh: {},
    });
    await press(page, 'Cập nhật');
    await press(page, 'Thêm trạm');
    await page.getByText('Bấm lên bản đồ để đặt. Esc để thôi.').waitFor();
    // Until the map is made a click goes nowhere.
    await expect
      .poll(async () => {
        await page.mouse.click(760, 420);
        return page.getByTestId('lies').count();
      }, PATIENCE)
      .toBe(1);
    expect(addressOf(page)).toContain('task=edit&with=add:station,at:103.');
    expect(await page.getByTestId('lies').innerText()).toMatch(/^Nằm trong .+, Điện Biên$/);
    await expect
      .poll(() => effect(page).innerText(), PATIENCE)
      .toMatch(/\+[\d.]+ người có sóng 5G,\s+khi phát sóng\s+ước lượng theo bán kính/);

    const before = await placeIn(page);
    // Until the mark is drawn there is nothing to take hold of, and the map itself would move.
    await expect
      .poll(async () => {
        await page.mouse.move(760, 420);
        await page.mouse.down();
        await page.mouse.move(790, 470, { steps: 4 });
        await page.mouse.move(820, 520, { steps: 4 });
        await page.mouse.up();
        return placeIn(page);
      }, PATIENCE)
      .not.toBe(before);

    // What is wrong is told at its field, and nothing is sent.
    await press(page, 'Lưu');
    await page.getByText('Cần điền.').waitFor();
    expect(await page.getByLabel('Tên', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Tên', { exact: true }).fill('Trạm Đồi Gió');
    await page.getByLabel('Trạng thái').selectOption('on_air');
    await page.getByLabel('Phát sóng từ').fill('28072025');
    await press(page, 'Lưu');
    await expect.poll(() => state(page).innerText()).toBe('Đã lưu, phiên bản 1.');
    const id = idIn(page);
    expect((await historyOf(id)).entries).toMatchObject([{ type: 'station.add', version: 1 }]);

    await page.locator('#panel-title').click();
    await page.keyboard.press('Control+z');
    await page.getByText('Đã hoàn tác: thêm Trạm Đồi Gió.').waitFor();
    expect((await historyOf(id)).entries[0]).toMatchObject({ type: 'station.remove', version: 2 });
    await page.keyboard.press('Control+Shift+z');
    await page.getByText('Đã làm lại: thêm Trạm Đồi Gió.').waitFor();
    expect((await historyOf(id)).entries[0]).toMatchObject({ type: 'station.add', version: 3 });
  });

  test('who leaves with unsaved changes is asked first, and comes back to them', async () => {
    const { id } = await addStation('Trạm Bản Phủ');
    const page = await open(`/?unit=11&thing=station-${id}`);
    await press(page, 'Sửa');
    const height = page.getByLabel('Độ cao ăng-ten (m)');
    await height.fill('45');
    await press(page, 'Tiến độ');
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain('Trạm Bản Phủ có thay đổi chưa lưu.');
    await dialog.getByRole('button', { name: 'Quay lại' }).click();
    expect(await height.inputValue()).toBe('45');
    await page.goBack();
    await dialog.getByRole('button', { name: 'Bỏ thay đổi' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await historyOf(id)).entries).toHaveLength(1);
  });

  test('puts a hamlet there by coordinates alone, on a phone', async () => {
    const page = await open('/?unit=11&task=edit&with=add:hamlet', { viewport: PHONE });
    await page.getByRole('button', { name: 'Kéo bảng lên' }).click();
    const place = page.getByLabel('Hoặc nhập tọa độ');
    await place.fill('Bản Phủ');
    await press(page, 'Đặt ở đó');
    await page.getByText('Cần vĩ độ và kinh độ').waitFor();
    await place.fill('21.4117, 103.0694');
    await press(page, 'Đặt ở đó');
    await page.getByLabel('Tên', { exact: true }).fill('Bản Phủ Mới');
    await page.getByLabel('Số người').fill('1.240');
    await page.getByLabel('Số hộ').fill('250');
    await page.getByLabel('Hạn có sóng').fill('30/11/2026');
    await press(page, 'Lưu');
    await expect.poll(() => state(page).innerText()).toBe('Đã lưu, phiên bản 1.');
    await expect.poll(() => titleOf(page)).toBe('Bản Phủ Mới');
  });

  test('reports an indicator in percent, for a unit found by its name', async () => {
    const page = await open('/?task=edit&with=add:indicator');
    await page.getByLabel('Chỉ số').selectOption('dvc.online');
    await page.getByLabel('Của đơn vị', { exact: true }).fill('dien bien');
    await page.keyboard.press('Enter');
    await page.getByLabel('Giá trị (%)').fill('41,5');
    await page.getByLabel('Nguồn').fill('Báo cáo của tỉnh');
    await press(page, 'Lưu');
    await expect.poll(() => state(page).innerText()).toContain('Đã ghi báo cáo.');
    const reported = page.getByTestId('reported');
    await expect.poll(() => reported.locator('li').first().innerText()).toContain('41,5%');
    await expect.poll(() => reported.innerText()).toContain('bientap');

    // Wrong: what is reported again for the day comes first, and the wrong one is taken back.
    await page.getByLabel('Giá trị (%)').fill('14,5');
    await press(page, 'Lưu');
    await expect.poll(() => reported.locator('li').first().innerText()).toContain('14,5%');
    await reported.getByRole('button', { name: /Thu hồi giá trị 41,5%/ }).click();
    const question = page.getByRole('dialog');
    await question.getByText('không hoàn tác được').waitFor();
    await question.getByRole('button', { name: 'Thu hồi' }).click();
    await page.getByText('Đã thu hồi giá trị đã báo cáo.').waitFor();
    await expect.poll(() => reported.innerText()).not.toContain('41,5%');
    expect(await reported.innerText()).toContain('14,5%');
  });
});

describe('two people on one thing', () => {
  test('see each other; the later save is shown the difference and chooses', async () => {
    const { id } = await addStation('Trạm Hai Người');
    const path = `/?unit=11&task=edit&with=edit:station-${id}`;
    const [first, second] = [await open(path), await open(path)];
    for (const page of [first, second])
      await expect
        .poll(() => page.getByTestId('present').innerText())
        .toContain('cũng đang sửa mục này');

    await second.getByLabel('Độ cao ăng-ten (m)').fill('60');
    await second.getByLabel('Nguồn').fill('Khảo sát của tôi');
    await first.getByLabel('Độ cao ăng-ten (m)').fill('45');
    await first.getByLabel('Trạng thái').selectOption('building');
    await press(first, 'Lưu');
    await expect.poll(() => state(first).innerText()).toBe('Đã lưu, phiên bản 2.');

    const differences = second.getByTestId('differences');
    await expect.poll(() => differences.innerText()).toContain('bientap đã lưu mục này');
    const said = await differences.innerText();
    for (const part of ['60 m', '45 m', 'Khảo sát của tôi', 'đang xây dựng', 'trong kế hoạch'])
      expect(said).toContain(part);
    const height = differences.getByRole('group', { name: 'Độ cao ăng-ten (m)' });
    expect(await height.getByRole('radio', { name: /Của bạn/ }).isChecked()).toBe(true);
    await height.getByRole('radio', { name: /Hiện tại/ }).check();
    await press(second, 'Lưu bản đã chọn');
    await expect.poll(() => state(second).innerText()).toBe('Đã lưu, phiên bản 3.');
    expect(await second.getByLabel('Độ cao ăng-ten (m)').inputValue()).toBe('45');
    expect(await second.getByLabel('Trạng thái').inputValue()).toBe('building');

    // The first has nothing unsaved: its form follows. Its own step meets theirs, and leaves it be.
    await expect.poll(() => first.getByLabel('Nguồn').inputValue()).toBe('Khảo sát của tôi');
    await first.locator('#panel-title').click();
    await first.keyboard.press('Control+z');
    await first.getByText('đã có người sửa sau đó, nên giữ nguyên bản của họ.').waitFor();
    expect((await historyOf(id)).entries).toHaveLength(3);
    await second.close();
    await expect.poll(() => first.getByTestId('present').count()).toBe(0);
  });
});

describe('the history of anything', () => {
  test('tells who did what, and restores an earlier state, also of what was removed', async () => {
    const { id } = await addStation('Trạm Xưa');
    await command({ type: 'station.change', id, base: 1, heightM: 60, status: 'building' });
    await command({ type: 'station.remove', id, base: 2 });
    const page = await open(`/?unit=11&thing=station-${id}`);
    await expect.poll(() => titleOf(page)).toBe('Mục này không còn hoặc chưa từng có.');
    await press(page, 'Lịch sử');
    const history = page.getByTestId('history');
    await history.waitFor();
    await expect.poll(() => titleOf(page)).toBe('Lịch sử: Trạm Xưa');
    expect(addressOf(page)).toContain(`with=history:station-${id}`);
    const said = await history.innerText();
    for (const part of ['bientap', '30 m → 60 m', 'trong kế hoạch → đang xây dựng', 'Xóa'])
      expect(said).toContain(part);
    await press(page, 'Khôi phục phiên bản 1');
    await page.getByText('Đã khôi phục phiên bản 1.').waitFor();
    await expect.poll(() => history.locator('li').count()).toBe(4);
    await press(page, 'Xem');
    await expect.poll(() => page.getByTestId('thing-fields').innerText()).toContain('30 m');
  });

  test('is there to be read by who is not signed in, who is offered no more', async () => {
    const { id } = await addStation('Trạm Công Khai');
    const page = await pages.open(`/?unit=11&task=edit&with=history:station-${id}`);
    await page.getByTestId('history').waitFor();
    expect(await page.getByRole('button', { name: /^Khôi phục phiên bản|^Sửa$/ }).count()).toBe(0);
    await visit(page, '/?task=edit');
    await page.getByRole('button', { name: 'Đăng nhập để cập nhật' }).waitFor();
    await visit(page, `/?unit=11&thing=station-${id}`);
    await page.getByTestId('thing-fields').waitFor();
    expect(await page.getByRole('button', { name: 'Sửa', exact: true }).count()).toBe(0);
  });
});

describe('many at once', () => {
  test('get a new status after a confirmation, as one step that is taken back', async () => {
    const ids: number[] = [];
    // As nothing simulated is: another operator's 5G.
    for (let index = 0; index < 5; index++)
      ids.push((await addStation(`Trạm loạt ${index}`, { operator: 'other', band: 'n28' })).id);
    const area = 'area:103.0690_21.4110_103.0700_21.4120';
    const page = await open(
      `/?unit=11&task=edit&with=${area},many:1,op:other,status:planned,tech:5g,to:building`,
    );
    await expect
      .poll(() => page.getByTestId('many-count').innerText(), PATIENCE)
      .toBe('5 trạm ở Điện Biên, trong vùng đã vẽ');
    await press(page, 'Đổi 5 trạm');
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain('Đổi 5 trạm thành “đang xây dựng”?');
    await dialog.getByRole('button', { name: 'Đổi 5 trạm' }).click();
    await page.getByText('Đã đổi 5 trạm.').waitFor();
    for (const id of ids) expect((await historyOf(id)).entries[0]).toMatchObject({ version: 2 });
    await command({ type: 'station.change', id: ids[2], base: 2, heightM: 44 });
    await press(page, 'Hoàn tác');
    await page.getByText('Đã hoàn tác: đổi trạng thái 5 trạm.').waitFor();
    const alert = page.getByTestId('undo').getByRole('alert');
    expect(await alert.innerText()).toContain('Trạm loạt 2: đã có người sửa sau đó');
    for (const id of ids) expect((await historyOf(id)).entries[0]).toMatchObject({ version: 3 });
  });
});

test.each([
  ['dark', DESK, 'add:station,at:103.0694_21.4117'],
  ['light', PHONE, 'add:hamlet,at:103.0694_21.4117'],
  ['light', DESK, 'many:1'],
] as const)('axe finds nothing to complain about: %s, %o, %s', async (theme, viewport, screen) => {
  const page = await open(`/?unit=11&theme=${theme}&task=edit&with=${screen}`, { viewport });
  await page.locator('#figures form, [data-testid=many-count]').first().waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);
});

test('an editor keeps the network, a facility and a hamlet through the forms, and takes a step back', async () => {
  const page = await open('/?unit=11&task=edit');
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  const choose = (label: string, value: string) => page.getByLabel(label).selectOption(value);
  const save = async (said: string) => {
    await press(page, 'Lưu');
    await expect.poll(() => state(page).innerText()).toBe(said);
  };
  /** Waits until the panel says something of the thing in the form, and of its state; then its history. */
  const seen = async (wanted: RegExp, states = /./) => {
    await press(page, 'Đóng');
    await expect.poll(() => page.getByTestId('thing-fields').innerText()).toMatch(wanted);
    await expect.poll(() => page.locator('.states').innerText()).toMatch(states);
    await press(page, 'Lịch sử');
    const history = page.getByTestId('history').locator('li').first();
    await history.waitFor();
    return history.innerText();
  };
  const place = async (at: string) => {
    await fill('Hoặc nhập tọa độ', at);
    await press(page, 'Đặt ở đó');
  };
  const another = async (what: string) => {
    const tasks = page.getByRole('navigation', { name: 'Công việc' });
    await tasks.getByRole('button', { name: 'Cập nhật' }).click();
    await press(page, what);
  };

  // A node serves the commune that it stands in, unless somebody says otherwise.
  await press(page, 'Thêm nút mạng');
  await place('21.4117, 103.0694');
  await fill('Tên', 'Nút Đồi Thông');
  await expect.poll(() => page.getByLabel('Đơn vị được phục vụ').inputValue()).toBe('Xã Thanh Yên');
  await save('Đã lưu, phiên bản 1.');
  await choose('Trạng thái', 'up');
  await save('Đã lưu, phiên bản 2.');
  const node = await seen(/Phục vụ\s+Xã Thanh Yên/, /đang thông/);
  expect(node).toMatch(/^Sửa[^]*bientap[^]*trong kế hoạch → đang thông/);

  // A link is called by its ends; each is found by its name, and then no click is waited for.
  await another('Thêm đường truyền');
  await page.getByText('Bấm vào một nút mạng trên bản đồ: Từ nút').waitFor();
  await fill('Từ nút', 'doi thong');
  await page.keyboard.press('Enter');
  await page.getByText('Bấm vào một nút mạng trên bản đồ: Đến nút').waitFor();
  await fill('Đến nút', 'nut tinh dien bien');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('Bấm vào một nút mạng').count()).toBe(0);
  await fill('Nhà cung cấp', 'VNPT');
  await save('Đã lưu, phiên bản 1.');
  const line = 'Nút Đồi Thông – Nút tỉnh Điện Biên';
  await expect.poll(() => titleOf(page)).toBe(line);
  await fill('Băng thông (Mbit/s)', '1.000');
  await save('Đã lưu, phiên bản 2.');
  const link = await seen(/Băng thông\s+1\.000 Mbit\/s[^]*VNPT/);
  expect(link).toContain('200 Mbit/s → 1.000 Mbit/s');
  await press(page, 'Hoàn tác');
  await page.getByText(`Đã hoàn tác: sửa ${line}.`).waitFor();
  await expect
    .poll(() => page.getByTestId('history').locator('li').first().innerText())
    .toContain('1.000 Mbit/s → 200 Mbit/s');

  await another('Thêm hạ tầng dữ liệu');
  await place('21.4117, 103.0694');
  await fill('Tên', 'Trung tâm dữ liệu Bản Phủ');
  await save('Đã lưu, phiên bản 1.');
  await choose('Chủ quản', 'enterprise');
  await save('Đã lưu, phiên bản 2.');
  const facility = await seen(/Chủ quản\s+doanh nghiệp/);
  expect(facility).toContain('quốc gia → doanh nghiệp');

  await another('Thêm thôn lõm sóng');
  await place('21.4117, 103.0694');
  await fill('Tên', 'Bản Nà Pu');
  await fill('Số người', '240');
  await fill('Số hộ', '50');
  await save('Đã lưu, phiên bản 1.');
  await fill('Số hộ', '52');
  await save('Đã lưu, phiên bản 2.');
  await choose('Trạng thái', 'resolved');
  await press(page, 'Lưu');
  await page.getByText('Thôn đã có sóng thì cần ghi giải pháp.').waitFor();
  await choose('Giải pháp', 'satellite');
  await save('Đã lưu, phiên bản 3.');
  const hamlet = await seen(/Số hộ\s+52[^]*Giải pháp\s+vệ tinh/, /^đã có sóng$/);
  expect(hamlet).toMatch(/chưa có sóng → đã có sóng[^]*vệ tinh/);
});
