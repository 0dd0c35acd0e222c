/**
 * What a benchmark is. A file `tests/bench/<name>.bench.ts` says
 *
 *     export default bench({ name: 'one edit', goal: '…in the words of the issue', run });
 *
 * and `run` answers its findings, mostly made with `compare`, which times two things in turn in one
 * run: a ratio says the same on a busy machine as on an idle one, milliseconds do not. Whatever is
 * random is drawn from a seed. Every benchmark has a process of its own.
 */

export interface Bench {
  name: string;
  /** What is wanted, in a sentence, with its figures. */
  goal: string;
  run(): Promise<Finding[]>;
}

export interface Finding {
  /** What was measured. */
  what: string;
  figures: string;
  /** `shown` is for figures that nothing hangs on, such as milliseconds. */
  verdict: 'met' | 'not met' | 'shown';
}

export function bench(description: Bench): Bench {
  return description;
}

/** Middle and spread of some measurements. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), least: quantile(values, 0), most: quantile(values, 1) };
}

/** The value that a share (0–1) of the values does not exceed; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export interface Contender {
  run(): unknown;
  /** Calls per measurement, for what is too short for the clock; 1 unless told. */
  times?: number;
}

export interface Comparison {
  /** Milliseconds a call. */
  ours: Spread;
  baseline: Spread;
  /** Ours ÷ baseline of each round. */
  ratio: Spread;
}

/** Times two things in turn: after `warmUp` rounds that do not count, `rounds` that do. */
export async function compare(
  ours: Contender,
  baseline: Contender,
  { rounds = 9, warmUp = 3 } = {},
): Promise<Comparison> {
  const oursMs: number[] = [];
  const baselineMs: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const first = await millisecondsOf(ours);
    const second = await millisecondsOf(baseline);
    if (round < 0) continue;
    oursMs.push(first);
    baselineMs.push(second);
  }
  return {
    ours: spreadOf(oursMs),
    baseline: spreadOf(baselineMs),
    ratio: spreadOf(oursMs.map((ms, round) => ms / (baselineMs[round] ?? NaN))),
  };
}

async function millisecondsOf({ run, times = 1 }: Contender): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return (performance.now() - start) / times;
}

/** The finding of a comparison: met where the median ratio is at most `atMost`. */
export function ratioFinding(
  what: string,
  baselineName: string,
  { ours, baseline, ratio }: Comparison,
  atMost: number,
): Finding {
  return {
    what,
    figures:
      `${duration(ours)} against ${duration(baseline)} of ${baselineName}: ` +
      `ratio ${number(ratio.median)} (${number(ratio.least)}–${number(ratio.most)}), ` +
      `wanted at most ${number(atMost)}`,
    verdict: ratio.median <= atMost ? 'met' : 'not met',
  };
}

/** The finding of a figure that has a limit of its own. */
export function limitFinding(what: string, value: number, atMost: number, unit: string): Finding {
  return {
    what,
    figures: `${number(value)} ${unit}, wanted at most ${number(atMost)} ${unit}`,
    verdict: value <= atMost ? 'met' : 'not met',
  };
}

/** `12.3 ms (11.9–14.0)`, in ms or µs. */
export function duration({ median, least, most }: Spread): string {
  const [scale, unit] = median < 0.1 ? [1000, 'µs'] : [1, 'ms'];
  return `${number(median * scale)} ${unit} (${number(least * scale)}–${number(most * scale)})`;
}

/** Three digits that matter. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
