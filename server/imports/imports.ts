/**
 * The imports that this server reads: from a file to rows that are checked and kept. What is kept is
 * in the database, so that any server can show, apply or read it again.
 */
import type { Pool } from 'pg';
import { coordinateSystem } from '../../data/imports/coordinate-systems.ts';
import type { Kind } from '../../data/imports/kinds.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';
import { NO_MAPPING, type ImportCounts, type ImportMapping } from '../../data/wire/imports.ts';
import type { Account } from '../../data/model/account.ts';
import type { LiveCountry } from '../country/live.ts';
import { Slices } from '../gaps/slices.ts';
import { createCheck, sceneOf } from './checking.ts';
import { guessMapping } from './guess.ts';
import { bringFile, keepFile } from './kept-files.ts';
import { clearRows, keepRows } from './kept-rows.ts';
import { rememberedMapping } from './mappings.ts';
import { readInWorker, type FoundSheet, type Reading } from './read-in-worker.ts';
import { temporaryPlace, type Received } from './receiving.ts';
import { ImportRefused } from './refused.ts';
import { textOf } from './sheet.ts';
import { standingOf } from './standing.ts';
import {
  deleteImport,
  enter,
  forgetOld,
  makeImport,
  NO_COUNTS,
  note,
  noteUnits,
  readImport,
} from './store.ts';

/** Files read at once by this server: of all, and of one account. */
const MOST_READING = 4;
const MOST_READING_OF_ONE = 2;
/** Rows that a person is shown of the file as it is. */
const SHOWN = 5;
const MOST_SHOWN = 80;

export interface Imports {
  /** Takes in a file; answers the id of its import as soon as the file is known to be readable. */
  begin(wish: Wish, received: Received, account: Account): Promise<number>;
  /** Reads it once more with another mapping. */
  readAgain(id: number, mapping: ImportMapping, account: Account): Promise<void>;
  close(): Promise<void>;
}

interface Wish {
  kind: Kind;
  unit: string | undefined;
  mapping: ImportMapping | undefined;
}

