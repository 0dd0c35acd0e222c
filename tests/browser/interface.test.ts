/** Everything around the map, in a real browser against the whole product. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cookieOf, DESK, faultsOf, PHONE, usePages, visit, WALL } from './pages.ts';
import { url } from './this-product.ts';

const DEMO_LOGIN = { name: 'bientap', password: 'phu-song-demo' };
/** Far more than anything takes on an idle machine. */
const PATIENCE_MS = 60_000;

/** Mostly without the map: drawing it takes most of the time, and other tests look at it. */
const { open, blank } = usePages(PATIENCE_MS);

const numberIn = (text: string | null): number => Number((text ?? '').replace(/[^\d]/g, ''));
const valueOf = async (page: Page, figure: string): Promise<number> =>
  numberIn(await page.getByTestId(`figure-${figure}`).locator('.value').textContent());
const title = (page: Page): Locator => page.locator('#panel-title');
const addressOf = (page: Page): string => page.url().slice(url.length);

async function signIn(page: Page, password = DEMO_LOGIN.password): Promise<void> {
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tên đăng nhập').fill(DEMO_LOGIN.name);
  await dialog.getByLabel('Mật khẩu').fill(password);
  await dialog.getByRole('button', { name: 'Đăng nhập' }).click();
}

describe('the strip', () => {
  test('tells how the nation stands: the same numbers as the server, in Vietnamese form', async () => {
    const page = await open('/');
    const stations = page.getByTestId('figure-5g.stations');
    expect(await stations.locator('.value').innerText()).toMatch(/^1\d\.\d{3}$/);
    expect(await stations.innerText()).toContain('≈ 69.000');
    const answer = await fetch(`${url}/api/estimates/vn`);
    const estimate = (await answer.json()) as {
      methods: { radius: { byTechnology: { '5g': { share: number } } } };
    };
    const share = estimate.methods.radius.byTechnology['5g'].share * 100;
    const shown = await page.getByTestId('figure-5g.population').locator('.value').innerText();
    expect(Number(shown.replace('%', '').replace(',', '.'))).toBeCloseTo(share, 0);
    expect(await valueOf(page, 'hamlets.uncovered')).toBeGreaterThan(300);
    expect(await page.getByTestId('figure-tslcd.communes').innerText()).toContain('3.321');
  });

  test('names method, target, source and date of a figure when it is asked', async () => {
    const page = await open('/');
    const figure = page.getByTestId('figure-5g.population');
    await expect.poll(() => figure.getByRole('tooltip').isVisible()).toBe(false);
    await figure.getByRole('button').focus();
    const tooltip = figure.getByRole('tooltip');
    await expect.poll(() => tooltip.innerText()).not.toBe('');
    const told = await tooltip.innerText();
    for (const part of ['Ước lượng theo bán kính', '90% đến hết 31/12/2025', '28/7/2025', 'Cục'])
      expect(told).toContain(part);
    await page.keyboard.press('Escape');
    await expect.poll(() => figure.getByRole('tooltip').isVisible()).toBe(false);
  });

  test('says that the line is live, how old the data is, and what is simulated', async () => {
    const page = await open('/');
    const line = page.getByTestId('line');
    await expect.poll(() => line.innerText()).toMatch(/trực tiếp\s+dữ liệu \d+ \S+ trước/);
    expect(await page.getByRole('button', { name: 'Mô phỏng' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Ranh giới xấp xỉ' }).isVisible()).toBe(true);
  });

  test('a cut line is told with its time, keeps the last known, and comes back by itself', async () => {
    const page = await blank();
    let cut = false;
    const sockets: { close(): Promise<void> }[] = [];
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (cut) void socket.close();
      else {
        socket.connectToServer();
        sockets.push(socket);
      }
    });
    await page.route('**/socket.io/**', (route) => (cut ? route.abort() : route.continue()));
    await page.goto(url);
    const line = page.getByTestId('line');
    await expect.poll(() => line.getAttribute('data-state'), { timeout: PATIENCE_MS }).toBe('live');
    const before = await valueOf(page, '5g.stations');

    cut = true;
    await Promise.all(sockets.map((socket) => socket.close()));
    await expect.poll(() => line.innerText()).toMatch(/mất kết nối từ \d\d:\d\d:\d\d/);
    await expect.poll(() => page.getByText('Bản đồ giữ số liệu cuối cùng').isVisible()).toBe(true);
    expect(await valueOf(page, '5g.stations')).toBeGreaterThanOrEqual(before);

    cut = false;
    await expect.poll(() => line.getAttribute('data-state')).toBe('live');
  });
});

describe('finding a place', () => {
  test('"dien bien" without accents opens Điện Biên, by keyboard alone', async () => {
    const page = await open('/');
    await page.keyboard.press('/');
    await page.keyboard.type('dien bien');
    const options = page.getByRole('option');
    await expect.poll(() => options.first().innerText()).toContain('Điện Biên');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => options.nth(1).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => title(page).innerText()).toBe('Điện Biên');
    await expect.poll(() => addressOf(page)).toMatch(/^\/\?unit=11/);
    await expect.poll(() => page.title()).toBe('Điện Biên – Phủ Sóng');
  });

  test('a former province leads to the one that holds it now', async () => {
    const page = await open('/');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ha giang');
    const first = page.getByRole('option').first();
    await expect.poll(() => first.innerText()).toContain('Tuyên Quang (Hà Giang cũ)');
    await first.click();
    await expect.poll(() => title(page).innerText()).toBe('Tuyên Quang');
  });

  test('Esc closes the box and leaves the view as it was; what is not there is said', async () => {
    const page = await open('/?unit=11');
    await page.getByRole('button', { name: 'Tìm tỉnh, xã' }).click();
    await page.keyboard.type('zzzz');
    await expect
      .poll(() => page.getByRole('dialog').innerText())
      .toContain('Không có nơi nào khớp');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await title(page).innerText()).toBe('Điện Biên');
  });
});

