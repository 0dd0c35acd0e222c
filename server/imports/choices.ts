/** The words by which people name what a field can be, folded, and what the system calls it. */
import { VALUE_WORDS } from '../../data/imports/field-words.ts';
import type { Kind } from '../../data/imports/kinds.ts';
import { fold } from './fold.ts';

const MORE: Record<string, Record<string, string>> = {
  operator: {
    'viettel telecom': 'viettel',
    'viettel networks': 'viettel',
    vtt: 'viettel',
    vt: 'viettel',
    vnpt: 'vinaphone',
    'vnpt vinaphone': 'vinaphone',
    vina: 'vinaphone',
    vnp: 'vinaphone',
    vms: 'mobifone',
    mobi: 'mobifone',
    mbf: 'mobifone',
    vietnamobile: 'other',
    gmobile: 'other',
    khac: 'other',
    other: 'other',
  },
  technology: { lte: '4g', 'lte a': '4g', nr: '5g', '5g nr': '5g', 'nr 5g': '5g', '4g lte': '4g' },
  band: {
    '2100': 'b1',
    '1800': 'b3',
    '900': 'b8',
    '2600': 'n41',
    '2500': 'n41',
    '3900': 'n77',
    '3700': 'n78',
    '3500': 'n78',
  },
  status: {
    'quy hoach': 'planned',
    'du kien': 'planned',
    'chua xay dung': 'planned',
    'dang xay': 'building',
    'dang trien khai': 'building',
    'thi cong': 'building',
    'dang hoat dong': 'on_air',
    'hoat dong': 'on_air',
    'phat song': 'on_air',
    'da phat song': 'on_air',
    'on air': 'on_air',
    'mat song': 'down',
    'mat ket noi': 'down',
    'su co': 'down',
    'ngung hoat dong': 'retired',
    'ngung phat song': 'retired',
    'thao do': 'retired',
    'chua co song': 'uncovered',
    'lom song': 'uncovered',
    'co song': 'resolved',
    'da phu song': 'resolved',
  },
  solution: { 'tram bts': 'station', tram: 'station', lap: 'repeater', 've tinh': 'satellite' },
  level: { tw: 'central', 'cap tinh': 'provincial', 'cap xa': 'communal' },
  kind: { 'data center': 'data_centre', ttdl: 'data_centre', 'cap quang bien': 'cable_landing' },
  owner: { 'bo nganh': 'ministry', bo: 'ministry' },
};

/** Words that only lines have: what is up is not on air. */
const OF_LINES: Record<string, string> = {
  'dang hoat dong': 'up',
  'hoat dong': 'up',
  thong: 'up',
  'dang thong': 'up',
};

const known = new Map<string, Map<string, string>>();

/** The value that a word means for a field of a kind; undefined for a word that is none. */
export function readChoice(
  kind: Kind,
  field: string,
  of: readonly string[],
  text: string,
): string | undefined {
  const wanted = fold(text);
  const exact = of.find((value) => fold(value) === wanted);
  if (exact !== undefined) return exact;
  let words = known.get(field);
  if (!words) {
    words = new Map(Object.entries(MORE[field] ?? {}));
    for (const [value, word] of Object.entries(VALUE_WORDS[field] ?? {}))
      if (!words.has(fold(word))) words.set(fold(word), value);
    known.set(field, words);
  }
  const isLine = kind === 'nodes' || kind === 'links' || kind === 'facilities';
  const meant =
    (field === 'status' && isLine ? OF_LINES[wanted] : undefined) ??
    words.get(wanted) ??
    (field === 'band' ? words.get(wanted.replace(/ ?(mhz|band)$/, '')) : undefined);
  if (meant !== undefined && of.includes(meant)) return meant;
  if (field !== 'band') return undefined;
  // `B3`, `Band 3`, `n 78`.
  const short = wanted.replace(/^band /, 'b').replaceAll(' ', '');
  return of.find((value) => value === short);
}

const YES = new Set(['co', 'x', 'yes', 'true', '1', 'dung', 'y', 'roi', 'da co']);
const NO = new Set(['khong', 'no', 'false', '0', 'chua', 'sai', 'n', 'k', 'khong co', 'chua co']);

export function readFlag(text: string): boolean | undefined {
  const word = fold(text);
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}
