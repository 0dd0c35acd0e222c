/**
 * Seeded fuzzing of imported files: every format, harmed in every way. Each is answered with its rows
 * or a refusal in words; no file brings the server down, is answered with a mistake of ours, or gets
 * past the province of whoever sends it. FAULT_SEED=<the seed printed> gives the same files.
 */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportMapping, NO_MAPPING, type ImportJob } from '../../data/wire/imports.ts';
import { Random } from '../../server/demo/random.ts';
import { guessMapping } from '../../server/imports/guess.ts';
import { openFile } from '../../server/imports/open-file.ts';
import { ImportRefused } from '../../server/imports/refused.ts';
import { createMapper } from '../../server/imports/rows.ts';
import type { RawRow } from '../../server/imports/sheet.ts';
import { readEvents } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { replayOf } from '../setup/replay.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { SEED, times } from './extent.ts';
import { fileFrom, FORMATS, type SentFile } from './fuzz/files.ts';
import { EDITOR, outsideOfWest } from './fuzz/province.ts';
import { oddText, spoilt } from './fuzz/values.ts';

/** Of each format. */
const FILES = times(350, 8_000);
const WHOLE = times(24, 300);
/** Files of a few kilobytes are read in milliseconds. */
const LONGEST_MS = 10_000;
/** What the server reads at once for one account. */
const AT_ONCE = 2;

describe(`a file (seed ${SEED})`, () => {
  let folder: string;
  beforeAll(async () => (folder = await temporaryFolder('fuzz-imports')));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys(FORMATS))(
    `of ${FILES} as %s is read, or refused in words`,
    async (format) => {
      const wrong: string[] = [];
      let read = 0;
      for (let number = 0; number < FILES && wrong.length < 10; number++) {
        const random = new Random(SEED, `${format} ${number}`);
        const sent = await fileFrom(format, random);
        const began = performance.now();
        const rows = await within(
          LONGEST_MS,
          rowsIn(path.join(folder, 'file'), sent, random),
        ).catch((error: unknown) => wrongWith(error));
        if (typeof rows === 'number') read += rows;
        else if (rows !== undefined) wrong.push(`seed ${SEED}, ${format} ${number}: ${rows}`);
        if (performance.now() - began > LONGEST_MS) wrong.push(`${format} ${number} took too long`);
      }
      expect(wrong).toEqual([]);
      // They are not all refused at the door.
      expect(read).toBeGreaterThan(FILES);
    },
    600_000,
  );
});

/** Reads a file as the server's worker does, and answers how many rows came to something. */
async function rowsIn(file: string, sent: SentFile, random: Random): Promise<number> {
  const { name, kind, bytes } = sent;
  await writeFile(file, bytes);
  const asked = {
    ...NO_MAPPING,
    ...(random.chance(0.1) ? { sheet: oddText(random).slice(0, 300) } : {}),
  };
  const { sheet, close } = await openFile(file, name, kind, asked);
  try {
    const rows: RawRow[] = [];
    for await (const row of sheet.rows) rows.push(row);
    const found = { ...sheet, samples: rows.map(({ cells }) => cells) };
    const { mapping } = guessMapping({
      ...{ kind, found, asked, remembered: undefined, province: undefined, ground: undefined },
    });
    // It goes to the worker, and comes back from the screen.
    expect(v.parse(ImportMapping, structuredClone(mapping))).toEqual(mapping);
    expect(new Set(sheet.headers).size).toBe(sheet.headers.length);
    const map = createMapper(kind, sheet.headers, mapping, rows);
    const numbers = rows.map((row) => map(row).row);
    expect(numbers.every((row) => Number.isInteger(row) && row >= 0 && row < 2 ** 31)).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
    return rows.length;
  } finally {
    close();
  }
}

