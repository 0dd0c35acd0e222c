/**
 * An answer of the server about the open unit that is kept current: asked for again when estimates of
 * the unit or the things that it is about changed, at most once in a few seconds.
 */
import type { TableName } from '../../data/model/columns.ts';
import { isPassing, problemOf, type Problem } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';

const AGAIN_MS = 4_000;

type Asking<T> = (
  address: string,
  signal: AbortSignal,
  tell: (share: number) => void,
) => Promise<T>;

export class Following<T> {
  /** What was answered last, and to which address; null before. Reactive. */
  newest = $state.raw<{ address: string; answer: T } | null>(null);
  /** Why there is no answer; null where there is one. Reactive. */
  problem = $state.raw<Problem | null>(null);
  /** How far an answer is that takes long, 0–1; null where none is waited for. Reactive. */
  progress = $state<number | null>(null);

  readonly #ask: Asking<T>;
  /** Things of this table are what it is about. */
  readonly #table: TableName;

  constructor(ask: Asking<T>, table: TableName = 'hamlets') {
    this.#ask = ask;
    this.#table = table;
  }

  /** Keeps the answer at an address current, until what it answers is called. */
  follow(address: string, unit: string): () => void {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    let changed = false;
    let askedAt = -Infinity;

    const look = async (): Promise<void> => {
      timer = undefined;
      asking = true;
      changed = false;
      askedAt = performance.now();
      try {
        const answer = await this.#ask(address, stop.signal, (share) => {
          if (!stop.signal.aborted) this.progress = share;
        });
        if (stop.signal.aborted) return;
        this.newest = { address, answer };
        this.problem = null;
      } catch (error) {
        if (stop.signal.aborted) return;
        const problem = problemOf(error);
        // What was answered before stays when the line is cut, which is told elsewhere.
        if (problem !== 'unreachable' || this.newest?.address !== address) this.problem = problem;
        changed ||= isPassing(problem);
      }
      asking = false;
      this.progress = null;
      if (changed) again();
    };
    const again = (): void => {
      changed = true;
      if (asking || stop.signal.aborted) return;
      timer ??= setTimeout(() => void look(), Math.max(0, askedAt + AGAIN_MS - performance.now()));
    };

    const quiet = [
      live.onEstimates((units) => {
        if (units.includes(unit)) again();
      }),
      live.onTouched((touched) => {
        if (touched.some((one) => 'table' in one && one.table === this.#table)) again();
      }),
    ];
    this.problem = this.progress = null;
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
      for (const end of quiet) end();
    };
  }
}
