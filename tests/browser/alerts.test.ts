/** Alerts where people see them: a commune is cut off, and it is told, taken on, and over. */
import type { Page } from 'playwright-core';
import { afterAll, expect, test, vi } from 'vitest';
import type { Rule } from '../../data/wire/alerts.ts';
import { alertOf, asked, changeRule, communeOf, keepRule, removeRule, setNode } from './cutting.ts';
import { faultsOf, PHONE, usePages, visit } from './pages.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
vi.setConfig({ testTimeout: 240_000 });

const pages = usePages(PATIENCE.timeout);
const kept: Rule[] = [];
afterAll(async () => {
  for (const rule of kept) await removeRule(rule);
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const alerts = (page: Page) => page.getByTestId('alerts').getByRole('listitem');

/** The alert of a commune, among those that it brings others, which name its node. */
function alertIn(page: Page, { name }: { name: string }) {
  const title = page.getByRole('button', { name: new RegExp(`^${name} \\(`) });
  return alerts(page).filter({ has: title });
}

test('somebody makes a rule on the screen; what is wrong is said by its field, before anything is kept', async () => {
  const page = await pages.open('/?task=alerts&with=tab:rules', { as: 'duyet' });
  await press(page, 'Tạo quy tắc');
  await press(page, 'Lưu');
  await page.getByText('Tên: không được để trống.').waitFor();
  const name = page.getByLabel('Tên', { exact: true });
  expect(await name.evaluate((element) => element === document.activeElement)).toBe(true);
  await name.fill('Xã của Lai Châu mất mạng');
  await page.getByLabel('Từ bao nhiêu phút').fill('-1');
  await press(page, 'Lưu');
  await page.getByText('Từ bao nhiêu phút: phải từ 0 trở lên.').waitFor();
  await page.getByLabel('Từ bao nhiêu phút').fill('0');
  await page.getByLabel('Phút lắng').fill('0');
  await page.getByRole('checkbox', { name: 'Cả nước' }).uncheck();
  await press(page, 'Lưu');
  await page.getByText('Nơi theo dõi: không được để trống.').waitFor();
  await page.getByRole('combobox', { name: 'Thêm tỉnh' }).fill('lai chau');
  await page.getByRole('option', { name: 'Lai Châu' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('nghiêm trọng', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Có giờ yên tĩnh' }).check();
  await page.getByRole('checkbox', { name: 'Nâng mức khi không ai nhận' }).check();
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await page.getByRole('checkbox', { name: 'Có giờ yên tĩnh' }).uncheck();
  // What it would find is told before it is kept.
  await press(page, 'Thử');
  await page
    .getByTestId('rule-trial')
    .getByText(/^Lúc này/)
    .waitFor();
  await press(page, 'Lưu');
  await page.getByText('Đã lưu.').waitFor();
  const rules = await asked<Rule[]>('duyet', '/api/alert-rules');
  const made = rules.find((rule) => rule.name === 'Xã của Lai Châu mất mạng');
  expect(made).toMatchObject({ units: ['12'], severity: 'critical', settleMinutes: 0 });
  if (made) kept.push(made);
});

test('a rule that somebody else has changed is refused in words, with what is there now', async () => {
  const rule = await keepRule('14', { name: 'Sơn La mất mạng', on: false });
  kept.push(rule);
  const page = await pages.open(`/?task=alerts&with=tab:rules,edit:${rule.id}`, { as: 'duyet' });
  await page.getByRole('heading', { name: 'Sơn La mất mạng' }).waitFor();
  await changeRule(rule, { watch: { what: 'commune_cut', minutes: 45 } });
  await page.getByLabel('Từ bao nhiêu phút').fill('30');
  await press(page, 'Lưu');
  const refusal = page.getByTestId('rule-theirs');
  await refusal.getByText('duyet đã sửa quy tắc này').waitFor();
  expect(await refusal.innerText()).toContain('xã mất mạng từ 45 phút');
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await press(page, 'Lưu đè bản của tôi');
  await page.getByText('Đã lưu.').waitFor();
  await press(page, '← Mọi quy tắc');
  await page.getByText('xã mất mạng từ 30 phút').waitFor();
  // Switched on with the keyboard, where it stands.
  const toggle = page.getByRole('switch', { name: 'Bật quy tắc Sơn La mất mạng' });
  await toggle.focus();
  await page.keyboard.press('Space');
  await expect.poll(() => toggle.isChecked(), PATIENCE).toBe(true);
});

test('an alert comes by itself, is taken on with a key and a word, and is seen so by others', async () => {
  const commune = await communeOf('12');
  const page = await pages.open('/?unit=12&task=alerts', { as: 'duyet' });
  const other = await pages.open('/?unit=12&task=alerts&lang=en', { as: 'bientap-12' });
  await page.getByTestId('alerts').or(page.getByTestId('alerts-none')).first().waitFor();
  await page.locator('#panel-title').focus();
  await setNode(commune, 'down');

  // Nobody reloads, and the focus is where it was.
  const told = page.getByTestId('alert-told');
  await told.getByText(commune.name).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('panel-title');
  const item = alertIn(page, commune);
  await item.getByText('mất kết nối mạng').waitFor();
  expect(await item.innerText()).toContain('nghiêm trọng');
  await page.getByRole('button', { name: /^Cảnh báo \d+ cảnh báo đang mở$/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await told.getByRole('button', { name: 'Đóng' }).click();

  await item.getByRole('button').first().focus();
  await page.keyboard.press('a');
  await expect.poll(() => item.getByLabel('Lời nhắn').isVisible(), PATIENCE).toBe(true);
  await page.keyboard.type('Đã cử tổ kỹ thuật');
  await page.keyboard.press('Enter');
  await item.getByText('duyet đã nhận xử lý').waitFor();

  const seen = alerts(other).filter({ hasText: 'duyet took it on' });
  await seen.waitFor();
  expect(await seen.innerText()).toContain('Đã cử tổ kỹ thuật');
  expect(await seen.getByRole('button', { name: /^Take on/ }).count()).toBe(0);

  await setNode(commune, 'up');
  await expect.poll(() => item.count(), PATIENCE).toBe(0);
  await page.locator('#figures').getByText('Đã qua', { exact: true }).click();
  await alertIn(page, commune).first().getByText('hết lúc').waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);
});

test('whoever comes second is told who was first; without a line nobody takes anything on', async () => {
  const commune = await communeOf('12');
  await setNode(commune, 'down');
  const page = await pages.open('/?unit=12&task=alerts', {
    ...{ as: 'bientap-12', viewport: PHONE, fresh: {} },
  });
  await page.locator('.handle').click();
  const item = alertIn(page, commune);
  await item.getByRole('button', { name: /^Nhận xử lý/ }).click();
  await item.getByLabel('Lời nhắn').fill('Tôi xem');
  const [rule] = kept;
  const { id } = await alertOf(commune, rule ?? { id: 0 });
  await asked('duyet', `/api/alerts/${id}/acknowledge`, { word: '' });
  await item.getByRole('button', { name: 'Nhận', exact: true }).click();
  await item.getByText('duyet đã nhận xử lý trước bạn').waitFor();
  expect(await faultsOf(page, '#figures')).toEqual([]);

  await page.context().setOffline(true);
  await page
    .getByTestId('alerts-as-of')
    .getByText(/^Cảnh báo tính đến \d\d:/)
    .waitFor();
  await page.context().setOffline(false);
  await page.locator('[data-testid=line][data-state=live]').waitFor();
  await setNode(commune, 'up');
  await expect.poll(() => item.count(), PATIENCE).toBe(0);
});

test('who is not signed in sees what is open, and no names', async () => {
  const page = await pages.open('/?task=alerts');
  await page.getByTestId('alerts').or(page.getByTestId('alerts-none')).first().waitFor();
  expect(await page.getByRole('button', { name: /^Nhận xử lý/ }).count()).toBe(0);
  await visit(page, '/?task=alerts&with=tab:rules');
  await page.getByText('Đăng nhập bằng tài khoản phê duyệt').waitFor();
  expect(await page.getByTestId('alert-rules').getByRole('switch').count()).toBe(0);
});
