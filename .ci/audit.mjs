/**
 * Whether any package that we depend on has a known hole of severity high or critical. A registry
 * that does not answer that (a closed network, a mirror without advisories) leaves it unchecked,
 * which is said and is no failure; a hole is one.
 */
import { spawnSync } from 'node:child_process';

const FOLDERS = ['.', 'data/pipeline'];
const WITHIN_MS = 60_000;

for (const cwd of FOLDERS) {
  const { stdout, error } = spawnSync('npm', ['audit', '--json'], {
    ...{ cwd, encoding: 'utf8', timeout: WITHIN_MS, maxBuffer: 64 * 1024 * 1024 },
  });
  const report = parse(stdout);
  const counts = report?.metadata?.vulnerabilities;
  if (counts === undefined) {
    const why = report?.message ?? report?.error?.summary ?? error?.message ?? 'no answer';
    console.log(`npm audit in ${cwd}: unchecked, the registry does not answer (${why}).`);
  } else if (counts.high + counts.critical === 0) {
    const rest = counts.info + counts.low + counts.moderate;
    console.log(`npm audit in ${cwd}: clean at high${rest > 0 ? `; ${rest} less severe` : ''}.`);
  } else {
    console.error(`npm audit in ${cwd}: ${counts.critical} critical, ${counts.high} high.`);
    for (const { name, severity, range } of Object.values(report.vulnerabilities))
      if (severity === 'high' || severity === 'critical')
        console.error(`  ${severity}: ${name} ${range}`);
    process.exitCode = 1;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
