/** Accounts as people meet them: from the one-time password in the terminal to an editor at work. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { DESK, faultsOf, PHONE, usePages, visit, type Wish } from './pages.ts';
import { operatorPassword, url } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

const OPERATOR = { name: 'operator', password: 'mật khẩu của người vận hành' };
const EDITOR = { name: 'mai.lo', password: 'mật khẩu của Lò Thị Mai' };
const pages = usePages(PATIENCE.timeout);
/** A page that nobody is signed in on. */
const open = (path = '/', wish: Wish = {}) => pages.open(path, { fresh: {}, ...wish });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const known = (page: Page, name: string) =>
  page.getByRole('button', { name: `Đang đăng nhập: ${name}` });

/** Types name and password into the form of a dialog that is open. */
async function enter(page: Page, { name, password }: typeof OPERATOR): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Đăng nhập' });
  await dialog.getByLabel('Tên đăng nhập').fill(name);
  await dialog.getByLabel('Mật khẩu').fill(password);
  await page.keyboard.press('Enter');
}

async function signIn(page: Page, who: typeof OPERATOR): Promise<void> {
  await page.getByRole('button', { name: 'Đăng nhập' }).first().click();
  await enter(page, who);
}

/** Somebody else gave out the password: one of one's own comes before anything else. */
async function setFirstPassword(page: Page, password: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Đặt mật khẩu của riêng bạn' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('Mật khẩu mới').fill('ngắn');
  await page.keyboard.press('Enter');
  await dialog.getByText('Mật khẩu mới còn ngắn').waitFor();
  await dialog.getByLabel('Mật khẩu mới').fill(password);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

test('from the password in the terminal to an editor of one province, who sets their own', async () => {
  const page = await open();
  await signIn(page, { name: 'operator', password: operatorPassword });
  await setFirstPassword(page, OPERATOR.password);

  await press(page, 'Quản trị');
  await press(page, 'Thêm người');
  const form = page.getByRole('dialog', { name: 'Thêm người' });
  await form.getByLabel('Tên đăng nhập').fill(EDITOR.name);
  await form.getByLabel('Họ và tên').fill('Lò Thị Mai');
  await press(page, 'Tạo tài khoản');
  await form.getByText('Chọn ít nhất một đơn vị').waitFor();
  await form.getByRole('combobox', { name: 'Thêm tỉnh hoặc xã' }).fill('dien bien');
  await page.keyboard.press('Enter');
  await form.getByText('Điện Biên', { exact: false }).first().waitFor();
  await press(page, 'Tạo tài khoản');
  const once = page.getByRole('dialog', { name: `Mật khẩu dùng một lần của ${EDITOR.name}` });
  const password = await once.getByLabel('Mật khẩu').inputValue();
  await press(page, 'Đóng');
  const row = page.getByTestId('accounts').getByRole('row').filter({ hasText: 'Lò Thị Mai' });
  expect(await row.innerText()).toMatch(
    /chưa đổi mật khẩu được cấp[^]*Người biên tập[^]*Điện Biên/,
  );

  const theirs = await open();
  expect(await theirs.getByRole('button', { name: 'Quản trị' }).count()).toBe(0);
  await signIn(theirs, { name: EDITOR.name, password });
  await setFirstPassword(theirs, EDITOR.password);
  await known(theirs, EDITOR.name).click();
  const account = await theirs.getByRole('dialog').innerText();
  for (const part of ['Lò Thị Mai', 'Người biên tập', 'Điện Biên']) expect(account).toContain(part);
  expect(await theirs.getByRole('button', { name: 'Quản trị' }).count()).toBe(0);
});

test('a session that ends meanwhile asks to sign in over the page, and what was typed is there', async () => {
  const page = await open('/?task=people');
  await signIn(page, OPERATOR);
  await press(page, 'Thêm người');
  const field = page.getByLabel('Họ và tên');
  await field.fill('đang nhập dở');
  const { cookies } = await page.context().storageState();
  const session = cookies.find(({ name }) => name === 'phusong_session')?.value ?? '';
  await fetch(`${url}/api/session`, {
    method: 'DELETE',
    headers: { cookie: `phusong_session=${session}` },
  });
  await page.getByText('Phiên đăng nhập đã kết thúc').waitFor();
  await enter(page, OPERATOR);
  await known(page, OPERATOR.name).waitFor();
  expect(await field.inputValue()).toBe('đang nhập dở');
});

test('a display’s address signs it in, without leaving the token to be seen; removed, it says so', async () => {
  const page = await open('/?task=people&with=tab:displays');
  await signIn(page, OPERATOR);
  await page.getByLabel('Tên màn hình').fill('Tường A');
  await page.keyboard.press('Enter');
  const once = page.getByRole('dialog', { name: 'Mã của Tường A' });
  const address = await once.getByLabel('Địa chỉ sẵn dùng').inputValue();
  expect(address).toMatch(/^http:\/\/localhost:\d+\/wall\?token=[\w-]{20,}$/);
  await press(page, 'Đóng');
  const query = new URL(address).search;
  const wall = await open(`/${query}&unit=11`);
  await known(wall, 'Tường A').waitFor();
  expect(wall.url()).not.toContain('token');
  await press(page, 'Gỡ Tường A');
  await press(page, 'Gỡ');
  await page.getByText('Chưa có màn hình nào').waitFor();
  const late = await open(`/${query}`);
  await late.getByText('Mã màn hình trong địa chỉ không dùng được nữa').waitFor();
});

test.each([
  [
    DESK,
    [
      ['accounts', 'dark'],
      ['sessions', 'light'],
    ],
  ],
  [PHONE, [['accounts', 'light']]],
] as const)('axe finds nothing to complain about: %o, %j', async (viewport, screens) => {
  const page = await open('/?task=people', { viewport });
  await signIn(page, OPERATOR);
  for (const [tab, theme] of screens) {
    await visit(page, `/?task=people&with=tab:${tab}&theme=${theme}`);
    await page.getByTestId(tab).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    if (tab !== 'accounts') continue;
    await press(page, 'Thêm người');
    await page.getByRole('combobox', { name: 'Thêm tỉnh hoặc xã' }).fill('muong');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await expect
      .poll(async () => {
        await page.keyboard.press('Escape');
        return page.getByRole('dialog').count();
      }, PATIENCE)
      .toBe(0);
  }
});

test('an operator ends a session and gives a new password: the page that is open there says so at once', async () => {
  const theirs = await open();
  await signIn(theirs, EDITOR);
  await known(theirs, EDITOR.name).waitFor();
  const page = await open('/?task=people&with=tab:sessions');
  await signIn(page, OPERATOR);

  // The one that was seen last comes first.
  const sessions = page.getByTestId('sessions').locator('li').filter({ hasText: EDITOR.name });
  await sessions.first().waitFor();
  const before = await sessions.count();
  await sessions.first().getByRole('button').click();
  const ask = page.getByRole('dialog', {
    name: `Kết thúc phiên đăng nhập này của ${EDITOR.name}?`,
  });
  await ask.getByRole('button', { name: 'Kết thúc', exact: true }).click();
  await expect.poll(() => sessions.count()).toBe(before - 1);
  const asked = theirs.getByRole('dialog', { name: 'Đăng nhập' });
  await asked.getByText('Phiên đăng nhập đã kết thúc').waitFor();
  expect(await asked.getByLabel('Tên đăng nhập').inputValue()).toBe(EDITOR.name);
  await enter(theirs, EDITOR);
  await known(theirs, EDITOR.name).waitFor();

  await page.getByText('Người dùng', { exact: true }).click();
  await press(page, `Sửa ${EDITOR.name}`);
  await press(page, 'Cấp mật khẩu mới');
  await page.getByText('Mật khẩu cũ hết hiệu lực').waitFor();
  await press(page, 'Cấp mật khẩu mới');
  const once = page.getByRole('dialog', { name: `Mật khẩu dùng một lần của ${EDITOR.name}` });
  const password = await once.getByLabel('Mật khẩu').inputValue();
  await press(page, 'Đóng');
  await page.getByText('chưa đổi mật khẩu được cấp').waitFor();
  await asked.getByText('Phiên đăng nhập đã kết thúc').waitFor();
  await enter(theirs, EDITOR);
  await asked.getByText('Tên đăng nhập hoặc mật khẩu không đúng').waitFor();
  await enter(theirs, { name: EDITOR.name, password });
  await setFirstPassword(theirs, 'mật khẩu mới của Lò Thị Mai');
  await known(theirs, EDITOR.name).waitFor();

  await page.getByText('Nhật ký', { exact: true }).click();
  await expect
    .poll(() => page.getByTestId('trace').locator('li').allInnerTexts())
    .toEqual(
      expect.arrayContaining([
        expect.stringMatching(`^operator kết thúc phiên của ${EDITOR.name}`),
        expect.stringMatching(`^operator cấp mật khẩu mới cho ${EDITOR.name}`),
      ]),
    );
});

test('an operator adds a webhook, tries it, and sees what was sent; its secret is shown once', async () => {
  const listener = await listen();
  const page = await open('/?task=alerts&with=tab:webhooks');
  await signIn(page, OPERATOR);
  await page.getByText('Chưa có kênh nào.').waitFor();
  await press(page, 'Thêm kênh');
  await press(page, 'Lưu');
  await page.getByText('Tên: không được để trống.').waitFor();
  const name = page.getByLabel('Tên', { exact: true });
  expect(await name.evaluate((element) => element === document.activeElement)).toBe(true);
  await name.fill('Tổng đài trực');
  await page.getByLabel('Địa chỉ').fill('ftp://truc.vn');
  await press(page, 'Lưu');
  await page.getByText(/^Địa chỉ \(https:\/\/…\): /).waitFor();
  await page.getByLabel('Địa chỉ').fill(listener.url);
  await press(page, 'Lưu');
  const once = page.getByRole('dialog', { name: 'Mã bí mật của Tổng đài trực' });
  expect(await once.getByLabel('Mã bí mật').inputValue()).toMatch(/^whsec_/);
  await press(page, 'Đóng');

  await press(page, 'Gửi thử tới Tổng đài trực');
  await page.getByText('Tin thử đã tới nơi').waitFor();
  expect(listener.heard).toMatchObject([{ 'webhook-signature': expect.stringMatching(/^v1,/) }]);
  await press(page, 'Tin gần đây của Tổng đài trực');
  await page.getByTestId('webhooks').getByText('· tin thử').waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await listener.close();
  await press(page, 'Gửi thử tới Tổng đài trực');
  await page.getByText('Tin thử không tới được').waitFor();

  await press(page, 'Xóa kênh');
  const ask = page.getByRole('dialog', { name: 'Xóa kênh “Tổng đài trực”?' });
  await ask.getByRole('button', { name: 'Xóa kênh', exact: true }).click();
  await page.getByText('Chưa có kênh nào.').waitFor();
});

/** Somebody else's system, which takes whatever it is sent. */
async function listen() {
  const heard: IncomingHttpHeaders[] = [];
  const listener = createServer((request, response) => {
    heard.push(request.headers);
    request.resume();
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  async function close(): Promise<void> {
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  }
  return { url: `http://127.0.0.1:${port}/tin`, heard, close };
}
