import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition, at most a minute unless told, whatever the clock on the wall does. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await pause(5);
  }
}
