/** The worker that unpacks a people grid; its arrays are shared, so that sending them copies nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { unpackGrid, type WorkerAnswer } from './grid.ts';

function answer(): WorkerAnswer {
  try {
    if (!(workerData instanceof Uint8Array))
      return { failure: 'a worker needs the bytes of a pack' };
    return { grid: unpackGrid(workerData) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(answer());
