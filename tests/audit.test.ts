/** What `.ci/audit.mjs` makes of the answers that npm gives. */
import { execFile } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from './setup/folder.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('audit');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs it with an npm in front that answers this. */
async function auditWith(answer: object | string) {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const npm = path.join(folder, 'npm');
  await writeFile(npm, `#!/bin/sh\ncat <<'ANSWER'\n${text}\nANSWER\n`);
  await chmod(npm, 0o755);
  return new Promise<{ code: number; said: string }>((resolve) => {
    const environment = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
    const options = { cwd: ROOT, env: environment };
    const child = execFile(process.execPath, ['.ci/audit.mjs'], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

const counted = (more: object) => ({
  metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...more } },
});

test('says that all is clean at high, and how much is less severe', async () => {
  expect(await auditWith(counted({}))).toMatchObject({ code: 0 });
  const { code, said } = await auditWith(counted({ moderate: 2 }));
  expect(code).toBe(0);
  expect(said).toContain('npm audit in .: clean at high; 2 less severe.');
});

test('fails on what is high or critical, and names it', async () => {
  const hole = { name: 'left-pad', severity: 'critical', range: '<1.3.0' };
  const { code, said } = await auditWith({
    ...counted({ critical: 1, low: 1 }),
    vulnerabilities: { 'left-pad': hole, other: { ...hole, name: 'other', severity: 'low' } },
  });
  expect(code).toBe(1);
  expect(said).toContain('1 critical, 0 high');
  expect(said).toContain('critical: left-pad <1.3.0');
  expect(said).not.toContain('other');
});

test('says that it is unchecked where the registry does not answer, and lets that pass', async () => {
  for (const answer of [{ message: '405 Method Not Allowed' }, 'npm error ENOTFOUND', '']) {
    const { code, said } = await auditWith(answer);
    expect(code).toBe(0);
    expect(said).toContain('unchecked, the registry does not answer');
  }
});
