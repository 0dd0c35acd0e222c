/**
 * Second stage: what the law has changed since the packages were made, up to 30 April 2026.
 */
import type { ListedCommune } from './sources.ts';

/** Codes corrected by the national list: from, to. */
const RECODED: Record<string, string> = {
  '06970': '06978', // Xã Ba Chẽ, Quảng Ninh
  '23737': '23938', // Xã Ia Mơ, Gia Lai
};

/** Communes that became wards when Đồng Nai became a centrally governed city. */
const NEW_WARDS = new Set([
  '25270', // Lộc Ninh
  '25357', // Tân Khai
  '25363', // Đồng Phú
  '26116', // Tân Phú
  '26170', // Trị An
  '26248', // Trảng Bom
  '26326', // Dầu Giây
  '26368', // Long Thành
  '26425', // Xuân Lộc
  '26485', // Nhơn Trạch
]);

/** Code in force of a commune that the packages know by an older one. */
export function codeInForce(code: string): string {
  return RECODED[code] ?? code;
}

/** The list with codes and types in force, by province and code. */
export function applyLaw(listed: ListedCommune[]): ListedCommune[] {
  return listed
    .map((commune) => ({
      ...commune,
      code: codeInForce(commune.code),
      name: NEW_WARDS.has(commune.code) ? commune.name.replace(/^Xã /, 'Phường ') : commune.name,
    }))
    .sort((a, b) => (a.province + a.code < b.province + b.code ? -1 : 1));
}
