/** What takes long says how far it is, in every panel where a planner waits. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LONG_ANSWER, type LongAnswerLine } from '../../data/wire/long-answer.ts';
import { faultsOf, usePages, visit } from './pages.ts';
import { url } from './this-product.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
vi.setConfig({ testTimeout: 240_000 });

const { open } = usePages(PATIENCE.timeout);
let slow: SlowServer;
beforeEach(async () => {
  slow = await SlowServer.start();
});
afterEach(() => slow.stop());

/** Stands before the product and is as slow as a test wants: it tells how far it is, and waits. */
class SlowServer {
  readonly #http: Server;
  #told = 0;
  readonly #waiting = new Set<{ response: ServerResponse; answer: () => Promise<Response> }>();

  private constructor() {
    this.#http = createServer((request, response) => void this.#take(request, response));
  }

  static async start(): Promise<SlowServer> {
    const slow = new SlowServer();
    await new Promise<void>((resolve) => slow.#http.listen(0, '127.0.0.1', resolve));
    return slow;
  }

  /** Lets the page ask here instead. */
  async standBefore(asked: Page, addresses: string): Promise<void> {
    const { port } = this.#http.address() as AddressInfo;
    await asked.route(addresses, (route) => {
      const { pathname, search } = new URL(route.request().url());
      return route.continue({ url: `http://127.0.0.1:${port}${pathname}${search}` });
    });
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.headers.accept?.includes(LONG_ANSWER)) {
      response.writeHead(406).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET' } = request;
    const headers = { 'Content-Type': 'application/json' };
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
    const one = { response, answer: () => fetch(url + request.url, { method, headers, ...body }) };
    response.writeHead(200, { 'Content-Type': LONG_ANSWER });
    response.on('close', () => this.#waiting.delete(one));
    this.#waiting.add(one);
    write(response, { progress: this.#told });
  }

  /** Also to whoever comes later. */
  tell(progress: number): void {
    this.#told = progress;
    for (const { response } of this.#waiting) write(response, { progress });
  }

  /** Gives everybody who waits what the product answers. */
  async answer(): Promise<void> {
    for (const { response, answer } of [...this.#waiting]) {
      const answered = await answer();
      const headers = Object.fromEntries(answered.headers);
      write(response, { status: answered.status, headers, body: await answered.json() });
      response.end();
    }
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }
}

function write(response: ServerResponse, line: LongAnswerLine): void {
  response.write(`${JSON.stringify(line)}\n`);
}

test.each([
  ['gaps', '/?task=gaps', '**/api/gaps?**', 'Đang tìm vùng lõm…', '[data-testid=gap-total]'],
  [
    'the register of hamlets',
    '/?task=gaps&with=show:register',
    '**/api/hamlets?**',
    'Đang tìm vùng lõm…',
    '[data-testid=register-total]',
  ],
  [
    'a scenario',
    '/?unit=11&task=scenarios&with=at:103.0694_21.4117',
    '**/api/what-if',
    'Đang tính…',
    '[data-testid=effect] .headline',
  ],
  [
    'progress',
    '/?task=progress',
    '**/api/progress**',
    'Đang dựng lịch sử từ nhật ký…',
    '[data-testid=progress-answer]',
  ],
])('%s', async (_, path, addresses, what, answered) => {
  const page = await open('/');
  await slow.standBefore(page, addresses);
  await visit(page, path);
  await expect.poll(() => slow.waiting, PATIENCE).toBeGreaterThan(0);
  for (const share of [0.07, 0.456]) {
    const percent = Math.floor(share * 100);
    slow.tell(share);
    await page.getByText(`${what} ${percent}%`, { exact: true }).waitFor();
    const bar = page.getByRole('progressbar', { name: what });
    expect(await bar.getAttribute('aria-valuenow')).toBe(String(percent));
    const filled = bar.locator('rect').last();
    expect(Number(await filled.getAttribute('width'))).toBeCloseTo(share * 100);
  }
  expect(await faultsOf(page, '#figures')).toEqual([]);
  await page.unrouteAll();
  await slow.answer();
  await page.locator(answered).waitFor();
  await expect.poll(() => page.getByRole('progressbar').count(), PATIENCE).toBe(0);
});
