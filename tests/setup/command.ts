/** One of the product's commands, as a person runs it at the terminal. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  /** What it said, and what it complained of. */
  said: string;
  complained: string;
}

/** Runs `server/<script>` with these variables on top of the environment. */
export function runCommand(
  script: string,
  words: readonly string[],
  environment: Record<string, string>,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', `server/${script}`, ...words], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, said, complained: complained.trim() }));
  });
}
