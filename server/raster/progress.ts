/** Tells at the terminal how far a long step is: nothing in its first second, then a line a second. */
const EVERY_MS = 1_000;

/** `now` is a clock in milliseconds. */
export function progressLines(
  say: (line: string) => void,
  now: () => number,
): (step: string, done: number, of: number) => void {
  let current = '';
  let told = 0;
  return (step, done, of) => {
    if (step !== current) {
      current = step;
      told = now();
    }
    if (now() - told < EVERY_MS) return;
    told = now();
    say(`${step}: ${Math.floor((100 * done) / Math.max(1, of))} %`);
  };
}
