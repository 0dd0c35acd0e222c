/**
 * Generates the demo country in a worker, so that a server goes on answering meanwhile. The arrays
 * of the grid are shared where they lie in shared memory; the events come back in parts, so that
 * taking them in never holds the server up for long.
 */
import { Worker } from 'node:worker_threads';
import type { StagedEvent } from '../log/append.ts';
import type { PeopleGrid, Territory } from '../territory/territory.ts';
import type { DemoCountry, DemoInput, Step } from './generate.ts';
import type { DemoTerritory } from './land.ts';

/** What the worker sends: where it is, then parts of the list, then the rest or why there is none. */
export type WorkerMessage =
  | { step: Step }
  | { events: StagedEvent[] }
  | { done: Omit<DemoCountry, 'events'> }
  | { failure: string };

/** Room for short-lived objects: half a million of them are made within seconds. */
const YOUNG_GENERATION_MB = 128;

/** As `generateDemo`, elsewhere; rejects with what it threw. */
export function generateInWorker(
  input: DemoInput,
  onProgress: (step: Step) => void = () => undefined,
): Promise<DemoCountry> {
  const worker = new Worker(new URL('./generate-worker.mjs', import.meta.url), {
    workerData: input,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  return new Promise((resolve, reject) => {
    const events: StagedEvent[] = [];
    worker.on('message', (message: WorkerMessage) => {
      if ('step' in message) onProgress(message.step);
      else if ('events' in message) for (const event of message.events) events.push(event);
      else if ('done' in message) resolve({ events, ...message.done });
      else reject(new Error(message.failure));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('generating the demo ended without a result')));
  });
}

/** What the generator needs to know of a territory, as plain data. */
export function demoTerritory(
  territory: Pick<Territory, 'provinces' | 'communes' | 'centreOf'>,
  grid: PeopleGrid,
): DemoTerritory {
  const { provinces, communes } = territory;
  const codes = [...provinces, ...communes].map(({ code }) => code);
  const centres = Object.fromEntries(codes.map((code) => [code, territory.centreOf(code)]));
  return { grid, provinces, communes, centres };
}
