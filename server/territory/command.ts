/**
 * `npm run territory -- import <zip or folder> [--population <csv>]` builds an official pack and
 * takes it into use; `npm run territory -- check [pack] [zip or folder]` says how far a pack is from
 * the official country.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readConfiguration } from '../configuration.ts';
import { ensureRoom } from '../database/folder.ts';
import { openDatabase } from '../database/open.ts';
import { FULL_MB } from '../disk/room.ts';
import { StartError } from '../errors.ts';
import { migrate } from '../log/schema.ts';
import { adoptPack } from './adopt.ts';
import { readApproximatePack } from './approximate.ts';
import { comparePack, comparisonLines } from './check.ts';
import { importOfficial } from './import/official.ts';
import { reportLines } from './import/report.ts';
import { openPack } from './pack.ts';
import { TerritoryRefused } from './refusal.ts';

const USAGE = `npm run territory -- import <zip or folder> [--population <csv>]
npm run territory -- check [pack] [zip or folder]`;

/** Where samples of the public dataset lie beside the project, when they do. */
const SAMPLES = path.resolve(import.meta.dirname, '../../../shared/territory');

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(words: string[]): Promise<void> {
  const { command, places, population } = parse(words);
  const [first, second] = places;
  if (command === 'import' && first !== undefined && second === undefined)
    return runImport(first, population);
  if (command === 'check' && population === undefined) return runCheck(first, second);
  throw new TerritoryRefused(`Use it as:\n${USAGE}`);
}

function parse(words: string[]): {
  command: string | undefined;
  places: string[];
  population: string | undefined;
} {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: { population: { type: 'string' } },
      allowPositionals: true,
    });
    const [command, ...places] = positionals;
    return { command, places, population: values.population };
  } catch (error) {
    throw new TerritoryRefused(
      `${error instanceof Error ? error.message : String(error)}\nUse it as:\n${USAGE}`,
    );
  }
}

async function runImport(dataset: string, population: string | undefined): Promise<void> {
  const { databaseUrl, dataDir } = readConfiguration(process.env, false);
  // Opened first: who cannot store a pack should know before it is built.
  const database = await openDatabase({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    dataDir,
    onProgress: say,
    lock: 'tool',
  });
  try {
    if (database.home !== undefined) await ensureRoom(database.home, FULL_MB);
    const { bytes, hash, report } = await importOfficial({
      dataset,
      ...(population === undefined ? {} : { population }),
      approximate: openPack(await readApproximatePack()),
      onProgress: tellProgress(),
    });
    for (const line of reportLines(report, bytes.length)) say(line);
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    try {
      await migrate(pool);
      const { seq } = await adoptPack(pool, { bytes, hash, kind: 'official' }, 'operator');
      say(
        `in use as territory ${hash.slice(0, 16)} (event ${seq}); a running server takes it up by itself`,
      );
    } finally {
      await pool.end();
    }
  } finally {
    await database.close();
  }
}

async function runCheck(pack: string | undefined, dataset: string | undefined): Promise<void> {
  const bytes = pack === undefined ? await readApproximatePack() : await readPackAt(pack);
  const territory = openPack(bytes);
  say(
    `${territory.kind} pack ${territory.hash.slice(0, 16)}: ${territory.provinces.length} provinces, ` +
      `${territory.communes.length} communes, ${(bytes.length / 1e6).toFixed(2)} MB`,
  );
  const official = dataset ?? (await findSample());
  if (official === undefined) {
    say(
      `nothing to compare it with: no zip of the public dataset in ${SAMPLES}, and none was named`,
    );
    return;
  }
  say(`compared with ${official}`);
  for (const line of comparisonLines(await comparePack(territory, official))) say(line);
}

async function readPackAt(place: string): Promise<Uint8Array> {
  try {
    return await readFile(place);
  } catch (error) {
    throw new TerritoryRefused(`${place}: ${error instanceof Error ? error.message : error}.`);
  }
}

async function findSample(): Promise<string | undefined> {
  if (!existsSync(SAMPLES)) return undefined;
  const zip = (await readdir(SAMPLES))
    .filter((name) => name.endsWith('.zip'))
    .sort()
    .at(-1);
  return zip === undefined ? undefined : path.join(SAMPLES, zip);
}

/** Tells each step as it begins and, of a long one, every fifth of it. */
function tellProgress(): (step: string, done: number, of: number) => void {
  let told = '';
  return (step, done, of) => {
    const fifth = of > 20 ? Math.floor((5 * done) / of) : 0;
    const now = `${step} ${fifth}`;
    if (now === told) return;
    told = now;
    say(fifth === 0 ? step : `${step}: ${fifth * 20} %`);
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
