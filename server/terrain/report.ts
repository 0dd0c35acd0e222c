/** What an import of heights found, as lines for the terminal. */
import { missingInWords, type ImportReport } from './import.ts';

/** Tiles named in a list before the rest is only counted. */
const NAMED = 8;

export function reportLines({ files, tiles, filled, missing, marked }: ImportReport): string[] {
  const cells = marked.reduce((sum, each) => sum + each.cells, 0);
  return [
    `heights from ${count(files)} ${files === 1 ? 'file' : 'files'} on ${count(tiles)} tiles of 0.1°`,
    ...(filled > 0 ? [`  cells without a height filled from around them: ${count(filled)}`] : []),
    ...(missing.length > 0
      ? [`  land without heights: ${missing.map(missingInWords).join('; ')}`]
      : []),
    ...(marked.length > 0
      ? [
          `  tiles with cells of which no height is known, across the border too: ` +
            `${count(marked.length)} (${count(cells)} cells), most at ` +
            marked
              .slice(0, NAMED)
              .map(({ lon, lat, cells: there }) => `${lon}, ${lat} (${count(there)})`)
              .join('; '),
        ]
      : []),
  ];
}

function count(n: number): string {
  return n.toLocaleString('en');
}
