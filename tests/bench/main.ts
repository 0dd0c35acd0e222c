/**
 * `npm run bench [name …]`: runs the benchmarks whose file name holds one of the names, or all, one
 * after another, each in a process of its own, so that none meets another's garbage. Exits with 1
 * when a goal was not met.
 */
import { fork } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';

const names = process.argv.slice(2);
const all = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.ts'));
const chosen = all.filter(
  (file) => names.length === 0 || names.some((name) => file.includes(name)),
);
if (chosen.length === 0) {
  console.error(`No benchmark is called ${names.join(' or ')}; there are: ${all.join(', ')}`);
  process.exit(1);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
const failed: string[] = [];
for (const file of chosen.sort()) if ((await exitCodeOf(file)) !== 0) failed.push(file);
console.log(failed.length === 0 ? '\nEvery goal met.' : `\nNot met: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function exitCodeOf(file: string): Promise<number | null> {
  return new Promise((resolve) => {
    fork(new URL('./one.ts', import.meta.url), [file]).once('exit', resolve);
  });
}
