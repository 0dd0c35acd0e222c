/**
 * `npm run terrain -- import <file.tif> [more files…] [--source <words>] [--partial]` brings elevation
 * models onto our own grid over the territory in use, and takes the heights into use.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { dayInVietnam, Line } from '../../data/model/scalars.ts';
import { territoryInUse } from '../raster/adoption.ts';
import { runCommand, say, withDatabase } from '../raster/command-line.ts';
import { progressLines } from '../raster/progress.ts';
import { RasterRefused } from '../raster/refusal.ts';
import { adoptTerrain } from './adopt.ts';
import { importTerrain } from './import.ts';
import { reportLines } from './report.ts';

const USAGE = `npm run terrain -- import <file.tif> [more files] [--source "Copernicus DEM 30 m"] [--partial]`;

await runCommand(async (words) => {
  const { places, name, partial } = parse(words);
  const files = places.map((place) => path.basename(place).normalize('NFC'));
  const [first = '', ...more] = files;
  const named = more.length === 0 ? first : `${first} and ${more.length} more`;
  await withDatabase(async (pool) => {
    const { terrain, report } = await importTerrain({
      territory: await territoryInUse(pool),
      places,
      source: { files, date: dayInVietnam(Date.now()), name: name ?? named },
      partial,
      onProgress: progressLines(say, Date.now),
    });
    for (const line of reportLines(report)) say(line);
    const { seq } = await adoptTerrain(pool, terrain, 'operator');
    say(
      `in use as terrain ${terrain.hash.slice(0, 16)} (event ${seq}), ` +
        `${(terrain.bytes.length / 1e6).toFixed(2)} MB; a running server takes it up by itself`,
    );
  });
});

function parse(words: string[]): { places: string[]; name: string | undefined; partial: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: { source: { type: 'string' }, partial: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [command, ...places] = positionals;
    if (command === 'import' && places.length > 0)
      return {
        places,
        name: values.source === undefined ? undefined : v.parse(Line, values.source),
        partial: values.partial,
      };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RasterRefused(`${why}\nUse it as:\n${USAGE}`);
  }
  throw new RasterRefused(`Use it as:\n${USAGE}`);
}