describe('the panel', () => {
  test('leads from nation to province to commune, and Esc back up', async () => {
    const page = await open('/');
    await page.getByTestId('children').getByRole('button', { name: 'Hà Nội' }).click();
    await expect.poll(() => title(page).innerText()).toBe('Hà Nội');
    const commune = page.getByTestId('children').locator('tbody button').first();
    const name = await commune.innerText();
    await commune.click();
    await expect.poll(() => title(page).innerText()).toBe(name);
    expect(await page.getByRole('navigation', { name: 'Vị trí' }).innerText()).toMatch(
      /Việt Nam\s*›?\s*Hà Nội/,
    );
    await page.keyboard.press('Escape');
    await expect.poll(() => title(page).innerText()).toBe('Hà Nội');
    await page.keyboard.press('Escape');
    await expect.poll(() => title(page).innerText()).toBe('Việt Nam');
  });

  test('keeps the focus with whoever walks it by keyboard', async () => {
    const page = await open('/');
    await page.getByTestId('children').locator('tbody button').first().press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('panel-title');
  });

  test('sorts the provinces by what is asked for', async () => {
    const page = await open('/');
    const children = page.getByTestId('children');
    const column = async (nth: number): Promise<number[]> =>
      (await children.locator(`tbody td:nth-child(${nth})`).allInnerTexts()).map(numberIn);
    const falling = (numbers: number[]) => numbers.toSorted((a, b) => b - a);
    expect(await column(3)).toEqual(falling(await column(3)));
    await children.getByRole('button', { name: 'Có 5G', exact: true }).click();
    await expect
      .poll(() => children.locator('th').nth(1).getAttribute('aria-sort'))
      .toBe('ascending');
    const shares = await column(2);
    expect(shares).toEqual(falling(shares).reverse());
    await children.getByRole('button', { name: 'Xem cả 34' }).click();
    await expect.poll(() => children.locator('tbody tr').count()).toBe(34);
  });

  test('tells every estimate by its method, and 4G and 5G of each operator', async () => {
    const page = await open('/?unit=01');
    expect(await page.getByTestId('operators').innerText()).toContain('ước lượng theo bán kính');
    for (const operator of ['Viettel', 'VinaPhone', 'MobiFone']) {
      const row = page.getByTestId('operators').getByRole('row', { name: operator });
      // Where everybody is reached it says 100 %, without a decimal.
      const shares = /\d+(,\d)?%[\s\S]+\d+(,\d)?%[\s\S]+\d/;
      await expect.poll(() => row.innerText()).toMatch(shares);
    }
  });

  test('a hamlet without a signal leads to all that is known of it', async () => {
    const page = await open('/?unit=11');
    const first = page.getByTestId('hamlets').locator('ul button').first();
    const name = await first.locator('.title').innerText();
    await first.click();
    await expect.poll(() => title(page).innerText()).toBe(name);
    const told = await page.locator('#panel-content').innerText();
    for (const part of ['chưa có sóng', 'Mô phỏng', 'Số hộ', 'Điện lưới', 'Hạn có sóng', 'Nguồn'])
      expect(told).toContain(part);
    expect(addressOf(page)).toMatch(/thing=hamlet-\d+/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('thing-fields').count()).toBe(0);
  });

  test('what is not there is said, not shown as an empty page', async () => {
    const page = await open('/');
    await visit(page, '/?thing=station-4294967295');
    await page.getByText('Mục này không còn').waitFor();
    await visit(page, '/?unit=99999');
    await page.getByText('Không có đơn vị này').waitFor();
    await page.getByRole('button', { name: 'Về cả nước' }).click();
    await expect.poll(() => title(page).innerText()).toBe('Việt Nam');
  });
});

