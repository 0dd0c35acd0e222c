/** The worker that generates the demo country; see generate-in-worker.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from './generate-in-worker.ts';
import { generateDemo, type DemoInput } from './generate.ts';

const EVENTS_IN_MESSAGE = 4_000;

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

try {
  const country = generateDemo(workerData as DemoInput, (step) => send({ step }));
  const { events, ...rest } = country;
  for (let from = 0; from < events.length; from += EVENTS_IN_MESSAGE)
    send({ events: events.slice(from, from + EVENTS_IN_MESSAGE) });
  send({ done: rest });
} catch (error) {
  send({ failure: error instanceof Error ? error.message : String(error) });
}
