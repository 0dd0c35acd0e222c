/**
 * The life of the embedded PostgreSQL: found running (a killed server leaves it so) or made and
 * started, shared by the processes that use its data folder, stopped by the last of them.
 *
 * Each of them keeps one connection for as long as it runs, and on it two advisory locks: `PRESENCE`
 * shared by all, by which the last one knows that it is alone, and `SERVER`, which one server has.
 * PostgreSQL gives up a dead process's locks by itself, so kill -9 leaves nothing behind.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { codeOf, StartError } from '../errors.ts';
import { checkVersion, makeCluster, NAME, startPostmaster } from './cluster.ts';
import { clientFor } from './connect.ts';
import { ensureRoom, folderError, prepareFolder } from './folder.ts';
import { sweepUnfinished } from './making.ts';
import type { Database, OpenOptions } from './open.ts';
import { findPlace, type Place } from './place.ts';
import { findPostmaster, worksIn, type Postmaster } from './postmaster.ts';
import { findPrograms, installPrograms, removeOldPrograms } from './programs.ts';

/** Programs 60 MB, an empty cluster 40 MB, and room for the first writes. */
const ROOM_TO_MAKE_MB = 200;
/** One segment of PostgreSQL's own log: with less than that it stops at the next commit. */
const ROOM_TO_START_MB = 20;
/** How long a PostgreSQL that says it is ready, or is stopping, may leave us waiting. */
const PATIENCE_MS = 30_000;
/** A server that is just leaving, or was just killed, has its lock for another moment. */
const LOCK_PATIENCE_MS = 1_000;

const LOCKS = 0x70687573;
const PRESENCE = 1;
const SERVER = 2;

/** One process's hold on a running PostgreSQL. */
interface Hold {
  postmaster: Postmaster;
  client: pg.Client;
}

type Progress = (message: string) => void;

/** See `openDatabase`. */
export async function openEmbedded(options: OpenOptions): Promise<Database> {
  const { dataDir, onProgress = () => undefined, lock = 'server' } = options;
  const place = await findPlace(await prepareFolder(dataDir));
  const hold = await attach(place, onProgress);
  try {
    if (lock === 'server') await takeServerLock(hold.client, place);
  } catch (error) {
    await leave(place, hold);
    throw error;
  }

  let leaving: Promise<void> | undefined;
  const lost = new Promise<StartError>((resolve) => {
    hold.client.once('end', () => {
      if (leaving) return;
      resolve(new StartError(`The database in ${place.home} ended: ${place.log} says why.`));
    });
  });
  const close = () => (leaving ??= leave(place, hold));
  const url = await addressOf(place, hold.postmaster);
  return { url, embedded: true, home: place.home, lost, close };
}

/** Finds PostgreSQL running on the data folder or starts it, and becomes one of its users. */
async function attach(place: Place, progress: Progress): Promise<Hold> {
  let ours = false;
  let announced = false;
  let deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const postmaster = await findPostmaster(place.data);
    if (!postmaster) {
      ours = await start(place, progress);
      continue;
    }
    if (!ours && !announced) {
      progress(`PostgreSQL is running already (pid ${postmaster.pid}), using it`);
      announced = true;
    }
    const client = postmaster.state === 'ready' && (await enter(place, postmaster));
    if (client) return { postmaster, client };
    // Recovery after a crash takes as long as it takes; anything else that long is wrong.
    if (postmaster.state === 'starting') deadline = Date.now() + PATIENCE_MS;
    if (Date.now() > deadline) {
      throw new StartError(
        `PostgreSQL (pid ${postmaster.pid}) runs in ${place.home} and does not answer: ` +
          `stop it (kill -INT ${postmaster.pid}) and start again.`,
      );
    }
    await pause(20);
  }
}

/** @returns whether we started PostgreSQL (and not another process that was faster). */
async function start(place: Place, progress: Progress): Promise<boolean> {
  const programs = await findPrograms(place.home);
  try {
    await sweepUnfinished(place.home);
    await ensureRoom(place.home, place.exists ? ROOM_TO_START_MB : ROOM_TO_MAKE_MB);
    if (!place.exists) tellAboutNew(place, progress);
    await installPrograms(programs);
    if (!place.exists) await makeCluster(place, programs);
  } catch (error) {
    throw folderError(error, place.dataDir);
  }
  place.exists = true;
  await checkVersion(place, programs);
  progress('Starting PostgreSQL');
  const ours = await startPostmaster(place, programs);
  if (ours) await removeOldPrograms(programs);
  return ours;
}

