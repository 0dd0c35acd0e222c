/** The worker that makes a plan; see plan-in-worker.ts. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from './plan-in-worker.ts';
import { makePlan } from './plan.ts';
import type { Question } from './question.ts';

const PROGRESS_MS = 250;

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

// On Linux the priority is the thread's own, elsewhere it would be the whole server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

let sentAt = -Infinity;
function tell(progress: number): void {
  const now = performance.now();
  if (now - sentAt < PROGRESS_MS) return;
  sentAt = now;
  send({ progress });
}

try {
  send({ answer: makePlan(workerData as Question, tell) });
} catch (error) {
  send({ failure: error instanceof Error ? error.message : String(error) });
}
