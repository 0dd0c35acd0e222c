/** The import that the panel shows, kept current while something is done to it. */
import type {
  ApplyImport,
  ImportJob,
  ImportMapping,
  ImportPoint,
  ImportSeen,
} from '../../data/wire/imports.ts';
import { ask, Refused } from '../live/ask.ts';

export type Problem = { kind: 'unreachable' } | { kind: 'refused'; code: string; message: string };

const LOOK_MS = 500;

class Importing {
  job = $state.raw<ImportSeen | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The rows of the import as points; empty until they are known. */
  points = $state.raw<readonly ImportPoint[]>([]);
  /** Grows when rows may be other ones than before. */
  revision = $state(0);

  /** Follows an import until it rests, or until what it answers is called. */
  follow(id: number): () => void {
    if (this.job?.id !== id) {
      this.job = null;
      this.points = [];
    }
    this.problem = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const job = await ask<ImportSeen>(`/api/imports/${id}`, { signal: stop.signal });
        if (stop.signal.aborted) return;
        const before = this.job;
        this.job = job;
        if (before?.state !== job.state) {
          this.revision++;
          if (isAtRest(job)) void this.#loadPoints(id, stop.signal);
        }
        if (!isAtRest(job)) timer = setTimeout(look, LOOK_MS);
      } catch (error) {
        if (stop.signal.aborted) return;
        this.problem = problemOf(error);
        if (this.problem.kind === 'unreachable') timer = setTimeout(look, LOOK_MS * 5);
      }
    };
    void look();
    this.#again = () => {
      clearTimeout(timer);
      void look();
    };
    return () => {
      stop.abort();
      clearTimeout(timer);
      this.#again = () => undefined;
    };
  }
  #again: () => void = () => undefined;

  readAgain(mapping: ImportMapping): Promise<boolean> {
    return this.#do((id) => ask(`/api/imports/${id}/mapping`, { body: mapping }));
  }

  /** Applies it; where a province asks for approval it is proposed, with a word. */
  apply(wish: ApplyImport): Promise<boolean> {
    return this.#do((id) => ask(`/api/imports/${id}/apply`, { body: wish }));
  }

  /** Decides about it, while it is proposed. */
  decide(decision: 'accept' | 'return' | 'withdraw', body: { word?: string }): Promise<boolean> {
    const proposal = this.job?.proposal?.id;
    return this.#do(() => ask(`/api/proposals/${proposal}/${decision}`, { body }));
  }

  undo(): Promise<boolean> {
    return this.#do((id) => ask(`/api/imports/${id}/undo`, { body: {} }));
  }

  discard(): Promise<boolean> {
    return this.#do((id) => ask(`/api/imports/${id}`, { method: 'DELETE' }));
  }

  /** Does something to the import; the following shows how far it is meanwhile. */
  async #do(work: (id: number) => Promise<unknown>): Promise<boolean> {
    const { job } = this;
    if (!job) return false;
    this.problem = null;
    const soon = setTimeout(() => this.#again(), LOOK_MS / 2);
    try {
      await work(job.id);
      return true;
    } catch (error) {
      this.problem = problemOf(error);
      return false;
    } finally {
      clearTimeout(soon);
      this.revision++;
      this.#again();
    }
  }

  async #loadPoints(id: number, signal: AbortSignal): Promise<void> {
    try {
      const points = await ask<ImportPoint[]>(`/api/imports/${id}/points`, { signal });
      if (!signal.aborted) this.points = points;
    } catch {
      // The table says the same without a map.
    }
  }
}

/** Whether nothing is being done to it. */
export function isAtRest({ state }: ImportJob): boolean {
  return state !== 'reading' && state !== 'applying' && state !== 'undoing';
}

export function problemOf(error: unknown): Problem {
  if (!(error instanceof Refused)) return { kind: 'unreachable' };
  const { code, reason, message } = error.refusal;
  return { kind: 'refused', code: reason?.is === 'file' ? reason.what : code, message };
}

export const importing = new Importing();