describe('the layers', () => {
  test('are switched by keyboard, counted, and held in the address', async () => {
    const page = await open('/');
    const network = page.getByRole('switch', { name: /Mạng truyền số liệu/ });
    expect(await network.isChecked()).toBe(false);
    await network.press('Space');
    expect(await network.isChecked()).toBe(true);
    await expect.poll(() => addressOf(page)).toContain('network');
    await expect.poll(() => page.getByText('đường đang thông').isVisible()).toBe(true);
    const label = await page.locator('label', { has: network }).innerText();
    expect(numberIn(label)).toBeGreaterThan(3_000);
  });

  test('the colouring can be one operator’s', async () => {
    const page = await open('/');
    await page.getByText('Viettel 5G').click();
    await expect.poll(() => addressOf(page)).toBe('/?colour=viettel.5g');
  });
});

describe('the address', () => {
  test('opens the view that it names, in its theme and language', async () => {
    const path = '/?unit=79&layers=hamlets&colour=4g&theme=light&lang=en';
    const page = await open(path, { fresh: {} });
    await expect.poll(() => title(page).innerText()).toBe('Ho Chi Minh City');
    const document = page.locator('html');
    expect(await document.getAttribute('data-theme')).toBe('light');
    expect(await document.getAttribute('lang')).toBe('en');
    const on = await page.getByRole('switch', { checked: true }).count();
    expect(on).toBe(1);
    expect(await page.getByTestId('key-figures').innerText()).toMatch(/\d+\.\d%/);
  });

  test('Back and Forward walk what was opened', async () => {
    const page = await open('/');
    await page.getByTestId('children').getByRole('button', { name: 'Hà Nội' }).click();
    await expect.poll(() => title(page).innerText()).toBe('Hà Nội');
    await page.goBack();
    await expect.poll(() => title(page).innerText()).toBe('Việt Nam');
    await page.goForward();
    await expect.poll(() => title(page).innerText()).toBe('Hà Nội');
  });

  test('nonsense in it opens the ordinary view', async () => {
    const page = await open('/?unit=abc&layers=roads&theme=neon&lang=xx#map=a/b/c', {
      fresh: {},
    });
    expect(await title(page).innerText()).toBe('Việt Nam');
  });
});

describe('theme and language', () => {
  test('are switched at once and remembered by this reader', async () => {
    const page = await open('/', { fresh: {} });
    await page.getByRole('button', { name: 'Chuyển sang nền sáng' }).click();
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await expect.poll(() => page.getByRole('heading', { name: 'Map layers' }).count()).toBe(1);
    await page.goto(url);
    await page.getByTestId('stations').waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    expect(await page.getByRole('button', { name: 'Find a place' }).isVisible()).toBe(true);
  });
});

describe('who is signed in', () => {
  test('a wrong password is told in words, the right one by the name, and out again', async () => {
    const page = await open('/', { fresh: {} });
    await signIn(page, 'sai mật khẩu');
    await expect
      .poll(() => page.getByRole('dialog').getByRole('alert').innerText())
      .toContain('không đúng');
    await page.getByRole('dialog').getByLabel('Mật khẩu').fill(DEMO_LOGIN.password);
    await page.keyboard.press('Enter');
    const account = page.getByRole('button', { name: `Đang đăng nhập: ${DEMO_LOGIN.name}` });
    await account.click();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await expect
      .poll(() => page.getByRole('button', { name: 'Đăng nhập' }).count(), { timeout: PATIENCE_MS })
      .toBe(1);
  });

  test('a server that wants an account shows the form, and the country after it', async () => {
    const page = await blank();
    let closed = true;
    for (const part of ['**/api/snapshot', '**/api/units**'])
      await page.route(part, (route) =>
        closed ? route.fulfill({ status: 401, json: { error: {} } }) : route.continue(),
      );
    await page.goto(url);
    await expect
      .poll(() => page.getByText('Hệ thống yêu cầu đăng nhập').isVisible(), {
        timeout: PATIENCE_MS,
      })
      .toBe(true);
    closed = false;
    const form = page.locator('form');
    await form.getByLabel('Tên đăng nhập').fill(DEMO_LOGIN.name);
    await form.getByLabel('Mật khẩu').fill(DEMO_LOGIN.password);
    await page.keyboard.press('Enter');
    await page.getByTestId('key-figures').waitFor();
  });
});

