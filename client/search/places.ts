/** The places that the search box knows: provinces and communes with every name they go by. */
import type { Unit } from '../live/live.ts';
import { fold } from './fold.ts';

export interface Place {
  unit: Unit;
  /** Name of the province a commune lies in; empty for a province. */
  province: string;
  names: readonly PlaceName[];
}

export interface PlaceName {
  folded: string;
  /** The words of it. */
  words: readonly string[];
  /** With its accents, lower case: who types them means them. */
  exact: string;
  /** The former province whose name this is; undefined for a name still in use. */
  former?: string;
}

/** Words before a name that people type or leave out, folded. */
const KIND_WORDS = /^(tinh|thanh pho|tp|xa|phuong|dac khu)\s+(?=\D)/;

const EXACT_KIND_WORDS = /^(tỉnh|thành phố|tp\.?|xã|phường|đặc khu)\s+(?=\D)/;

/** What people say instead, folded, by province code. */
const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  '01': ['hn'],
  '79': ['tphcm', 'hcm', 'sai gon'],
};

/**
 * The list to search in.
 * @param former former provinces, each with the code of the province that holds it now
 */
export function placesOf(
  units: ReadonlyMap<string, Unit>,
  former: readonly { name: string; successor: string }[],
): Place[] {
  const places: Place[] = [];
  for (const unit of units.values()) {
    if (unit.level === 'nation') continue;
    const names: PlaceName[] = [named(unit.name)];
    const english = named(unit.nameEn);
    if (english.folded !== names[0]?.folded) names.push(english);
    if (unit.level === 'province') {
      for (const { name, successor } of former)
        if (successor === unit.code && fold(name) !== names[0]?.folded)
          names.push({ ...named(name), former: name });
      for (const nickname of NICKNAMES[unit.code] ?? []) names.push(named(nickname));
    }
    const province = unit.level === 'commune' ? (units.get(unit.parent ?? '')?.name ?? '') : '';
    places.push({ unit, province, names });
  }
  return places;
}

function named(name: string): PlaceName {
  const folded = withoutKind(fold(name));
  return { folded, words: folded.split(' '), exact: exactly(name) };
}

/** "xa muong nhe" → "muong nhe"; names that are only a kind stay as they are. */
export function withoutKind(folded: string): string {
  return folded.replace(KIND_WORDS, '');
}

/** Lower case with its accents in one composed form, without the word for its kind. */
export function exactly(text: string): string {
  return text.normalize('NFC').toLowerCase().trim().replace(EXACT_KIND_WORDS, '');
}
