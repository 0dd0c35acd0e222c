/**
 * A commune by name: its type and its English name follow from the Vietnamese one.
 */
import { withoutAccents } from './english.ts';

type CommuneType = 'ward' | 'commune' | 'special_zone';

export interface NationalCommune {
  /** Official five-digit code. */
  code: string;
  /** Code of the province it belongs to. */
  province: string;
  /** With its type in front: `Phường Ba Đình`. */
  name: string;
  /** `Ba Dinh Ward`, `Tat Nga Commune`, `Phu Quoc Special Zone`. */
  nameEn: string;
  type: CommuneType;
}

const TYPES: { prefix: string; type: CommuneType; english: string }[] = [
  { prefix: 'Phường ', type: 'ward', english: 'Ward' },
  { prefix: 'Xã ', type: 'commune', english: 'Commune' },
  { prefix: 'Đặc khu ', type: 'special_zone', english: 'Special Zone' },
];

/** A commune from its Vietnamese name; throws when the name does not begin with a type. */
export function communeOf(code: string, province: string, name: string): NationalCommune {
  const kind = TYPES.find(({ prefix }) => name.startsWith(prefix));
  if (!kind)
    throw new Error(`Commune ${code} “${name}”: its name must begin with Phường, Xã or Đặc khu.`);
  const bare = withoutAccents(name.slice(kind.prefix.length));
  // “Phường 1 Bảo Lộc” is “Ward 1 Bao Loc”.
  const nameEn = /^\d/.test(bare) ? `${kind.english} ${bare}` : `${bare} ${kind.english}`;
  return { code, province, name, nameEn, type: kind.type };
}
