/**
 * Writes the official list that the rest of the product reads: data/country/communes.json.
 */
import { writeFileSync } from 'node:fs';
import type { ListedCommune } from './sources.ts';

/** One row a commune under its province, laid out as the repository's formatter would. */
export function writeCommuneList(file: URL, communes: ListedCommune[]): void {
  const provinces = [...new Set(communes.map((commune) => commune.province))].map((province) => {
    const rows = communes
      .filter((commune) => commune.province === province)
      .map((commune) => `    ${JSON.stringify([commune.code, commune.name]).replace(',', ', ')}`);
    return `  "${province}": [\n${rows.join(',\n')}\n  ]`;
  });
  writeFileSync(file, `{\n${provinces.join(',\n')}\n}\n`);
}
