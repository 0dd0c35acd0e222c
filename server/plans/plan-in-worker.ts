/**
 * Makes a plan in a worker, so that the server goes on answering and the stream flowing meanwhile.
 * The grid lies in shared memory; what is covered is handed over.
 */
import { Worker } from 'node:worker_threads';
import type { Answer } from './plan.ts';
import type { Question } from './question.ts';

/** What the worker sends: how far it is, then the answer or why there is none. */
export type WorkerMessage = { progress: number } | { answer: Answer } | { failure: string };

export interface Planning {
  /** Rejects where no plan comes of it, also when it was stopped. */
  answer: Promise<Answer>;
  stop(): void;
}

/** As `makePlan`, elsewhere; `question.covered` is gone afterwards. */
export function planInWorker(
  question: Question,
  onProgress: (share: number) => void = () => undefined,
): Planning {
  const worker = new Worker(new URL('./plan-worker.mjs', import.meta.url), {
    workerData: question,
    transferList: [question.covered.buffer as ArrayBuffer],
    execArgv: [],
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if ('progress' in message) onProgress(message.progress);
      else if ('answer' in message) resolve(message.answer);
      else reject(new Error(message.failure));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('making a plan ended without one')));
  });
  return { answer, stop: () => void worker.terminate() };
}
