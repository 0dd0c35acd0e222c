/**
 * OpenCelliD's table of cells (`radio,mcc,net,area,cell,unit,lon,lat,range,samples,…`; a country's
 * extract comes without its head). It lists cells, each where phones heard it on average; a station is
 * all cells of one site, standing at their mean weighted by the measurements. An LTE cell's number is
 * its eNodeB's and eight bits more (3GPP TS 36.413, 9.2.1.37 and .38); a NR cell's 36 bits begin with the
 * gNodeB's, whose length the operator chooses: the usual 24 bits are taken. Band and height are not in
 * the table: the station gets the band in widest use and the height of a new site, which the import's
 * own columns can replace.
 */
import type { Operator } from '../../../data/model/things.ts';
import { MCC_MNC } from '../../../data/radio/bands.ts';
import { NEW_SITE_HEIGHT_M } from '../../../data/radio/new-site.ts';
import type { Reason } from '../../../data/imports/reasons.ts';
import { textOf, type Cell, type RawRow } from '../sheet.ts';

const COLUMNS = ['radio', 'mcc', 'net', 'area', 'cell', 'unit', 'lon', 'lat', 'range', 'samples'];
const RADIOS = /^(GSM|UMTS|LTE|NR|CDMA|NBIOT)$/;
export const CELL_HEADERS = [
  'name',
  'operator',
  'technology',
  'band',
  'lon',
  'lat',
  'heightM',
  'status',
  'source',
  'cells',
];
const BANDS_5G: Record<Operator, string> = {
  viettel: 'n41',
  vinaphone: 'n78',
  mobifone: 'n77',
  other: 'n28',
};
const VIETNAM = '452';

interface Site {
  row: number;
  name: string;
  operator: Operator;
  technology: '4g' | '5g';
  cells: number;
  weight: number;
  lon: number;
  lat: number;
}

/** Whether a first row is that of a table of cells, with its head or without. */
export function isCellTable(first: readonly string[]): 'headed' | 'bare' | undefined {
  const words = first.map((cell) => cell.trim());
  if (COLUMNS.slice(0, 5).every((name, i) => words[i]?.toLowerCase() === name)) return 'headed';
  const isBare =
    RADIOS.test(words[0] ?? '') && words.slice(1, 8).every((word) => /^-?[\d.]+$/.test(word));
  return isBare && words.length >= 10 ? 'bare' : undefined;
}

export async function* sitesIn(
  rows: AsyncIterator<RawRow>,
  head: readonly string[],
): AsyncGenerator<RawRow> {
  const names = head.length > 0 ? head.map((name) => name.trim().toLowerCase()) : COLUMNS;
  const at = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)]));
  const sites = new Map<string, Site>();
  for (;;) {
    const next = await rows.next();
    if (next.done) break;
    const { row, cells } = next.value;
    const cell = (name: string): string => textOf(cells[at[name] ?? -1]).trim();
    const wrong = wrongCell(cell);
    if (wrong) {
      yield {
        row,
        cells: [`${cell('radio')} ${cell('mcc')}-${cell('net')} ${cell('cell')}`],
        reason: wrong,
      };
      continue;
    }
    const technology = cell('radio') === 'NR' ? '5g' : '4g';
    const number = Math.floor(Number(cell('cell')) / (technology === '5g' ? 4_096 : 256));
    const net = cell('net').padStart(2, '0');
    const key = `${technology} ${net} ${number}`;
    // An average over many measurements says more than one measurement.
    const weight = Math.max(1, Number(cell('samples')) || 1);
    const site = sites.get(key) ?? {
      row,
      name: `${VIETNAM}-${net} ${technology === '5g' ? 'gNB' : 'eNB'} ${number}`,
      operator: operatorOf(net),
      technology: technology as Site['technology'],
      ...{ cells: 0, weight: 0, lon: 0, lat: 0 },
    };
    site.cells++;
    site.weight += weight;
    site.lon += Number(cell('lon')) * weight;
    site.lat += Number(cell('lat')) * weight;
    sites.set(key, site);
  }
  for (const site of sites.values()) yield rowOf(site);
}

function wrongCell(cell: (name: string) => string): Reason | undefined {
  if (cell('mcc') !== VIETNAM) return { code: 'country', value: cell('mcc') };
  if (!['LTE', 'NR'].includes(cell('radio')))
    return { code: 'generation', field: 'technology', value: cell('radio') };
  for (const name of ['lon', 'lat'])
    if (!Number.isFinite(Number(cell(name) || NaN)))
      return { code: 'not_number', field: name, value: cell(name) };
  return /^\d+$/.test(cell('cell')) ? undefined : { code: 'not_id', value: cell('cell') };
}

function rowOf({ row, name, operator, technology, cells, weight, lon, lat }: Site): RawRow {
  const place = [lon, lat].map((sum) => Math.round((sum / weight) * 1e6) / 1e6);
  const band = technology === '5g' ? BANDS_5G[operator] : 'b3';
  const values: Cell[] = [name, operator, technology, band, place[0] ?? null, place[1] ?? null];
  return { row, cells: [...values, NEW_SITE_HEIGHT_M, 'on_air', 'OpenCelliD', cells] };
}

function operatorOf(net: string): Operator {
  const found = Object.entries(MCC_MNC).find(([, code]) => code === `${VIETNAM}-${net}`);
  return (found?.[0] as Operator | undefined) ?? 'other';
}
