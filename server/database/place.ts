/**
 * Where the embedded PostgreSQL lives and who runs it. Normally that is the data folder itself. When
 * root starts us below a closed directory (`/root` is 0700), the account that runs PostgreSQL cannot
 * get there; then programs and data live under `/var/lib/phusong`, and a pointer file in the data
 * folder says where.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, StartError } from '../errors.ts';
import { accountForNewDatabase, canEnter, isRoot, nameOf, type Account } from './account.ts';
import { folderError, writeWhole } from './folder.ts';

export interface Place {
  /** The data folder, as people know it; messages name this one. */
  dataDir: string;
  /** The folder that holds programs, cluster and log: the data folder, or one below /var/lib. */
  home: string;
  /** The cluster: `data/` and the `password` of its only user. Appears whole or not at all. */
  cluster: string;
  /** PostgreSQL's own data directory. */
  data: string;
  log: string;
  /** Runs PostgreSQL when we are root; undefined when it runs as the user who started us. */
  account: Account | undefined;
  /** Whether a cluster is there already. */
  exists: boolean;
}

const CLOSED_HOMES = '/var/lib/phusong';
const POINTER = 'postgresql.path';

/**
 * Finds the cluster of a data folder, or decides where a new one goes.
 *
 * @param dataDir the real path from `prepareFolder`
 * @throws {StartError} when the cluster is gone, is somebody else's, or is out of reach.
 */
export async function findPlace(dataDir: string): Promise<Place> {
  const pointed = await readPointer(dataDir);
  const home = pointed ?? dataDir;
  const owner = await ownerOf(join(home, 'postgresql', 'data'));
  if (owner !== undefined) {
    return placeIn(dataDir, home, await accountOf(owner, dataDir, home), true);
  }
  if (pointed !== undefined && (await ownerOf(pointed)) === undefined) {
    throw new StartError(
      `The database of ${dataDir} was kept in ${pointed} and is no longer there: bring that folder back, ` +
        `or delete ${join(dataDir, POINTER)} to start with an empty database.`,
    );
  }

  if (!isRoot()) return placeIn(dataDir, home, undefined, false);
  const account = await accountForNewDatabase();
  if (await canEnter(account, home)) return placeIn(dataDir, home, account, false);
  return placeIn(dataDir, await makeClosedHome(dataDir, account), account, false);
}

/** Whether there is a database in a data folder, or was before somebody took it away. */
export async function holdsDatabase(dataDir: string): Promise<boolean> {
  const folder = await realpath(dataDir).catch(() => undefined);
  if (folder === undefined) return false;
  if ((await readPointer(folder)) !== undefined) return true;
  return (await ownerOf(join(folder, 'postgresql', 'data'))) !== undefined;
}

function placeIn(
  dataDir: string,
  home: string,
  account: Account | undefined,
  exists: boolean,
): Place {
  const cluster = join(home, 'postgresql');
  const data = join(cluster, 'data');
  return { dataDir, home, cluster, data, log: join(home, 'postgresql.log'), account, exists };
}

/** Who runs an existing cluster: its owner. Nobody else may (PostgreSQL checks that too). */
async function accountOf(
  owner: { uid: number; gid: number },
  dataDir: string,
  home: string,
): Promise<Account | undefined> {
  const name = await nameOf(owner.uid);
  if (!isRoot()) {
    if (owner.uid === process.getuid?.()) return undefined;
    throw new StartError(
      `The database in ${dataDir} belongs to the user ${name}: ` +
        'start as that user or as root, or set PHUSONG_DATA_DIR to another folder.',
    );
  }
  const { cluster, data } = placeIn(dataDir, home, undefined, true);
  if (owner.uid === 0) {
    throw new StartError(
      `The database in ${data} belongs to root, and PostgreSQL refuses to run as root: ` +
        `give it to another user, who will then run it (chown -R postgres: ${data}).`,
    );
  }
  const account = { name, ...owner };
  if (!(await canEnter(account, cluster))) {
    throw new StartError(
      `PostgreSQL runs as the user ${name}, who owns ${data} but may not get there: ` +
        'let that user pass through the folders above it (chmod o+x).',
    );
  }
  return account;
}

/**
 * A folder below /var/lib for a data folder that PostgreSQL's account cannot enter. The pointer is
 * written before anything is in there, so that an interrupted first start goes on in the same place.
 */
async function makeClosedHome(dataDir: string, account: Account): Promise<string> {
  const home = join(CLOSED_HOMES, randomBytes(6).toString('hex'));
  try {
    await mkdir(home, { recursive: true });
    await chmod(CLOSED_HOMES, 0o711);
    await chmod(home, 0o711);
    await writeFile(join(home, 'belongs-to'), `${dataDir}\n`);
  } catch (error) {
    throw folderError(error, home);
  }
  if (!(await canEnter(account, home))) {
    throw new StartError(
      `PostgreSQL runs as the user ${account.name}, who may enter neither ${dataDir} nor ${home}: ` +
        'set PHUSONG_DATA_DIR to a folder that every user may enter.',
    );
  }
  await writeWhole(join(dataDir, POINTER), `${home}\n`);
  return home;
}

async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(folder);
    return { uid, gid };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw folderError(error, folder);
  }
}

async function readPointer(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, POINTER), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw folderError(error, dataDir);
  }
}
