/** Populations in the database, and taking one into use. */
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Pool } from 'pg';
import { ONLY_ONE } from '../../data/log/event.ts';
import { packIntegers, unpackIntegers } from '../../data/wire/bytes.ts';
import { adopt } from '../raster/adoption.ts';
import { readStored, writeArtifact } from '../raster/artifact.ts';

/** Where the people of a population are from. */
export interface PopulationSource {
  /** File name. */
  file: string;
  kind: 'raster' | 'cells';
  /** The day it was brought in, `YYYY-MM-DD`. */
  date: string;
  /** How it is named wherever people are counted. */
  name: string;
}

interface Heading {
  /** Hash of the territory whose grid the people are on. */
  territory: string;
  source: PopulationSource;
  cells: number;
}

export interface Population {
  bytes: Uint8Array;
  hash: string;
  territory: string;
  source: PopulationSource;
}

/** People in the order of the territory's grid, packed. */
export async function packPopulation(
  territory: string,
  source: PopulationSource,
  people: Int32Array,
): Promise<Population> {
  const heading: Heading = { territory, source, cells: people.length };
  const packed = packIntegers(people.length, (i) => people[i] ?? 0);
  const body = await promisify(brotliCompress)(packed, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
  });
  return { ...writeArtifact('population', { heading, body }), territory, source };
}

/** Stores a population and takes it into use; servers that follow the log pick it up by themselves. */
export async function adoptPopulation(
  pool: Pool,
  { bytes, hash, territory, source }: Population,
  by: string,
): Promise<{ seq: number }> {
  await pool.query(
    'insert into populations (hash, territory, source, bytes) values ($1, $2, $3, $4) on conflict do nothing',
    [hash, territory, source.name, bytes],
  );
  const fields = { hash, territory, source: source.name };
  return adopt(pool, { type: 'population.adopted', subject: ONLY_ONE.population, fields }, by);
}

/**
 * The people of a stored population, in the order of its territory's grid. Throws an Error when the log
 * names one that is not there, or it is damaged.
 */
export async function readPopulation(pool: Pool, hash: string): Promise<Int32Array> {
  const { heading, body } = await readStored<Heading>(pool, 'population', hash);
  const packed = await promisify(brotliDecompress)(body);
  return Int32Array.from(unpackIntegers(packed, heading.cells));
}
