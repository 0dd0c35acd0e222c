/** How far an answer is that takes long: what the server tells, and what the page's `ask` hears of it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import compression from 'compression';
import express from 'express';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ask, Refused } from '../../client/live/ask.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { LONG_ANSWER } from '../../data/wire/long-answer.ts';
import { answerAtLength, isWorthCompressing } from '../../server/http/long-answer.ts';

/** Something that several may wait for; it is done when the test says so. */
interface Work {
  share: number;
  done(answer: { body: unknown; headers?: Record<string, string> } | Refusal): void;
  fails(error: Error): void;
  /** How many wait for it, and how many of them went away. */
  waiting: number;
  left: number;
}

let http: Server;
let url: string;
let work: Work;
beforeEach(async () => {
  let settle: Pick<Work, 'done' | 'fails'> | undefined;
  const answer = new Promise<Parameters<Work['done']>[0]>((resolve, reject) => {
    settle = { done: resolve, fails: reject };
  });
  answer.catch(() => undefined);
  if (!settle) throw new Error('a promise begins at once');
  work = { share: 0, waiting: 0, left: 0, ...settle };
  const app = express();
  app.use(compression({ filter: isWorthCompressing }));
  app.get('/work', (request, response) =>
    answerAtLength(request, response, {
      progress: () => work.share,
      answer(stop) {
        work.waiting++;
        stop.addEventListener('abort', () => work.left++);
        return answer;
      },
    }),
  );
  http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/work`;
});
afterEach(async () => {
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

/** Asks as the page does, and collects what it hears. */
function waiter(signal?: AbortSignal) {
  const heard: number[] = [];
  const headers: (string | null)[] = [];
  const answer = ask<unknown>(url, {
    tell: (share) => heard.push(share),
    heard: (all) => headers.push(all.get('X-Total')),
    ...(signal ? { signal } : {}),
  });
  answer.catch(() => undefined);
  return { heard, headers, answer };
}

async function refusalOf(answer: Promise<unknown>): Promise<Refusal | string> {
  const error: unknown = await answer.then(
    () => 'it was answered',
    (thrown: unknown) => thrown,
  );
  return error instanceof Refused ? error.refusal : String(error);
}

it('whoever waits hears how far it is, and gets the answer as if it had come at once', async () => {
  const { heard, headers, answer } = waiter();
  for (const share of [0.25, 0.5]) {
    work.share = share;
    await expect.poll(() => heard.at(-1)).toBe(share);
  }
  work.done({ body: ['Bản Phủ'], headers: { 'X-Total': '7' } });
  expect(await answer).toEqual(['Bản Phủ']);
  expect(headers).toEqual(['7']);
  expect(heard).toEqual([...heard].sort((a, b) => a - b));
});

it('several wait for the same and hear the same; one who leaves takes it from nobody', async () => {
  const leaving = new AbortController();
  const [first, second, third] = [waiter(), waiter(), waiter(leaving.signal)];
  work.share = 0.4;
  for (const { heard } of [first, second, third]) await expect.poll(() => heard.at(-1)).toBe(0.4);
  leaving.abort();
  await expect.poll(() => work.left).toBe(1);
  work.share = 0.8;
  for (const { heard } of [first, second]) await expect.poll(() => heard.at(-1)).toBe(0.8);
  work.done({ body: { people: 12 } });
  expect(await Promise.all([first.answer, second.answer])).toEqual([
    { people: 12 },
    { people: 12 },
  ]);
  expect(third.heard.at(-1)).toBe(0.4);
});

it('a program that asks for nothing special gets the plain answer, however long it takes', async () => {
  const plain = fetch(url);
  const told = waiter();
  await expect.poll(() => told.heard.length).toBeGreaterThan(1);
  work.done({ body: [1, 2], headers: { 'X-Total': '2' } });
  const response = await plain;
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(response.headers.get('x-total')).toBe('2');
  expect(await response.json()).toEqual([1, 2]);
});

it('an answer that is there at once comes as it always does, also to whoever would wait', async () => {
  work.done({ body: { quick: true } });
  const response = await fetch(url, { headers: { Accept: LONG_ANSWER } });
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual({ quick: true });
});

it('a refusal in the middle is a refusal with its code', async () => {
  const { heard, answer } = waiter();
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  work.done({ code: 'not_found', message: 'There is no unit 99.', path: 'unit' });
  expect(await refusalOf(answer)).toMatchObject({ code: 'not_found', path: 'unit' });
});

it('a mistake of ours in the middle is told as one, to all who wait', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const both = [waiter(), waiter()];
  for (const { heard } of both) await expect.poll(() => heard.length).toBeGreaterThan(0);
  work.fails(new Error('the log is gone'));
  for (const { answer } of both) {
    const refusal = await refusalOf(answer);
    expect(refusal).toMatchObject({ code: 'unavailable' });
    expect(JSON.stringify(refusal)).not.toContain('log is gone');
  }
  expect(complaints).toHaveBeenCalled();
  complaints.mockRestore();
});

it('a line that is cut in the middle is no answer, and no refusal either', async () => {
  const { heard, answer } = waiter();
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  http.closeAllConnections();
  expect(await refusalOf(answer)).toMatch(/TypeError/);
});
