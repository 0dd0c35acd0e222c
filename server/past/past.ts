/**
 * The past of the living country, worked out in a worker of its own, so that the stream flows on
 * meanwhile. The worker begins when it is first asked and ends when nobody has asked for a while.
 */
import { Worker } from 'node:worker_threads';
import type { UnitEstimates } from '../../data/model/estimate.ts';
import type { UnitCounts } from '../../data/wire/past.ts';
import type { Ground } from '../country/ground.ts';
import type { LiveCountry } from '../country/live.ts';
import type { Encoding } from '../http/compressed-snapshot.ts';
import { codeHash } from '../log/states.ts';
import type { PeopleGrid } from '../territory/territory.ts';
import { EVENTS_PER_PAST } from './kept-states.ts';
import { Preparing, type PastMethod } from './past-country.ts';

export interface Setup {
  url: string;
  pack: Uint8Array;
  /** In shared memory. */
  grid: PeopleGrid;
  code: string;
}

export type Question =
  /** The country with the estimates of a method, or the estimates alone, as a snapshot. */
  | { want: 'snapshot' | 'estimates'; seq: number; method: PastMethod; encoding: Encoding }
  | { want: 'state'; seq: number; unit: string };

export type Answer =
  | { bytes: Uint8Array; length: number }
  | { counts: UnitCounts; rows: UnitEstimates };

export type ToWorker = { id: number; question: Question } | { fill: number };
export type FromWorker =
  | { id: number; answer: Answer }
  | { id: number; preparing: true }
  | { id: number; failure: string }
  /** How far the states are that are being made, 0–1. */
  | { filled: number };

/** Questions that wait at most: a worker answers one or two a second. */
const MOST_WAITING = 40;
/** Answers kept for those who ask for the same moment: a megabyte each. */
const MOST_KEPT = 12;
/** A worker that nobody asks ends after this long: it holds a country and its people. */
const IDLE_MS = 60 * 60_000;
/** States are made so long after a start or a stretch of the log: there is no hurry. */
const FILL_AFTER_MS = 60_000;

export class Busy extends Error {}

export interface Past {
  /** Throws `Preparing` while the states on the way are being made, `Busy` where too many wait. */
  ask(question: Question): Promise<Answer>;
  /** Lets the worker begin, which takes a few seconds, for somebody who is going to ask. */
  warm(): void;
  /** How far the states are that are being made, 0–1; 1 when there is nothing to make. */
  readonly filled: number;
  close(): Promise<void>;
}

export function openPast(options: {
  live: LiveCountry;
  url: string;
  /** Asked whether nothing may be written. */
  isFull: () => boolean;
  fillAfterMs?: number;
}): Past {
  const { live, url, isFull, fillAfterMs = FILL_AFTER_MS } = options;
  let running: { worker: Promise<Worker>; ground: Ground } | undefined;
  const waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: unknown) => void }
  >();
  const kept = new Map<string, Promise<Answer>>();
  let asked = 0;
  let filled = 1;
  let filling = false;
  let filledTo = 0;
  let closed = false;
  let idle: NodeJS.Timeout | undefined;
  let due: NodeJS.Timeout | undefined;

  function rest(): void {
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (waiting.size === 0 && !filling) void end();
      else rest();
    }, IDLE_MS).unref();
  }

  async function start(ground: Ground): Promise<Worker> {
    const { territory, grid } = ground;
    const setup: Setup = { url, pack: territory.bytes, grid, code: await codeHash() };
    const worker = new Worker(new URL('./past-worker.mjs', import.meta.url), {
      workerData: setup,
      execArgv: [],
    });
    worker.unref();
    worker.on('message', hear);
    worker.on('error', (error) =>
      console.error('The worker of the past ended; it begins anew.', error),
    );
    worker.once('exit', () => {
      if (running?.ground === ground) running = undefined;
      filling = false;
      filled = 1;
      for (const { reject } of waiting.values()) reject(new Preparing('the past begins anew'));
      waiting.clear();
    });
    return worker;
  }

  function hear(message: FromWorker): void {
    if ('filled' in message) {
      filled = message.filled;
      if (filled === 1) filling = false;
      return;
    }
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if ('answer' in message) one?.resolve(message.answer);
    else if ('preparing' in message) {
      void fill();
      one?.reject(new Preparing('the states are being made'));
    } else one?.reject(new Error(message.failure));
  }

  /** The worker on the boundaries and people in use; undefined before there are any. */
  async function worker(): Promise<Worker | undefined> {
    const { ground } = live;
    if (!ground || closed) return undefined;
    if (running && running.ground !== ground) await end();
    running ??= { worker: start(ground), ground };
    rest();
    return running.worker;
  }

  async function end(): Promise<void> {
    const ending = running;
    running = undefined;
    kept.clear();
    await (await ending?.worker)?.terminate();
  }

  async function fill(): Promise<void> {
    if (filling || closed || isFull()) return;
    filling = true;
    filledTo = live.country.seq;
    const message: ToWorker = { fill: filledTo };
    (await worker())?.postMessage(message);
  }

  /** The states of what has happened are made once there are enough of them, and some rest. */
  function look(): void {
    if (closed || due || live.country.seq - filledTo < EVENTS_PER_PAST) return;
    due = setTimeout(() => {
      due = undefined;
      void fill();
    }, fillAfterMs).unref();
  }
  live.onApplied((_applied, reset) => {
    if (reset) kept.clear();
    look();
  });
  look();

  async function answer(question: Question): Promise<Answer> {
    if (waiting.size >= MOST_WAITING) throw new Busy('too many wait for the past');
    const answering = await worker();
    if (!answering) throw new Error('there is no territory to look back on');
    const id = ++asked;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      const message: ToWorker = { id, question };
      answering.postMessage(message);
    });
  }

  return {
    get filled() {
      return filled;
    },
    ask(question) {
      const key = JSON.stringify(question);
      const known = kept.get(key);
      const made = known ?? answer(question);
      kept.delete(key);
      kept.set(key, made);
      if (!known) made.catch(() => kept.delete(key));
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return made;
    },
    warm() {
      void worker();
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      clearTimeout(due);
      await end();
    },
  };
}