export function createImports(options: {
  pool: Pool;
  live: LiveCountry;
  now: () => number;
}): Imports {
  const { pool, live, now } = options;
  const readings = new Map<Reading, { author: string; done: Promise<void> }>();

  function open(
    file: string,
    name: string,
    kind: Kind,
    asked: ImportMapping,
    account: Account,
  ): Reading {
    const mine = [...readings.values()].filter(({ author }) => author === account.name);
    if (readings.size >= MOST_READING || mine.length >= MOST_READING_OF_ONE)
      throw new ImportRefused(
        'too_many',
        'Other files are being read: wait for one to end.',
        'too_many',
      );
    const reading = readInWorker({ file, name, kind, asked });
    readings.set(reading, { author: account.name, done: Promise.resolve() });
    return reading;
  }

  function mappingFor(
    wish: Wish,
    found: FoundSheet,
    asked: ImportMapping,
    remembered: ImportMapping | undefined,
  ) {
    const { unit } = wish;
    const province =
      unit === undefined || unit === NATION
        ? undefined
        : levelOf(unit) === 'province'
          ? unit
          : live.ground?.provinceOf(unit);
    const { kind } = wish;
    return guessMapping({ kind, found, asked, remembered, province, ground: live.ground });
  }

  /** Reads the rows of an opened file into the database, and forgets the file. */
  function follow(
    reading: Reading,
    work: () => Promise<void>,
    id: number,
    account: Account,
    forget: () => Promise<void>,
  ): void {
    const done = work()
      .catch(async (error: unknown) => {
        if (!(error instanceof ImportRefused)) console.error(error);
        const failure =
          error instanceof ImportRefused
            ? { code: error.reason, message: error.message }
            : { code: 'unavailable', message: 'The server could not read the file.' };
        await note(pool, id, { state: 'failed', failure }).catch(() => undefined);
      })
      .finally(async () => {
        readings.delete(reading);
        reading.stop();
        await forget();
      });
    readings.set(reading, { author: account.name, done });
  }

  async function readRows(
    reading: Reading,
    id: number,
    kind: Kind,
    mapping: ImportMapping,
    account: Account,
  ): Promise<void> {
    // What is touched from here on may have been touched after its row was looked at.
    const checked = await standingOf(account, live, now);
    const scene = sceneOf(live, now);
    const check = createCheck({ kind, id, account, scene });
    const counts: ImportCounts = { ...NO_COUNTS };
    const slices = new Slices();
    const units = new Set<string>();
    let seen = 0;
    await reading.rows(mapping, async (rows, share) => {
      const checked = [];
      for (const row of rows) {
        const one = check(row);
        counts[one.outcome]++;
        if (one.near) counts.duplicates++;
        for (const unit of one.units) units.add(unit);
        checked.push(one);
        if (slices.over) await slices.rest();
      }
      await keepRows(pool, id, checked);
      seen += rows.length;
      // Where nobody knows how many there are, it comes nearer to the end without reaching it.
      await note(pool, id, { counts, progress: share ?? seen / (seen + 20_000) });
    });
    await noteUnits(pool, id, units);
    await note(pool, id, { state: 'ready', progress: 1, counts, checked });
  }

  return {
    async begin(wish, received, account) {
      const { file, name } = received;
      const asked = wish.mapping ?? NO_MAPPING;
      const reading = open(file, name, wish.kind, asked, account);
      let id: number | undefined;
      try {
        const found = await reading.found;
        const remembered = await rememberedMapping(pool, wish.unit ?? NATION, wish.kind);
        const { mapping, crsUnsure } = mappingFor(wish, found, asked, remembered);
        mustBeListed(mapping);
        await forgetOld(pool);
        id = await makeImport(pool, {
          ...{ kind: wish.kind, name, unit: wish.unit ?? null, author: account.name },
        });
        const made = id;
        await note(pool, made, { head: headOf(found, crsUnsure), mapping });
        follow(
          reading,
          async () => {
            await keepFile(pool, made, file);
            await readRows(reading, made, wish.kind, mapping, account);
          },
          made,
          account,
          received.forget,
        );
        return made;
      } catch (error) {
        readings.delete(reading);
        reading.stop();
        await received.forget();
        if (id !== undefined) await deleteImport(pool, id);
        throw error;
      }
    },

    async readAgain(id, asked, account) {
      const job = await readImport(pool, id);
      if (!job) throw new ImportRefused('gone', `There is no import ${id}.`, 'not_found');
      mustBeListed(asked);
      if (!(await enter(pool, id, ['ready', 'failed'], 'reading')))
        throw new ImportRefused('busy', `Import ${id} is ${job.state}.`, 'in_use');
      const place = await temporaryPlace();
      let reading: Reading | undefined;
      try {
        if (!(await bringFile(pool, id, place.file)))
          throw new ImportRefused('gone', 'The file is not kept any more: send it again.');
        await clearRows(pool, id);
        await note(pool, id, { counts: NO_COUNTS, failure: null });
        reading = open(place.file, job.name, job.kind, asked, account);
        const found = await reading.found;
        const wish = { kind: job.kind, unit: job.unit ?? undefined, mapping: asked };
        const { mapping, crsUnsure } = mappingFor(wish, found, asked, undefined);
        await note(pool, id, { head: headOf(found, crsUnsure), mapping });
        const opened = reading;
        follow(
          opened,
          () => readRows(opened, id, job.kind, mapping, account),
          id,
          account,
          place.forget,
        );
      } catch (error) {
        if (reading) readings.delete(reading);
        reading?.stop();
        await place.forget();
        const failure =
          error instanceof ImportRefused
            ? { code: error.reason, message: error.message }
            : { code: 'unavailable', message: 'The server could not read the file.' };
        await note(pool, id, { state: 'failed', failure });
        throw error;
      }
    },

    async close() {
      const open = [...readings];
      for (const [reading] of open) reading.stop();
      await Promise.all(open.map(([, { done }]) => done));
    },
  };
}

function mustBeListed({ crs }: ImportMapping): void {
  if (crs !== undefined && !coordinateSystem(crs))
    throw new ImportRefused('crs', `${crs} is not a coordinate system that is known here.`);
}

function headOf(found: FoundSheet, crsUnsure: boolean) {
  const { format, encoding, encodingUnsure, headers, sheets, samples } = found;
  return {
    ...{ format, encoding, encodingUnsure, headers, sheets, crsUnsure },
    samples: samples
      .slice(0, SHOWN)
      .map((cells) => headers.map((_, at) => textOf(cells[at]).slice(0, MOST_SHOWN))),
  };
}
