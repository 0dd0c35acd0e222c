/** Gaps and the register of hamlets as files. Made in slices: a whole country has 90,000 gaps. */
import type { Country } from '../../data/model/country.ts';
import type { Territory } from '../territory/territory.ts';
import { csvLine, csvStart } from './csv.ts';
import {
  GAP_HEADS,
  HAMLET_HEADS,
  METHOD_WORDS,
  OPERATOR_WORDS,
  SOLUTION_WORDS,
  yesOrNo,
} from './gap-words.ts';
import type { GapAnswer, GapQuestion } from './gaps.ts';
import type { RegisterAnswer, RegisterQuestion } from './register.ts';
import { Slices } from './slices.ts';

/** Names of a commune and of its province, Vietnamese; nothing where there is none. */
export type Names = (commune: string | null) => { name: string; province: string };

export function namesIn({ communes, provinces }: Territory): Names {
  const provinceNames = new Map(provinces.map(({ code, name }) => [code, name]));
  const known = new Map(
    communes.map(({ code, name, province }) => [
      code,
      { name, province: provinceNames.get(province) ?? '' },
    ]),
  );
  return (commune) => known.get(commune ?? '') ?? { name: '', province: '' };
}

/** Whether any station on which the estimates rest is made up. */
function restsOnSimulated({ tables }: Country): boolean {
  const { columns, count } = tables.stations;
  return columns.simulated.subarray(0, count).includes(1);
}

export async function gapsAsCsv(
  { gaps, asOf }: GapAnswer,
  { wanted, method }: GapQuestion,
  names: Names,
  country: Country,
): Promise<string> {
  const { hamlets } = country.tables;
  const simulated = yesOrNo(restsOnSimulated(country));
  const nameOf = (id: number): string => hamlets.columns.name[hamlets.rowOf(id) ?? -1] ?? '';
  const lines = await eachInSlices(gaps, (gap) => {
    const [commune = ''] = gap.communes;
    const { name, province } = names(commune);
    return csvLine([
      gap.id,
      gap.people,
      name,
      commune,
      province,
      gap.lon,
      gap.lat,
      gap.cells,
      gap.nearestStationM,
      gap.nearestNodeM,
      gap.hamlets.map(nameOf).join('; '),
      yesOrNo(gap.gridPower),
      yesOrNo(gap.speciallyDisadvantaged),
      wanted.technology.toUpperCase(),
      OPERATOR_WORDS[wanted.operator ?? 'any'],
      METHOD_WORDS[method],
      asOf,
      simulated,
    ]);
  });
  return csvStart(GAP_HEADS) + lines.join('');
}

/** A FeatureCollection of points (RFC 7946) with what the CSV says, as an answer's fields. */
export async function gapsAsGeoJson(
  { gaps, asOf, seq }: GapAnswer,
  { wanted, method }: GapQuestion,
  names: Names,
  country: Country,
): Promise<string> {
  const said = {
    technology: wanted.technology,
    operator: wanted.operator ?? null,
    method,
    asOf,
    seq,
    simulated: restsOnSimulated(country),
  };
  const features = await eachInSlices(gaps, ({ id, lon, lat, ...fields }) => {
    const { name, province } = names(fields.communes[0] ?? null);
    return JSON.stringify({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { id, ...fields, communeName: name, provinceName: province, ...said },
    });
  });
  return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`;
}

export async function hamletsAsCsv(
  { hamlets, asOf }: RegisterAnswer,
  { method }: RegisterQuestion,
  names: Names,
): Promise<string> {
  const lines = await eachInSlices(hamlets, (hamlet) => {
    const { name, province } = names(hamlet.commune);
    return csvLine([
      hamlet.id,
      hamlet.name,
      name,
      hamlet.commune,
      province,
      hamlet.lon,
      hamlet.lat,
      hamlet.people,
      hamlet.households,
      yesOrNo(hamlet.gridPower),
      yesOrNo(hamlet.speciallyDisadvantaged),
      hamlet.deadline,
      hamlet.daysLeft,
      hamlet.gap,
      hamlet.nearestStationM,
      hamlet.nearestNodeM,
      SOLUTION_WORDS[hamlet.solution.kind],
      hamlet.solution.costMillionDong,
      METHOD_WORDS[method],
      asOf,
      yesOrNo(hamlet.simulated),
    ]);
  });
  return csvStart(HAMLET_HEADS) + lines.join('');
}

async function eachInSlices<T>(items: readonly T[], write: (item: T) => string): Promise<string[]> {
  const written: string[] = [];
  const slices = new Slices();
  for (const item of items) {
    written.push(write(item));
    if (slices.over) await slices.rest();
  }
  return written;
}