/** What is wrong with what reading threw; undefined for a refusal in words. */
function wrongWith(error: unknown): string | undefined {
  if (!(error instanceof ImportRefused))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return error.message.length > 15 && error.reason !== '' ? undefined : `says ${error.message}`;
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it never came to an end')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

describe(`files that an editor sends (seed ${SEED})`, () => {
  let database: TestDatabase;
  let server: TestServer;
  let cookie: string;
  beforeAll(async () => {
    database = await freshDatabase();
    server = await startServer(database);
    cookie = await server.signIn(EDITOR);
    // Things in both provinces, so that files meet what is there by its id.
    for (let i = 0; i < 30; i++) {
      const [lon, lat] = centreOfSmall(i % 2 === 0 ? '00003' : '03003');
      const place = { lon: lon + i * 0.001, lat, operator: 'viettel', technology: '5g' };
      const rest = { band: 'n41', heightM: 30, status: 'planned', name: `Sẵn ${i}` };
      const { status } = await server.post({
        ...{ type: 'station.add', key: `there-already-${i}`, ...place, ...rest },
      });
      expect(status).toBe(200);
    }
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  async function ask(
    at: string,
    body?: FormData | object,
  ): Promise<{ status: number; body: unknown }> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${server.url}/api/imports${at}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie, ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const { status } = response;
    const answer = at.endsWith('.csv') && status === 200 ? text : (JSON.parse(text) as unknown);
    const { error } = answer as { error?: { message?: string } };
    if (status >= 500 || (status >= 400 && (error?.message?.length ?? 0) < 6))
      throw new Error(`${at} was answered ${status} ${text.slice(0, 600)}`);
    return { status, body: answer };
  }

  function formOf({ name, kind, bytes }: SentFile, random: Random): FormData {
    const form = new FormData();
    form.set('kind', random.chance(0.95) ? kind : oddText(random));
    if (random.chance(0.3)) form.set('unit', random.chance(0.8) ? '01' : oddText(random));
    if (random.chance(0.1))
      form.set(
        'mapping',
        JSON.stringify(spoilt({ ...NO_MAPPING, crs: 'EPSG:4326' }, random)) ?? '',
      );
    const called = random.chance(0.9) ? name : oddText(random);
    form.set('file', new Blob([new Uint8Array(bytes)]), called || 'x');
    return form;
  }

  /** Sends one, looks at everything, applies what is good; answers how many rows that were. */
  async function importOne(number: number): Promise<number> {
    const random = new Random(SEED, `whole ${number}`);
    const format = Object.keys(FORMATS)[number % Object.keys(FORMATS).length] ?? '';
    const sent = await ask('', formOf(await fileFrom(format, random, 0.2), random));
    if (sent.status !== 202) return 0;
    const { id } = sent.body as { id: number };
    let job: ImportJob | undefined;
    await expect
      .poll(async () => (job = (await ask(`/${id}`)).body as ImportJob).state, { timeout: 60_000 })
      .not.toBe('reading');
    // Where it is no fault of the file's, that is said in these words.
    if (job?.failure?.code === 'unavailable')
      throw new Error(`import ${id}: ${job.failure.message}`);
    for (const at of ['rows', 'rows?outcome=refused', 'points', 'refused.csv'])
      await ask(`/${id}/${at}`);
    const applied = await ask(`/${id}/apply`, { mode: 'good' });
    if (random.chance(0.2)) await ask(`/${id}/undo`, {});
    return (applied.body as { applied?: number }).applied ?? 0;
  }

  it(`${WHOLE} of them: no mistake of ours, and nothing outside of the editor's province`, async () => {
    const wrong: string[] = [];
    let next = 0;
    let applied = 0;
    async function work(): Promise<void> {
      while (next < WHOLE && wrong.length < 10) {
        const number = next++;
        try {
          // Not `+= await`: that adds to what it was before the other one was done.
          const rows = await importOne(number);
          applied += rows;
        } catch (error) {
          wrong.push(`seed ${SEED}, whole ${number}: ${String(error)}`);
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(wrong).toEqual([]);
    expect(applied).toBeGreaterThan(WHOLE / 8);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const events = await readEvents(database.pool, 0, 1_000_000);
    expect(events.filter(({ by }) => by === EDITOR.name).length).toBeGreaterThanOrEqual(applied);
    expect(outsideOfWest(events)).toEqual([]);
    const replay = await replayOf(database);
    await expect.poll(() => server.live.country.seq).toBe(replay['seq']);
  }, 600_000);
});
