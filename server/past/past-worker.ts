/**
 * The worker that works out the past; see past.ts. Questions are answered one after another, in the
 * order in which they come; states are made in between.
 */
import { promisify } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliCompress, constants, gzip } from 'node:zlib';
import pg from 'pg';
import { emptyCountry } from '../../data/model/country.ts';
import { communeCodeOf, levelOf } from '../../data/model/unit.ts';
import { encodeSnapshot } from '../../data/wire/snapshot.ts';
import type { Encoding } from '../http/compressed-snapshot.ts';
import { openPack } from '../territory/pack.ts';
import { countsOf } from './counts.ts';
import { dropOthers } from './kept-states.ts';
import { PastCountry, Preparing } from './past-country.ts';
import type { FromWorker, Question, Setup, ToWorker, Answer } from './past.ts';

/** Any number, the same in every version: one server at a time makes the states that are missing. */
const FILLING_LOCK = 8_402_021;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

const { url, pack, grid, code } = workerData as Setup;
const territory = openPack(pack);
const origin = { code, pack: territory.hash };
const pool = new pg.Pool({ connectionString: url, max: 2 });
pool.on('error', () => undefined);
const { communeAt } = territory;
const past = new PastCountry(pool, origin, { grid, communeAt });
const provinceOf = new Map(territory.communes.map(({ code: name, province }) => [name, province]));
const makers = new PastCountry(pool, origin, { grid, communeAt });

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** The work that was taken up last: each waits for the one before. */
let working: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToWorker) => {
  if ('fill' in message) {
    void fill(message.fill).finally(() => send({ filled: 1 }));
    return;
  }
  working = working.then(() => take(message.id, message.question));
});

async function take(id: number, question: Question): Promise<void> {
  try {
    const answer = await answerTo(question);
    const bytes = 'bytes' in answer ? (answer.bytes.buffer as ArrayBuffer) : undefined;
    send({ id, answer }, bytes ? [bytes] : []);
  } catch (error) {
    if (error instanceof Preparing) send({ id, preparing: true });
    else send({ id, failure: error instanceof Error ? error.message : String(error) });
  }
}

async function answerTo(question: Question): Promise<Answer> {
  const country = await past.at(question.seq);
  if (question.want === 'state') {
    const { unit } = question;
    const level = levelOf(unit);
    const isInside = (commune: number): boolean => {
      const name = communeCodeOf(commune);
      return level === 'nation' || (level === 'province' ? provinceOf.get(name) : name) === unit;
    };
    const rows = past.estimatesOf(unit);
    return { counts: countsOf(country, isInside), rows: rows ? structuredClone(rows) : {} };
  }
  const { seq, at } = country;
  const shown = question.want === 'estimates' ? { ...emptyCountry(), seq, at } : country;
  const snapshot = encodeSnapshot({
    country: shown,
    estimates: past.estimates([question.method]),
  });
  return { bytes: await compressed(snapshot, question.encoding), length: snapshot.length };
}

async function compressed(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'identity') return bytes;
  // Copied: a buffer of the pool cannot be handed over.
  if (encoding === 'gzip') return Uint8Array.from(await compressGzip(bytes, { level: 3 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 3 };
  return Uint8Array.from(await compressBrotli(bytes, { params }));
}

/** Makes the states that are missing, unless another server is doing so. */
async function fill(until: number): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1) as got',
      [FILLING_LOCK],
    );
    if (!rows[0]?.got) return;
    const tell = (filled: number): boolean => {
      send({ filled });
      return true;
    };
    await makers.fill(until, tell, () => working);
    await dropOthers(pool, origin);
  } catch (error) {
    console.error('The states of the past could not be made; they are made later.', error);
  } finally {
    // The lock goes with its connection.
    client.release(true);
  }
}
