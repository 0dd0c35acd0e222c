/**
 * Third stage: the country below the provinces as it was until 30 June 2025, old districts and old
 * wards, under the communes that they became. Each old ward weighs what it is likely to hold.
 */
import { withoutAccents } from '../country/english.ts';
import { formerProvinces } from '../country/provinces.ts';
import { codeInForce } from './law.ts';
import { nameKey } from './nameKey.ts';
import type { Merger } from './sources.ts';

export type OldWardKind = 'ward' | 'town' | 'commune';

export interface OldWard {
  code: string;
  name: string;
  kind: OldWardKind;
  /** Code of the commune it is part of now. */
  commune: string;
}

export interface OldDistrict {
  name: string;
  formerProvince: string;
  /** Code of the province it is part of now. */
  province: string;
  /** By code. */
  wards: OldWard[];
}

/** Communes that came over whole and are missing from the mergers: who they were. */
const UNLISTED: Merger[] = [
  {
    oldCode: '23938',
    oldName: 'Xã Ia Mơ',
    oldDistrict: 'Huyện Chư Prông',
    oldProvince: 'Tỉnh Gia Lai',
    commune: '23938',
  },
];

/** The old districts of the country. Special zones without old wards (Hoàng Sa …) have none. */
export function oldDistricts(mergers: Merger[]): OldDistrict[] {
  const formers = new Map(formerProvinces.map((former) => [nameKey(former.name), former]));
  const districts = new Map<string, OldDistrict>();
  for (const merger of [...mergers, ...UNLISTED]) {
    const former =
      formers.get(nameKey(merger.oldProvince)) ?? formers.get(RENAMED[merger.oldProvince] ?? '');
    if (!former) throw new Error(`Unknown former province “${merger.oldProvince}”.`);
    // With its type: Thành phố Cao Lãnh and Huyện Cao Lãnh were two.
    const key = `${former.name}|${withoutAccents(merger.oldDistrict).toLowerCase()}`;
    let district = districts.get(key);
    if (!district) {
      district = {
        name: merger.oldDistrict,
        formerProvince: former.name,
        province: former.successor,
        wards: [],
      };
      districts.set(key, district);
    }
    district.wards.push({
      code: merger.oldCode,
      name: merger.oldName,
      kind: kindOf(merger.oldName),
      commune: codeInForce(merger.commune),
    });
  }
  for (const district of districts.values())
    district.wards.sort((a, b) => Number(a.code) - Number(b.code));
  return [...districts.values()].sort((a, b) => firstCode(a) - firstCode(b));
}

/** Names of former provinces that the mergers write otherwise. */
const RENAMED: Record<string, string> = { 'Thành phố Huế': nameKey('Thừa Thiên Huế') };

const firstCode = (district: OldDistrict) => Number(district.wards[0]?.code ?? 0);

function kindOf(name: string): OldWardKind {
  if (name.startsWith('Phường')) return 'ward';
  return name.startsWith('Thị trấn') ? 'town' : 'commune';
}
