/**
 * `npm run population -- import <file> [--source <words>]` brings people onto the grid of the territory
 * in use, from a GeoTIFF of people in each pixel or a CSV of people by H3 cell, and takes them into use.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { dayInVietnam, Line } from '../../data/model/scalars.ts';
import { territoryInUse } from '../raster/adoption.ts';
import { runCommand, say, withDatabase } from '../raster/command-line.ts';
import { progressLines } from '../raster/progress.ts';
import { RasterRefused } from '../raster/refusal.ts';
import { adoptPopulation } from './adopt.ts';
import { importPopulation } from './import.ts';
import { reportLines } from './report.ts';

const USAGE = `npm run population -- import <file.tif or file.csv> [--source "WorldPop 2020"]`;
const TABLE = /\.(csv|tsv|txt)$/i;

await runCommand(async (words) => {
  const { place, name } = parse(words);
  const file = path.basename(place);
  await withDatabase(async (pool) => {
    const { population, report } = await importPopulation({
      territory: await territoryInUse(pool),
      place,
      source: {
        file,
        kind: TABLE.test(file) ? 'cells' : 'raster',
        date: dayInVietnam(Date.now()),
        name: name ?? file.normalize('NFC'),
      },
      onProgress: progressLines(say, Date.now),
    });
    for (const line of reportLines(report)) say(line);
    const { seq } = await adoptPopulation(pool, population, 'operator');
    say(
      `in use as population ${population.hash.slice(0, 16)} (event ${seq}), ` +
        `${(population.bytes.length / 1e6).toFixed(2)} MB; a running server takes it up by itself`,
    );
  });
});

function parse(words: string[]): { place: string; name: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: { source: { type: 'string' } },
      allowPositionals: true,
    });
    const [command, place, ...more] = positionals;
    if (command === 'import' && place !== undefined && more.length === 0)
      return {
        place,
        name: values.source === undefined ? undefined : v.parse(Line, values.source),
      };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RasterRefused(`${why}\nUse it as:\n${USAGE}`);
  }
  throw new RasterRefused(`Use it as:\n${USAGE}`);
}
