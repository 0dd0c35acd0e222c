/**
 * From the public dataset to an official pack: every unit accounted for, one in memory at a time,
 * people joined, names of seas and islands and the neighbours' land taken from the pack that comes
 * with the product.
 */
import { communeOf } from '../../../data/country/commune.ts';
import { withoutAccents } from '../../../data/country/english.ts';
import { provinces as nationalProvinces } from '../../../data/country/provinces.ts';
import { buildPack, type PackReport } from '../pack.ts';
import { TerritoryRefused } from '../refusal.ts';
import type {
  Commune,
  Provenance,
  Province,
  SourceCommune,
  Territory,
  TerritorySource,
} from '../territory.ts';
import { openDataset } from './files.ts';
import { layOut, type Layout, type Nation, VIET_NAM } from './layout.ts';
import { readPopulation, type PopulationTable } from './population.ts';
import { readUnitFile, type UnitFile } from './unit-file.ts';

export interface ImportOptions {
  /** Zip or folder of the dataset. */
  dataset: string;
  /** CSV of communes' people; without it they are as in the approximate pack. */
  population?: string;
  /** The pack that comes with the product. */
  approximate: Territory;
  /** What must be there; the official list by default. */
  nation?: Nation;
  onProgress?: (step: string, done: number, of: number) => void;
}

export interface ImportReport {
  pack: PackReport;
  /** Names that differ between the dataset and the official list; the dataset's were taken. */
  renamed: { unit: string; listed: string; found: string }[];
  population: {
    /** File name, or undefined when the approximate pack's people were taken. */
    file: string | undefined;
    /** Communes that the table lacks or has no number for (counted as 0). */
    unknown: { unit: string; name: string }[];
    /** Rows of the table for which there is no commune. */
    unmatched: { unit: string; line: number }[];
    /** Provinces whose communes do not add up to the published total. */
    differing: { unit: string; name: string; people: number; published: number }[];
    total: number;
  };
}

/** How far a commune may reach beyond its province's own drawing, degrees: islands lie off it. */
const BEYOND_PROVINCE = 0.5;

/** Builds the official pack. Throws TerritoryRefused naming file and unit; changes nothing. */
export async function importOfficial(
  options: ImportOptions,
): Promise<{ bytes: Uint8Array; hash: string; report: ImportReport }> {
  const { approximate, nation = VIET_NAM, onProgress } = options;
  const table =
    options.population === undefined ? undefined : await readPopulation(options.population);
  const dataset = await openDataset(options.dataset);
  try {
    const layout = layOut(dataset.files, nation);
    const provinces = await readProvinces(layout, nation);
    const renamed: ImportReport['renamed'] = [];
    const people = new Map<string, number>();
    for (const { code } of nation.communes)
      people.set(code, table ? (table.people.get(code) ?? NaN) : NaN);
    if (!table)
      for (const { code, population } of approximate.communes)
        if (people.has(code)) people.set(code, population);

    const source: TerritorySource = {
      kind: 'official',
      provenance: provenanceOf(options.dataset, table, approximate),
      provinces: provinces.map(({ province }) => province),
      communes: readCommunes(layout, nation, provinces, people, approximate, renamed),
      neighbours: approximate.neighbours(),
      places: approximate.places,
    };
    const built = await buildPack(source, (step, done, of) =>
      onProgress?.(step, done, of === 0 ? nation.communes.length : of),
    );
    const report: ImportReport = {
      pack: built.report,
      renamed,
      population: {
        file: table?.file,
        unknown: built.report.withoutPopulation,
        unmatched: [...(table?.lines ?? [])]
          .filter(([code]) => !people.has(code))
          .map(([unit, line]) => ({ unit, line })),
        differing: differences(nation, people),
        total: [...people.values()].reduce((sum, each) => sum + (each || 0), 0),
      },
    };
    return { bytes: built.bytes, hash: built.hash, report };
  } finally {
    await dataset.close();
  }
}

interface ReadProvince {
  province: Province;
  box: UnitFile['box'];
}

/** Provinces are dissolved from their communes; of their own files only the facts are kept. */
async function readProvinces(layout: Layout, nation: Nation): Promise<ReadProvince[]> {
  const read: ReadProvince[] = [];
  for (const { code, name } of nation.provinces) {
    const file = layout.provinces.get(code);
    if (!file) continue;
    const { areaKm2, box } = await readUnitFile(file, { code, name });
    const known = nationalProvinces.find((each) => each.code === code);
    read.push({
      province: {
        code,
        name,
        nameEn: known?.nameEn ?? name,
        type: known?.type ?? 'province',
        population: NaN,
        areaKm2,
      },
      box,
    });
  }
  return read;
}

