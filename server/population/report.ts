/** What an import of people found, as lines for the terminal. */
import type { ImportReport } from './import.ts';

/** Communes named in a list before the rest is only counted. */
const NAMED = 8;

export function reportLines(report: ImportReport): string[] {
  const { source, inFile, placed, snapped, outside, official, unknown, different } = report;
  return [
    `people in ${source.file}, around the country: ${count(inFile)}`,
    `  on the grid: ${count(placed)}` +
      (snapped > 0 ? `, of them ${count(snapped)} taken to it from the cell beside` : ''),
    `  outside the country: ${count(outside)}`,
    `  scaled commune by commune to the official ${count(official)}`,
    ...(unknown.length === 0
      ? []
      : [
          `  communes in which the file has next to nobody (their people stay shared equally over them): ` +
            `${count(unknown.length)}: ${named(unknown.map(({ unit, name }) => `${unit} ${name}`))}`,
        ]),
    ...(different.length === 0
      ? []
      : [
          '  farthest from the official number: ' +
            different
              .map(
                ({ unit, name, inSource, official: stated }) =>
                  `${unit} ${name} (${count(inSource)} in the file, ${count(stated)} official)`,
              )
              .join('; '),
        ]),
  ];
}

function named(items: readonly string[]): string {
  const more = items.length > NAMED ? `; and ${count(items.length - NAMED)} more` : '';
  return items.slice(0, NAMED).join('; ') + more;
}

function count(n: number): string {
  return Math.round(n).toLocaleString('en');
}
