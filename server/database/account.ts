/**
 * Which system account runs PostgreSQL. It refuses to run as root, so when root starts us another
 * account must; started by anybody else, PostgreSQL runs as them and nothing here applies.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const run = promisify(execFile);

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account for a new database, when we are root: `postgres` where the system has one (that is
 * what it is for), else our own `phusong`, made now, else `nobody`. `nobody` is last because other
 * services share it and could then read the database. An existing database keeps its owner.
 */
export async function accountForNewDatabase(): Promise<Account> {
  for (const name of ['postgres', '_postgres', 'phusong']) {
    const account = await lookUp(name);
    if (account) return account;
  }
  await run('useradd', [
    ...['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'],
    ...['--shell', '/usr/sbin/nologin', 'phusong'],
  ]).catch(() => undefined);
  const account = (await lookUp('phusong')) ?? (await lookUp('nobody'));
  return account ?? { name: 'nobody', uid: 65534, gid: 65534 };
}

/** The name of a numeric user id, or the number itself where the system has no name for it. */
export async function nameOf(uid: number): Promise<string> {
  return run('id', ['-un', String(uid)]).then(
    (answer) => answer.stdout.trim(),
    () => `number ${uid}`,
  );
}

/**
 * Whether that account may enter a folder. Asked of the system by trying it as that account, since
 * mode bits alone do not tell (access lists, mounts, parents up to the root).
 */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  const { uid, gid } = account;
  return run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid, gid, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [user, group] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return undefined;
  }
}