test('a change by one person is on another’s screen within moments, without a reload', async () => {
  const watcher = await open('/?unit=01');
  const name = `Trạm thử ${Date.now()}`;
  const answer = await fetch(`${url}/api/commands`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie: await cookieOf(DEMO_LOGIN.name) },
    body: JSON.stringify({
      ...{ type: 'station.add', key: `interface-${Date.now()}`, name, operator: 'viettel' },
      ...{ technology: '5g', band: 'n41', lon: 105.8542, lat: 21.0285, heightM: 30 },
      ...{ status: 'on_air', source: 'kiểm thử' },
    }),
  });
  expect(answer.status).toBe(200);
  const change = watcher.getByTestId('changes').getByRole('button', { name });
  await change.click();
  await expect.poll(() => title(watcher).innerText()).toBe(name);
  expect(await watcher.locator('.states').innerText()).not.toContain('Mô phỏng');
});

describe('on every screen', () => {
  const screens = { phone: PHONE, desk: DESK, wall: WALL, laptop: { width: 1100, height: 700 } };

  test.each(Object.entries(screens))(
    'nothing of the strip overlaps or is cut off: %s',
    async (_, viewport) => {
      const page = await open('/', { viewport });
      for (const language of ['vi', 'en']) {
        await visit(page, `/?lang=${language}`);
        const boxes = await page
          .locator('header h1, header .value, header .tools button')
          .evaluateAll((elements) =>
            elements.map((element) => {
              const { left, right, top, bottom } = element.getBoundingClientRect();
              return { left, right, top, bottom };
            }),
          );
        const overlaps = boxes.filter((a, i) =>
          boxes.some(
            (b, j) =>
              j > i &&
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1,
          ),
        );
        expect(overlaps).toEqual([]);
        expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(viewport.width);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      }
    },
  );

  test('a wall’s letters are read from afar: everything is larger in proportion', async () => {
    const page = await open('/');
    const value = page.getByTestId('figure-5g.stations').locator('.value');
    const heightOf = async (): Promise<number> => (await value.boundingBox())?.height ?? NaN;
    const desk = await heightOf();
    await page.setViewportSize(WALL);
    await expect.poll(async () => (await heightOf()) / desk).toBeGreaterThan(2);
  });

  test('on a phone the figures are a sheet that rises, and the layers open over the map', async () => {
    const page = await open('/', { viewport: PHONE, fresh: { hasTouch: true } });
    const sheet = page.locator('#figures');
    const low = (await sheet.boundingBox())?.height ?? 0;
    await page.getByRole('button', { name: 'Kéo bảng lên' }).tap();
    await expect.poll(async () => (await sheet.boundingBox())?.height).toBeGreaterThan(low + 100);
    await page.getByRole('button', { name: 'Kéo bảng lên' }).tap();
    await page.getByTestId('changes').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Hạ bảng xuống' }).tap();
    await page.getByRole('button', { name: 'Mở lớp bản đồ' }).tap();
    await expect.poll(() => page.getByRole('switch').first().isVisible()).toBe(true);
  });
});

describe('for everyone', () => {
  test('the keyboard reaches everything, beginning with a way past the map', async () => {
    const page = await open('/', { fresh: {} });
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Tới bảng số liệu');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('figures');
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() =>
      document.getElementById('figures')?.contains(document.activeElement),
    );
    expect(inside).toBe(true);
  });

  test('a wish for less motion is heard', async () => {
    const page = await open('/');
    const duration = await page
      .locator('[data-testid=line] circle')
      .evaluate((dot) => getComputedStyle(dot.parentElement ?? dot).animationDuration);
    expect(Number.parseFloat(duration)).toBeLessThan(0.001);
  });

  test.each([
    ['dark', DESK],
    ['light', DESK],
    ['dark', PHONE],
    ['light', PHONE],
  ] as const)('axe finds nothing to complain about: %s, %o', async (theme, viewport) => {
    const page = await open(`/?theme=${theme}&layers=none`, { viewport });
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('/');
    await page.keyboard.type('ha');
    await page.getByRole('option').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await visit(page, `/?theme=${theme}&unit=11`);
    await page.getByTestId('hamlets').locator('ul button').first().click();
    await page.getByTestId('thing-fields').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });
});
