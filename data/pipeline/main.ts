/**
 * Makes the approximate territory from the packages: the list of communes and the pack. Run by
 * hand, `npm start` in this folder; see README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildPack } from '../../server/territory/pack.ts';
import { writeCommuneList } from './communeList.ts';
import { applyLaw } from './law.ts';
import { readCommunes, readCountry, readFormerShapes, readMergers, readTowns } from './sources.ts';
import { approximateTerritory } from './territory.ts';

const say = (line: string) => console.log(line);

const communes = applyLaw(readCommunes());
writeCommuneList(new URL('../country/communes.json', import.meta.url), communes);
say(`list: ${communes.length} communes`);

const territory = approximateTerritory(
  {
    communes,
    mergers: readMergers(),
    towns: readTowns(),
    formerShapes: readFormerShapes(),
    readCountry,
  },
  say,
);
const { bytes, hash, report } = await buildPack(territory);
if (report.seams.length + report.crossingsLeft.length + report.withoutPopulation.length > 0)
  throw new Error(`The builder found faults: ${JSON.stringify(report, undefined, 1)}`);
const folder = new URL('../territory/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('approximate.pack', folder), bytes);
say(`pack: ${(bytes.length / 1e6).toFixed(2)} MB, ${report.cells} cells, ${hash}`);
