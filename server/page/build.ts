/** The built client: made when its sources are not those it was made from. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, StartError } from '../errors.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCES = ['client', 'data', '.config', 'vite.config.ts', 'package-lock.json'];
/** In data/, what no browser ever sees. */
const NOT_CLIENT = ['pipeline', 'territory'].map((name) => path.join(ROOT, 'data', name));

/** Where the built client lies. */
export const PAGE_FOLDER = path.join(ROOT, '.build/client');
/** In that folder: what it was built from. */
const STAMP = '.vite/built-from';

/** Fingerprint of everything that the client is built from: the `build` that clients are told. */
export async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  const add = async (file: string): Promise<void> => {
    hash.update(path.relative(ROOT, file)).update(await readFile(file));
  };
  for (const source of SOURCES) {
    const entries = await readdir(path.join(ROOT, source), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => undefined);
    if (!entries) {
      await add(path.join(ROOT, source));
      continue;
    }
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !NOT_CLIENT.some((folder) => file.startsWith(folder + path.sep)));
    for (const file of files.sort()) await add(file);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Builds the client unless the one that is there was built from just these sources. Two servers may begin
 * at once: each builds for itself and puts the whole in place, so that nobody meets half of it.
 */
export async function ensurePage(build: string): Promise<'built' | 'fresh'> {
  if ((await builtFrom()) === build) return 'fresh';
  const made = `${PAGE_FOLDER}.${process.pid}`;
  const before = `${made}.before`;
  try {
    await runVite(made);
    await writeFile(path.join(made, STAMP), build);
    await rename(PAGE_FOLDER, before).catch(unlessMissing);
    await rename(made, PAGE_FOLDER);
  } catch (error) {
    // The other one was faster, with the same.
    if ((await builtFrom()) !== build) throw error;
  } finally {
    for (const folder of [made, before]) await rm(folder, { recursive: true, force: true });
  }
  return 'built';
}

async function builtFrom(): Promise<string | undefined> {
  return readFile(path.join(PAGE_FOLDER, STAMP), 'utf8').catch(() => undefined);
}

function unlessMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

/** In a process of its own, so that the server's start and the build share the two cores. */
function runVite(into: string): Promise<void> {
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', into], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new StartError(`The client cannot be built:\n${said.trim()}`));
    });
  });
}
