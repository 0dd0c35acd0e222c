/** Makes the embedded PostgreSQL's cluster and starts its server on it. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import { folderError } from './folder.ts';
import { makeWhole } from './making.ts';
import type { Place } from './place.ts';
import { findPostmaster } from './postmaster.ts';
import type { Programs } from './programs.ts';

/** The cluster's only user, and the name of its database. */
export const NAME = 'phusong';

const BIG_LOG = 5 * 1024 ** 2;

/**
 * Makes a new cluster. The text is UTF-8 and sorted by code point with Unicode's upper and lower case
 * (PostgreSQL's own C.UTF-8, the same on every system); its clock is UTC; its only user has a random
 * password. `initdb` syncs everything at its end, before the cluster is renamed into place.
 */
export async function makeCluster(place: Place, programs: Programs): Promise<void> {
  await makeWhole(place.cluster, async (draft) => {
    const data = join(draft, 'data');
    const password = randomBytes(24).toString('hex');
    const passwordFile = join(draft, 'password');
    await chmod(draft, 0o711);
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flush: true });
    if (place.account) {
      await chown(data, place.account.uid, place.account.gid);
      await chown(passwordFile, place.account.uid, place.account.gid);
    }
    const words = await runInitdb(place, programs, [
      ...[`--pgdata=${data}`, `--username=${NAME}`, `--pwfile=${passwordFile}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--set=timezone=UTC', '--set=log_timezone=UTC'],
    ]);
    if (words !== undefined) {
      throw failure(place, 'PostgreSQL could not make its database', words);
    }
    // From now on the password is ours to read and not PostgreSQL's.
    if (place.account) await chown(passwordFile, 0, 0);
  });
}

/** @throws {StartError} when the cluster was made by another major version of PostgreSQL, or is none. */
export async function checkVersion(place: Place, programs: Programs): Promise<void> {
  const file = join(place.data, 'PG_VERSION');
  const major = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  if (major === programs.major) return;
  if (major === undefined) {
    throw new StartError(
      `The folder ${place.data} holds no PostgreSQL database (${file} cannot be read): ` +
        'bring the database back, or move that folder away to start with an empty one.',
    );
  }
  throw new StartError(
    `The database in ${place.data} was made by PostgreSQL ${major}, and this is PostgreSQL ${programs.major}: ` +
      'back it up with the version of Phủ Sóng that made it (npm run backup) and restore it here into a new data folder.',
  );
}

/**
 * Starts PostgreSQL and waits until it takes connections, recovery after a crash included.
 *
 * Errors of statements go to whoever sent them and not into the log, which would grow for ever.
 *
 * @returns false when another process was faster and PostgreSQL runs already.
 * @throws {StartError} when it ended instead, with the reason from its log.
 */
export async function startPostmaster(place: Place, programs: Programs): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const words = await tryToStart(place, programs);
    if (words === undefined) return true;
    if (/lock file "postmaster.pid" already exists/.test(words)) return false;
    // Somebody took the port in between, or the processes of a killed postmaster are still leaving.
    const passing = /Address already in use|shared memory block .* is still in use/.test(words);
    if (!passing || attempt === 20) {
      throw failure(place, `PostgreSQL could not start (see ${place.log})`, words);
    }
    await pause(250);
  }
}

/** @returns undefined once it is ready; what it wrote in its log when it ended instead. */
async function tryToStart(place: Place, programs: Programs): Promise<string | undefined> {
  const { size } = await stat(place.log).catch(() => ({ size: 0 }));
  if (size > BIG_LOG) await rename(place.log, `${place.log}.old`);
  const log = await open(place.log, 'a+', 0o600).catch((error: unknown) => {
    throw folderError(error, place.dataDir);
  });
  try {
    // Whoever runs PostgreSQL must be able to open the log when they start it without root.
    if (place.account) await log.chown(place.account.uid, place.account.gid);
    const start = (await log.stat()).size;
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(await freePort()),
      unix_socket_directories: '',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      log_min_messages: 'log',
      log_checkpoints: 'off',
    };
    const postgres = spawn(
      programs.postgres,
      [
        '-D',
        place.data,
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      { ...runAs(place), cwd: place.cluster, stdio: ['ignore', log.fd, log.fd] },
    );
    postgres.unref();
    let ended: string | undefined;
    postgres.once('error', (error) => (ended = error.message));
    postgres.once(
      'exit',
      (code, signal) => (ended ??= `it ended with ${signal ?? `code ${code}`}`),
    );
    for (;;) {
      if (ended !== undefined) {
        const { buffer, bytesRead } = await log.read({ position: start });
        return buffer.toString('utf8', 0, bytesRead).trim() || ended;
      }
      const running = await findPostmaster(place.data);
      if (running?.pid === postgres.pid && running?.state === 'ready') return undefined;
      await pause(10);
    }
  } finally {
    await log.close();
  }
}

/** @returns undefined when it went well, or what it said. */
async function runInitdb(
  place: Place,
  programs: Programs,
  options: string[],
): Promise<string | undefined> {
  const initdb = spawn(programs.initdb, options, {
    ...runAs(place),
    cwd: place.home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  initdb.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => {
    initdb.once('error', (error) => resolve(error.message));
    initdb.once('close', (code) => resolve(code === 0 ? undefined : said.trim() || `code ${code}`));
  });
}

/**
 * In a process group of its own, so that Ctrl-C reaches us alone and we decide what ends when. It
 * sees none of our environment: PGDATA, PGOPTIONS and the like would change what it does.
 */
function runAs(place: Place) {
  const { uid, gid } = place.account ?? {};
  return { uid, gid, detached: true, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** One sentence from what PostgreSQL wrote; a full or read-only disk has a sentence of its own. */
function failure(place: Place, what: string, words: string): StartError {
  if (/No space left on device|Disk quota exceeded/.test(words)) {
    return folderError({ code: 'ENOSPC' }, place.dataDir);
  }
  if (/Read-only file system/.test(words)) return folderError({ code: 'EROFS' }, place.dataDir);
  const lines = words.split('\n').filter((line) => line !== '');
  const line = lines.find((each) => /FATAL|PANIC|error/.test(each)) ?? lines.at(-1) ?? words;
  return new StartError(
    `${what}: ${line.replace(/^.*?(FATAL|PANIC|error): */, '')}; ` +
      'put that right, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}