async function* readCommunes(
  layout: Layout,
  nation: Nation,
  provinces: readonly ReadProvince[],
  people: ReadonlyMap<string, number>,
  approximate: Territory,
  renamed: ImportReport['renamed'],
): AsyncIterable<SourceCommune> {
  const known = new Map(approximate.communes.map((commune) => [commune.code, commune]));
  for (const { code, name, province } of nation.communes) {
    const file = layout.communes.get(code)?.file;
    if (!file) continue;
    const unit = await readUnitFile(file, { code, name });
    const home = provinces.find((each) => each.province.code === province);
    if (home && !isNear(unit.box, home.box))
      throw new TerritoryRefused(
        `${file.name}: unit ${code} (${name}) lies far outside its province ` +
          `${province} (${home.province.name}), at ${unit.box.join(', ')}.`,
      );
    const fullName = spelling(unit.fullName, name);
    if (fullName !== name) renamed.push({ unit: code, listed: name, found: fullName });
    const disadvantaged = known.get(code)?.speciallyDisadvantaged;
    const commune: Commune = {
      ...named(code, province, fullName, file.name),
      population: people.get(code) ?? NaN,
      areaKm2: unit.areaKm2,
      ...(disadvantaged === undefined ? {} : { speciallyDisadvantaged: disadvantaged }),
    };
    yield { commune, geometry: unit.geometry, from: file.name };
  }
}

/** The list's spelling where only the place of an accent differs (Hoà, Hòa); else the dataset's. */
function spelling(found: string | undefined, listed: string): string {
  const same = (text: string): string => withoutAccents(text).toLowerCase().replaceAll('’', "'");
  return found === undefined || same(found) === same(listed) ? listed : found;
}

function named(
  code: string,
  province: string,
  name: string,
  file: string,
): ReturnType<typeof communeOf> {
  try {
    return communeOf(code, province, name);
  } catch (error) {
    throw new TerritoryRefused(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function isNear(box: UnitFile['box'], home: UnitFile['box']): boolean {
  return (
    box[0] >= home[0] - BEYOND_PROVINCE &&
    box[1] >= home[1] - BEYOND_PROVINCE &&
    box[2] <= home[2] + BEYOND_PROVINCE &&
    box[3] <= home[3] + BEYOND_PROVINCE
  );
}

function differences(
  nation: Nation,
  people: ReadonlyMap<string, number>,
): ImportReport['population']['differing'] {
  return nationalProvinces.flatMap(({ code, name, population: published }) => {
    const communes = nation.communes.filter(({ province }) => province === code);
    if (communes.length === 0) return [];
    const sum = communes.reduce((total, commune) => total + (people.get(commune.code) || 0), 0);
    return sum === published ? [] : [{ unit: code, name, people: sum, published }];
  });
}

function provenanceOf(
  dataset: string,
  table: PopulationTable | undefined,
  approximate: Territory,
): Provenance[] {
  const asOf = /\d{4}-\d{2}-\d{2}/.exec(dataset)?.[0] ?? '';
  const boundaries: Provenance = {
    what: 'boundaries of provinces and communes',
    source: `imported dataset ${dataset.split(/[\\/]/).findLast((part) => part !== '') ?? ''}`,
    licence: 'as the dataset states',
    asOf,
  };
  const people: Provenance = table
    ? {
        what: 'population of communes',
        source: `imported table ${table.file}`,
        licence: 'as the table states',
        asOf: /\d{4}-\d{2}-\d{2}/.exec(table.file)?.[0] ?? '',
      }
    : {
        what: 'population of communes: estimated, the published total of each province shared out',
        source: 'approximate territory that comes with the product',
        licence: 'as the approximate territory states',
        asOf: approximate.provenance.find(({ what }) => /population/i.test(what))?.asOf ?? '',
      };
  const rest: Provenance = {
    what: 'neighbouring land, names of seas and archipelagos',
    source: 'approximate territory that comes with the product',
    licence: 'as the approximate territory states',
    asOf: '',
  };
  return [boundaries, people, rest];
}