function tellAboutNew(place: Place, progress: Progress): void {
  const { account, dataDir, home } = place;
  if (account) progress(`PostgreSQL refuses to run as root: it runs as the user ${account.name}`);
  if (home === dataDir) progress(`Making the database in ${home}`);
  else progress(`That user may not enter ${dataDir}: making the database in ${home}`);
}

/**
 * Connects and takes a share of the presence lock, making the database itself the first time.
 *
 * @returns undefined when PostgreSQL cannot be used at this moment (starting, stopping, crowded).
 */
async function enter(place: Place, postmaster: Postmaster): Promise<pg.Client | undefined> {
  const client = await connectTo(place, postmaster, NAME);
  if (client === 'no such database') {
    const first = await connectTo(place, postmaster, 'postgres');
    if (first && first !== 'no such database') {
      await first.query(`create database ${NAME}`).catch((error: unknown) => {
        // 42P04, 23505: another process has made it, or is making it, at the same time.
        if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error;
      });
      await first.end();
    }
    return undefined;
  }
  if (!client) return undefined;
  if (await tryLock(client, 'pg_try_advisory_lock_shared', PRESENCE)) return client;
  // The last user is stopping PostgreSQL right now.
  await client.end();
  return undefined;
}

async function connectTo(
  place: Place,
  postmaster: Postmaster,
  database: string,
): Promise<pg.Client | 'no such database' | undefined> {
  const client = clientFor(await addressOf(place, postmaster, database), `phusong ${process.pid}`);
  // A line that breaks later is told by the event `end`; unheard, `error` would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (codeOf(error) === '3D000') return 'no such database';
    if (codeOf(error) !== '28P01') return undefined;
    throw new StartError(
      `PostgreSQL in ${place.home} does not accept the password in ${join(place.cluster, 'password')}: ` +
        'that file was changed or belongs to another database; bring the right one back.',
    );
  }
}

/** @throws {StartError} when another server has the data folder. */
async function takeServerLock(client: pg.Client, place: Place): Promise<void> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  while (!(await tryLock(client, 'pg_try_advisory_lock', SERVER))) {
    if (Date.now() < deadline) {
      await pause(50);
      continue;
    }
    const { rows } = await client.query<{ name: string }>(
      `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.granted and l.classid = $1::oid and l.objid = $2::oid`,
      [LOCKS, SERVER],
    );
    const pid = rows[0]?.name.replace(/\D/g, '') ?? 'unknown';
    throw new StartError(
      `Another Phủ Sóng server (pid ${pid}) already uses the data folder ${place.dataDir}: ` +
        'stop it first, or set PHUSONG_DATA_DIR to another folder.',
    );
  }
}

/** Gives up our share; whoever then gets the presence lock for itself is the last, and stops PostgreSQL. */
async function leave(place: Place, { client, postmaster }: Hold): Promise<void> {
  let last = false;
  try {
    await client.query('select pg_advisory_unlock_shared($1, $2)', [LOCKS, PRESENCE]);
    last = await tryLock(client, 'pg_try_advisory_lock', PRESENCE);
  } catch {
    // The line is gone: PostgreSQL has ended, or the next start finds it running.
  }
  if (last && (await worksIn(postmaster.pid, place.data))) await stop(place, postmaster);
  await client.end().catch(() => undefined);
}

/**
 * Stops PostgreSQL: `SIGINT` ends its sessions, brings everything to the data files and leaves.
 * Should that take more than a minute, `SIGQUIT` leaves at once; nothing is lost, the next start
 * replays PostgreSQL's log.
 */
async function stop(place: Place, { pid }: Postmaster): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const deadline = Date.now() + 60_000;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return;
      throw error;
    }
    while (Date.now() < deadline) {
      if (!(await worksIn(pid, place.data))) return;
      await pause(10);
    }
  }
}

async function tryLock(
  client: pg.Client,
  how: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
  which: number,
): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(`select ${how}($1, $2) as got`, [
    LOCKS,
    which,
  ]);
  return rows[0]?.got === true;
}

/** The password is random hexadecimal, so it needs no escaping. */
async function addressOf(place: Place, postmaster: Postmaster, database = NAME): Promise<string> {
  const file = join(place.cluster, 'password');
  const password = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartError(
      `The password of the database cannot be read from ${file}: bring that file back.`,
      { cause: error },
    );
  });
  return `postgres://${NAME}:${password}@127.0.0.1:${postmaster.port}/${database}?sslmode=disable`;
}
