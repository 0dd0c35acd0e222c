/** What an import found, as lines for the terminal. */
import type { PackReport } from '../pack.ts';
import type { Repairs } from '../rings.ts';
import type { ImportReport } from './official.ts';

/** Units named in a list before the rest is only counted. */
const NAMED = 8;

export function reportLines(report: ImportReport, bytes: number): string[] {
  const { pack } = report;
  return [
    `${count(pack.provinces)} provinces and ${count(pack.communes)} communes, every one accounted for`,
    `boundaries: ${count(pack.positions)} positions read, ${count(pack.vertices)} kept in ` +
      `${count(pack.arcs)} shared lines`,
    ...repairLines(pack),
    ...pack.seams.map(
      ({ unit, name, gapsKm2, overlapsKm2 }) =>
        `  in ${unit} ${name} communes leave ${gapsKm2.toFixed(2)} km² between them (filled) and ` +
        `overlap by ${overlapsKm2.toFixed(2)} km²`,
    ),
    ...list(
      'areas more than a fifth off the stated one',
      pack.areas.map(
        ({ unit, name, statedKm2, measuredKm2 }) =>
          `${unit} ${name} (${statedKm2} stated, ${measuredKm2} measured)`,
      ),
    ),
    ...list(
      'names that differ from the official list (the dataset’s were taken)',
      report.renamed.map(({ unit, listed, found }) => `${unit} ${listed} → ${found}`),
    ),
    ...populationLines(report),
    `people grid: ${count(pack.cells)} cells`,
    ...list(
      'communes smaller than a cell, given the one at their label point',
      pack.cellAtLabelPoint.map(({ unit, name }) => `${unit} ${name}`),
    ),
    `pack: ${(bytes / 1e6).toFixed(2)} MB`,
  ];
}

function repairLines({ repairs, noded, loopsCut, crossingsLeft }: PackReport): string[] {
  const totals: Repairs = {};
  for (const { repairs: each } of repairs)
    for (const [kind, times] of Object.entries(each) as [keyof Repairs, number][])
      totals[kind] = (totals[kind] ?? 0) + times;
  const lines = Object.entries(totals).map(([kind, times]) => {
    const units = repairs
      .filter(({ repairs: each }) => kind in each)
      .map(({ unit, name }) => `${unit} ${name}`);
    return `  ${kind}: ${count(times)}, in ${named(units)}`;
  });
  if (noded > 0)
    lines.push(`  vertices of a neighbour put on an edge that lacked them: ${count(noded)}`);
  if (loopsCut > 0) lines.push(`  loops in a line cut off: ${count(loopsCut)}`);
  if (crossingsLeft.length > 0)
    lines.push(
      `  lines that cross slightly, left as they are: ${count(crossingsLeft.length)}, near ` +
        named(crossingsLeft.map(({ lon, lat }) => `${lon}, ${lat}`)),
    );
  return lines;
}

function populationLines({ population }: ImportReport): string[] {
  const { file, total } = population;
  return [
    file === undefined
      ? `population: no table given; each province's published total is shared out as in the approximate territory (${count(total)} people)`
      : `population: ${count(total)} people, from ${file}`,
    ...list(
      'communes without a population (counted as 0)',
      population.unknown.map(({ unit, name }) => `${unit} ${name}`),
    ),
    ...list(
      'rows of the table without a commune',
      population.unmatched.map(({ unit, line }) => `${unit} (line ${line})`),
    ),
    ...population.differing.map(
      ({ unit, name, people, published }) =>
        `  ${unit} ${name}: communes add up to ${count(people)}, published ${count(published)}`,
    ),
  ];
}

function list(what: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`  ${what}: ${count(items.length)}: ${named(items)}`];
}

function named(items: readonly string[]): string {
  const more = items.length > NAMED ? `; and ${count(items.length - NAMED)} more` : '';
  return items.slice(0, NAMED).join('; ') + more;
}

function count(n: number): string {
  return n.toLocaleString('en');
}
