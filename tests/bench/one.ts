/** Runs one benchmark, named by its file, and prints what it found; exits with 1 on a missed goal. */
import type { Bench, Finding } from './bench.ts';

const SIGN: Record<Finding['verdict'], string> = { met: '✓', 'not met': '✗', shown: '·' };

const { default: bench } = (await import(`./${process.argv[2]}`)) as { default: Bench };
console.log(`\n${bench.name}\n  goal: ${bench.goal}`);
const findings = await bench.run();
for (const { what, figures, verdict } of findings)
  console.log(`  ${SIGN[verdict]} ${what}: ${figures}`);
process.exit(findings.some(({ verdict }) => verdict === 'not met') ? 1 : 0);
