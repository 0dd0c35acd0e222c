/** The first day of a system of one's own: closed, empty, and saying what to do. */
import { rm } from 'node:fs/promises';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { buildPack } from '../../server/territory/pack.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { smallTerritory } from '../setup/small-territory.ts';
import { openChromium, UNKEPT } from './chromium.ts';

const PATIENCE_MS = 60_000;

let folder: string;
let product: MainProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await temporaryFolder('empty');
  product = startMain({ PHUSONG_DATA_DIR: folder, PHUSONG_DEMO: 'off' });
  await product.ready;
  browser = await openChromium();
  page = await (await browser.newContext(UNKEPT)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
});
afterAll(async () => {
  await browser?.close();
  product?.child.kill('SIGTERM');
  await product?.ended;
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('it asks to sign in before it shows anything', async () => {
  await page.goto(await product.ready);
  await page.getByText('Hệ thống yêu cầu đăng nhập').waitFor();
  expect(await page.locator('#figures').count()).toBe(0);
  expect(await page.getByTestId('figure-5g.stations').locator('.value').innerText()).toBe('–');
});

test('a sign-in that came to nothing at the identity provider is told where one tries again', async () => {
  await page.goto(`${await product.ready}/?refused=role`);
  await page.getByText('Hệ thống yêu cầu đăng nhập').waitFor();
  await page.getByText('không cho biết vai trò của bạn').waitFor();
  expect(new URL(page.url()).search).toBe('');
});

test('to the one who signs in it says that it is empty and what to do first', async () => {
  const password = /operator \/ (\S+)/.exec(product.output())?.[1] ?? '';
  const form = page.locator('form');
  await form.getByLabel('Tên đăng nhập').fill('operator');
  await form.getByLabel('Mật khẩu').fill(password);
  await page.keyboard.press('Enter');
  const first = page.getByRole('dialog', { name: 'Đặt mật khẩu của riêng bạn' });
  await first.getByLabel('Mật khẩu mới').fill('mật khẩu của người vận hành');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hệ thống trống' }).waitFor();
  const said = await page.locator('.card').innerText();
  expect(said).toContain('npm run territory -- import');
  expect(await page.getByRole('button', { name: 'Mô phỏng' }).count()).toBe(0);
});

test('it claims nothing about what it does not know', async () => {
  await expect
    .poll(() => page.locator('header .value').allInnerTexts(), { timeout: PATIENCE_MS })
    .toEqual(['–', expect.any(String), '–', '–']);
  expect(await page.getByTestId('hamlets').innerText()).toContain('Chưa ghi nhận thôn nào');
  await page.getByRole('button', { name: 'Đã hiểu' }).click();
  await expect.poll(() => page.getByRole('heading', { name: 'Hệ thống trống' }).count()).toBe(0);
});

test('a disk that fills up is told to those who are signed in, and only to them', async () => {
  const visitor = await browser.newContext(UNKEPT);
  const member = page.context();
  for (const context of [visitor, member]) {
    const other = await context.newPage();
    let disk = { freeMB: 812, state: 'low' };
    await other.routeWebSocket(/socket\.io/, (line) => {
      const server = line.connectToServer();
      server.onMessage((message) =>
        line.send(String(message).replace(/"disk":\{[^}]*\}/, `"disk":${JSON.stringify(disk)}`)),
      );
    });
    await other.goto(await product.ready);
    const low = other.getByText('Ổ đĩa máy chủ sắp đầy');
    if (context === visitor) {
      await other.getByText('Hệ thống yêu cầu đăng nhập').waitFor();
      expect(await low.count()).toBe(0);
      await visitor.close();
      continue;
    }
    await low.waitFor();
    expect(await other.locator('.over .note').innerText()).toContain('Còn trống 812 MB');
    disk = { freeMB: 90, state: 'full' };
    await other.getByText('Tạm ngừng nhận thay đổi').waitFor();
    disk = { freeMB: 9_000, state: 'ok' };
    await expect.poll(() => other.locator('.over .note').count()).toBe(0);
    await other.close();
  }
});

test('boundaries taken into use while the page is open are on it at once, without a reload', async () => {
  const badge = page.getByRole('button', { name: 'Ranh giới xấp xỉ' });
  await badge.waitFor();
  const { bytes, hash } = await buildPack(smallTerritory('official'));
  const tile = page.waitForResponse(
    (response) => response.url().includes(`/tiles/provinces/`) && response.url().includes(hash),
  );
  const database = await openDatabase({ dataDir: folder, lock: 'tool' });
  const pool = new pg.Pool({ connectionString: database.url });
  try {
    await adoptPack(pool, { bytes, hash, kind: 'official' }, 'test');
  } finally {
    await pool.end();
    await database.close();
  }
  expect((await tile).ok()).toBe(true);
  await page.getByTestId('children').getByText('Tỉnh Tây').waitFor();
  expect(await badge.count()).toBe(0);
});
